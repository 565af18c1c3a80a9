// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/metrics.h"
#include "learn/systemcalibration.h"
#include <algorithm>
#include <array>
#include <cstdio>
#include <limits>

namespace telltale {
namespace {

struct Judged {
    std::vector<int> truth;
    std::vector<int> predicted;
    std::vector<std::vector<double>> rows;
    double confidence = 0;
};

CalibratedScore scoreOf(const Judged& judged, int classes)
{
    const ClipReport report = clipReport(judged.truth, judged.predicted, judged.rows, classes);
    CalibratedScore score;
    score.clips = static_cast<int64_t>(judged.truth.size());
    score.accuracy = report.accuracy;
    score.top5 = report.top5;
    score.macroF1 = report.macroF1;
    score.calibrationError = expectedCalibrationError(judged.rows, judged.truth);
    score.classwiseError = classwiseCalibrationError(judged.rows, judged.truth);
    score.logLoss = negativeLogLikelihood(judged.rows, judged.truth);
    score.meanConfidence = judged.confidence / static_cast<double>(judged.truth.size());
    return score;
}

std::string twoDigits(double value)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.2f", value);
    return text.data();
}

} // namespace

std::map<std::string, CalibratedScore> calibratedScores(
    const std::vector<CalibratedClip>& clips, const std::vector<int>& labels, int classes)
{
    std::map<std::string, Judged> judged;
    const auto add = [&](const std::string& name, const std::vector<double>& row, int label) {
        if (label < 0 || label >= classes || row.size() != static_cast<size_t>(classes))
            return;
        Judged& own = judged[name];
        const auto top = std::max_element(row.begin(), row.end());
        own.truth.push_back(label);
        own.predicted.push_back(static_cast<int>(top - row.begin()));
        own.rows.push_back(row);
        own.confidence += *top;
    };
    for (size_t i = 0; i < std::min(clips.size(), labels.size()); ++i) {
        for (const auto& [name, row] : clips[i].streams)
            add(name, row, labels[i]);
        add("fused", clips[i].fused, labels[i]);
    }
    std::map<std::string, CalibratedScore> scores;
    for (const auto& [name, own] : judged)
        scores[name] = scoreOf(own, classes);
    return scores;
}

std::string dominanceWarning(const std::vector<StreamProbabilities>& rows, double gap)
{
    std::map<std::string, std::pair<double, int64_t>> confidence;
    for (const StreamProbabilities& row : rows) {
        for (const auto& [name, values] : row) {
            if (values.empty())
                continue;
            confidence[name].first += *std::max_element(values.begin(), values.end());
            ++confidence[name].second;
        }
    }
    std::vector<std::pair<double, std::string>> means;
    means.reserve(confidence.size());
    for (const auto& [name, sum] : confidence)
        means.emplace_back(sum.first / static_cast<double>(sum.second), name);
    std::sort(means.begin(), means.end(), std::greater<>());
    if (means.size() < 2 || !(means[0].first - means[1].first > gap))
        return {};
    return "The stream " + means[0].second + " is surer than all others (mean largest probability "
        + twoDigits(means[0].first) + ", next " + means[1].second + " with " + twoDigits(means[1].first)
        + "), so the vote follows its confidence: calibrate it on more held-out subjects or lower its "
          "weight.";
}

} // namespace telltale
