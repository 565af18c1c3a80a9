// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "pose/posepoint.h"
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace telltale {

/// What a track is made of. Rows of an unfinished file are only taken over if all of it is the same.
struct TrackIdentity {
    std::string source; ///< digests of model and video and the options that change a point: any text
    std::string layout; ///< of the points
    int pointCount = 0;

    bool operator==(const TrackIdentity&) const = default;
};

/// One person of one frame: who it is (PersonTracker numbers; 0 where there is only one) and the points.
struct PersonRow {
    int identity = 0;
    std::vector<PosePoint> points;
};

/// Writes a track row by row into FILE.rows beside FILE, and makes FILE of it at the end. Memory does not
/// grow with the number of rows. Every row that append() took survives the end of the program, also a sudden
/// one; the next open() goes on behind it. One writer per file at a time, among all programs; one thread at a
/// time.
class TrackWriter {
public:
    struct Finished {
        int64_t rows = 0;
        int persons = 0; ///< at least 1, also where nobody was ever seen
        int left = 0; ///< persons that were left out because others were seen more often
    };
    /// Persons in a track; of more, those seen most often. Ours.
    static constexpr int kMostPersons = 16;

    /// Begins `file`, or goes on with what an earlier writer left. Rows of another identity and rows that are
    /// damaged (a power cut) are dropped with all after them. Conflict if another program is writing it; Io.
    static Result<TrackWriter> open(const std::filesystem::path& file, const TrackIdentity& identity);
    TrackWriter(TrackWriter&&) noexcept;
    TrackWriter& operator=(TrackWriter&&) noexcept;
    /// Leaves the rows for the next open().
    ~TrackWriter();

    int64_t rows() const;
    /// Frame of the last row, -1 if there is none: go on behind it.
    int64_t lastFrame() const;
    /// Calls `visit` with the rows in their order, to bring a PersonTracker to where it was. BadFormat, Io.
    Status replay(const std::function<void(int64_t frame, std::span<const PersonRow> people)>& visit) const;

    /// Frames ascend, a frame without people is a row too. Identities are at least 0, each once in a row.
    /// Points that are no numbers or have no score are missing. InvalidArgument; Io (nothing of the row was
    /// written).
    Status append(int64_t frame, std::span<const PersonRow> people);
    /// Writes the file, the person seen most often first, and removes the rows. Atomic; nothing can be
    /// appended afterwards. Io: the rows are still there.
    Result<Finished> finish();
    /// Removes the rows; `file` stays as it is.
    void discard();

private:
    struct State;
    explicit TrackWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Where the rows of an unfinished `file` lie.
std::filesystem::path unfinishedRows(const std::filesystem::path& file);

} // namespace telltale
