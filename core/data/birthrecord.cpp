// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/birthrecord.h"
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

using Json = nlohmann::json;

Json parsed(std::string_view text) { return Json::parse(text, nullptr, false); }

/// Null where there is none. Lives as long as `object`.
const Json& member(const Json& object, const std::string& name)
{
    static const Json kNone;
    const auto at = object.find(name);
    return at == object.end() ? kNone : *at;
}

std::string textOf(const Json& value) { return value.is_string() ? value.get<std::string>() : std::string(); }

std::optional<double> numberOf(const Json& value)
{
    return value.is_number() && std::isfinite(value.get<double>()) ? std::optional(value.get<double>())
                                                                   : std::nullopt;
}

int wholeOf(const Json& value, int otherwise)
{
    return value.is_number_integer() ? value.get<int>() : otherwise;
}

std::string dumped(const Json& value)
{
    return value.is_null() ? std::string() : value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// The logits of all classes where a record kept them.
std::vector<double> logitsOf(const Json& raw)
{
    std::vector<double> logits;
    if (!raw.is_array())
        return logits;
    for (const Json& value : raw) {
        const auto number = numberOf(value);
        if (!number)
            return {};
        logits.push_back(*number);
    }
    return logits;
}

double softmaxAt(const std::vector<double>& logits, size_t place)
{
    const double top = *std::ranges::max_element(logits);
    double sum = 0;
    for (const double logit : logits)
        sum += std::exp(logit - top);
    return std::exp(logits[place] - top) / sum;
}

/// `raw` has either all logits of the modality or that of one class: {"class", "logit"}.
void readRaw(const Json& raw, BirthVote& vote)
{
    const std::vector<double> logits = logitsOf(raw);
    const auto place = static_cast<size_t>(std::max(0, vote.classId));
    if (vote.classId >= 0 && place < logits.size()) {
        vote.logit = logits[place];
        vote.raw = softmaxAt(logits, place);
    } else if (wholeOf(member(raw, "class"), -1) == vote.classId && vote.classId >= 0) {
        vote.logit = numberOf(member(raw, "logit"));
    }
}

std::vector<BirthVote> votesOf(const Json& birth, int label)
{
    std::vector<BirthVote> votes;
    const Json& streams = member(member(birth, "scores"), "streams");
    const Json& voters = member(birth, "voters");
    const Json& given = member(birth, "votes");
    if (!given.is_object())
        return votes;
    for (const auto& [modality, said] : given.items()) {
        BirthVote vote;
        vote.modality = modality;
        vote.classId = wholeOf(member(said, "class"), -1);
        vote.probability = numberOf(member(said, "probability")).value_or(-1);
        readRaw(member(member(birth, "raw"), modality), vote);
        vote.weight = numberOf(member(member(birth, "weights"), modality));
        if (!vote.weight)
            vote.weight = numberOf(member(member(streams, modality), "weight"));
        vote.teacher = numberOf(member(member(birth, "teacher"), modality));
        vote.agrees = voters.is_array() ? std::ranges::find(voters, Json(modality)) != voters.end()
                                        : label >= 0 && vote.classId == label;
        votes.push_back(std::move(vote));
    }
    return votes;
}

std::vector<BirthNumber> numbersOf(const Json& thresholds)
{
    std::vector<BirthNumber> numbers;
    if (!thresholds.is_object())
        return numbers;
    for (const auto& [name, value] : thresholds.items())
        if (const auto number = numberOf(value))
            numbers.push_back({name, *number});
    return numbers;
}

std::vector<BirthModel> modelsOf(const Json& models)
{
    std::vector<BirthModel> found;
    if (models.is_object())
        for (const auto& [part, digest] : models.items())
            if (digest.is_string())
                found.push_back({part, digest.get<std::string>()});
    return found;
}

std::map<std::string, double> numbersByName(const Json& object)
{
    std::map<std::string, double> numbers;
    for (const BirthNumber& one : numbersOf(object))
        numbers.emplace(one.name, one.value);
    return numbers;
}

BirthRecord recordOf(const Json& birth)
{
    BirthRecord record;
    const std::pair<const char*, std::string BirthRecord::*> texts[]{{"method", &BirthRecord::method},
        {"source", &BirthRecord::source}, {"file", &BirthRecord::file}, {"model", &BirthRecord::model},
        {"digest", &BirthRecord::digest}, {"recipe", &BirthRecord::recipe},
        {"adapted", &BirthRecord::adapted}};
    for (const auto& [name, text] : texts)
        record.*text = textOf(member(birth, name));
    if (const Json& accepted = member(birth, "accepted"); accepted.is_boolean())
        record.accepted = accepted.get<bool>();
    record.label = wholeOf(member(birth, "label"), -1);
    record.score = numberOf(member(birth, "score"));
    record.round = wholeOf(member(birth, "round"), 0);
    record.votes = votesOf(birth, record.label);
    const Json& thresholds = member(birth, "thresholds");
    record.student = textOf(member(thresholds, "student"));
    record.thresholds = numbersOf(thresholds);
    record.models = modelsOf(member(birth, "models"));
    if (const Json& detector = member(birth, "detector"); detector.is_object())
        record.detector = std::make_shared<const BirthRecord>(recordOf(detector));
    return record;
}

} // namespace

bool BirthRecord::empty() const
{
    return method.empty() && source.empty() && model.empty() && digest.empty() && recipe.empty()
        && votes.empty() && thresholds.empty() && label < 0 && !score && !detector;
}

BirthRecord readBirth(std::string_view json)
{
    const Json birth = parsed(json);
    return birth.is_object() ? recordOf(birth) : BirthRecord();
}

RawScores readRawScores(std::string_view json)
{
    RawScores scores;
    const Json birth = parsed(json);
    if (!birth.is_object())
        return scores;
    if (const Json& raw = member(birth, "raw"); raw.is_object())
        for (const auto& [modality, given] : raw.items())
            if (std::vector<double> logits = logitsOf(given); !logits.empty())
                scores.logits.emplace(modality, std::move(logits));
    scores.temperatures = numbersByName(member(birth, "temperatures"));
    scores.weights = numbersByName(member(birth, "weights"));
    return scores;
}

PseudoLabel pseudoLabelOf(std::string_view birth)
{
    PseudoLabel label;
    const Json json = parsed(birth);
    if (!json.is_object())
        return label;
    const BirthRecord record = recordOf(json);
    label.classId = record.label;
    label.round = record.round;
    Json voters = Json::array();
    for (const BirthVote& vote : record.votes)
        if (vote.classId == record.label)
            voters.push_back(vote.modality);
    label.voters = dumped(voters);
    label.scores = dumped({{"calibrated", member(json, "votes")}, {"raw", member(json, "raw")},
        {"teacher", member(json, "teacher")}, {"weights", member(json, "weights")}});
    label.thresholds = dumped(member(json, "thresholds"));
    label.models = dumped(Json::array({member(json, "digest")}));
    return label;
}

std::string withDetector(const std::string& birth, const std::string& former)
{
    Json json = parsed(birth);
    const Json before = parsed(former);
    if (!json.is_object())
        return birth;
    if (before.is_discarded())
        json["detector"] = former;
    else
        json["detector"] = before.is_object() && before.contains("detector") ? before["detector"] : before;
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace telltale
