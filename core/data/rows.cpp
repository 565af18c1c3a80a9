// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/rows.h"
#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>

namespace telltale {
namespace {

using nlohmann::json;

json toJson(const std::string& value) { return value; }
json toJson(int64_t value) { return value; }
json toJson(int value) { return static_cast<int64_t>(value); }
json toJson(double value) { return value; }
json toJson(bool value) { return int64_t{value ? 1 : 0}; }
// SQL has no unsigned 64-bit integers, so seeds travel as text.
json toJson(uint64_t value) { return std::to_string(value); }
// Lists of numbers are one text, so that a change of one of them is a change of one cell.
json toJson(const std::vector<CorrectedPoint>& points)
{
    json list = json::array();
    for (const CorrectedPoint& one : points)
        list.push_back({one.point, one.x, one.y, one.score});
    return list.dump();
}
json toJson(const std::vector<SavedCropKey>& keys)
{
    json list = json::array();
    for (const SavedCropKey& one : keys)
        list.push_back(
            {one.frame, one.rectangle.x, one.rectangle.y, one.rectangle.width, one.rectangle.height});
    return list.dump();
}
template <typename Enum>
requires std::is_enum_v<Enum> json toJson(Enum value) { return nameOf(value); }

void read(const json& cell, std::string& out)
{
    if (cell.is_string())
        out = cell.get_ref<const std::string&>();
}
void read(const json& cell, int64_t& out)
{
    if (cell.is_number())
        out = cell.get<int64_t>();
}
void read(const json& cell, int& out)
{
    if (cell.is_number())
        out = static_cast<int>(cell.get<int64_t>());
}
void read(const json& cell, double& out)
{
    if (cell.is_number())
        out = cell.get<double>();
}
void read(const json& cell, bool& out)
{
    if (cell.is_number())
        out = cell.get<int64_t>() != 0;
}
void read(const json& cell, uint64_t& out)
{
    if (cell.is_string())
        out = std::strtoull(cell.get_ref<const std::string&>().c_str(), nullptr, 10);
}
/// The rows of a text made by toJson() above; those of another length are left out.
template <typename Take> void readList(const json& cell, size_t columns, const Take& take)
{
    if (!cell.is_string())
        return;
    const json list = json::parse(cell.get_ref<const std::string&>(), nullptr, false);
    if (!list.is_array())
        return;
    for (const json& row : list)
        if (row.is_array() && row.size() == columns
            && std::ranges::all_of(row, [](const json& one) { return one.is_number(); }))
            take(row);
}
void read(const json& cell, std::vector<CorrectedPoint>& out)
{
    readList(cell, 4, [&out](const json& row) {
        out.push_back({row[0].get<int>(), row[1].get<double>(), row[2].get<double>(), row[3].get<double>()});
    });
}
void read(const json& cell, std::vector<SavedCropKey>& out)
{
    readList(cell, 5, [&out](const json& row) {
        out.push_back({row[0].get<int64_t>(),
            {row[1].get<double>(), row[2].get<double>(), row[3].get<double>(), row[4].get<double>()}});
    });
}
template <typename Enum>
requires std::is_enum_v<Enum>
void read(const json& cell, Enum& out)
{
    if (cell.is_string())
        parseName(cell.get_ref<const std::string&>(), out);
}

/// A column and the member that it holds.
template <typename Value, typename Type> struct Field {
    const char* column;
    Type Value::*member;

    json write(const Value& value) const { return toJson(value.*member); }
    void take(const json& cell, Value& value) const { read(cell, value.*member); }
};
template <typename Value, typename Type> Field(const char*, Type Value::*) -> Field<Value, Type>;

/// A column that is null where the member is 0, because it points to another table.
template <typename Value> struct Link {
    const char* column;
    int64_t Value::*member;

    json write(const Value& value) const { return value.*member > 0 ? json(value.*member) : json(nullptr); }
    void take(const json& cell, Value& value) const { read(cell, value.*member); }
};
template <typename Value> Link(const char*, int64_t Value::*) -> Link<Value>;

/// One end of the member `span`.
template <typename Value> struct SpanEnd {
    const char* column;
    int64_t FrameSpan::*end;

    json write(const Value& value) const { return value.span.*end; }
    void take(const json& cell, Value& value) const { read(cell, value.span.*end); }
};

/// One number of the member `rectangle`.
template <typename Value> struct RectanglePart {
    const char* column;
    double CropRectangle::*part;

    json write(const Value& value) const { return value.rectangle.*part; }
    void take(const json& cell, Value& value) const { read(cell, value.rectangle.*part); }
};

template <typename Value> struct Fields;
template <> struct Fields<Subject> {
    static constexpr std::tuple all{Field{"name", &Subject::name}, Field{"role", &Subject::role}};
};
template <> struct Fields<VideoEntry> {
    static constexpr std::tuple all{Field{"path", &VideoEntry::sharedPath}, Field{"name", &VideoEntry::name},
        Link{"subject_id", &VideoEntry::subjectId}, Field{"fingerprint", &VideoEntry::fingerprint},
        Field{"bytes", &VideoEntry::bytes}, Field{"frame_count", &VideoEntry::frameCount},
        Field{"duration_us", &VideoEntry::durationUs}, Field{"fps", &VideoEntry::fps},
        Field{"width", &VideoEntry::width}, Field{"height", &VideoEntry::height},
        Field{"offline", &VideoEntry::offline}};
};
template <> struct Fields<Person> {
    static constexpr std::tuple all{Link{"video_id", &Person::videoId}, Field{"number", &Person::number},
        Field{"name", &Person::name}, Link{"subject_id", &Person::subjectId}};
};
template <> struct Fields<ModelEntry> {
    static constexpr std::tuple all{Field{"time", &ModelEntry::time}, Field{"file", &ModelEntry::file},
        Field{"kind", &ModelEntry::kind}, Field{"recipe", &ModelEntry::recipe},
        Field{"metrics", &ModelEntry::metrics}, Field{"active", &ModelEntry::active},
        Field{"digest", &ModelEntry::digest}, Field{"based_on", &ModelEntry::basedOn}};
};
template <> struct Fields<TrackEntry> {
    static constexpr std::tuple all{Link{"video_id", &TrackEntry::videoId}, Field{"file", &TrackEntry::file},
        Field{"layout", &TrackEntry::layout}, Field{"model", &TrackEntry::model},
        Field{"time", &TrackEntry::time}, Field{"active", &TrackEntry::active},
        Field{"digest", &TrackEntry::digest}};
};
template <> struct Fields<PredictionRun> {
    static constexpr std::tuple all{Link{"video_id", &PredictionRun::videoId},
        Field{"time", &PredictionRun::time}, Field{"model", &PredictionRun::model},
        Field{"recipe", &PredictionRun::recipe}, Field{"seed", &PredictionRun::seed},
        Field{"curves", &PredictionRun::curves}, Field{"based_on", &PredictionRun::basedOn},
        Field{"first_prediction", &PredictionRun::firstPrediction},
        Field{"predictions", &PredictionRun::predictions}};
};
template <> struct Fields<ScoreBlock> {
    static constexpr std::tuple all{Link{"run_id", &ScoreBlock::runId}, Field{"digest", &ScoreBlock::digest},
        Field{"file", &ScoreBlock::file}, Field{"byte_offset", &ScoreBlock::offset},
        Field{"bytes", &ScoreBlock::bytes}};
};
template <> struct Fields<PseudoLabel> {
    static constexpr std::tuple all{Link{"run_id", &PseudoLabel::runId},
        Link{"video_id", &PseudoLabel::videoId}, Field{"prediction_id", &PseudoLabel::predictionId},
        Field{"class_id", &PseudoLabel::classId}, Field{"round", &PseudoLabel::round},
        Field{"voters", &PseudoLabel::voters}, Field{"scores", &PseudoLabel::scores},
        Field{"thresholds", &PseudoLabel::thresholds}, Field{"models", &PseudoLabel::models},
        Field{"recipe", &PseudoLabel::recipe}};
};
template <> struct Fields<Annotation> {
    static constexpr std::tuple all{Link{"video_id", &Annotation::videoId},
        Field{"person", &Annotation::person}, SpanEnd<Annotation>{"first", &FrameSpan::first},
        SpanEnd<Annotation>{"last", &FrameSpan::last}, Field{"class_id", &Annotation::classId},
        Field{"state", &Annotation::state}, Field{"origin", &Annotation::origin},
        Field{"annotator", &Annotation::annotator}, Field{"layer", &Annotation::layer},
        Field{"prediction_id", &Annotation::predictionId}, Field{"start_us", &Annotation::startUs},
        Field{"end_us", &Annotation::endUs}};
};
template <> struct Fields<ReviewedRange> {
    static constexpr std::tuple all{Link{"video_id", &ReviewedRange::videoId},
        SpanEnd<ReviewedRange>{"first", &FrameSpan::first}, SpanEnd<ReviewedRange>{"last", &FrameSpan::last},
        Field{"annotator", &ReviewedRange::annotator}, Field{"layer", &ReviewedRange::layer}};
};
template <> struct Fields<Note> {
    static constexpr std::tuple all{Link{"video_id", &Note::videoId},
        Link{"annotation_id", &Note::annotationId}, Field{"frame", &Note::frame},
        Field{"author", &Note::author}, Field{"time", &Note::time}, Field{"text", &Note::text}};
};
template <> struct Fields<SyncedVideo> {
    static constexpr std::tuple all{Link{"video_id", &SyncedVideo::videoId},
        Field{"session", &SyncedVideo::session}, Field{"offset_us", &SyncedVideo::offsetUs}};
};
template <> struct Fields<Member> {
    static constexpr std::tuple all{Field{"name", &Member::name}, Field{"role", &Member::role}};
};
template <> struct Fields<Assignment> {
    static constexpr std::tuple all{Link{"video_id", &Assignment::videoId},
        Field{"annotator", &Assignment::annotator}, Field{"finished", &Assignment::finished}};
};
template <> struct Fields<Withholding> {
    static constexpr std::tuple all{Link{"video_id", &Withholding::videoId},
        Field{"annotator", &Withholding::annotator}, Field{"percent", &Withholding::percent}};
};
template <> struct Fields<EditConflict> {
    static constexpr std::tuple all{Field{"time", &EditConflict::time},
        Field{"annotator", &EditConflict::annotator}, Field{"other", &EditConflict::other},
        Field{"command", &EditConflict::command}, Link{"video_id", &EditConflict::videoId},
        Field{"base", &EditConflict::base}, Field{"mine", &EditConflict::mine},
        Field{"theirs", &EditConflict::theirs}, Field{"open", &EditConflict::open}};
};

template <> struct Fields<TrackEdit> {
    static constexpr std::tuple all{Link{"video_id", &TrackEdit::videoId}, Field{"track", &TrackEdit::track},
        Field{"position", &TrackEdit::position}, Field{"operation", &TrackEdit::operation},
        Field{"person", &TrackEdit::person}, Field{"other", &TrackEdit::other},
        Field{"first", &TrackEdit::first}, Field{"last", &TrackEdit::last},
        Field{"annotator", &TrackEdit::annotator}};
};
template <> struct Fields<PoseCorrection> {
    static constexpr std::tuple all{Link{"video_id", &PoseCorrection::videoId},
        Field{"track", &PoseCorrection::track}, Field{"person", &PoseCorrection::person},
        Field{"frame", &PoseCorrection::frame}, Field{"points", &PoseCorrection::points},
        Field{"annotator", &PoseCorrection::annotator}};
};
template <> struct Fields<SavedCrop> {
    static constexpr std::tuple all{Link{"video_id", &SavedCrop::videoId},
        Field{"person", &SavedCrop::person}, Field{"kind", &SavedCrop::kind},
        Field{"recipe", &SavedCrop::recipe}, Field{"keys", &SavedCrop::keys}};
};
template <> struct Fields<CropCorrection> {
    static constexpr std::tuple all{Link{"video_id", &CropCorrection::videoId},
        Field{"person", &CropCorrection::person}, Field{"kind", &CropCorrection::kind},
        Field{"frame", &CropCorrection::frame}, RectanglePart<CropCorrection>{"x", &CropRectangle::x},
        RectanglePart<CropCorrection>{"y", &CropRectangle::y},
        RectanglePart<CropCorrection>{"width", &CropRectangle::width},
        RectanglePart<CropCorrection>{"height", &CropRectangle::height},
        Field{"annotator", &CropCorrection::annotator}};
};

template <typename Value> json rowOfFields(const Value& value)
{
    json row = json::object();
    std::apply(
        [&](const auto&... field) { ((row[field.column] = field.write(value)), ...); }, Fields<Value>::all);
    return row;
}

std::string text(const json& row, const char* column)
{
    std::string value;
    if (const auto at = row.find(column); at != row.end())
        read(*at, value);
    return value;
}

json classesOf(const LabelScheme& scheme)
{
    json classes = json::array();
    for (const LabelClass& one : scheme.classes) {
        json entry{{"name", one.name}, {"shortName", one.shortName}, {"bodyPart", one.bodyPart},
            {"description", one.description}, {"color", one.color}};
        if (!one.shortcut.empty())
            entry["shortcut"] = one.shortcut;
        if (!one.excludes.empty())
            entry["excludes"] = one.excludes;
        if (one.retired)
            entry["retired"] = true;
        if (!one.starts.empty())
            entry["starts"] = one.starts;
        if (!one.ends.empty())
            entry["ends"] = one.ends;
        classes.push_back(std::move(entry));
    }
    return classes;
}

json documentOf(const LabelScheme& scheme)
{
    return {{"name", scheme.name}, {"title", scheme.title}, {"version", scheme.version},
        {"fixed", scheme.fixed}, {"classes", classesOf(scheme)}};
}

LabelClass classOf(const json& entry)
{
    LabelClass one{text(entry, "name"), text(entry, "shortName"), text(entry, "bodyPart"),
        text(entry, "description"), text(entry, "color"), text(entry, "shortcut")};
    if (const auto excludes = entry.find("excludes"); excludes != entry.end())
        one.excludes = excludes->get<std::vector<int>>();
    one.retired = entry.value("retired", json(false)) == json(true);
    one.starts = text(entry, "starts");
    one.ends = text(entry, "ends");
    return one;
}

Result<LabelScheme> schemeOfDocument(const json& document, const std::string& origin)
{
    const auto bad = [&](const std::string& what) {
        return Error{ErrorCode::BadFormat, origin + ": " + what};
    };
    if (!document.is_object() || !document.contains("classes") || !document["classes"].is_array())
        return bad("is not a label scheme, it needs an object with a list \"classes\"");
    LabelScheme scheme;
    scheme.name = text(document, "name");
    if (scheme.name.empty())
        return bad("a label scheme needs a \"name\"");
    scheme.title = document.contains("title") ? text(document, "title") : scheme.name;
    if (const auto version = document.find("version"); version != document.end())
        read(*version, scheme.version);
    scheme.fixed = document.value("fixed", json(true)) != json(false);
    const auto total = static_cast<int>(document["classes"].size());
    for (const json& entry : document["classes"]) {
        const std::string place = "class " + std::to_string(scheme.classes.size()) + " (counted from 0) ";
        LabelClass one = classOf(entry);
        if (one.name.empty())
            return bad(place + "has no \"name\"");
        if (scheme.find(one.name) >= 0)
            return bad(place + "repeats the name '" + one.name + "', every class needs its own");
        for (const int other : one.excludes)
            if (other < 0 || other >= total || other == scheme.classCount())
                return bad(place + "excludes class " + std::to_string(other) + ", which is no other class");
        if (one.color.empty())
            one.color = defaultClassColor(scheme.classCount());
        scheme.classes.push_back(std::move(one));
    }
    return scheme;
}

} // namespace

json rowOf(const LabelScheme& scheme) { return {{"body", documentOf(scheme).dump()}}; }

Result<LabelScheme> schemeOf(const json& row)
{
    return parseLabelScheme(text(row, "body"), "the project's scheme");
}

Result<LabelScheme> parseLabelScheme(const std::string& content, const std::string& origin)
{
    try {
        return schemeOfDocument(json::parse(content), origin);
    } catch (const json::exception& exception) {
        return Error{ErrorCode::BadFormat, origin + ": is not valid JSON, " + exception.what()};
    }
}

std::string formatLabelScheme(const LabelScheme& scheme)
{
    return documentOf(scheme).dump(2, ' ', false, json::error_handler_t::replace);
}

json rowOf(const Subject& value) { return rowOfFields(value); }
json rowOf(const VideoEntry& value) { return rowOfFields(value); }
json rowOf(const Person& value) { return rowOfFields(value); }
json rowOf(const ModelEntry& value) { return rowOfFields(value); }
json rowOf(const TrackEntry& value) { return rowOfFields(value); }
json rowOf(const PredictionRun& value) { return rowOfFields(value); }
json rowOf(const ScoreBlock& value) { return rowOfFields(value); }
json rowOf(const PseudoLabel& value) { return rowOfFields(value); }
json rowOf(const Annotation& value) { return rowOfFields(value); }
json rowOf(const ReviewedRange& value) { return rowOfFields(value); }
json rowOf(const Note& value) { return rowOfFields(value); }
json rowOf(const SyncedVideo& value) { return rowOfFields(value); }
json rowOf(const Member& value) { return rowOfFields(value); }
json rowOf(const Assignment& value) { return rowOfFields(value); }
json rowOf(const EditConflict& value) { return rowOfFields(value); }
json rowOf(const TrackEdit& value) { return rowOfFields(value); }
json rowOf(const PoseCorrection& value) { return rowOfFields(value); }
json rowOf(const SavedCrop& value) { return rowOfFields(value); }
json rowOf(const CropCorrection& value) { return rowOfFields(value); }
json rowOf(const Withholding& value) { return rowOfFields(value); }

template <typename Value> Value valueOf(int64_t id, const json& row)
{
    Value value;
    value.id = id;
    const auto take = [&](const auto& field) {
        if (const auto cell = row.find(field.column); cell != row.end())
            field.take(*cell, value);
    };
    std::apply([&](const auto&... field) { (take(field), ...); }, Fields<Value>::all);
    return value;
}

template Subject valueOf(int64_t, const json&);
template VideoEntry valueOf(int64_t, const json&);
template Person valueOf(int64_t, const json&);
template ModelEntry valueOf(int64_t, const json&);
template TrackEntry valueOf(int64_t, const json&);
template PredictionRun valueOf(int64_t, const json&);
template ScoreBlock valueOf(int64_t, const json&);
template PseudoLabel valueOf(int64_t, const json&);
template Annotation valueOf(int64_t, const json&);
template ReviewedRange valueOf(int64_t, const json&);
template Note valueOf(int64_t, const json&);
template SyncedVideo valueOf(int64_t, const json&);
template Member valueOf(int64_t, const json&);
template Assignment valueOf(int64_t, const json&);
template EditConflict valueOf(int64_t, const json&);
template TrackEdit valueOf(int64_t, const json&);
template PoseCorrection valueOf(int64_t, const json&);
template SavedCrop valueOf(int64_t, const json&);
template CropCorrection valueOf(int64_t, const json&);
template Withholding valueOf(int64_t, const json&);

} // namespace telltale
