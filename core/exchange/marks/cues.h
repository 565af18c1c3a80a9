// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/spanformat.h"
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// One cue of a subtitle file, as it stands.
struct Cue {
    ImportPlace place; ///< of the line with its times
    std::string id; ///< the line above; empty: there is none
    double start = 0; ///< seconds
    double end = 0;
    std::vector<std::string> lines; ///< at least one
};

struct CueFile {
    std::vector<Cue> cues;
    std::vector<std::string> note; ///< the lines of the first NOTE
    int64_t blocks = 0; ///< good and bad cues
};

/// The cues of WebVTT (W3C webvtt1, section 4.1) and SubRip: blocks of lines with one `from --> to`. A time
/// may lack its hours and have a point or a comma; what stands behind the times is skipped. Cues without a
/// text or with times that are none are problems. `text` is as utf8Text() gives it; `hasNotes`: blocks that
/// start with NOTE, STYLE or REGION are no cues. `firstLine`: number of the first line of `text`.
CueFile readCues(const SourceFile& file, std::string_view text, int64_t firstLine, bool hasNotes,
    const ReadContext& context);

/// "01:02:03.004" with that point, the nearest millisecond.
std::string cueTime(double seconds, char point);

/// The text of a cue in one line: tags go, characters by name or number are the characters. `voice` gets the
/// name of `<v NAME>`.
std::string cueText(const std::vector<std::string>& lines, std::string& voice);
/// `text` so that cueText() gives it back. `all`: also where only WebVTT wants it.
std::string escapedCueText(std::string_view text, bool all);

/// "state=proposed; score=0.25; annotator=anna", with "person=P1; " before it where `person` is not empty.
std::string cueDetails(const OutgoingSpan& span, const std::string& person);
/// Takes what cueDetails() has written; false and nothing changed if it is something else.
bool takeCueDetails(std::string_view details, IntakeSpan& span);

/// How both kinds of subtitles count.
inline Conventions cueConventions()
{
    return {"milliseconds of the video's own time stamps, written to the nearest", {}, "the end is exclusive",
        kTimesToFrames};
}

} // namespace telltale
