// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/networks/networkestimator.h"
#include "pose/networks/pictureinput.h"
#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>

namespace telltale {
namespace {

/// Of the pictures in which people are followed, each of this number also asks the detector, for those who
/// come in later. Ours.
constexpr int64_t kLookAgain = 30;
constexpr float kSamePerson = 0.7f; ///< overlap of boxes above which they are of one person. Ours.

/// Points of which a person shows at least one.
std::vector<size_t> headPoints(const PoseLayout* layout)
{
    std::vector<size_t> found;
    for (size_t i = 0; layout && i < layout->points.size(); ++i)
        for (const char* word : {"nose", "head", "neck", "shoulder"})
            if (layout->points[i].find(word) != std::string::npos) {
                found.push_back(i);
                break;
            }
    return found;
}

float overlap(const PoseBox& a, const PoseBox& b)
{
    const float width = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
    const float height = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
    if (!(width > 0) || !(height > 0))
        return 0;
    const float common = width * height;
    return common / (a.width * a.height + b.width * b.height - common);
}

/// Adds the boxes that are of nobody who is there already.
void addNewBoxes(std::vector<PoseBox>& boxes, const std::vector<PoseBox>& more)
{
    for (const PoseBox& box : more) {
        const bool known = std::any_of(boxes.begin(), boxes.end(),
            [&](const PoseBox& other) { return overlap(box, other) > kSamePerson; });
        if (!known && !box.empty())
            boxes.push_back(box);
    }
}

int fullWidth(const PosePicture& picture)
{
    return picture.fullWidth > 0 ? picture.fullWidth : picture.width;
}
int fullHeight(const PosePicture& picture)
{
    return picture.fullHeight > 0 ? picture.fullHeight : picture.height;
}

Status checkPicture(const PosePicture& picture)
{
    if (picture.width < 1 || picture.height < 1
        || picture.bgra.size()
            < size_t{4} * static_cast<size_t>(picture.width) * static_cast<size_t>(picture.height))
        return Error{ErrorCode::InvalidArgument, "the picture for the pose model has no pixels"};
    return {};
}

} // namespace

NetworkEstimator::NetworkEstimator(NetworkParts parts)
    : m_parts(std::move(parts))
    , m_points(m_parts.layout ? static_cast<int>(m_parts.layout->points.size()) : 0)
    , m_head(headPoints(m_parts.layout))
{
}

std::array<int, 2> NetworkEstimator::usefulSize(int width, int height) const
{
    if (card().fit == PoseModelCard::Fit::Crop || width < 1 || height < 1)
        return {0, 0};
    const auto size = wholeSize(card(), width, height);
    return size[0] <= width && size[1] <= height ? size : std::array{0, 0};
}

Result<std::vector<PoseBox>> NetworkEstimator::detected(const PosePicture& picture)
{
    auto people = m_parts.detector->estimate(std::span(&picture, 1));
    if (!people)
        return people.error();
    std::vector<PoseBox> boxes;
    for (const PosePerson& person : people->front())
        addNewBoxes(boxes, {person.box});
    return boxes;
}

Result<std::vector<NetworkEstimator::Look>> NetworkEstimator::looksAt(const PosePicture& picture, int number)
{
    const int width = fullWidth(picture);
    const int height = fullHeight(picture);
    if (card().fit != PoseModelCard::Fit::Crop)
        return std::vector<Look>{{number, wholeFit(card(), width, height)}};
    std::vector<PoseBox> boxes = picture.boxes;
    if (boxes.empty() && card().boxes == "previous")
        boxes = m_previous;
    const bool asks = picture.boxes.empty() && m_parts.detector
        && (card().boxes == "detector" || boxes.empty() || m_pictures % kLookAgain == 0);
    if (asks) {
        auto found = detected(picture);
        if (!found)
            return found.error();
        addNewBoxes(boxes, *found);
    }
    std::vector<Look> looks;
    looks.reserve(boxes.size());
    for (const PoseBox& box : boxes)
        looks.push_back({number, cropFit(card(), box, card().margin)});
    if (boxes.empty() && !m_parts.detector)
        looks.push_back(
            {number, cropFit(card(), {0, 0, static_cast<float>(width), static_cast<float>(height)}, 1)});
    return looks;
}

Result<std::vector<PosePeople>> NetworkEstimator::estimate(std::span<const PosePicture> pictures)
{
    std::vector<PosePeople> people(pictures.size());
    std::vector<Look> looks;
    for (size_t i = 0; i < pictures.size(); ++i) {
        if (Status status = checkPicture(pictures[i]); !status)
            return status.error();
        auto more = looksAt(pictures[i], static_cast<int>(i));
        if (!more)
            return more.error();
        ++m_pictures;
        looks.insert(looks.end(), more->begin(), more->end());
        if (!needsOrder() && i + 1 < pictures.size())
            continue;
        if (Status status = run(pictures, looks, people); !status)
            return status.error();
        looks.clear();
        if (needsOrder())
            remember(people[i]);
    }
    for (PosePeople& some : people)
        std::stable_sort(some.begin(), some.end(),
            [](const PosePerson& a, const PosePerson& b) { return a.score > b.score; });
    return people;
}

Status NetworkEstimator::run(
    std::span<const PosePicture> pictures, std::span<const Look> looks, std::vector<PosePeople>& people)
{
    const auto most = static_cast<size_t>(card().batch);
    for (size_t first = 0; first < looks.size(); first += most) {
        const auto some = looks.subspan(first, std::min(most, looks.size() - first));
        const auto count = static_cast<int>(some.size());
        if (m_batch.shape.empty() || m_batch.shape[0] != count)
            m_batch = emptyBatch(card(), count);
        try {
            for (int i = 0; i < count; ++i) {
                const Look& look = some[static_cast<size_t>(i)];
                fillInput(card(), pictures[static_cast<size_t>(look.picture)], look.fit, m_batch, i);
            }
        } catch (const cv::Exception& e) {
            return Error{ErrorCode::Internal, m_parts.file.string() + ": " + firstLine(e.err)};
        }
        auto outputs = m_parts.network->run(m_batch);
        if (!outputs)
            return Error{outputs.error().code,
                m_parts.file.string() + ": the network failed (" + outputs.error().message + ")"};
        auto samples = samplesOf(*outputs, card(), count);
        if (!samples)
            return Error{samples.error().code, m_parts.file.string() + ": " + samples.error().message};
        for (int i = 0; i < count; ++i) {
            const auto& views = (*samples)[static_cast<size_t>(i)];
            const DecoderInput input{card().options, m_points, card().inputWidth, card().inputHeight};
            if (const std::string problem = m_parts.decoder->mismatch(views, input); !problem.empty())
                return Error{ErrorCode::BadFormat,
                    m_parts.file.string() + ": the network's outputs changed while it ran: " + problem};
            const Look& look = some[static_cast<size_t>(i)];
            const auto number = static_cast<size_t>(look.picture);
            for (PosePerson& person : m_parts.decoder->decode(views, input))
                if (toPicture(person, look.fit, pictures[number]))
                    people[number].push_back(std::move(person));
        }
    }
    return {};
}

bool NetworkEstimator::toPicture(PosePerson& person, const InputFit& fit, const PosePicture& picture) const
{
    const auto width = static_cast<float>(fullWidth(picture));
    const auto height = static_cast<float>(fullHeight(picture));
    int present = 0;
    for (PosePoint& point : person.points) {
        if (!(point.score > 0))
            continue;
        point = fit.toPicture(point);
        // A peak in the padding is none.
        if (point.x < 0 || point.y < 0 || point.x > width || point.y > height)
            point = {};
        else
            ++present;
    }
    const PoseBox box = fit.toPicture(person.box);
    person.box = box;
    if (m_points == 0)
        return !box.empty();
    if (box.empty() || m_parts.card.options.tail.empty())
        person.box = boxAround(person.points);
    const bool head = !card().options.needsHead || m_head.empty()
        || std::any_of(m_head.begin(), m_head.end(), [&](size_t i) { return person.points[i].score > 0; });
    return head && present >= std::max(card().options.minPoints, 1);
}

void NetworkEstimator::remember(const PosePeople& people)
{
    m_previous.clear();
    for (const PosePerson& person : people)
        if (person.score >= card().options.minPersonScore)
            addNewBoxes(m_previous, {person.box});
}

void NetworkEstimator::reset()
{
    m_previous.clear();
    m_pictures = 0;
    if (m_parts.detector)
        m_parts.detector->reset();
}

Result<std::vector<PosePoint>> PoseEstimator::estimate(std::span<const uint8_t> bgra, int width, int height)
{
    const PosePicture picture{bgra, width, height, 0, 0, {}};
    auto people = estimate(std::span(&picture, 1));
    if (!people)
        return people.error();
    if (!people->front().empty())
        return std::move(people->front().front().points);
    const auto layout = findPoseLayout(card().layout);
    return std::vector<PosePoint>(layout ? (*layout)->points.size() : 0);
}

Result<std::vector<std::vector<OutputView>>> samplesOf(
    const std::vector<RawOutput>& outputs, const PoseModelCard& card, int count)
{
    std::vector<const RawOutput*> chosen;
    std::string found;
    for (const RawOutput& output : outputs) {
        found.append(found.empty() ? "" : ", ").append(output.name);
        found.append(" (").append(shapeText(output.array.shape)).append(")");
        if (card.outputs.empty())
            chosen.push_back(&output);
    }
    for (const std::string& name : card.outputs) {
        const auto place = std::find_if(
            outputs.begin(), outputs.end(), [&](const RawOutput& output) { return output.name == name; });
        if (place == outputs.end())
            return Error{ErrorCode::BadFormat,
                "it has no output '" + name + "', which its card wants; its outputs are " + found};
        chosen.push_back(&*place);
    }
    std::vector<std::vector<OutputView>> samples(static_cast<size_t>(count));
    for (const RawOutput* output : chosen) {
        const auto& shape = output->array.shape;
        const bool batched = shape.size() >= 2 && shape[0] == count;
        if (!batched && count > 1)
            return Error{ErrorCode::BadFormat,
                "its output " + output->name + " is " + shapeText(shape) + " for " + std::to_string(count)
                    + " pictures, so its card must say \"batch\": 1"};
        for (int i = 0; i < count; ++i) {
            OutputView view{output->name, {shape.begin() + (batched ? 1 : 0), shape.end()}, nullptr};
            view.values = output->array.values.data() + view.count() * i;
            samples[static_cast<size_t>(i)].push_back(std::move(view));
        }
    }
    return samples;
}

} // namespace telltale
