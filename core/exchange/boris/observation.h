// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/spanformat.h"
#include <map>

namespace telltale {

/// What one line of a BORIS observation says. Its state events alternate: the first of a subject, behaviour
/// and modifiers starts, the next one stops.
struct BorisEvent {
    enum class Kind { Point, Alternating, Start, Stop, Whole };

    ImportPlace place;
    Kind kind = Kind::Point;
    double time = 0; ///< seconds of the observation, with its time offset
    double stop = 0; ///< of whole ones
    std::string subject; ///< empty: no focal subject
    std::string behaviour;
    std::string modifiers; ///< as BORIS keeps them: sets are separated by '|'
    std::string comment;
    std::string media; ///< the file that shows it; empty: not said
};

struct BorisMedia {
    std::string path;
    double seconds = 0; ///< 0: not known
    double fps = 0;
};

struct BorisObservation {
    std::string id;
    ImportPlace place;
    bool live = false; ///< coded without a video
    double offset = 0; ///< seconds that BORIS has added to all times
    std::vector<BorisMedia> media; ///< of the first player, one after the other
    int otherPlayers = 0; ///< further views of the same scene
    std::string filmed; ///< the person in the video; empty: not said
    std::optional<SubjectRole> role;
    std::vector<BorisEvent> events;
};

/// What the three formats do with observations: pairs events, finds their video, names people.
class BorisIntake {
public:
    BorisIntake(const SourceFile& file, const ReadContext& context);

    void take(const BorisObservation& observation);
    /// All videos, once.
    std::vector<IntakeVideo> finish();

private:
    struct Paired {
        const BorisEvent* first = nullptr;
        double start = 0;
        double end = 0;
        bool point = false;
    };

    std::vector<Paired> pairs(const BorisObservation& observation);
    void tellOpen(const BorisObservation& observation, const BorisEvent& event, bool neverStarted);
    IntakeSpan spanOf(const Paired& paired);
    void addVideos(const BorisObservation& observation, std::vector<IntakeVideo>& videos) const;
    void place(const BorisObservation& observation, const std::vector<Paired>& pairs,
        std::vector<IntakeVideo>& videos);
    bool cut(const IntakeSpan& whole, const std::vector<double>& begins, size_t file,
        std::vector<IntakeVideo>& videos);

    const SourceFile& m_file;
    const ReadContext& m_context;
    bool m_keepModifiers;
    int64_t m_modifiers = 0;
    int64_t m_comments = 0;
    int64_t m_parts = 0;
    std::vector<IntakeVideo> m_videos;
};

/// The settings of reading that all three formats have.
std::vector<FormatSetting> borisImportSettings();

/// Far beyond clock times since 1970, which live observations may have; what is more would spoil the sums.
inline constexpr double kFarBorisSeconds = 1e12;
inline constexpr const char* kNoFocalSubject = "No focal subject";
/// BORIS wants dates; a project has none, and the same project shall give the same file.
inline constexpr const char* kBorisDate = "1970-01-01T00:00:00";

/// A span on its way into events: BORIS holds one state at a time for a subject and behaviour, what overlaps
/// gets a modifier.
struct BorisState {
    const OutgoingSpan* span = nullptr;
    std::string subject; ///< empty: no focal subject
    double start = 0; ///< whole milliseconds, in seconds
    double stop = 0;
    int layer = 0; ///< 0: the first, which needs no modifier

    std::string modifier() const; ///< "overlap 2"
    std::string comment() const; ///< state, score and annotator, where there is something to say
};

/// The spans of a video that have a class, by start. `left` counts the others.
std::vector<BorisState> borisStates(const OutgoingVideo& video, int64_t& left);

/// The path by which an import knows the name of a video: the real one if its stem is the name.
std::string borisPath(const OutgoingVideo& video);

/// "1.234"
std::string borisSeconds(double seconds);

} // namespace telltale
