// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/csv.h"
#include "exchange/formats.h"
#include "exchange/labelrows.h"
#include "exchange/marks/marktext.h"
#include "exchange/outgoing.h"
#include "exchange/spanfiles.h"
#include "exchange/spanformat.h"
#include <algorithm>
#include <array>
#include <cstdio>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kMostPeople = 1000;
constexpr const char* kShortHeader = "video_id,class_id,start_frame,end_frame,score";
constexpr const char* kWideHeader
    = "video,person,class_id,class,start_frame,end_frame_excl,start_s,end_s,source,model,score,"
      "score_calibrated,status,annotator,edited_at,n_edits,iou_with_prediction";

enum Column {
    Video,
    ClassId,
    ClassName,
    StartFrame,
    EndFrame,
    StartSeconds,
    EndSeconds,
    Score,
    Status,
    Person,
    Annotator
};

/// What headers call them; all others are left alone.
constexpr auto kColumnNames = std::to_array<CsvColumnName>({{"video", Video}, {"video_id", Video},
    {"class_id", ClassId}, {"class", ClassName}, {"label", ClassName}, {"start_frame", StartFrame},
    {"end_frame", EndFrame}, {"end_frame_excl", EndFrame}, {"start_s", StartSeconds}, {"end_s", EndSeconds},
    {"score", Score}, {"status", Status}, {"state", Status}, {"person", Person}, {"annotator", Annotator}});

/// Of a list without a header.
constexpr std::array<int, 5> kColumnOrder{Video, ClassId, StartFrame, EndFrame, Score};

/// The columns of a list and how it writes fractions.
struct Layout {
    CsvColumns columns;
    char point = '.';

    bool has(Column column) const { return columns.has(column); }
    bool hasFrames() const { return has(StartFrame) && has(EndFrame); }
    bool hasSeconds() const { return has(StartSeconds) && has(EndSeconds); }
    bool isHeader() const { return has(Video) && (hasFrames() || hasSeconds()); }
};

/// One row on its way to a span; `fault` says why it is none.
class Row {
public:
    Row(const CsvRow& row, const Layout& layout, int frameBase)
        : m_row(row)
        , m_layout(layout)
        , m_base(frameBase)
    {
    }

    bool read(IntakeSpan& span)
    {
        return readShape() && readClass(span) && readPlace(span) && readScore(span) && readPerson(span);
    }
    const std::string& fault() const { return m_fault; }

private:
    bool bad(std::string what)
    {
        m_fault = std::move(what);
        return false;
    }
    const std::string& field(Column column) const { return m_layout.columns.field(m_row, column); }
    std::optional<double> number(Column column) const { return decimalNumber(field(column), m_layout.point); }

    bool readShape()
    {
        const size_t count = m_row.fields.size();
        const size_t width = m_layout.columns.width();
        // The score may be missing where it is the last column.
        const bool scoreless = m_layout.columns.place(Score) == static_cast<int>(count);
        const bool right
            = width > 0 ? count == width || (scoreless && count + 1 == width) : count == 4 || count == 5;
        if (!right && width > 0)
            return bad("has " + std::to_string(count) + " columns, its header has " + std::to_string(width));
        if (!right)
            return bad("has " + std::to_string(count) + " columns, wanted are " + kShortHeader);
        if (!std::ranges::all_of(m_row.fields, [](const std::string& one) { return isUtf8(one); }))
            return bad("is not written in UTF-8");
        return !field(Video).empty() || bad("names no video");
    }

    bool readClass(IntakeSpan& span)
    {
        span.label = field(ClassName);
        const std::string& id = field(ClassId);
        if (!span.label.empty() || (id.empty() && m_layout.has(ClassName)))
            return true;
        const auto number = frameNumber(id);
        if (number && *number >= -1 && *number < 100'000)
            span.classId = static_cast<int>(*number);
        else if (number)
            return bad("there is no class " + id);
        else
            span.label = id;
        return true;
    }

    bool readPlace(IntakeSpan& span)
    {
        const bool blank = field(StartFrame).empty() && field(EndFrame).empty();
        if (m_layout.hasSeconds() && (blank || !m_layout.hasFrames())) {
            const auto start = number(StartSeconds);
            const auto end = number(EndSeconds);
            if (!start || !end)
                return bad("start and end have to be numbers of seconds");
            span.inSeconds = true;
            span.start = *start;
            span.end = *end;
            return true;
        }
        const auto first = frameNumber(field(StartFrame));
        const auto last = frameNumber(field(EndFrame));
        if (!first || !last)
            return bad("start and end have to be whole frame numbers");
        span.frames = {*first - m_base, *last - m_base};
        return true;
    }

    bool readScore(IntakeSpan& span)
    {
        if (const std::string& score = field(Score); !score.empty()) {
            span.score = number(Score);
            if (!span.score)
                return bad("the score '" + score + "' is not a number");
            span.state = SpanState::Proposed;
        }
        const std::string& status = field(Status);
        if (!status.empty() && !parseName(status, span.state))
            return bad("there is no status '" + status + "'");
        return true;
    }

    bool readPerson(IntakeSpan& span)
    {
        span.annotator = field(Annotator);
        const std::string& person = field(Person);
        const auto number = frameNumber(person);
        if (number && (*number < 0 || *number > kMostPeople))
            return bad("the person " + person + " has to be a name or a small whole number");
        if (number)
            span.person = static_cast<int>(*number);
        else
            span.personName = person;
        return true;
    }

    const CsvRow& m_row;
    const Layout& m_layout;
    int m_base;
    std::string m_fault;
};

std::string shortNumber(const std::optional<double>& value) { return value ? scoreText(*value) : ""; }

std::string seconds(double value)
{
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%.6f", value);
    return text.data();
}

std::string joined(const std::vector<std::string>& fields)
{
    std::string line;
    for (size_t i = 0; i < fields.size(); ++i)
        line += (i > 0 ? "," : "") + csvField(fields[i]);
    return line + "\n";
}

std::string shortRow(const OutgoingVideo& video, const OutgoingSpan& span)
{
    return joined({video.name, std::to_string(span.classId), std::to_string(span.frames.first),
        std::to_string(span.frames.last), shortNumber(span.score)});
}

std::string wideRow(const OutgoingVideo& video, const OutgoingSpan& span)
{
    const auto named = std::ranges::find(video.persons, span.person, &std::pair<int, std::string>::first);
    const bool hasName = named != video.persons.end() && !named->second.empty();
    return joined(
        {video.name, hasName ? named->second : std::to_string(span.person), std::to_string(span.classId),
            span.label, std::to_string(span.frames.first), std::to_string(span.frames.last),
            seconds(span.start), seconds(span.end), std::string(nameOf(span.origin)), span.model,
            shortNumber(span.score ? span.score : span.predictedScore), "", std::string(nameOf(span.state)),
            span.annotator, "", "", ""});
}

class CsvFormat final : public SpanFormat {
public:
    std::string name() const override { return "csv"; }
    std::string title() const override { return "Span list (CSV)"; }
    std::string fileFilter() const override { return "*.csv"; }

    std::vector<FormatSetting> exportSettings() const override
    {
        return {{"columns", "Columns of the list", {"short", "wide"}}};
    }

    Conventions conventions(const ImportOptions& options) const override
    {
        return {"frames", "frames count from " + std::to_string(baseOf(options)), "the end is exclusive", {}};
    }

    Result<std::vector<IntakeVideo>> read(const SourceFile& file, const ReadContext& context) const override
    {
        const char delimiter = csvDelimiter(file.content);
        const auto rows = parseCsv(file.content, *file.name, delimiter);
        if (!rows)
            return rows.error();
        if (rows->empty())
            return file.broken(std::string("is empty, the header ") + kShortHeader + " is wanted at least");
        Layout layout{CsvColumns(rows->front(), kColumnNames), delimiter == ',' ? '.' : ','};
        const bool header = layout.isHeader();
        if (!header && layout.has(Video))
            return file.broken("its header names no start_frame and end_frame, nor start_s and end_s");
        if (!header)
            layout.columns = CsvColumns(kColumnOrder);
        VideosByName videos;
        for (size_t i = header ? 1 : 0; i < rows->size(); ++i) {
            const CsvRow& row = (*rows)[i];
            IntakeSpan span;
            span.place = file.at(row.line);
            Row reader(row, layout, baseOf(context.options));
            if (!reader.read(span)) {
                context.problem(span.place, reader.fault());
                continue;
            }
            videos.of(layout.columns.field(row, Video)).spans.push_back(std::move(span));
        }
        return videos.take();
    }

    Result<OutgoingFile> render(const OutgoingProject& project, const ExportOptions& options,
        std::vector<std::string>& notes) const override
    {
        const bool wide = options.setting("columns", "short") == "wide";
        std::string text = std::string(wide ? kWideHeader : kShortHeader) + "\n";
        for (const OutgoingVideo& video : project.videos)
            for (const OutgoingSpan& span : video.spans)
                text += wide ? wideRow(video, span) : shortRow(video, span);
        if (!wide)
            tellPeople(project, notes);
        return OutgoingFile{"spans.csv", std::move(text)};
    }

private:
    static int baseOf(const ImportOptions& options) { return std::max(options.frameBase, 0); }
};

} // namespace

Result<std::vector<IntakeVideo>> readSpanList(const fs::path& file, int frameBase)
{
    ImportOptions options;
    options.frameBase = frameBase;
    return readSpanFile(CsvFormat(), file, options);
}

std::unique_ptr<ExchangeFormat> makeCsvFormat() { return std::make_unique<CsvFormat>(); }

} // namespace telltale
