// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/analysis/spananswers.h"
#include "data/birthrecord.h"
#include "learn/systemcalibration.h"
#include "pipeline/clipsets/clipscores.h"
#include "review/disagreement.h"
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

struct KindName {
    std::string_view prefix;
    AnsweringSystem::Kind kind;
};
constexpr KindName kKinds[] = {{"track1", AnsweringSystem::Kind::Track1},
    {"track2", AnsweringSystem::Kind::Track2}, {"demo", AnsweringSystem::Kind::Shipped}};

VoterTop topOf(const std::vector<float>& row)
{
    const auto top = std::ranges::max_element(row);
    return top == row.end() ? VoterTop() : VoterTop{static_cast<int>(top - row.begin()), *top};
}

/// softmax(temperature * log p): what softmax(logits / temperature) = p was before.
std::vector<double> uncalibratedRow(const std::vector<float>& row, double temperature)
{
    std::vector<double> raw;
    raw.reserve(row.size());
    double sum = 0;
    for (const float p : row) {
        raw.push_back(p > 0 ? std::pow(static_cast<double>(p), temperature) : 0);
        sum += raw.back();
    }
    for (double& p : raw)
        p = sum > 0 ? p / sum : 0;
    return raw;
}

std::vector<double> softmaxOf(const std::vector<double>& logits)
{
    const double top = *std::ranges::max_element(logits);
    std::vector<double> row;
    double sum = 0;
    for (const double logit : logits) {
        row.push_back(std::exp(logit - top));
        sum += row.back();
    }
    for (double& p : row)
        p /= sum;
    return row;
}

/// By modality what it said before calibration.
std::map<std::string, std::vector<double>> rawRows(const Prediction& prediction, const RawScores& scores)
{
    std::map<std::string, std::vector<double>> rows;
    for (const auto& [modality, said] : prediction.modalities) {
        if (said.probabilities.empty())
            continue;
        const auto logits = scores.logits.find(modality);
        const auto temperature = scores.temperatures.find(modality);
        if (logits != scores.logits.end() && logits->second.size() == said.probabilities.size())
            rows[modality] = softmaxOf(logits->second);
        else if (temperature != scores.temperatures.end() && temperature->second > 0)
            rows[modality] = uncalibratedRow(said.probabilities, temperature->second);
    }
    return rows;
}

/// The vote with the weights of the record, else with equal ones. Empty unless every voter is known.
std::vector<double> rawVote(const Prediction& prediction, const RawScores& scores,
    const std::map<std::string, std::vector<double>>& rows)
{
    SystemCalibration plain;
    for (const auto& [modality, said] : prediction.modalities) {
        if (modality == kDetectorModality || said.probabilities.empty())
            continue;
        if (!rows.contains(modality))
            return {};
        const auto weight = scores.weights.find(modality);
        plain.streams[modality].weight = weight == scores.weights.end() ? 1 : weight->second;
    }
    StreamProbabilities voters;
    for (const auto& [modality, row] : rows)
        if (plain.streams.contains(modality))
            voters.emplace(modality, row);
    return voters.empty() ? std::vector<double>() : plain.vote(voters);
}

} // namespace

AnsweringSystem describedSystem(std::string_view runModel)
{
    AnsweringSystem system;
    system.name = runModel;
    for (const KindName& one : kKinds)
        if (runModel.starts_with(one.prefix))
            system.kind = one.kind;
    if (system.kind == AnsweringSystem::Kind::Shipped && runModel.find(" + ") != std::string_view::npos)
        system.kind = AnsweringSystem::Kind::Heads;
    if (system.kind != AnsweringSystem::Kind::Track1 && system.kind != AnsweringSystem::Kind::Track2)
        return system;
    const size_t space = runModel.find(' ');
    if (space != std::string_view::npos)
        system.digest = runModel.substr(space + 1, runModel.find(' ', space + 1) - space - 1);
    const size_t open = runModel.find('(');
    const size_t end = runModel.rfind(" adaptation)");
    if (open != std::string_view::npos && end != std::string_view::npos && end > open)
        system.adapted = runModel.substr(open + 1, end - open - 1);
    return system;
}

Acquaintance acquaintanceOf(AnsweringSystem::Kind kind, SubjectRole role, bool proposed)
{
    switch (kind) {
    case AnsweringSystem::Kind::Shipped:
        return Acquaintance::HeldOut;
    case AnsweringSystem::Kind::Heads:
        return proposed ? Acquaintance::KnownPerson : Acquaintance::LearnedFrom;
    case AnsweringSystem::Kind::Other:
        return Acquaintance::NotKnown;
    default:
        break;
    }
    if (role == SubjectRole::Train)
        return proposed ? Acquaintance::KnownPerson : Acquaintance::LearnedFrom;
    return role == SubjectRole::Validation ? Acquaintance::TunedOn : Acquaintance::HeldOut;
}

AnswerBook::AnswerBook() : m_voters{kFusedVoter} { }

size_t AnswerBook::voterNamed(const std::string& name)
{
    const auto found = std::ranges::find(m_voters, name);
    if (found != m_voters.end())
        return static_cast<size_t>(found - m_voters.begin());
    m_voters.push_back(name);
    return m_voters.size() - 1;
}

int AnswerBook::systemNamed(const std::string& name)
{
    const auto found = std::ranges::find(m_systems, name, &AnsweringSystem::name);
    if (found != m_systems.end())
        return static_cast<int>(found - m_systems.begin());
    m_systems.push_back(describedSystem(name));
    return static_cast<int>(m_systems.size()) - 1;
}

int AnswerBook::systemOf(const PredictionRun& run, const Prediction& prediction)
{
    // What a run could not score it takes over from an earlier one, whose birth says so. Reading every birth
    // as JSON would take most of the time.
    const AnsweringSystem own = describedSystem(run.model);
    const std::string& mark = own.digest.empty() ? own.name : own.digest;
    if (prediction.birth.empty() || mark.empty() || prediction.birth.find(mark) != std::string::npos)
        return systemNamed(run.model);
    const BirthRecord birth = readBirth(prediction.birth);
    if (birth.model.empty())
        return systemNamed(run.model);
    if (describedSystem(birth.model).kind == AnsweringSystem::Kind::Shipped
        || describedSystem(birth.model).kind == AnsweringSystem::Kind::Heads)
        return systemNamed(birth.model);
    std::string name = birth.model;
    name.append(" ").append(birth.digest);
    if (!birth.adapted.empty())
        name.append(" (").append(birth.adapted).append(" adaptation)");
    return systemNamed(name);
}

const SpanAnswer* AnswerBook::answer(PredictionReader& predictions, int64_t id)
{
    const auto [place, fresh] = m_answers.try_emplace(id);
    SpanAnswer& answer = place->second;
    if (!fresh)
        return answer.prediction > 0 ? &answer : nullptr;
    const PredictionRun* run = predictions.runOf(id);
    const auto prediction = run ? predictions.prediction(id) : nullptr;
    if (!prediction)
        return nullptr;
    answer.prediction = id;
    answer.person = prediction->person;
    answer.span = prediction->span;
    answer.system = systemOf(*run, *prediction);
    std::vector<std::vector<float>> rows;
    const auto put = [&](const std::string& name, const std::vector<float>& row) {
        const size_t voter = voterNamed(name);
        if (answer.tops.size() <= voter)
            answer.tops.resize(voter + 1);
        answer.tops[voter] = topOf(row);
    };
    put(kFusedVoter, prediction->fused);
    for (const auto& [modality, said] : prediction->modalities) {
        put(modality, said.probabilities);
        if (modality != kDetectorModality)
            rows.push_back(said.probabilities);
    }
    answer.disagreement = static_cast<float>(disagreement(rows));
    return &answer;
}

const SpanProbabilities* AnswerBook::scores(PredictionReader& predictions, int64_t id)
{
    const auto [place, fresh] = m_scores.try_emplace(id);
    if (!fresh)
        return place->second.get();
    const PredictionRun* run = predictions.runOf(id);
    const auto prediction = run ? predictions.prediction(id) : nullptr;
    if (!prediction)
        return nullptr;
    auto scores = std::make_unique<SpanProbabilities>();
    scores->system = systemOf(*run, *prediction);
    const RawScores raw = readRawScores(prediction->birth);
    scores->raw = rawRows(*prediction, raw);
    if (std::vector<double> vote = rawVote(*prediction, raw, scores->raw); !vote.empty())
        scores->raw[kFusedVoter] = std::move(vote);
    if (!prediction->fused.empty())
        scores->calibrated[kFusedVoter].assign(prediction->fused.begin(), prediction->fused.end());
    for (const auto& [modality, said] : prediction->modalities)
        if (!said.probabilities.empty())
            scores->calibrated[modality].assign(said.probabilities.begin(), said.probabilities.end());
    place->second = std::move(scores);
    return place->second.get();
}

} // namespace telltale
