// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// WebVTT, https://www.w3.org/TR/webvtt1/, one file a video. A cue is a span: its text is the name of the
// class, its voice the person, and its identifier says state, score and annotator, which players do not show.
#include "base/files.h"
#include "exchange/formats.h"
#include "exchange/marks/cues.h"
#include "exchange/marks/marktext.h"
#include <algorithm>

namespace telltale {
namespace {

constexpr std::string_view kMagic = "WEBVTT";
constexpr std::string_view kVideoLine = "video: ";

/// Length of the head: the first line and what stands right below it; nothing: this is no WebVTT.
std::optional<size_t> headLength(std::string_view text)
{
    if (!text.starts_with(kMagic))
        return std::nullopt;
    if (text.size() > kMagic.size()
        && std::string_view(" \t\r\n").find(text[kMagic.size()]) == std::string_view::npos)
        return std::nullopt;
    size_t at = 0;
    while (at < text.size()) {
        const size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = text.substr(at, end - at);
        // A cue without the blank line before it is none of the head.
        if (line.find_first_not_of(" \t\r") == std::string_view::npos
            || line.find("-->") != std::string_view::npos)
            break;
        at = std::min(end + 1, text.size());
    }
    return at;
}

class WebVttFormat final : public SpanFormat {
public:
    std::string name() const override { return "webvtt"; }
    std::string title() const override { return "WebVTT subtitles"; }
    std::string fileFilter() const override { return "*.vtt"; }
    bool perVideo() const override { return true; }

    Conventions conventions(const ImportOptions&) const override { return cueConventions(); }

    Result<std::vector<IntakeVideo>> read(const SourceFile& file, const ReadContext& context) const override
    {
        const std::string text = utf8Text(file, file.content, context);
        const auto head = headLength(text);
        if (!head)
            return file.broken("does not begin with the word WEBVTT");
        const int64_t firstLine
            = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(*head), '\n');
        CueFile found = readCues(file, std::string_view(text).substr(*head), firstLine, true, context);
        IntakeVideo video;
        nameVideo(video, file, {});
        for (const std::string& line : found.note)
            if (line.starts_with(kVideoLine))
                if (std::string called = oneLine(unescaped(line.substr(kVideoLine.size()))); !called.empty())
                    video.name = std::move(called);
        for (Cue& cue : found.cues)
            take(cue, video, context);
        return std::vector{std::move(video)};
    }

    Result<OutgoingFile> render(
        const OutgoingProject& project, const ExportOptions&, std::vector<std::string>&) const override
    {
        if (project.videos.size() != 1)
            return Error{ErrorCode::InvalidArgument, "a WebVTT file holds one video"};
        const OutgoingVideo& video = project.videos.front();
        std::string text(kMagic);
        text.append("\n\nNOTE\nwritten by Telltale ").append(versionText()).append("\n");
        text.append(kVideoLine).append(escaped(video.name, "<>&")).append("\n");
        int64_t number = 0;
        for (const OutgoingSpan& span : video.spans) {
            const std::string person = personOf(video, span);
            text.append("\n").append(std::to_string(++number)).append("; ").append(cueDetails(span, {}));
            text.append("\n").append(cueTime(span.start, '.')).append(" --> ").append(cueTime(span.end, '.'));
            text.append("\n");
            if (!person.empty())
                text.append("<v ").append(escapedCueText(person, true)).append(">");
            text.append(escapedCueText(textOf(span), true)).append("\n");
        }
        return OutgoingFile{video.name + ".vtt", std::move(text)};
    }

private:
    static void take(const Cue& cue, IntakeVideo& video, const ReadContext& context)
    {
        IntakeSpan span;
        span.place = cue.place;
        span.inSeconds = true;
        span.start = cue.start;
        span.end = cue.end;
        span.point = cue.start == cue.end;
        const std::string label = cueText(cue.lines, span.personName);
        if (label.empty())
            return context.problem(
                cue.place, "the cue has no text", "give it the name of a class or remove it");
        setLabel(span, label);
        if (const size_t number = cue.id.find("; "); number != std::string::npos)
            takeCueDetails(std::string_view(cue.id).substr(number + 2), span);
        video.spans.push_back(std::move(span));
    }
};

} // namespace

std::unique_ptr<ExchangeFormat> makeWebVttFormat() { return std::make_unique<WebVttFormat>(); }

} // namespace telltale
