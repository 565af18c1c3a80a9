// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/systemcalibration.h"
#include "learn/fusion.h"
#include "learn/logarithms.h"
#include <algorithm>
#include <cmath>
#include <set>

namespace telltale {
namespace {

constexpr double kLowestTemperature = 0.05; // as fitTemperature()
constexpr double kHighestTemperature = 20;

template <typename Row> size_t topOf(const Row& row)
{
    return static_cast<size_t>(std::max_element(row.begin(), row.end()) - row.begin());
}

template <typename Row> bool usable(const Row& row)
{
    return !row.empty() && std::all_of(row.begin(), row.end(), [](auto v) { return std::isfinite(v); });
}

/// Weighted mean of what votes, before the temperature of the vote.
std::vector<double> plainVote(
    const std::map<std::string, SystemCalibration::Stream>& streams, const StreamProbabilities& rows)
{
    std::vector<double> sum;
    std::vector<double> even;
    double total = 0;
    int voters = 0;
    for (const auto& [name, row] : rows) {
        if (!usable(row) || (voters > 0 && row.size() != sum.size()))
            continue;
        sum.resize(row.size());
        even.resize(row.size());
        const auto known = streams.find(name);
        const double weight = known == streams.end() ? 0 : std::max(0.0, known->second.weight);
        for (size_t c = 0; c < row.size(); ++c) {
            sum[c] += weight * row[c];
            even[c] += row[c];
        }
        total += weight;
        ++voters;
    }
    for (size_t c = 0; c < sum.size(); ++c)
        sum[c] = total > 0 ? sum[c] / total : even[c] / voters;
    return sum;
}

/// Clips that one temperature is fitted on.
struct LabelledLogits {
    std::vector<std::vector<float>> logits;
    std::vector<int> labels;

    void add(const std::vector<float>& row, int label)
    {
        if (!usable(row) || label < 0 || static_cast<size_t>(label) >= row.size())
            return;
        logits.push_back(row);
        labels.push_back(label);
    }
};

/// What a temperature is judged by.
enum class Judged {
    TrueClass, ///< -log of the true class's probability
    TopClass, ///< of the top class as an answer that is right or wrong: the number that is shown as
              ///< confidence
};

double logLoss(const std::vector<float>& row, int label, double inverse, Judged judged)
{
    const size_t best = topOf(row);
    const double top = row[best];
    double others = 0;
    for (size_t c = 0; c < row.size(); ++c)
        if (c != best)
            others += std::exp((row[c] - top) * inverse);
    const auto truth = static_cast<size_t>(label);
    if (judged == Judged::TopClass)
        return std::log1p(others) - (truth == best ? 0 : std::log(std::max(kLeastProbability, others)));
    return std::log1p(others) - (row[truth] - top) * inverse;
}

/// Where `cost` is least in [low, high], by golden section.
template <typename Cost> double leastPoint(const Cost& cost, double low, double high)
{
    constexpr double kGolden = 0.6180339887498949;
    double left = high - kGolden * (high - low);
    double right = low + kGolden * (high - low);
    double leftCost = cost(left);
    double rightCost = cost(right);
    while (high - low > 1e-7) {
        if (leftCost <= rightCost) {
            high = right;
            right = left;
            rightCost = leftCost;
            left = high - kGolden * (high - low);
            leftCost = cost(left);
        } else {
            low = left;
            left = right;
            leftCost = rightCost;
            right = low + kGolden * (high - low);
            rightCost = cost(right);
        }
    }
    return 0.5 * (low + high);
}

/// The temperature of least cost, where `prior(log T)` adds to the cost.
template <typename Prior>
double leastTemperature(const LabelledLogits& rows, Judged judged, const Prior& prior)
{
    const auto cost = [&](double logT) {
        double sum = prior(logT);
        for (size_t i = 0; i < rows.labels.size(); ++i)
            sum += logLoss(rows.logits[i], rows.labels[i], std::exp(-logT), judged);
        return sum;
    };
    return std::exp(leastPoint(cost, std::log(kLowestTemperature), std::log(kHighestTemperature)));
}

TemperatureScale fitScale(const LabelledLogits& rows, const CalibrationOptions& options, Judged judged)
{
    TemperatureScale scale;
    if (rows.labels.empty())
        return scale;
    scale.common = judged == Judged::TrueClass ? fitTemperature(rows.logits, rows.labels)
                                               : leastTemperature(rows, judged, [](double) { return 0.0; });
    if (!options.classWise || options.classSpread <= 0)
        return scale;
    std::map<size_t, LabelledLogits> byTop;
    for (size_t i = 0; i < rows.labels.size(); ++i)
        byTop[topOf(rows.logits[i])].add(rows.logits[i], rows.labels[i]);
    const auto drawn = [&](double logT) {
        return 0.5 * std::pow((logT - std::log(scale.common)) / options.classSpread, 2);
    };
    std::vector<double> perClass(rows.logits.front().size(), scale.common);
    bool any = false;
    for (const auto& [top, own] : byTop) {
        if (own.labels.size() < static_cast<size_t>(std::max(1, options.classLeast))
            || top >= perClass.size())
            continue;
        perClass[top] = leastTemperature(own, judged, drawn);
        any = true;
    }
    if (any)
        scale.perClass = std::move(perClass);
    return scale;
}

/// 0 .. folds-1 per row: subjects in turn, or clips in turn if there is only one subject.
std::vector<size_t> foldsOf(const std::vector<CalibrationRow>& rows, size_t folds)
{
    std::set<int> subjects;
    for (const CalibrationRow& row : rows)
        subjects.insert(row.subject);
    std::vector<size_t> fold;
    fold.reserve(rows.size());
    for (size_t i = 0; i < rows.size(); ++i) {
        const auto rank
            = static_cast<size_t>(std::distance(subjects.begin(), subjects.find(rows[i].subject)));
        fold.push_back((subjects.size() > 1 ? rank : i) % folds);
    }
    return fold;
}

} // namespace

std::vector<double> scaledProbabilities(std::span<const float> logits, const TemperatureScale& scale)
{
    if (!usable(logits))
        return {};
    const size_t best = topOf(logits);
    const double inverse = 1 / std::max(kLeastProbability, scale.of(best));
    std::vector<double> row(logits.size());
    double sum = 0;
    for (size_t c = 0; c < row.size(); ++c) {
        row[c] = std::exp((static_cast<double>(logits[c]) - logits[best]) * inverse);
        sum += row[c];
    }
    for (double& p : row)
        p /= sum;
    return row;
}

StreamProbabilities SystemCalibration::probabilities(
    const std::map<std::string, std::vector<float>>& logits) const
{
    StreamProbabilities result;
    for (const auto& [name, row] : logits) {
        const auto known = streams.find(name);
        auto scaled = scaledProbabilities(
            row, known == streams.end() ? TemperatureScale() : known->second.temperature);
        if (!scaled.empty())
            result[name] = std::move(scaled);
    }
    return result;
}

std::vector<double> SystemCalibration::vote(const StreamProbabilities& probabilities) const
{
    auto mean = plainVote(streams, probabilities);
    if (mean.empty() || fused == TemperatureScale())
        return mean;
    return scaledProbabilities(logarithms(mean), fused);
}

SystemCalibration fitSystemCalibration(
    const std::vector<CalibrationRow>& rows, const CalibrationOptions& options)
{
    std::map<std::string, LabelledLogits> byStream;
    for (const CalibrationRow& row : rows)
        for (const auto& [name, logits] : row.logits)
            byStream[name].add(logits, row.label);
    SystemCalibration calibration;
    for (const auto& [name, own] : byStream)
        calibration.streams[name]
            = {fitScale(own, options, Judged::TrueClass), 1.0 / static_cast<double>(byStream.size())};
    std::vector<StreamProbabilities> probabilities;
    std::vector<int> labels;
    probabilities.reserve(rows.size());
    labels.reserve(rows.size());
    for (const CalibrationRow& row : rows) {
        probabilities.push_back(calibration.probabilities(row.logits));
        labels.push_back(row.label);
    }
    if (options.fitWeights)
        for (const auto& [name, weight] : drawnToEqual(
                 fitVoteWeights(probabilities, labels), probabilities, labels, options.standardErrors))
            calibration.streams[name].weight = weight;
    if (options.fitFused && calibration.streams.size() > 1) {
        LabelledLogits votes;
        for (size_t i = 0; i < rows.size(); ++i)
            votes.add(logarithms(plainVote(calibration.streams, probabilities[i])), labels[i]);
        calibration.fused = fitScale(votes, options, Judged::TopClass);
    }
    return calibration;
}

std::vector<CalibratedClip> crossFitted(
    const std::vector<CalibrationRow>& rows, const CalibrationOptions& options)
{
    const auto folds = static_cast<size_t>(std::max(2, options.folds));
    const auto fold = foldsOf(rows, folds);
    std::vector<CalibratedClip> clips(rows.size());
    for (size_t side = 0; side < folds; ++side) {
        if (std::find(fold.begin(), fold.end(), side) == fold.end())
            continue;
        std::vector<CalibrationRow> others;
        for (size_t i = 0; i < rows.size(); ++i)
            if (fold[i] != side)
                others.push_back(rows[i]);
        const auto calibration = fitSystemCalibration(others, options);
        for (size_t i = 0; i < rows.size(); ++i) {
            if (fold[i] != side)
                continue;
            clips[i].streams = calibration.probabilities(rows[i].logits);
            clips[i].fused = calibration.vote(clips[i].streams);
        }
    }
    return clips;
}

} // namespace telltale
