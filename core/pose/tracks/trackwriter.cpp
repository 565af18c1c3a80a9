// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/tracks/trackwriter.h"
#include "pose/tracks/npzstream.h"
#include "pose/tracks/rowspool.h"
#include "pose/tracks/trackarrays.h"
#include <algorithm>
#include <map>
#include <set>

namespace telltale {

struct TrackWriter::State {
    std::filesystem::path file;
    TrackIdentity identity;
    RowSpool spool;
    int64_t rows = 0;
    int64_t lastFrame = -1;
    std::map<int, int64_t> seen; ///< rows in which each identity has a point
    bool done = false;

    void count(int64_t frame, std::span<const PersonRow> people)
    {
        ++rows;
        lastFrame = frame;
        for (const PersonRow& person : people)
            if (std::ranges::any_of(person.points, [](const PosePoint& p) { return p.score > 0; }))
                ++seen[person.identity];
    }
    /// Place of each identity in the track; those that are left out have none.
    std::map<int, int> places() const
    {
        std::vector<std::pair<int64_t, int>> order;
        order.reserve(seen.size());
        for (const auto& [who, times] : seen)
            order.emplace_back(-times, who);
        std::ranges::sort(order);
        order.resize(std::min<size_t>(order.size(), kMostPersons));
        std::map<int, int> result;
        for (const auto& [times, who] : order)
            result.emplace(who, static_cast<int>(result.size()));
        return result;
    }
    Status write(const std::map<int, int>& places, int persons) const;
    Status check(int64_t frame, std::span<const PersonRow> people) const;
};

std::filesystem::path unfinishedRows(const std::filesystem::path& file) { return file.string() + ".rows"; }

TrackWriter::TrackWriter(std::unique_ptr<State> state) : m_state(std::move(state)) { }
TrackWriter::TrackWriter(TrackWriter&&) noexcept = default;
TrackWriter& TrackWriter::operator=(TrackWriter&&) noexcept = default;
TrackWriter::~TrackWriter() = default;

Result<TrackWriter> TrackWriter::open(const std::filesystem::path& file, const TrackIdentity& identity)
{
    if (identity.pointCount <= 0)
        return Error{ErrorCode::InvalidArgument, file.string() + ": a person of the track has no points"};
    auto spool = RowSpool::open(unfinishedRows(file));
    if (!spool)
        return spool.error();
    std::unique_ptr<State> state(new State{file, identity, std::move(*spool), 0, -1, {}, false});
    const Status taken = state->spool.takeUp(
        identity, [&](int64_t frame, std::span<const PersonRow> people) { state->count(frame, people); });
    if (!taken)
        return taken.error();
    return TrackWriter(std::move(state));
}

int64_t TrackWriter::rows() const { return m_state->rows; }
int64_t TrackWriter::lastFrame() const { return m_state->lastFrame; }

Status TrackWriter::replay(
    const std::function<void(int64_t frame, std::span<const PersonRow> people)>& visit) const
{
    return m_state->spool.visit(visit);
}

Status TrackWriter::State::check(int64_t frame, std::span<const PersonRow> people) const
{
    const auto wrong = [&](const std::string& what) {
        return Error{
            ErrorCode::InvalidArgument, file.string() + ": frame " + std::to_string(frame) + " " + what};
    };
    if (done)
        return wrong("comes after the end");
    if (frame < 0 || frame <= lastFrame)
        return wrong("comes after frame " + std::to_string(lastFrame));
    std::set<int> identities;
    for (const PersonRow& person : people) {
        if (static_cast<int>(person.points.size()) != identity.pointCount)
            return wrong("has a person of " + std::to_string(person.points.size()) + " points, "
                + std::to_string(identity.pointCount) + " were announced");
        if (person.identity < 0 || !identities.insert(person.identity).second)
            return wrong(
                "has person " + std::to_string(person.identity) + " twice, or the number is negative");
    }
    return {};
}

Status TrackWriter::append(int64_t frame, std::span<const PersonRow> people)
{
    if (Status fits = m_state->check(frame, people); !fits)
        return fits;
    std::vector<PersonRow> clean(people.begin(), people.end());
    for (PersonRow& person : clean)
        std::ranges::transform(person.points, person.points.begin(), cleanPoint);
    if (Status added = m_state->spool.append(frame, clean); !added)
        return added;
    m_state->count(frame, clean);
    return {};
}

Status TrackWriter::State::write(const std::map<int, int>& places, int persons) const
{
    auto stream = NpzStream::create(file);
    if (!stream)
        return stream.error();
    const auto points = static_cast<size_t>(identity.pointCount);
    Status status = stream->begin("points", "f4", {rows, persons, identity.pointCount, 3}, kCheckedPoints);
    std::vector<PosePoint> row(static_cast<size_t>(persons) * points);
    const auto addPoints = [&](int64_t, std::span<const PersonRow> people) {
        std::ranges::fill(row, PosePoint{});
        for (const PersonRow& person : people)
            if (const auto place = places.find(person.identity); place != places.end())
                std::ranges::copy(
                    person.points, row.begin() + place->second * static_cast<std::ptrdiff_t>(points));
        if (status)
            status
                = stream->append({reinterpret_cast<const char*>(row.data()), row.size() * sizeof(PosePoint)});
    };
    const auto addFrame = [&](int64_t frame, std::span<const PersonRow>) {
        if (status)
            status = stream->append({reinterpret_cast<const char*>(&frame), sizeof frame});
    };
    // One array after the other stands in the file, so the rows are read once for each.
    if (Status visited = spool.visit(addPoints); !visited)
        return visited;
    if (status)
        status = stream->end();
    if (status)
        status = stream->begin("frames", "i8", {rows});
    if (Status visited = spool.visit(addFrame); !visited)
        return visited;
    if (status)
        status = stream->end();
    if (status)
        status = stream->add("layout", "u1", {static_cast<int64_t>(identity.layout.size())}, identity.layout);
    return status ? stream->finish() : status;
}

Result<TrackWriter::Finished> TrackWriter::finish()
{
    if (m_state->done)
        return Error{ErrorCode::InvalidArgument, m_state->file.string() + ": is finished already"};
    const std::map<int, int> places = m_state->places();
    const int persons = std::max(static_cast<int>(places.size()), 1);
    if (const Status written = m_state->write(places, persons); !written)
        return written.error();
    m_state->spool.remove();
    m_state->done = true;
    return Finished{m_state->rows, persons, static_cast<int>(m_state->seen.size() - places.size())};
}

void TrackWriter::discard()
{
    if (!m_state->done)
        m_state->spool.remove();
    m_state->done = true;
}

} // namespace telltale
