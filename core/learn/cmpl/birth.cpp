// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/cmpl/cmpl.h"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

using nlohmann::json;

std::string textOf(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

/// A number of the options: where it is and in which range it may lie.
struct Range {
    const char* key;
    double CmplOptions::*member;
    double low;
    double high;
};

constexpr Range kNumbers[] = {
    {"thresholdFloor", &CmplOptions::thresholdFloor, 0, 1},
    {"thresholdSlope", &CmplOptions::thresholdSlope, 0, 1},
    {"margin", &CmplOptions::margin, 0, 1},
    {"capShare", &CmplOptions::capShare, 0, 100},
    {"unlabelledWeight", &CmplOptions::unlabelledWeight, 0, 100},
};

struct CountRange {
    const char* key;
    int CmplOptions::*member;
    int low;
    int high;
};

constexpr CountRange kCounts[] = {
    {"rounds", &CmplOptions::rounds, 1, 20},
    {"agreeing", &CmplOptions::agreeing, 1, 64},
    {"capLeast", &CmplOptions::capLeast, 0, 1'000'000},
};

Error wrong(std::string_view where, const std::string& key, const std::string& wanted)
{
    return {ErrorCode::BadFormat, std::string(where) + ": \"" + key + "\" must be " + wanted + "."};
}

template <typename T, typename Table>
Status readNumbers(const json& root, const Table& table, std::string_view where, CmplOptions& options)
{
    for (const auto& range : table) {
        if (!root.contains(range.key))
            continue;
        const json& value = root[range.key];
        const bool number = std::is_integral_v<T> ? value.is_number_integer() : value.is_number();
        if (!number || value.get<double>() < range.low || value.get<double>() > range.high)
            return wrong(where, range.key,
                (std::is_integral_v<T> ? "a whole number from " : "a number from ") + textOf(json(range.low))
                    + " to " + textOf(json(range.high)));
        options.*range.member = value.get<T>();
    }
    return {};
}

Status readThresholds(const json& root, std::string_view where, CmplOptions& options)
{
    if (!root.contains("threshold"))
        return {};
    const json& list = root["threshold"];
    const bool good = list.is_array() && !list.empty()
        && std::all_of(list.begin(), list.end(),
            [](const json& v) { return v.is_number() && v.get<double>() >= 0 && v.get<double>() <= 1; });
    if (!good)
        return wrong(where, "threshold", "a list of numbers from 0 to 1, one a round");
    options.threshold = list.get<std::vector<double>>();
    return {};
}

json optionsOf(const CmplOptions& options)
{
    json root = {{"threshold", options.threshold}};
    for (const Range& range : kNumbers)
        root[range.key] = options.*range.member;
    for (const CountRange& range : kCounts)
        root[range.key] = options.*range.member;
    return root;
}

json scoresOf(const CmplPool& pool, const CmplClip& clip, size_t clipIndex, const std::string& student)
{
    json scores = json::object();
    size_t studentIndex = pool.streams.size();
    for (size_t m = 0; m < pool.streams.size(); ++m) {
        json& own = scores[pool.streams[m]];
        own["calibrated"] = m < clip.probabilities.size() ? json(clip.probabilities[m]) : json::array();
        own["logits"] = m < clip.logits.size() ? json(clip.logits[m]) : json::array();
        own["weight"] = m < pool.weights.size() ? pool.weights[m] : 0.0;
        if (pool.streams[m] == student)
            studentIndex = m;
    }
    return {{"streams", scores}, {"teacher", teacherOf(pool, clipIndex, studentIndex)}};
}

json votersOf(const CmplPool& pool, const CmplClip& clip, const std::string& student, int label)
{
    json voters = json::array();
    for (size_t m = 0; m < std::min(pool.streams.size(), clip.probabilities.size()); ++m) {
        const auto& row = clip.probabilities[m];
        if (pool.streams[m] != student && !row.empty()
            && std::max_element(row.begin(), row.end()) - row.begin() == label)
            voters.push_back(pool.streams[m]);
    }
    return voters;
}

} // namespace

PseudoBirth birthOf(const CmplPool& pool, const CmplOptions& options, const CmplRound& round,
    const StudentSelection& student, const PseudoClip& clip, const std::map<std::string, std::string>& models)
{
    PseudoBirth birth;
    const CmplClip& source = pool.clips[clip.clip];
    birth.clip = source.id;
    birth.student = student.stream;
    birth.label = clip.label;
    birth.round = round.round;
    birth.voters = textOf(votersOf(pool, source, student.stream, clip.label));
    birth.scores = textOf(scoresOf(pool, source, clip.clip, student.stream));
    const auto label = static_cast<size_t>(clip.label);
    json thresholds = {{"student", student.stream}, {"decided", clip.decided}, {"q", clip.probability},
        {"votes", clip.votes}, {"teachers", clip.teachers}, {"weight", clip.weight}};
    if (!clip.decided) {
        thresholds["threshold"] = clip.threshold;
        thresholds["topMargin"] = clip.margin;
        thresholds["passed"] = label < student.passed.size() ? student.passed[label] : 0;
        thresholds["kept"] = label < student.kept.size() ? student.kept[label] : 0;
    }
    birth.thresholds = textOf(thresholds);
    birth.models = textOf(json(models));
    birth.recipe = toJson(options);
    return birth;
}

std::string toJson(const CmplOptions& options) { return textOf(optionsOf(options)); }

Result<CmplOptions> cmplOptionsFromJson(std::string_view text, std::string_view where)
{
    const json root = json::parse(text, nullptr, false);
    if (!root.is_object())
        return Error{
            ErrorCode::BadFormat, std::string(where) + ": the options of CMPL must be a JSON object."};
    CmplOptions options;
    if (const auto status = readThresholds(root, where, options); !status)
        return status.error();
    if (const auto status = readNumbers<double>(root, kNumbers, where, options); !status)
        return status.error();
    if (const auto status = readNumbers<int>(root, kCounts, where, options); !status)
        return status.error();
    return options;
}

} // namespace telltale
