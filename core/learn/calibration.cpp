// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/calibration.h"
#include "eval/metrics.h"
#include "learn/fusion.h"
#include <algorithm>
#include <set>

namespace telltale {

namespace {

/// 0 or 1 per row: half of the subjects each, or every other clip if there is only one subject.
std::vector<int> halves(const std::vector<CalibrationRow>& rows)
{
    std::set<int> subjects;
    for (const CalibrationRow& row : rows)
        subjects.insert(row.subject);
    std::vector<int> half;
    for (size_t i = 0; i < rows.size(); ++i) {
        const auto rank = std::distance(subjects.begin(), subjects.find(rows[i].subject));
        half.push_back(static_cast<int>((subjects.size() > 1 ? rank : static_cast<std::ptrdiff_t>(i)) % 2));
    }
    return half;
}

struct Predictions {
    std::vector<int> truth;
    std::vector<int> predicted;
    std::vector<std::vector<double>> probabilities;

    void add(int label, const std::vector<float>& row)
    {
        truth.push_back(label);
        predicted.push_back(static_cast<int>(std::max_element(row.begin(), row.end()) - row.begin()));
        probabilities.emplace_back(row.begin(), row.end());
    }
};

} // namespace

void Calibration::applyTo(HeadSet& heads) const
{
    for (auto& [modality, head] : heads.heads) {
        if (const auto found = temperature.find(modality); found != temperature.end())
            head.temperature = found->second;
        if (const auto found = weight.find(modality); found != weight.end())
            head.fusionWeight = found->second;
    }
}

std::map<std::string, std::vector<float>> Calibration::probabilities(const CalibrationRow& row) const
{
    std::map<std::string, std::vector<float>> result;
    for (const auto& [modality, logits] : row.logits) {
        const auto found = temperature.find(modality);
        result[modality] = softmax(logits, found == temperature.end() ? 1 : found->second);
    }
    return result;
}

Calibration fitCalibration(const std::vector<CalibrationRow>& rows)
{
    std::map<std::string, std::vector<std::vector<float>>> logits;
    std::map<std::string, std::vector<int>> labels;
    for (const CalibrationRow& row : rows) {
        for (const auto& [modality, values] : row.logits) {
            logits[modality].push_back(values);
            labels[modality].push_back(row.label);
        }
    }
    Calibration calibration;
    for (const auto& [modality, values] : logits)
        calibration.temperature[modality] = fitTemperature(values, labels[modality]);
    std::vector<std::map<std::string, std::vector<float>>> probabilities;
    std::vector<int> truth;
    for (const CalibrationRow& row : rows) {
        probabilities.push_back(calibration.probabilities(row));
        truth.push_back(row.label);
    }
    calibration.weight = fitFusionWeights(probabilities, truth);
    return calibration;
}

std::map<std::string, HeldScore> crossFittedScores(const std::vector<CalibrationRow>& rows, int classes)
{
    const auto half = halves(rows);
    std::map<std::string, Predictions> predictions;
    for (const int side : {0, 1}) {
        std::vector<CalibrationRow> others;
        for (size_t i = 0; i < rows.size(); ++i) {
            if (half[i] != side)
                others.push_back(rows[i]);
        }
        const Calibration calibration = fitCalibration(others);
        for (size_t i = 0; i < rows.size(); ++i) {
            if (half[i] != side)
                continue;
            const auto probabilities = calibration.probabilities(rows[i]);
            for (const auto& [modality, row] : probabilities)
                predictions[modality].add(rows[i].label, row);
            if (const auto fused = softVote(probabilities, calibration.weight); !fused.empty())
                predictions["fused"].add(rows[i].label, fused);
        }
    }
    std::map<std::string, HeldScore> scores;
    for (const auto& [name, p] : predictions) {
        const ClipReport report = clipReport(p.truth, p.predicted, {}, classes);
        scores[name] = {static_cast<int64_t>(p.truth.size()), report.accuracy, report.macroF1,
            expectedCalibrationError(p.probabilities, p.truth)};
    }
    return scores;
}

} // namespace telltale
