// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include "base/timebase.h"
#include "data/labelscheme.h"
#include "data/types.h"
#include "exchange/problems.h"
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace telltale {

/// A span as a file has it, before anything is known of the project.
struct IntakeSpan {
    ImportPlace place; ///< for messages
    std::string label; ///< empty: no name
    int classId = -1; ///< used when there is no label
    bool inSeconds = false;
    FrameSpan frames; ///< half-open, frame 0 is the first one shown; used unless inSeconds
    double start = 0; ///< seconds of the video
    double end = 0; ///< exclusive
    bool whole = false; ///< the whole video, however long it is; neither frames nor times are used
    bool point = false; ///< an event without a length, which becomes one frame
    int person = 0; ///< number of the person in the video
    std::string personName; ///< where the file names people instead; then `person` is not used
    SpanState state = SpanState::Accepted;
    std::optional<double> score; ///< only of proposals
    std::string annotator; ///< who coded it; empty: the file does not say
    std::string
        tier; ///< equal spans of one tier are one, those of two tiers are two; empty: there are no tiers
};

struct IntakeVideo {
    std::string name;
    std::filesystem::path file; ///< empty: only named
    std::string subject;
    std::optional<SubjectRole> role;
    double fps = 0; ///< 0: the file does not say
    int64_t frameCount = 0;
    double seconds = 0;
    std::vector<std::filesystem::path> skeletons; ///< empty: none; several are parts of one track
    bool replaceTrack = false; ///< also where the video has a track already
    std::vector<IntakeSpan> spans;
    /// Seconds, from and to: where no span means no gesture. Nothing: the file does not say.
    std::optional<std::vector<std::pair<double, double>>> reviewed;
    /// The whole file, to be kept in the project, so that an export of the same format gives back what this
    /// program has no place for. Empty: there is no need.
    std::string original;
};

/// A span on its way out.
struct OutgoingSpan {
    int64_t id = 0; ///< unique in the project
    std::string label; ///< empty: a gesture without a name
    int classId = -1;
    FrameSpan frames; ///< half-open
    double start
        = 0; ///< seconds: when its first frame is shown, or as an import gave it for an offline video
    double end = 0; ///< exclusive
    int person = 0;
    SpanState state = SpanState::Accepted;
    SpanOrigin origin = SpanOrigin::Human;
    std::string annotator;
    std::optional<double> score; ///< of proposals: the fused probability of the class, else the detector's
    std::optional<double> predictedScore; ///< of every span with a prediction behind it
    std::string model; ///< what made the prediction behind it; empty: nothing did
};

struct OutgoingVideo {
    int64_t id = 0;
    std::string name; ///< unique
    std::filesystem::path file; ///< absolute; where it is or was
    bool offline = false;
    std::string subject;
    SubjectRole role = SubjectRole::Train;
    double fps = 0; ///< mean
    int64_t frameCount = 0;
    int width = 0; ///< 0: not known
    int height = 0;
    FrameTimes times;
    std::filesystem::path track; ///< absolute; empty: none
    std::vector<std::pair<int, std::string>> persons; ///< number and name of those who have a name
    std::vector<OutgoingSpan> spans; ///< by start
    std::vector<FrameSpan> reviewed; ///< by start
    std::filesystem::path original; ///< IntakeVideo::original of the format that is written; empty: none

    double seconds() const { return std::chrono::duration<double>(times.duration()).count(); }
    /// The name of a person, or "P" and the number.
    std::string personName(int number) const;
};

/// What an export is about to write.
struct OutgoingProject {
    std::string name;
    LabelScheme scheme;
    std::vector<OutgoingVideo> videos;
};

/// How a format counts, for the log of every import and export. Empty where it does not apply.
struct Conventions {
    std::string unit; ///< "frames", "seconds", "milliseconds"
    std::string base; ///< "frames count from 0"
    std::string end; ///< "the end is exclusive"
    std::string rounding; ///< "a time belongs to the frame that is on screen half a millisecond later"

    std::string sentence() const;
};

/// The rounding of all formats that keep times.
inline constexpr const char* kTimesToFrames
    = "a time becomes the frame that is on screen half a millisecond later";

} // namespace telltale
