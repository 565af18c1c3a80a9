// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track1/clipscores.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <numeric>

namespace telltale {

namespace {

using Json = nlohmann::json;

int topOf(const std::vector<double>& row)
{
    return static_cast<int>(std::max_element(row.begin(), row.end()) - row.begin());
}

/// The clips that one column of a table is about.
struct Column {
    std::vector<int> truth;
    std::vector<int> predicted;
    std::vector<std::vector<double>> probabilities;

    void add(int label, std::vector<double> row)
    {
        truth.push_back(label);
        predicted.push_back(topOf(row));
        probabilities.push_back(std::move(row));
    }
};

ClipFigures figuresOf(const Column& column, int classes, const LongTailGroups& groups)
{
    const ClipReport report = clipReport(column.truth, column.predicted, column.probabilities, classes);
    const LongTailF1 tail = longTailF1(report, groups);
    ClipFigures figures;
    figures.clips = static_cast<int64_t>(column.truth.size());
    figures.accuracy = report.accuracy;
    figures.top5 = report.top5;
    figures.macroF1 = report.macroF1;
    figures.headF1 = tail.head;
    figures.mediumF1 = tail.medium;
    figures.tailF1 = tail.tail;
    figures.calibrationError = expectedCalibrationError(column.probabilities, column.truth);
    figures.classwiseError = classwiseCalibrationError(column.probabilities, column.truth);
    figures.perClass = report.perClass;
    return figures;
}

struct NamedFigure {
    const char* name;
    double ClipFigures::*value;
};

constexpr std::array kFigures{
    NamedFigure{"accuracy", &ClipFigures::accuracy},
    NamedFigure{"top5", &ClipFigures::top5},
    NamedFigure{"macro_f1", &ClipFigures::macroF1},
    NamedFigure{"head_f1", &ClipFigures::headF1},
    NamedFigure{"medium_f1", &ClipFigures::mediumF1},
    NamedFigure{"tail_f1", &ClipFigures::tailF1},
    NamedFigure{"ece", &ClipFigures::calibrationError},
    NamedFigure{"classwise_ece", &ClipFigures::classwiseError},
};

} // namespace

std::map<std::string, std::vector<float>> ClipScores::logitsAt(size_t place) const
{
    std::map<std::string, std::vector<float>> logits;
    for (const auto& [stream, scored] : streams)
        if (!scored.logits[place].empty())
            logits[stream] = scored.logits[place];
    return logits;
}

ClipScores scoresOf(const ClipScores& scores, const std::vector<size_t>& clips)
{
    ClipScores part;
    part.clips = clips;
    for (const auto& [stream, scored] : scores.streams) {
        ScoredClips& own = part.streams[stream];
        for (const size_t clip : clips) {
            const auto at = static_cast<size_t>(
                std::lower_bound(scores.clips.begin(), scores.clips.end(), clip) - scores.clips.begin());
            own.logits.push_back(scored.logits[at]);
            own.features.push_back(scored.features[at]);
        }
    }
    return part;
}

std::vector<CalibrationRow> calibrationRows(const ClipSet& set, const ClipScores& scores)
{
    std::map<std::string, int> subjects;
    for (const size_t clip : scores.clips)
        subjects[set.clips()[clip].subject] = 0;
    int next = 0;
    for (auto& [name, number] : subjects)
        number = next++;
    std::vector<CalibrationRow> rows;
    rows.reserve(scores.clips.size());
    for (size_t place = 0; place < scores.clips.size(); ++place) {
        const ClipInfo& clip = set.clips()[scores.clips[place]];
        if (clip.label >= 0)
            rows.push_back({scores.logitsAt(place), clip.label, subjects.at(clip.subject)});
    }
    return rows;
}

std::vector<AnsweredClip> answersOf(
    const ClipSet& set, const ClipScores& scores, const SystemCalibration& calibration)
{
    std::vector<AnsweredClip> answers;
    answers.reserve(scores.clips.size());
    for (size_t place = 0; place < scores.clips.size(); ++place) {
        AnsweredClip answer;
        answer.label = set.clips()[scores.clips[place]].label;
        if (answer.label < 0)
            continue;
        answer.streams = calibration.probabilities(scores.logitsAt(place));
        answer.fused = calibration.vote(answer.streams);
        answers.push_back(std::move(answer));
    }
    return answers;
}

std::map<std::string, ClipFigures> figuresOf(
    const std::vector<AnsweredClip>& answers, const std::vector<int64_t>& trainingCounts)
{
    std::map<std::string, Column> columns;
    for (const AnsweredClip& answer : answers) {
        if (!answer.fused.empty())
            columns["fused"].add(answer.label, answer.fused);
        for (const auto& [stream, row] : answer.streams)
            columns[stream].add(answer.label, row);
    }
    const LongTailGroups groups = longTailGroups(trainingCounts);
    std::map<std::string, ClipFigures> figures;
    for (const auto& [name, column] : columns)
        figures[name] = figuresOf(column, static_cast<int>(trainingCounts.size()), groups);
    return figures;
}

std::map<std::string, ClipFigures> figuresOf(const ClipSet& set, const ClipScores& scores,
    const SystemCalibration& calibration, const std::vector<int64_t>& trainingCounts)
{
    return figuresOf(answersOf(set, scores, calibration), trainingCounts);
}

SystemCalibration uncalibrated(const ClipScores& scores)
{
    SystemCalibration calibration;
    for (const auto& [stream, scored] : scores.streams)
        calibration.streams[stream].weight = 1.0 / static_cast<double>(scores.streams.size());
    return calibration;
}

std::string figuresText(const std::map<std::string, ClipFigures>& figures)
{
    Json json = Json::object();
    for (const auto& [name, own] : figures) {
        json[name]["clips"] = own.clips;
        for (const NamedFigure& figure : kFigures) {
            const double value = own.*figure.value;
            json[name][figure.name] = std::isfinite(value) ? Json(value) : Json(nullptr);
        }
        for (const ClassScore& score : own.perClass)
            json[name]["per_class"].push_back({{"precision", score.precision}, {"recall", score.recall},
                {"f1", score.f1}, {"truth", score.truth}, {"predicted", score.predicted}});
    }
    return json.dump();
}

std::string figureLines(const std::map<std::string, ClipFigures>& figures)
{
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "  %-10s %6s", "", "clips");
    std::string lines = text.data();
    for (const NamedFigure& figure : kFigures) {
        std::snprintf(text.data(), text.size(), " %13s", figure.name);
        lines += text.data();
    }
    lines += "\n";
    for (const auto& [name, own] : figures) {
        std::snprintf(
            text.data(), text.size(), "  %-10s %6lld", name.c_str(), static_cast<long long>(own.clips));
        lines += text.data();
        for (const NamedFigure& figure : kFigures) {
            std::snprintf(text.data(), text.size(), " %13.2f", own.*figure.value * 100);
            lines += text.data();
        }
        lines += "\n";
    }
    return lines;
}

std::string scoreLines(const ClipSet& set, const ClipScores& scores, const SystemCalibration& calibration)
{
    std::string text = "clip_id,class_id";
    for (int c = 0; c < set.classCount(); ++c)
        text += ",score_" + std::to_string(c);
    text += "\n";
    for (size_t place = 0; place < scores.clips.size(); ++place) {
        const auto fused = calibration.vote(calibration.probabilities(scores.logitsAt(place)));
        if (fused.empty())
            continue;
        text += set.clips()[scores.clips[place]].id + "," + std::to_string(topOf(fused));
        for (const double value : fused) {
            std::array<char, 32> number{};
            std::snprintf(number.data(), number.size(), ",%.6g", value);
            text += number.data();
        }
        text += "\n";
    }
    return text;
}

} // namespace telltale
