// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/posing.h"
#include "base/files.h"
#include "pipeline/posepool.h"
#include "pose/layoutmap.h"
#include "pose/tracks/persontracker.h"
#include "pose/tracks/trackwriter.h"
#include <algorithm>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kPatience{50}; ///< between two looks at whether somebody cancelled

/// One extraction from opening to the finished file; its members are what the stages hand on.
class Extraction {
public:
    Extraction(fs::path video, fs::path model, const PosingOptions& options, ProgressSink& progress)
        : m_video(std::move(video))
        , m_model(std::move(model))
        , m_options(options)
        , m_progress(progress)
    {
    }
    Result<PosingResult> run(const fs::path& track);

private:
    Status open(const fs::path& track);
    Status readVideoInfo();
    Status resume();
    Status work();
    Status enter(const PosedFrame& posed);
    std::vector<PosePoint> mapped(const PosePerson& person) const;
    std::vector<int> identitiesOf(int64_t frame, const std::vector<std::vector<PosePoint>>& people);

    const fs::path m_video;
    const fs::path m_model;
    const PosingOptions& m_options;
    ProgressSink& m_progress;
    VideoInfo m_info;
    std::unique_ptr<PoseEstimator> m_estimator; ///< until the pool takes it
    std::vector<PointSource> m_map; ///< from the model's layout to the track's; empty: they are the same
    bool m_several = false;
    std::optional<TrackWriter> m_writer;
    std::optional<PersonTracker> m_tracker;
    PosingResult m_result;
};

Status Extraction::readVideoInfo()
{
    OpenOptions open;
    open.verify = false; // the reader of the pictures does
    const auto source = openVideo(m_video, open, &m_progress);
    if (!source)
        return source.error();
    m_info = (*source)->info();
    return {};
}

Status Extraction::open(const fs::path& track)
{
    if (Status status = readVideoInfo(); !status)
        return status;
    auto estimator = openPoseModel(m_model, m_options.model);
    if (!estimator)
        return estimator.error();
    m_estimator = *std::move(estimator);
    const PoseModelCard& card = m_estimator->card();
    if (card.layout.empty())
        return Error{ErrorCode::InvalidArgument,
            m_model.string() + ": finds boxes, not points; name a pose model that uses it as its detector"};
    m_several = m_estimator->severalPeople();
    m_result.layout = m_options.layout == "native" ? card.layout : m_options.layout;
    m_result.model = card.name;
    m_result.backend = m_estimator->backend();
    const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    const int wanted = m_options.workers > 0 ? m_options.workers : cores;
    m_result.workers = m_estimator->needsOrder() ? 1 : wanted;
    const auto native = findPoseLayout(card.layout);
    const auto layout = openPoseLayout(m_result.layout);
    if (!native || !layout)
        return (native ? layout : native).error();
    m_result.layout = (*layout)->name;
    if (m_result.layout != card.layout)
        m_map = layoutMap(**native, **layout);
    const auto digest = poseModelDigest(m_model, m_options.model);
    const auto content = fileFingerprint(m_video);
    if (!digest || !content)
        return (digest ? content : digest).error();
    const TrackIdentity identity{*digest + " " + *content + " " + std::to_string(m_options.stride) + " "
            + m_result.backend + " " + std::to_string(m_info.streamIndex),
        m_result.layout, static_cast<int>((*layout)->points.size())};
    if (Status status = ensureWritableFolder(fs::absolute(track).parent_path()); !status)
        return status;
    for (int attempt = 0; attempt < (m_options.restart ? 2 : 1); ++attempt) {
        auto writer = TrackWriter::open(track, identity);
        if (!writer)
            return writer.error();
        m_writer.emplace(*std::move(writer));
        if (m_options.restart && attempt == 0) {
            m_writer->discard();
            m_writer.reset();
        }
    }
    return {};
}

/// The tracker learns what it knew.
Status Extraction::resume()
{
    m_result.resumedRows = m_writer->rows();
    if (!m_several)
        return {};
    m_tracker.emplace(m_info.meanFps > 0 ? m_info.meanFps : 25);
    return m_writer->replay([this](int64_t frame, std::span<const PersonRow> people) {
        std::vector<std::vector<PosePoint>> points;
        points.reserve(people.size());
        for (const PersonRow& person : people)
            points.push_back(person.points);
        m_tracker->update(frame, points);
    });
}

std::vector<PosePoint> Extraction::mapped(const PosePerson& person) const
{
    if (m_map.empty())
        return person.points;
    std::vector<PosePoint> points(m_map.size());
    std::transform(m_map.begin(), m_map.end(), points.begin(),
        [&](const PointSource& source) { return makePoint(person.points.data(), source); });
    return points;
}

std::vector<int> Extraction::identitiesOf(int64_t frame, const std::vector<std::vector<PosePoint>>& people)
{
    if (m_tracker)
        return m_tracker->update(frame, people);
    std::vector<int> identities(people.size(), -1);
    if (!identities.empty())
        identities.front() = 0;
    return identities;
}

Status Extraction::enter(const PosedFrame& posed)
{
    std::vector<std::vector<PosePoint>> people;
    people.reserve(posed.people.size());
    for (const PosePerson& person : posed.people)
        people.push_back(mapped(person));
    const std::vector<int> identities = identitiesOf(posed.frame, people);
    std::vector<PersonRow> rows;
    rows.reserve(people.size());
    for (size_t i = 0; i < people.size(); ++i)
        if (identities[i] >= 0)
            rows.push_back({identities[i], std::move(people[i])});
    return m_writer->append(posed.frame, rows);
}

Status Extraction::work()
{
    const int64_t first = m_writer->lastFrame() < 0 ? 0 : m_writer->lastFrame() + m_options.stride;
    if (first >= m_info.frameCount)
        return {};
    FeedOptions feed{first, m_options.stride, {}};
    const auto size = m_estimator->usefulSize(m_info.width, m_info.height);
    feed.view.outputWidth = size[0];
    feed.view.outputHeight = size[1];
    auto pictures = PictureFeed::open(m_info, feed, m_progress);
    // Some containers promise more pictures than there are.
    if (!pictures && pictures.error().code == ErrorCode::InvalidArgument && m_writer->rows() > 0)
        return {};
    if (!pictures)
        return pictures.error();
    const int64_t total = (*pictures)->frameCount();
    PosePool pool(*std::move(pictures), std::move(m_estimator),
        [this] { return openPoseModel(m_model, m_options.model); }, m_result.workers,
        {m_info.width, m_info.height});
    std::vector<PosedFrame> frames;
    for (;;) {
        if (m_progress.cancelled())
            return Error{ErrorCode::Cancelled,
                "cancelled after " + std::to_string(m_writer->rows())
                    + " pictures, which are kept: the same command goes on behind them"};
        const auto state = pool.take(frames, kPatience);
        if (!state)
            return state.error();
        for (const PosedFrame& posed : frames) {
            if (Status status = enter(posed); !status)
                return status;
            m_progress.report(posed.frame, total, "pose");
        }
        m_result.damaged = pool.damaged();
        if (*state == PosePool::State::Done)
            break;
    }
    m_progress.report(total, total, "pose");
    return {};
}

Result<PosingResult> Extraction::run(const fs::path& track)
{
    if (Status status = open(track); !status)
        return status.error();
    if (Status status = resume(); !status)
        return status.error();
    const auto start = std::chrono::steady_clock::now();
    if (Status status = work(); !status)
        return status.error();
    if (m_writer->rows() == 0) {
        m_writer->discard();
        return Error{ErrorCode::BadFormat,
            m_video.string() + ": no picture could be decoded, so there is nothing to find poses in."};
    }
    const auto finished = m_writer->finish();
    if (!finished)
        return finished.error();
    m_result.rows = finished->rows;
    m_result.persons = finished->persons;
    m_result.personsLeftOut = finished->left;
    m_result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return m_result;
}

} // namespace

Result<std::string> poseTrackPath(const std::string& videoFingerprint, const fs::path& poseModel)
{
    const Result<std::string> model = poseModelDigest(poseModel);
    if (!model)
        return model.error();
    return "cache/tracks/" + videoFingerprint.substr(0, 16) + "-" + model->substr(0, 16) + ".npz";
}

Result<PosingResult> extractPoses(const fs::path& video, const fs::path& poseModel, const fs::path& track,
    const PosingOptions& options, ProgressSink& progress)
{
    if (options.stride < 1 || options.workers < 0)
        return Error{ErrorCode::InvalidArgument, "the stride must be at least 1 and the workers at least 0"};
    return Extraction(video, poseModel, options, progress).run(track);
}

} // namespace telltale
