// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Rows as a user describes them, for submissions whose columns nobody has published yet.
#include "exchange/formats.h"
#include "exchange/labelrows.h"
#include "exchange/marks/marktext.h"
#include "exchange/miga/rowtemplate.h"
#include "exchange/miga/submission.h"
#include "exchange/outgoing.h"

namespace telltale {
namespace {

constexpr const char* kColumns = "{video},{class},{start},{end},{score}";

class CustomFormat final : public SpanFormat {
public:
    std::string name() const override { return "miga"; }
    std::string title() const override { return "MiGA submission, columns of your own"; }
    std::string fileFilter() const override { return "*.csv *.tsv *.txt"; }
    std::vector<FormatSetting> importSettings() const override { return settings(); }
    std::vector<FormatSetting> exportSettings() const override { return settings(); }

    Conventions conventions(const ImportOptions& options) const override
    {
        const auto columns = options.settings.find("columns");
        return {"rows " + (columns == options.settings.end() ? std::string(kColumns) : columns->second),
            "{class} and {start} count from 0", "{end} is exclusive",
            "confirmed spans have the score 1; a row with a score and no state is a proposal"};
    }

    Result<std::vector<IntakeVideo>> read(const SourceFile& file, const ReadContext& context) const override
    {
        const auto columns = RowTemplate::parse(settingOf(context, "columns", kColumns));
        if (!columns)
            return columns.error();
        if (auto status = columns->checkReadable(); !status)
            return status.error();
        if (file.content.find('\0') != std::string_view::npos)
            return file.broken("is not a text file");
        const std::string header = settingOf(context, "header", "");
        const auto rows = textRows(file.content);
        if (rows.empty())
            return file.broken("is empty");
        VideosByName videos;
        for (const auto& [line, row] : rows) {
            if (!header.empty() && row == header && line == rows.front().first)
                continue;
            IntakeSpan span;
            span.place = file.at(line);
            IntakeVideo named;
            if (!columns->namesVideo())
                named.name = file.path.stem().string();
            if (std::string fault = columns->read(row, span, named); !fault.empty()) {
                context.problem(span.place, std::move(fault));
                continue;
            }
            IntakeVideo& video = videos.of(named.name);
            if (video.subject.empty())
                video.subject = named.subject;
            video.spans.push_back(std::move(span));
        }
        return videos.take();
    }

    Result<OutgoingFile> render(const OutgoingProject& project, const ExportOptions& options,
        std::vector<std::string>& notes) const override
    {
        const auto columns = RowTemplate::parse(options.setting("columns", kColumns));
        if (!columns)
            return columns.error();
        const std::string header = options.setting("header", "");
        std::string text = header.empty() ? "" : header + "\n";
        int64_t left = 0;
        for (const OutgoingVideo& video : project.videos)
            for (const OutgoingSpan* span : namedSpans(video, left))
                text += columns->row(video, *span) + "\n";
        tellUnnamed(left, notes);
        return OutgoingFile{"submission.csv", std::move(text)};
    }

private:
    static std::vector<FormatSetting> settings()
    {
        return {
            {"columns", "Template of a row", {}, kColumns}, {"header", "First line (empty: none)", {}, ""}};
    }
};

} // namespace

std::unique_ptr<ExchangeFormat> makeMigaFormat() { return std::make_unique<CustomFormat>(); }

} // namespace telltale
