// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/live/liveperson.h"
#include "pose/layout.h"
#include <algorithm>

namespace telltale {

namespace {

constexpr double kAwaySeconds = 2; // until somebody else is followed (ours)

std::vector<PosePoint> mapped(const std::vector<PosePoint>& points, const std::vector<PointSource>& map)
{
    if (map.empty())
        return points;
    std::vector<PosePoint> own(map.size());
    std::transform(map.begin(), map.end(), own.begin(),
        [&](const PointSource& source) { return makePoint(points.data(), source); });
    return own;
}

} // namespace

LivePerson::LivePerson(std::unique_ptr<PoseEstimator> estimator, const VideoInfo& video, double rate)
    : m_estimator(std::move(estimator))
    , m_width(video.width)
    , m_height(video.height)
    , m_rate(rate > 0 ? rate : 25)
{
    if (m_estimator->severalPeople())
        m_tracker.emplace(m_rate);
}

Result<LivePerson> LivePerson::open(const std::filesystem::path& model, const PoseModelOptions& options,
    const std::string& layout, const VideoInfo& video, double rate)
{
    auto estimator = openPoseModel(model, options);
    if (!estimator)
        return estimator.error();
    const std::string own = (*estimator)->card().layout;
    if (own.empty())
        return Error{ErrorCode::InvalidArgument,
            model.string() + ": finds boxes, not points; name a pose model that uses it as its detector"};
    const auto from = findPoseLayout(own);
    const auto to = findPoseLayout(layout);
    if (!from || !to)
        return (from ? to : from).error();
    LivePerson person(*std::move(estimator), video, rate);
    if (own != layout)
        person.m_map = layoutMap(**from, **to);
    return person;
}

PictureView LivePerson::view() const
{
    const auto size = m_estimator->usefulSize(m_width, m_height);
    PictureView view;
    view.outputWidth = size[0];
    view.outputHeight = size[1];
    return view;
}

std::vector<int> LivePerson::identitiesOf(int64_t frame, const std::vector<std::vector<PosePoint>>& people)
{
    if (m_tracker)
        return m_tracker->update(frame, people);
    return std::vector<int>(people.size(), 0); // always the same person
}

Result<LivePerson::Seen> LivePerson::find(const VideoFrame& picture, int64_t frame)
{
    const PosePicture wanted{
        picture.picture.bgra, picture.picture.width, picture.picture.height, m_width, m_height, {}};
    const auto found = m_estimator->estimate(std::span(&wanted, 1));
    if (!found)
        return found.error();
    std::vector<std::vector<PosePoint>> people;
    people.reserve(found->front().size());
    for (const PosePerson& person : found->front())
        people.push_back(mapped(person.points, m_map));
    const std::vector<int> identities = identitiesOf(frame, people);
    Seen seen;
    auto at = std::find(identities.begin(), identities.end(), m_followed);
    const bool gone = static_cast<double>(frame - m_lastSeen) > kAwaySeconds * m_rate;
    if (at == identities.end() && (m_followed < 0 || gone)) {
        // The best comes first.
        at = std::find_if(identities.begin(), identities.end(), [](int identity) { return identity >= 0; });
        seen.somebodyElse = at != identities.end() && m_followed >= 0;
    }
    if (at == identities.end() || *at < 0)
        return seen;
    m_followed = *at;
    m_lastSeen = frame;
    const auto& points = people[static_cast<size_t>(at - identities.begin())];
    seen.points.reserve(3 * points.size());
    for (const PosePoint& point : points)
        seen.points.insert(seen.points.end(), {point.x, point.y, point.score});
    return seen;
}

} // namespace telltale
