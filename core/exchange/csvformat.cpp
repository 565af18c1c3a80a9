// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "exchange/csv.h"
#include "exchange/formats.h"
#include "exchange/intake.h"
#include "exchange/spanfiles.h"
#include <algorithm>
#include <array>
#include <cstdio>

namespace telltale {
namespace {

namespace fs = std::filesystem;

/// Beyond this a frame number is damage; also keeps the sums below from overflowing.
constexpr int64_t kFarFrame = 1'000'000'000'000;
constexpr const char* kHeader = "video_id,class_id,start_frame,end_frame,score";

Result<IntakeSpan> spanOfRow(const CsvRow& row, const std::string& place, int frameBase)
{
    const auto bad = [&](const std::string& what) {
        return Error{ErrorCode::BadFormat, place + ": " + what};
    };
    if (row.fields.size() < 4 || row.fields.size() > 5)
        return bad(
            std::string("has ") + std::to_string(row.fields.size()) + " columns, wanted are " + kHeader);
    IntakeSpan span;
    span.place = place;
    if (const auto id = wholeNumber(row.fields[1]); id && *id >= -1 && *id < 100'000)
        span.classId = static_cast<int>(*id);
    else if (id)
        return bad("there is no class " + row.fields[1]);
    else
        span.label = row.fields[1];
    const auto first = wholeNumber(row.fields[2]);
    const auto last = wholeNumber(row.fields[3]);
    if (!first || !last || std::min(*first, *last) < -kFarFrame || std::max(*first, *last) > kFarFrame)
        return bad("start and end have to be whole frame numbers");
    span.frames = {*first - frameBase, *last - frameBase};
    if (row.fields.size() == 5 && !row.fields[4].empty()) {
        span.score = decimalNumber(row.fields[4]);
        if (!span.score)
            return bad("the score '" + row.fields[4] + "' is not a number");
        span.state = SpanState::Proposed;
    }
    return span;
}

class CsvFormat final : public ExchangeFormat {
public:
    std::string name() const override { return "csv"; }
    std::string title() const override { return "Span list (CSV)"; }
    std::string fileFilter() const override { return "*.csv"; }

    Result<ImportPlan> plan(const Document& document, const std::vector<fs::path>& paths,
        const ImportOptions& options, ProgressSink& progress) const override
    {
        const int base = options.frameBase < 0 ? 0 : options.frameBase;
        auto videos = readEach(paths, [base](const fs::path& path) { return readSpanList(path, base); });
        if (!videos)
            return videos.error();
        auto planned
            = planImport(document, std::move(*videos), paths.front().filename().string(), options, progress);
        if (planned)
            planned->report.notes.push_back("frames count from " + std::to_string(base)
                + ", the end is exclusive; rows with a score are proposals");
        return planned;
    }

    Result<std::vector<std::string>> write(const Document& document, const fs::path& out,
        const ExportOptions& options, ProgressSink& progress) const override
    {
        std::vector<std::string> notes;
        std::string text = std::string(kHeader) + "\n";
        const auto videos = outgoing(document, options, notes);
        for (size_t i = 0; i < videos.size(); ++i) {
            if (progress.cancelled())
                return Error{ErrorCode::Cancelled, "the export was stopped, nothing was written"};
            progress.report(static_cast<int64_t>(i), static_cast<int64_t>(videos.size()), "exporting");
            for (const Annotation& annotation : videos[i].spans) {
                std::array<char, 32> score{};
                if (annotation.state == SpanState::Proposed)
                    std::snprintf(score.data(), score.size(), "%.9g", scoreOf(document, annotation));
                text += csvField(videos[i].video->name) + "," + std::to_string(annotation.classId) + ","
                    + std::to_string(annotation.span.first) + "," + std::to_string(annotation.span.last) + ","
                    + score.data() + "\n";
            }
        }
        progress.report(
            static_cast<int64_t>(videos.size()), static_cast<int64_t>(videos.size()), "exporting");
        if (auto status = writeFileAtomically(out, text); !status)
            return status.error();
        notes.emplace_back("frames count from 0, the end is exclusive; only proposals have a score");
        return notes;
    }
};

} // namespace

Result<std::vector<IntakeVideo>> readSpanList(const fs::path& file, int frameBase)
{
    const auto rows = readCsv(file);
    if (!rows)
        return rows.error();
    if (rows->empty())
        return Error{ErrorCode::BadFormat,
            file.string() + ": is empty, the header " + kHeader + " is wanted at least"};
    std::vector<IntakeVideo> videos;
    std::map<std::string, size_t> places;
    for (size_t i = 0; i < rows->size(); ++i) {
        const CsvRow& row = (*rows)[i];
        if (i == 0 && row.fields.front() == "video_id")
            continue;
        auto span = spanOfRow(row, file.string() + ", line " + std::to_string(row.line), frameBase);
        if (!span)
            return span.error();
        if (row.fields.front().empty())
            return Error{ErrorCode::BadFormat, span->place + ": names no video"};
        const auto [place, fresh] = places.emplace(row.fields.front(), videos.size());
        if (fresh) {
            videos.emplace_back();
            videos.back().name = row.fields.front();
        }
        videos[place->second].spans.push_back(std::move(*span));
    }
    return videos;
}

std::unique_ptr<ExchangeFormat> makeCsvFormat() { return std::make_unique<CsvFormat>(); }

} // namespace telltale
