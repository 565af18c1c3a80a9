// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// SubRip subtitles, one file a video. A cue is a span and its text the name of the class. The format has no
// place for person, state, score and annotator: a second line in brackets says them, where they are wanted.
#include "exchange/formats.h"
#include "exchange/marks/cues.h"
#include "exchange/marks/marktext.h"

namespace telltale {
namespace {

class SrtFormat final : public SpanFormat {
public:
    std::string name() const override { return "srt"; }
    std::string title() const override { return "SubRip subtitles (SRT)"; }
    std::string fileFilter() const override { return "*.srt"; }
    bool perVideo() const override { return true; }

    Conventions conventions(const ImportOptions&) const override { return cueConventions(); }

    std::vector<FormatSetting> exportSettings() const override
    {
        return {{"details", "A second line with person, state, score and annotator", {"yes", "no"}}};
    }

    Result<std::vector<IntakeVideo>> read(const SourceFile& file, const ReadContext& context) const override
    {
        const std::string text = utf8Text(file, file.content, context);
        CueFile found = readCues(file, text, 1, false, context);
        // An empty file is that of a video without spans.
        if (found.blocks == 0 && text.find_first_not_of(" \t\r\n") != std::string::npos)
            return file.broken("holds no cue (00:00:01,000 --> 00:00:02,000)");
        IntakeVideo video;
        nameVideo(video, file, {});
        for (Cue& cue : found.cues)
            take(cue, video, context);
        return std::vector{std::move(video)};
    }

    Result<OutgoingFile> render(const OutgoingProject& project, const ExportOptions& options,
        std::vector<std::string>&) const override
    {
        if (project.videos.size() != 1)
            return Error{ErrorCode::InvalidArgument, "an SRT file holds one video"};
        const OutgoingVideo& video = project.videos.front();
        const bool details = options.setting("details", "yes") == "yes";
        std::string text;
        int64_t number = 0;
        for (const OutgoingSpan& span : video.spans) {
            text.append(text.empty() ? "" : "\n").append(std::to_string(++number)).append("\n");
            text.append(cueTime(span.start, ',')).append(" --> ").append(cueTime(span.end, ',')).append("\n");
            text.append(escapedCueText(textOf(span), false)).append("\n");
            if (details)
                text.append("[").append(cueDetails(span, personOf(video, span))).append("]\n");
        }
        return OutgoingFile{video.name + ".srt", std::move(text)};
    }

private:
    static void take(Cue& cue, IntakeVideo& video, const ReadContext& context)
    {
        IntakeSpan span;
        span.place = cue.place;
        span.inSeconds = true;
        span.start = cue.start;
        span.end = cue.end;
        span.point = cue.start == cue.end;
        const std::string_view last = cue.lines.back();
        if (cue.lines.size() > 1 && last.starts_with('[') && last.ends_with(']')
            && takeCueDetails(last.substr(1, last.size() - 2), span))
            cue.lines.pop_back();
        const std::string label = cueText(cue.lines, span.personName);
        if (label.empty())
            return context.problem(
                cue.place, "the cue has no text", "give it the name of a class or remove it");
        setLabel(span, label);
        video.spans.push_back(std::move(span));
    }
};

} // namespace

std::unique_ptr<ExchangeFormat> makeSrtFormat() { return std::make_unique<SrtFormat>(); }

} // namespace telltale
