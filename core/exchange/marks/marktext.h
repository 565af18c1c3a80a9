// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/spanformat.h"
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// What the text files of subtitle and annotation programs have in common. All functions are pure but
/// nameVideo(), which looks whether a file is there.

/// The whole content as UTF-8 without a byte order mark: UTF-16 with a mark is converted, bytes that are no
/// UTF-8 are taken as Latin-1 and told in a note. Line ends of any system become "\n".
std::string utf8Text(const SourceFile& file, std::string_view content, const ReadContext& context);

/// `text` (UTF-8) in one line: characters below 32 become spaces, outer spaces go.
std::string oneLine(std::string_view text);

/// At most so many bytes of it, whole characters only.
std::string shortText(std::string text, size_t most);
/// Bytes of a name that every span of a tier or track holds: files may have a million of them.
inline constexpr size_t kLongestName = 200;

/// What stands in a file for a gesture without a name, because an empty text says that there is nothing.
inline constexpr std::string_view kUnnamedGesture = "(gesture without a name)";
std::string textOf(const OutgoingSpan& span);
/// Takes `text` as the label, or the class without a name for kUnnamedGesture.
void setLabel(IntakeSpan& span, std::string_view text);

/// At most six digits behind the point, no zeros at the end: microseconds are whole.
std::string secondsText(double seconds);
std::string scoreText(double score);

/// Without the characters that separate parts of a text: they become %XX, read back by unescaped().
std::string escaped(std::string_view text, std::string_view separators);
std::string unescaped(std::string_view text);

/// Who a span is about, for files that name people; empty: the only one, who has no name.
std::string personOf(const OutgoingVideo& video, const OutgoingSpan& span);

/// Sets name and, if it is there, file of a video from what a file calls it (path or name, of any system), or
/// from the name of the file itself where that is empty.
void nameVideo(IntakeVideo& video, const SourceFile& file, const std::string& called);

/// Value of a setting of an import, `fallback` where nobody has chosen one.
std::string settingOf(const ReadContext& context, const std::string& key, const std::string& fallback);

/// Spans that share everything that a tier can say of its spans, and do not overlap.
struct SpanTier {
    std::string person; ///< as of personOf()
    SpanState state = SpanState::Accepted;
    std::string annotator;
    int lane = 1; ///< further ones hold what overlaps the first
    std::vector<const OutgoingSpan*> spans; ///< by start; they point into the video
};
/// In order of person, state (proposals last), annotator and lane. n log n in the number of spans.
std::vector<SpanTier> tiersOf(const OutgoingVideo& video);

} // namespace telltale
