// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// NOVA, https://github.com/hcmlab/nova (docs/index.md; AnnoListIO.cs says how it reads and writes): two files
// a tier, `x.annotation` with the scheme and `x.annotation~` with rows. A role is a person, a confidence
// below 1 a proposal: NOVA itself sets it to 1 where somebody edits.
#include "data/labelscheme.h"
#include "exchange/csv.h"
#include "exchange/formats.h"
#include "exchange/marks/marktext.h"
#include "exchange/xml/xmlfile.h"
#include <algorithm>
#include <cmath>
#include <map>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kMostAnnounced = 1'000'000'000;

/// A decimal point or, from computers that are set so, a comma.
std::optional<double> numberOf(std::string_view text)
{
    std::string plain = oneLine(text);
    if (plain.find('.') == std::string::npos)
        std::ranges::replace(plain, ',', '.');
    return decimalNumber(plain);
}

std::vector<std::string_view> fieldsOf(std::string_view line)
{
    std::vector<std::string_view> fields;
    for (;;) {
        const size_t end = line.find(';');
        fields.push_back(line.substr(0, end));
        if (end == std::string_view::npos)
            return fields;
        line.remove_prefix(end + 1);
    }
}

/// Every row may hold the name, so it has a limit.
std::string nameIn(pugi::xml_node node, const char* attribute)
{
    return shortText(oneLine(attributeText(node, attribute)), kLongestName);
}

/// What the header says of all rows.
struct Header {
    std::string type; ///< "DISCRETE", ...
    std::string scheme;
    std::string person;
    std::string annotator;
    std::optional<SpanState> state; ///< only files of this program say it
    std::map<int64_t, std::string> classes;
    double rate = 0;
    int64_t announced = 0;
};

/// Walks header and rows of one tier.
class Reader {
public:
    Reader(const SourceFile& file, const ReadContext& context)
        : m_file(file)
        , m_context(context)
        , m_rows{{}, {}, std::make_shared<const std::string>(*file.name + "~")}
    {
        m_rest = settingOf(context, "rest", "");
        m_proposals = settingOf(context, "confidence", "proposals") == "proposals";
    }

    Result<std::vector<IntakeVideo>> run()
    {
        if (m_file.path.string().ends_with('~'))
            return m_file.broken(
                "holds the rows alone; choose the file of this name without the ~ at its end");
        if (auto status = readHeader(); !status)
            return status.error();
        if (!m_file.companion) {
            if (m_header.announced > 0)
                m_context.problem(m_file.at(0),
                    "the rows are missing, there is no file " + fs::path(*m_rows.name).filename().string()
                        + " beside it",
                    "copy both files of the annotation");
            return std::vector{std::move(m_video)};
        }
        const std::string text = utf8Text(m_rows, *m_file.companion, m_context);
        if (m_header.type == "DISCRETE" || m_header.type == "FREE")
            readRows(text);
        else if (auto status = readSamples(text); !status)
            return status.error();
        tell();
        return std::vector{std::move(m_video)};
    }

private:
    Status readHeader()
    {
        // NOVA writes the letters of the computer's own language without saying so.
        const bool says = m_file.content.substr(0, 200).find("encoding=") != std::string_view::npos;
        const std::string text
            = says ? std::string(m_file.content) : utf8Text(m_file, m_file.content, m_context);
        auto xml = XmlFile::parse({m_file.path, text, m_file.name}, "annotation", {"id", "name"});
        if (!xml)
            return xml.error();
        const pugi::xml_node root = (*xml)->root();
        const pugi::xml_node scheme = root.child("scheme");
        if (!scheme)
            return m_file.broken("has no element 'scheme'; it is no annotation of NOVA");
        if (attributeText(root.child("info"), "ftype") == "BINARY")
            return m_file.broken(
                "keeps its rows in binary form, which is not read; save it as ASCII in NOVA");
        const auto announced = wholeNumber(root.child("info").attribute("size").value());
        m_header.announced = announced && *announced > 0 && *announced < kMostAnnounced ? *announced : 0;
        m_header.type = scheme.attribute("type") ? attributeText(scheme, "type") : "FREE";
        m_header.scheme = nameIn(scheme, "name");
        const auto rate = numberOf(scheme.attribute("sr").value());
        m_header.rate = rate && *rate > 1e-6 && *rate < 1e6 ? *rate : 0;
        const pugi::xml_node meta = root.child("meta");
        m_header.person = nameIn(meta, "role");
        m_header.annotator = nameIn(meta, "annotator");
        if (SpanState state{}; parseName(attributeText(meta, "state"), state))
            m_header.state = state;
        nameVideo(m_video, m_file, {});
        if (std::string name = oneLine(attributeText(meta, "video")); !name.empty())
            m_video.name = std::move(name);
        else if (settingOf(m_context, "video", "file") == "folder")
            if (name = oneLine(fs::absolute(m_file.path).parent_path().filename().string()); !name.empty())
                m_video.name = std::move(name);
        if (m_header.type == "DISCRETE")
            readClasses(**xml, scheme);
        return {};
    }

    void readClasses(const XmlFile& xml, pugi::xml_node scheme)
    {
        for (const pugi::xml_node item : scheme.children("item")) {
            const auto id = wholeNumber(item.attribute("id").value());
            const std::string name = nameIn(item, "name");
            if (!id || name.empty())
                m_context.problem(xml.at(item), "a class needs a name and an id that is a whole number");
            else if (!m_header.classes.emplace(*id, name).second)
                m_context.problem(xml.at(item), "the id is there twice");
        }
    }

    template <typename Take> void eachLine(std::string_view text, const Take& take)
    {
        int64_t line = 0;
        while (!text.empty()) {
            const size_t end = text.find('\n');
            std::string_view row = text.substr(0, end);
            text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
            ++line;
            if (row.ends_with('\r'))
                row.remove_suffix(1);
            if (row.find_first_not_of(" \t") == std::string_view::npos)
                continue;
            ++m_count;
            take(line, row);
        }
    }

    void readRows(std::string_view text)
    {
        eachLine(text, [this](int64_t line, std::string_view row) { takeRow(m_rows.at(line), row); });
    }

    void takeRow(ImportPlace place, std::string_view row)
    {
        std::vector<std::string_view> fields = fieldsOf(row);
        if (fields.size() > 4 && fields.back().starts_with("color="))
            fields.pop_back();
        // Only a free text may hold what separates the fields.
        const std::string_view last = fields.size() < 4 ? "1"
            : m_header.type == "FREE"                   ? fields.back()
                                                        : fields[3];
        const bool complete = fields.size() > 2;
        fields.resize(std::max<size_t>(fields.size(), 3));
        const auto start = numberOf(fields[0]);
        const auto end = numberOf(fields[1]);
        const auto confidence = numberOf(last);
        if (!complete || !start || !end || !confidence)
            return m_context.problem(std::move(place),
                "wanted are start and end in seconds, a class and a confidence, with ; between them");
        if (*confidence < 0 || *confidence > 1)
            return m_context.problem(std::move(place), "the confidence is not between 0 and 1");
        IntakeSpan span;
        span.place = std::move(place);
        span.inSeconds = true;
        span.start = *start;
        span.end = *end;
        span.point = *start == *end;
        if (!setClass(span, fields))
            return;
        setPeople(span);
        span.state = m_header.state.value_or(
            *confidence < 1 && m_proposals ? SpanState::Proposed : SpanState::Accepted);
        if (span.state == SpanState::Proposed)
            span.score = *confidence;
        m_video.spans.push_back(std::move(span));
    }

    /// False: the row is a problem, or says that there is no gesture.
    bool setClass(IntakeSpan& span, const std::vector<std::string_view>& fields)
    {
        std::string label;
        if (m_header.type == "DISCRETE") {
            const auto id = wholeNumber(oneLine(fields[2]));
            if (id && *id < 0) {
                ++m_garbage;
                return false;
            }
            const auto known = id ? m_header.classes.find(*id) : m_header.classes.end();
            if (known == m_header.classes.end()) {
                m_context.problem(span.place,
                    "there is no class '" + shortText(oneLine(fields[2]), 60) + "' in the scheme of "
                        + *m_file.name);
                return false;
            }
            label = known->second;
        } else {
            // Texts may hold the character that separates fields.
            const size_t last = std::max<size_t>(fields.size() - 1, 3);
            for (size_t i = 2; i < last; ++i)
                label.append(i > 2 ? ";" : "").append(fields[i]);
            label = oneLine(label);
            if (label.empty())
                m_context.problem(span.place, "has no text");
        }
        if (!m_rest.empty() && label == m_rest) {
            ++m_rests;
            return false;
        }
        setLabel(span, label);
        return !label.empty();
    }

    void setPeople(IntakeSpan& span) const
    {
        span.personName = m_header.person;
        span.annotator = m_header.annotator;
    }

    /// One value and its confidence a line; spans are where the value reaches the threshold.
    Status readSamples(std::string_view text)
    {
        if (m_header.type != "CONTINUOUS") {
            m_context.notes.push_back(*m_file.name + ": a scheme of type '" + m_header.type
                + "' holds no spans, nothing was read of it");
            return {};
        }
        const std::string wanted = settingOf(m_context, "threshold", "");
        const auto threshold = numberOf(wanted);
        if (wanted.empty()) {
            eachLine(text, [](int64_t, std::string_view) {});
            m_context.notes.push_back(*m_file.name + ": holds " + std::to_string(m_count) + " values of '"
                + m_header.scheme + "' and no spans; a threshold makes spans of them");
            return {};
        }
        if (!threshold)
            return Error{ErrorCode::Usage, "the threshold '" + wanted + "' is not a number"};
        if (m_header.rate <= 0)
            return m_file.broken("says no sample rate (sr)");
        int64_t index = 0;
        int64_t since = -1;
        ImportPlace place;
        eachLine(text, [&](int64_t line, std::string_view row) {
            const std::string value = oneLine(fieldsOf(row).front());
            const auto number = numberOf(value);
            // NOVA writes NaN where nobody has annotated.
            if (!number && value != "NaN")
                m_context.problem(
                    m_rows.at(line), "the value '" + shortText(value, 60) + "' is not a number");
            const bool inside = number && *number >= *threshold;
            if (inside && since < 0) {
                since = index;
                place = m_rows.at(line);
            } else if (!inside && since >= 0) {
                addRun(place, std::exchange(since, -1), index);
            }
            ++index;
        });
        if (since >= 0)
            addRun(place, since, index);
        return {};
    }

    void addRun(ImportPlace place, int64_t first, int64_t last)
    {
        IntakeSpan span;
        span.place = std::move(place);
        span.inSeconds = true;
        span.start = static_cast<double>(first) / m_header.rate;
        span.end = static_cast<double>(last) / m_header.rate;
        setLabel(span, m_header.scheme);
        // A number has decided here, nobody has looked.
        span.state = SpanState::Proposed;
        setPeople(span);
        m_video.spans.push_back(std::move(span));
    }

    void tell()
    {
        const auto note = [this](int64_t count, const char* what) {
            if (count > 0)
                m_context.notes.push_back(*m_file.name + ": " + std::to_string(count) + what);
        };
        note(m_garbage, " rows of NOVA's class GARBAGE were left out");
        note(m_rests, " rows of the class that stands for rest were left out");
        if (m_count < m_header.announced)
            m_context.notes.push_back(*m_file.name + ": announces " + std::to_string(m_header.announced)
                + " rows and has " + std::to_string(m_count));
    }

    const SourceFile& m_file;
    const ReadContext& m_context;
    SourceFile m_rows; ///< for places only
    Header m_header;
    IntakeVideo m_video;
    std::string m_rest;
    bool m_proposals = true;
    int64_t m_count = 0;
    int64_t m_garbage = 0;
    int64_t m_rests = 0;
};

/// Ids of all names that the rows use: the scheme's first, in its order.
class ClassIds {
public:
    ClassIds(const LabelScheme& scheme, const OutgoingVideo& video)
    {
        for (const LabelClass& one : scheme.classes)
            add(oneLine(one.name), one.color);
        for (const OutgoingSpan& span : video.spans)
            if (std::string name = textOf(span); !m_ids.contains(name))
                add(std::move(name), {});
    }

    int64_t of(const OutgoingSpan& span) const { return m_ids.at(textOf(span)); }

    void describe(pugi::xml_node scheme) const
    {
        for (size_t i = 0; i < m_names.size(); ++i) {
            pugi::xml_node item = scheme.append_child("item");
            setAttribute(item, "name", m_names[i]);
            setAttribute(item, "id", std::to_string(i));
            setAttribute(item, "color", m_colors[i]);
        }
    }

private:
    void add(std::string name, const std::string& color)
    {
        const auto id = static_cast<int64_t>(m_names.size());
        if (!m_ids.emplace(name, id).second)
            return;
        m_names.push_back(std::move(name));
        const std::string own = color.size() == 7 ? color : defaultClassColor(static_cast<int>(id));
        m_colors.push_back("#FF" + own.substr(1));
    }

    std::map<std::string, int64_t> m_ids;
    std::vector<std::string> m_names;
    std::vector<std::string> m_colors;
};

std::string headerOf(
    const OutgoingProject& project, const OutgoingVideo& video, const SpanTier& tier, const ClassIds& classes)
{
    pugi::xml_document document;
    document.append_child(pugi::node_declaration).append_attribute("version") = "1.0";
    pugi::xml_node root = document.append_child("annotation");
    setAttribute(root, "ssi-v", "3");
    pugi::xml_node info = root.append_child("info");
    setAttribute(info, "ftype", "ASCII");
    setAttribute(info, "size", std::to_string(tier.spans.size()));
    pugi::xml_node meta = root.append_child("meta");
    setAttribute(meta, "annotator", tier.annotator);
    setAttribute(meta, "role", tier.person);
    // These two are ours; NOVA asks for attributes by name and does not mind.
    setAttribute(meta, "state", nameOf(tier.state));
    setAttribute(meta, "video", oneLine(video.name));
    pugi::xml_node scheme = root.append_child("scheme");
    setAttribute(scheme, "name", project.scheme.name);
    setAttribute(scheme, "type", "DISCRETE");
    setAttribute(scheme, "color", "#FFFFFFFF");
    classes.describe(scheme);
    return xmlContent(document);
}

std::string rowsOf(const SpanTier& tier, const ClassIds& classes)
{
    std::string rows;
    for (const OutgoingSpan* span : tier.spans) {
        rows.append(secondsText(span->start)).append(";").append(secondsText(span->end)).append(";");
        rows.append(std::to_string(classes.of(*span))).append(";");
        rows.append(scoreText(std::clamp(span->score.value_or(1), 0.0, 1.0))).append("\n");
    }
    return rows;
}

class NovaFormat final : public SpanFormat {
public:
    std::string name() const override { return "nova"; }
    std::string title() const override { return "NOVA annotation"; }
    std::string fileFilter() const override { return "*.annotation"; }
    bool perVideo() const override { return true; }

    fs::path companionOf(const fs::path& file) const override
    {
        return file.string().ends_with('~') ? fs::path() : fs::path(file.string() + "~");
    }

    Conventions conventions(const ImportOptions&) const override
    {
        return {"seconds of the video's own time stamps", {}, "the end is exclusive", kTimesToFrames};
    }

    std::vector<FormatSetting> importSettings() const override
    {
        return {{"confidence", "Spans with a confidence below 1 become", {"proposals", "accepted"}},
            {"video", "The video has the name of the", {"file", "folder"}},
            {"rest", "Class that means no gesture", {}},
            {"threshold", "Continuous values make a span from", {}}};
    }

    Result<std::vector<IntakeVideo>> read(const SourceFile& file, const ReadContext& context) const override
    {
        return Reader(file, context).run();
    }

    Result<OutgoingFile> render(
        const OutgoingProject& project, const ExportOptions&, std::vector<std::string>& notes) const override
    {
        if (project.videos.size() != 1)
            return Error{ErrorCode::InvalidArgument, "annotations of NOVA hold one video"};
        const OutgoingVideo& video = project.videos.front();
        const ClassIds classes(project.scheme, video);
        std::vector<SpanTier> tiers = tiersOf(video);
        if (tiers.empty())
            tiers.emplace_back();
        std::vector<OutgoingFile> files;
        for (const SpanTier& tier : tiers) {
            std::string name = video.name;
            if (!files.empty())
                name.append(".").append(std::to_string(files.size() / 2 + 1));
            name.append(".annotation");
            files.push_back({name, headerOf(project, video, tier, classes)});
            files.push_back({name + "~", rowsOf(tier, classes)});
        }
        if (tiers.size() > 1)
            notes.push_back(video.name + ": one tier for each person, state, annotator and overlap, "
                + std::to_string(tiers.size()) + " in all");
        OutgoingFile first = std::move(files.front());
        first.more.assign(std::make_move_iterator(files.begin() + 1), std::make_move_iterator(files.end()));
        return first;
    }
};

} // namespace

std::unique_ptr<ExchangeFormat> makeNovaFormat() { return std::make_unique<NovaFormat>(); }

} // namespace telltale
