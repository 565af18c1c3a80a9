// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// CVAT for video 1.1, https://docs.cvat.ai/docs/dataset_management/formats/format-cvat/, one file a video. A
// track is a span from a shape with outside=0 to the first one with outside=1. Frame numbers are those of the
// video, also where a task has left frames out: CVAT writes start_frame + step * number (abs_frame_id() in
// its bindings.py).
#include "data/labelscheme.h"
#include "exchange/csv.h"
#include "exchange/formats.h"
#include "exchange/marks/marktext.h"
#include "exchange/xml/xmlfile.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>

namespace telltale {
namespace {

constexpr int64_t kFarFrame = 1'000'000'000'000;
/// What CVAT writes where nobody has chosen a value.
constexpr const char* kUndefined = "__undefined__";
constexpr const char* kStatus = "status";
constexpr const char* kConfidence = "confidence";
constexpr const char* kPerson = "person";
constexpr const char* kAnnotator = "annotator";

/// Per label: attributes and whether their values may change within a track.
using Mutability = std::map<std::string, std::map<std::string, bool>>;

/// What an attribute says in one shape of a track.
struct ShapeValue {
    size_t shape = 0;
    std::string text;
};

struct Shape {
    int64_t frame = 0;
    bool outside = false;
    pugi::xml_node node;
};

bool saysYes(std::string_view text) { return text == "1" || text == "true" || text == "True"; }

/// "name" of the old "~select=name:a,b" and of the new elements.
void addAttribute(pugi::xml_node attribute, std::map<std::string, bool>& known)
{
    if (attribute.child("name")) {
        const std::string name = innerText(attribute.child("name"));
        known[name] = saysYes(oneLine(innerText(attribute.child("mutable"))));
        return;
    }
    const std::string text = oneLine(innerText(attribute));
    const size_t equals = text.find('=');
    if (equals == std::string::npos)
        return;
    known[text.substr(equals + 1, text.find(':', equals) - equals - 1)] = text.starts_with('~');
}

/// Walks one file.
class Reader {
public:
    Reader(const SourceFile& file, const XmlFile& xml, const ReadContext& context)
        : m_file(file)
        , m_xml(xml)
        , m_context(context)
        , m_byAttributes(settingOf(context, "spans", "tracks") == "attributes")
    {
    }

    Result<std::vector<IntakeVideo>> run()
    {
        const pugi::xml_node root = m_xml.root();
        const bool tracks = root.child("track");
        if (!tracks && root.child("image"))
            return m_file.broken("is CVAT for images, which has no spans; export it as CVAT for video 1.1");
        if (!tracks && !root.child("meta") && !root.child("version"))
            return m_file.broken("has neither tracks nor a description of its task; it is no file of CVAT");
        readMeta(root.child("meta"));
        for (const pugi::xml_node track : root.children("track"))
            readTrack(track);
        return std::move(m_videos);
    }

private:
    void readMeta(pugi::xml_node meta)
    {
        std::vector<pugi::xml_node> tasks;
        for (const char* name : {"task", "job"})
            for (const pugi::xml_node task : meta.children(name))
                tasks.push_back(task);
        readLabels(meta.child("project").child("labels"));
        for (const pugi::xml_node task : meta.child("project").child("tasks").children("task"))
            tasks.push_back(task);
        for (const pugi::xml_node task : tasks)
            readTask(task, meta, tasks.size() == 1);
        if (m_videos.empty()) {
            m_videos.emplace_back();
            m_steps.push_back(1);
            nameVideo(m_videos.back(), m_file, oneLine(innerText(meta.child("source"))));
        }
        if (const std::string own = oneLine(innerText(meta.child("telltale").child("video"))); !own.empty())
            m_videos.front().name = own;
    }

    void readTask(pugi::xml_node task, pugi::xml_node meta, bool only)
    {
        IntakeVideo video;
        std::string source = oneLine(innerText(task.child("source")));
        if (source.empty() && only)
            source = oneLine(innerText(meta.child("source")));
        nameVideo(video, m_file, source.empty() ? oneLine(innerText(task.child("name"))) : source);
        const auto number = [&task](const char* name) {
            return wholeNumber(oneLine(innerText(task.child(name)))).value_or(0);
        };
        const std::string filter = oneLine(innerText(task.child("frame_filter")));
        const size_t equals = filter.find("step=");
        const int64_t told
            = equals == std::string::npos ? 1 : wholeNumber(filter.substr(equals + 5)).value_or(1);
        const int64_t step = told > 1 && told < 1'000'000 ? told : 1;
        // The size counts the frames that were taken; how many follow the last of them is not said.
        if (step == 1 && number("start_frame") == 0 && number("size") > 0 && number("size") < 1'000'000'000)
            video.frameCount = number("size");
        readLabels(task.child("labels"));
        m_videoOfTask[oneLine(innerText(task.child("id")))] = m_videos.size();
        m_videos.push_back(std::move(video));
        m_steps.push_back(step);
    }

    void readLabels(pugi::xml_node labels)
    {
        for (const pugi::xml_node label : labels.children("label"))
            for (const pugi::xml_node attribute : label.child("attributes").children("attribute"))
                addAttribute(attribute, m_mutable[innerText(label.child("name"))]);
    }

    void readTrack(pugi::xml_node track)
    {
        const std::string label = nameIn(track, "label");
        ++m_tracks;
        if (label.empty())
            return m_context.problem(m_xml.at(track), "the track has no label");
        const std::vector<Shape> shapes = shapesOf(track);
        if (shapes.empty())
            return m_context.problem(m_xml.at(track), "the track has no shape");
        const auto task = m_videoOfTask.find(attributeText(track, "task_id"));
        const size_t index = task == m_videoOfTask.end() ? 0 : task->second;
        IntakeVideo& video = m_videos[index];
        m_step = m_steps[index];
        if (m_byAttributes)
            return takeAttributes(track, shapes, video);
        IntakeSpan like;
        like.place = placeOf(track);
        setLabel(like, label);
        takeOwnAttributes(track, shapes.front().node, like);
        eachRun(
            shapes, [](const Shape& one) { return !one.outside; },
            [&](const Shape& first, int64_t end) {
                like.frames = {first.frame, end};
                if (!like.frames.empty())
                    video.spans.push_back(like);
            });
    }

    /// Boxes, polygons, points, skeletons ... in order of frames; bad ones are problems.
    std::vector<Shape> shapesOf(pugi::xml_node track)
    {
        std::vector<Shape> shapes;
        for (const pugi::xml_node node : track.children()) {
            if (node.type() != pugi::node_element || std::string_view(node.name()) == "attribute")
                continue;
            const auto frame = wholeNumber(node.attribute("frame").value());
            if (frame && *frame >= 0 && *frame < kFarFrame)
                shapes.push_back({*frame, isOutside(node), node});
            else
                m_context.problem(m_xml.at(node), "the shape needs a frame that is a whole number from 0");
        }
        std::ranges::stable_sort(shapes, {}, &Shape::frame);
        return shapes;
    }

    /// A skeleton is outside where all of its points are.
    static bool isOutside(pugi::xml_node shape)
    {
        if (const pugi::xml_attribute own = shape.attribute("outside"))
            return saysYes(own.value());
        bool parts = false;
        for (const pugi::xml_node part : shape.children())
            if (const pugi::xml_attribute outside = part.attribute("outside")) {
                parts = true;
                if (!saysYes(outside.value()))
                    return false;
            }
        return parts;
    }

    /// Longest rows of shapes that hold; each ends where the next shape that does not hold begins, the last
    /// one a step behind the last shape.
    template <typename Holds, typename Take>
    void eachRun(const std::vector<Shape>& shapes, const Holds& holds, const Take& take) const
    {
        const Shape* first = nullptr;
        for (const Shape& shape : shapes) {
            const bool inside = holds(shape);
            if (inside && !first) {
                first = &shape;
            } else if (!inside && first) {
                take(*first, shape.frame);
                first = nullptr;
            }
        }
        if (first)
            take(*first, shapes.back().frame + m_step);
    }

    /// What this program has written, or somebody who named attributes alike.
    void takeOwnAttributes(pugi::xml_node track, pugi::xml_node shape, IntakeSpan& span)
    {
        std::map<std::string, std::string> values;
        for (const pugi::xml_node parent : {track, shape})
            for (const pugi::xml_node attribute : parent.children("attribute"))
                values[attributeText(attribute, "name")] = oneLine(innerText(attribute));
        const bool says = values.contains(kStatus) && parseName(values[kStatus], span.state);
        if (!says && attributeText(track, "source") == "auto")
            span.state = SpanState::Proposed;
        span.personName = shortText(values[kPerson], kLongestName);
        span.annotator = shortText(values[kAnnotator], kLongestName);
        if (span.state == SpanState::Proposed && !values[kConfidence].empty()) {
            span.score = decimalNumber(values[kConfidence]);
            if (!span.score)
                m_context.problem(m_xml.at(shape),
                    "the confidence '" + shortText(values[kConfidence], 60) + "' is not a number");
        }
    }

    /// A span for each row of frames in which an attribute has one value.
    void takeAttributes(pugi::xml_node track, const std::vector<Shape>& shapes, IntakeVideo& video)
    {
        std::map<std::string, std::vector<ShapeValue>> values; // by name
        for (size_t i = 0; i < shapes.size(); ++i)
            for (const pugi::xml_node attribute : shapes[i].node.children("attribute"))
                values[nameIn(attribute, "name")].push_back({i, oneLine(innerText(attribute))});
        const auto& known = m_mutable[attributeText(track, "label")];
        for (const auto& [name, row] : values) {
            const auto told = known.find(name);
            const bool changes = std::ranges::any_of(
                row, [&first = row.front()](const ShapeValue& one) { return one.text != first.text; });
            if (told == known.end() ? changes : told->second)
                takeValues(name, row, track, shapes, video);
        }
    }

    void takeValues(const std::string& name, const std::vector<ShapeValue>& row, pugi::xml_node track,
        const std::vector<Shape>& shapes, IntakeVideo& video)
    {
        IntakeSpan like;
        like.place = placeOf(track);
        like.personName = "P" + std::to_string(m_tracks - 1);
        for (size_t i = 0, next = 0; i < row.size(); i = next) {
            next = i + 1;
            if (shapes[row[i].shape].outside || isNothing(row[i].text))
                continue;
            while (next < row.size() && row[next].shape == row[next - 1].shape + 1
                && row[next].text == row[i].text && !shapes[row[next].shape].outside)
                ++next;
            const size_t end = row[next - 1].shape + 1;
            const bool checked = row[i].text == "true" || row[i].text == "True";
            setLabel(like,
                checked ? name : std::string(name).append("=").append(shortText(row[i].text, kLongestName)));
            like.frames = {shapes[row[i].shape].frame,
                end < shapes.size() ? shapes[end].frame : shapes.back().frame + m_step};
            video.spans.push_back(like);
        }
    }

    /// An attribute that is not set, or a box that is not ticked.
    static bool isNothing(const std::string& value)
    {
        return value.empty() || value == kUndefined || value == "false" || value == "False";
    }

    /// Every span of a track holds it.
    ImportPlace placeOf(pugi::xml_node track) const
    {
        ImportPlace place = m_xml.at(track);
        place.element = shortText(std::move(place.element), kLongestName);
        return place;
    }

    static std::string nameIn(pugi::xml_node node, const char* attribute)
    {
        return shortText(oneLine(attributeText(node, attribute)), kLongestName);
    }

    const SourceFile& m_file;
    const XmlFile& m_xml;
    const ReadContext& m_context;
    bool m_byAttributes = false;
    std::vector<IntakeVideo> m_videos;
    std::vector<int64_t> m_steps; ///< by video: from one frame of its task to the next
    std::map<std::string, size_t> m_videoOfTask;
    Mutability m_mutable;
    int64_t m_step = 1; ///< of the track that is read
    int64_t m_tracks = 0;
};

/// A hundred thousand tracks are written as text: a document of elements would take half a gigabyte.
class Writer {
public:
    explicit Writer(const OutgoingVideo& video) : m_video(video)
    {
        m_width = video.width > 0 && video.height > 0 ? video.width : 1;
        m_height = video.width > 0 && video.height > 0 ? video.height : 1;
        m_frames = video.frameCount;
        for (const OutgoingSpan& span : video.spans)
            m_frames = std::max(m_frames, span.frames.last);
    }

    std::string run(const LabelScheme& scheme)
    {
        m_text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<annotations>\n  <version>1.1</version>\n";
        writeMeta(scheme);
        for (size_t i = 0; i < m_video.spans.size(); ++i)
            writeTrack(m_video.spans[i], i);
        return m_text + "</annotations>\n";
    }

private:
    void element(int depth, const char* name, std::string_view text)
    {
        m_text.append(static_cast<size_t>(depth) * 2, ' ').append("<").append(name).append(">");
        m_text.append(xmlEscaped(text)).append("</").append(name).append(">\n");
    }

    void line(const char* text) { m_text.append(text).append("\n"); }

    void writeMeta(const LabelScheme& scheme)
    {
        const std::string last = std::to_string(std::max<int64_t>(m_frames - 1, 0));
        line("  <meta>\n    <task>");
        element(3, "id", std::to_string(m_video.id));
        element(3, "name", oneLine(m_video.name));
        element(3, "size", std::to_string(m_frames));
        element(3, "mode", "interpolation");
        element(3, "overlap", "0");
        element(3, "bugtracker", "");
        element(3, "start_frame", "0");
        element(3, "stop_frame", last);
        element(3, "frame_filter", "");
        element(3, "z_order", "False");
        line("      <labels>");
        std::set<std::string> written;
        for (size_t i = 0; i < scheme.classes.size(); ++i)
            if (written.insert(oneLine(scheme.classes[i].name)).second)
                writeLabel(oneLine(scheme.classes[i].name), scheme.classes[i].color, static_cast<int>(i));
        for (const OutgoingSpan& span : m_video.spans)
            if (const std::string name = textOf(span); written.insert(name).second)
                writeLabel(name, {}, static_cast<int>(written.size()));
        line("      </labels>\n      <segments>\n        <segment>");
        element(5, "id", std::to_string(m_video.id));
        element(5, "start", "0");
        element(5, "stop", last);
        element(5, "url", "");
        line("        </segment>\n      </segments>\n      <owner>\n        <username></username>\n"
             "        <email></email>\n      </owner>\n      <assignee></assignee>\n      <original_size>");
        element(4, "width", std::to_string(m_width));
        element(4, "height", std::to_string(m_height));
        line("      </original_size>\n    </task>");
        const std::string source = oneLine(m_video.file.filename().string());
        element(2, "source", source.empty() ? oneLine(m_video.name) : source);
        line("    <telltale>");
        element(3, "video", oneLine(m_video.name));
        line("    </telltale>\n  </meta>");
    }

    void writeLabel(const std::string& name, const std::string& color, int index)
    {
        line("        <label>");
        element(5, "name", name);
        element(5, "color", color.size() == 7 ? color : defaultClassColor(index));
        line("          <attributes>");
        writeAttribute(
            kStatus, "select", "accepted", "accepted\ncorrected\nproposed\nflagged\nskipped\nrejected");
        for (const char* text : {kConfidence, kPerson, kAnnotator})
            writeAttribute(text, "text", "", "");
        line("          </attributes>\n        </label>");
    }

    void writeAttribute(const char* name, const char* type, const char* fallback, const char* values)
    {
        line("            <attribute>");
        element(7, "name", name);
        element(7, "mutable", "False");
        element(7, "input_type", type);
        element(7, "default_value", fallback);
        element(7, "values", values);
        line("            </attribute>");
    }

    void writeTrack(const OutgoingSpan& span, size_t number)
    {
        const bool proposed = span.state == SpanState::Proposed;
        m_text.append("  <track id=\"").append(std::to_string(number)).append("\" label=\"");
        m_text.append(xmlEscaped(textOf(span))).append("\" source=\"").append(proposed ? "auto" : "manual");
        line("\">");
        openBox(span.frames.first, false);
        line(">");
        attribute(kStatus, std::string(nameOf(span.state)));
        attribute(kConfidence, span.score ? scoreText(*span.score) : std::string());
        attribute(kPerson, personOf(m_video, span));
        attribute(kAnnotator, oneLine(span.annotator));
        line("    </box>");
        // CVAT refuses frames behind the last one: there, the track just goes on to the last frame.
        const bool toTheEnd = span.frames.last >= m_frames;
        if (!toTheEnd || span.frames.last - 1 > span.frames.first) {
            openBox(toTheEnd ? m_frames - 1 : span.frames.last, !toTheEnd);
            line("/>");
        }
        line("  </track>");
    }

    void openBox(int64_t frame, bool outside)
    {
        m_text.append("    <box frame=\"").append(std::to_string(frame));
        m_text.append(outside ? "\" keyframe=\"1\" outside=\"1" : "\" keyframe=\"1\" outside=\"0");
        m_text.append("\" occluded=\"0\" xtl=\"0.00\" ytl=\"0.00\" xbr=\"").append(std::to_string(m_width));
        m_text.append(".00\" ybr=\"").append(std::to_string(m_height)).append(".00\" z_order=\"0\"");
    }

    void attribute(const char* name, const std::string& value)
    {
        if (value.empty())
            return;
        m_text.append("      <attribute name=\"").append(name).append("\">");
        m_text.append(xmlEscaped(value)).append("</attribute>\n");
    }

    const OutgoingVideo& m_video;
    int m_width = 1;
    int m_height = 1;
    int64_t m_frames = 0;
    std::string m_text;
};

class CvatFormat final : public SpanFormat {
public:
    std::string name() const override { return "cvat"; }
    std::string title() const override { return "CVAT for video 1.1"; }
    std::string fileFilter() const override { return "*.xml"; }
    bool perVideo() const override { return true; }

    Conventions conventions(const ImportOptions&) const override
    {
        return {"frames of the whole video", "frames count from 0",
            "the end is exclusive: the first frame with outside=1, or the frame after the last one of a "
            "track",
            {}};
    }

    std::vector<FormatSetting> importSettings() const override
    {
        return {{"spans", "A span is", {"tracks", "attributes"}}};
    }

    Result<std::vector<IntakeVideo>> read(const SourceFile& file, const ReadContext& context) const override
    {
        const auto xml = XmlFile::parse(file, "annotations", {"id", "frame", "label"});
        if (!xml)
            return xml.error();
        return Reader(file, **xml, context).run();
    }

    Result<OutgoingFile> render(
        const OutgoingProject& project, const ExportOptions&, std::vector<std::string>&) const override
    {
        if (project.videos.size() != 1)
            return Error{ErrorCode::InvalidArgument, "a file of CVAT holds one video"};
        const OutgoingVideo& video = project.videos.front();
        return OutgoingFile{video.name + ".xml", Writer(video).run(project.scheme)};
    }
};

} // namespace

std::unique_ptr<ExchangeFormat> makeCvatFormat() { return std::make_unique<CvatFormat>(); }

} // namespace telltale
