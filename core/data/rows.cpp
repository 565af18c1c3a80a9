// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/rows.h"
#include <bit>
#include <cstring>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

using nlohmann::json;

static_assert(std::endian::native == std::endian::little, "payloads are written as they lie in memory");

std::string text(const json& row, const char* column)
{
    const auto it = row.find(column);
    return it != row.end() && it->is_string() ? it->get<std::string>() : std::string();
}

int64_t integer(const json& row, const char* column)
{
    const auto it = row.find(column);
    return it != row.end() && it->is_number() ? it->get<int64_t>() : 0;
}

double real(const json& row, const char* column)
{
    const auto it = row.find(column);
    return it != row.end() && it->is_number() ? it->get<double>() : 0;
}

template <typename Enum> Enum named(const json& row, const char* column)
{
    Enum value{};
    parseName(text(row, column), value);
    return value;
}

json optionalTime(int64_t time) { return time >= 0 ? json(time) : json(nullptr); }

int64_t timeOrNone(const json& row, const char* column)
{
    const auto it = row.find(column);
    return it != row.end() && it->is_number() ? it->get<int64_t>() : -1;
}

json optionalId(int64_t id) { return id > 0 ? json(id) : json(nullptr); }

json classesOf(const LabelScheme& scheme)
{
    json classes = json::array();
    for (const LabelClass& one : scheme.classes)
        classes.push_back({{"name", one.name}, {"shortName", one.shortName}, {"bodyPart", one.bodyPart},
            {"description", one.description}, {"color", one.color}});
    return classes;
}

json documentOf(const LabelScheme& scheme)
{
    return {{"name", scheme.name}, {"title", scheme.title}, {"version", scheme.version},
        {"fixed", scheme.fixed}, {"classes", classesOf(scheme)}};
}

void appendFloats(std::string& bytes, const std::vector<float>& values)
{
    const size_t at = bytes.size();
    bytes.resize(at + values.size() * sizeof(float));
    if (!values.empty())
        std::memcpy(bytes.data() + at, values.data(), values.size() * sizeof(float));
}

/// Takes `count` floats from the front; false if there are fewer.
bool takeFloats(std::string_view& bytes, size_t count, std::vector<float>& out)
{
    if (count > bytes.size() / sizeof(float))
        return false;
    out.resize(count);
    if (count > 0)
        std::memcpy(out.data(), bytes.data(), count * sizeof(float));
    bytes.remove_prefix(count * sizeof(float));
    return true;
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
    scheme.version = document.contains("version") ? static_cast<int>(integer(document, "version")) : 1;
    scheme.fixed = document.value("fixed", json(true)) != json(false);
    for (const json& entry : document["classes"]) {
        const std::string place = "class " + std::to_string(scheme.classes.size()) + " (counted from 0) ";
        LabelClass one{text(entry, "name"), text(entry, "shortName"), text(entry, "bodyPart"),
            text(entry, "description"), text(entry, "color")};
        if (one.name.empty())
            return bad(place + "has no \"name\"");
        if (scheme.find(one.name) >= 0)
            return bad(place + "repeats the name '" + one.name + "', every class needs its own");
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

json rowOf(const VideoEntry& video)
{
    return {{"path", video.path}, {"name", video.name}, {"subject", video.subject},
        {"role", nameOf(video.role)}, {"fingerprint", video.fingerprint}, {"frame_count", video.frameCount},
        {"duration_us", video.durationUs}, {"fps", video.fps}, {"width", video.width},
        {"height", video.height}, {"offline", video.offline ? 1 : 0}, {"track", video.track}};
}

VideoEntry videoOf(int64_t id, const json& row)
{
    VideoEntry video;
    video.id = id;
    video.path = text(row, "path");
    video.name = text(row, "name");
    video.subject = text(row, "subject");
    video.role = named<SubjectRole>(row, "role");
    video.fingerprint = text(row, "fingerprint");
    video.frameCount = integer(row, "frame_count");
    video.durationUs = integer(row, "duration_us");
    video.fps = real(row, "fps");
    video.width = static_cast<int>(integer(row, "width"));
    video.height = static_cast<int>(integer(row, "height"));
    video.offline = integer(row, "offline") != 0;
    video.track = text(row, "track");
    return video;
}

json rowOf(const Annotation& annotation)
{
    return {{"video_id", annotation.videoId}, {"person", annotation.person}, {"first", annotation.span.first},
        {"last", annotation.span.last}, {"class_id", annotation.classId}, {"state", nameOf(annotation.state)},
        {"origin", nameOf(annotation.origin)}, {"annotator", annotation.annotator},
        {"prediction_id", optionalId(annotation.predictionId)},
        {"start_us", optionalTime(annotation.startUs)}, {"end_us", optionalTime(annotation.endUs)}};
}

Annotation annotationOf(int64_t id, const json& row)
{
    Annotation annotation;
    annotation.id = id;
    annotation.videoId = integer(row, "video_id");
    annotation.person = static_cast<int>(integer(row, "person"));
    annotation.span = {integer(row, "first"), integer(row, "last")};
    annotation.classId = static_cast<int>(integer(row, "class_id"));
    annotation.state = named<SpanState>(row, "state");
    annotation.origin = named<SpanOrigin>(row, "origin");
    annotation.annotator = text(row, "annotator");
    annotation.predictionId = integer(row, "prediction_id");
    annotation.startUs = timeOrNone(row, "start_us");
    annotation.endUs = timeOrNone(row, "end_us");
    return annotation;
}

json rowOf(const PredictionRun& run)
{
    // SQLite has no unsigned 64-bit integers, so the seed travels as text.
    return {{"video_id", run.videoId}, {"time", run.time}, {"model", run.model}, {"recipe", run.recipe},
        {"seed", std::to_string(run.seed)}, {"curves", run.curves}};
}

PredictionRun runOf(int64_t id, const json& row)
{
    PredictionRun run;
    run.id = id;
    run.videoId = integer(row, "video_id");
    run.time = text(row, "time");
    run.model = text(row, "model");
    run.recipe = text(row, "recipe");
    run.seed = std::strtoull(text(row, "seed").c_str(), nullptr, 10);
    run.curves = text(row, "curves");
    return run;
}

json rowOf(const ModelEntry& model)
{
    return {{"time", model.time}, {"file", model.file}, {"kind", model.kind}, {"recipe", model.recipe},
        {"metrics", model.metrics}, {"active", model.active ? 1 : 0}};
}

ModelEntry modelOf(int64_t id, const json& row)
{
    return {id, text(row, "time"), text(row, "file"), text(row, "kind"), text(row, "recipe"),
        text(row, "metrics"), integer(row, "active") != 0};
}

json rowOf(const SyncedVideo& camera)
{
    return {{"video_id", camera.videoId}, {"session", camera.session}, {"offset_us", camera.offsetUs}};
}

SyncedVideo cameraOf(int64_t id, const json& row)
{
    return {id, integer(row, "video_id"), integer(row, "session"), integer(row, "offset_us")};
}

json rowOf(const Prediction& prediction, const std::string& digest)
{
    return {{"run_id", prediction.runId}, {"video_id", prediction.videoId}, {"person", prediction.person},
        {"first", prediction.span.first}, {"last", prediction.span.last}, {"score", prediction.detectorScore},
        {"pseudo_label", prediction.pseudoLabel ? 1 : 0}, {"birth", prediction.birth}, {"payload", digest}};
}

Prediction predictionOf(int64_t id, const json& row)
{
    Prediction prediction;
    prediction.id = id;
    prediction.runId = integer(row, "run_id");
    prediction.videoId = integer(row, "video_id");
    prediction.person = static_cast<int>(integer(row, "person"));
    prediction.span = {integer(row, "first"), integer(row, "last")};
    prediction.detectorScore = real(row, "score");
    prediction.pseudoLabel = integer(row, "pseudo_label") != 0;
    prediction.birth = text(row, "birth");
    return prediction;
}

std::string formatPayload(const Prediction& prediction)
{
    json modalities = json::array();
    for (const auto& [name, scores] : prediction.modalities)
        modalities.push_back({name, scores.probabilities.size(), scores.embedding.size()});
    std::string bytes = json{{"fused", prediction.fused.size()}, {"modalities", modalities}}.dump(
                            -1, ' ', true, json::error_handler_t::replace)
        + "\n";
    appendFloats(bytes, prediction.fused);
    for (const auto& [name, scores] : prediction.modalities) {
        appendFloats(bytes, scores.probabilities);
        appendFloats(bytes, scores.embedding);
    }
    return bytes;
}

Status parsePayload(const std::string& bytes, Prediction& prediction)
{
    const Error damaged{ErrorCode::BadFormat,
        "the numbers of prediction " + std::to_string(prediction.id) + " are damaged, run 'project check'"};
    const size_t line = bytes.find('\n');
    if (line == std::string::npos)
        return damaged;
    try {
        const json header = json::parse(bytes.substr(0, line));
        std::string_view rest = std::string_view(bytes).substr(line + 1);
        bool whole = takeFloats(rest, header.at("fused").get<size_t>(), prediction.fused);
        for (const json& entry : header.at("modalities")) {
            ModalityScores& scores = prediction.modalities[entry.at(0).get<std::string>()];
            whole = whole && takeFloats(rest, entry.at(1).get<size_t>(), scores.probabilities)
                && takeFloats(rest, entry.at(2).get<size_t>(), scores.embedding);
        }
        return whole && rest.empty() ? Status() : Status(damaged);
    } catch (const json::exception&) {
        return damaged;
    }
}

} // namespace telltale
