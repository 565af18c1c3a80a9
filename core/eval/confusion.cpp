// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/confusion.h"
#include "eval/clustering.h"
#include <algorithm>
#include <numeric>

namespace telltale {
namespace {

double share(int64_t part, int64_t whole)
{
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

bool known(int classId, int classes) { return classId >= 0 && classId < classes; }

std::vector<int64_t> rowSums(const ConfusionMatrix& matrix)
{
    std::vector<int64_t> sums;
    for (int i = 0; i < matrix.side(); ++i)
        sums.push_back(matrix.rowSum(i));
    return sums;
}

std::vector<int64_t> columnSums(const ConfusionMatrix& matrix)
{
    std::vector<int64_t> sums(static_cast<size_t>(matrix.side()), 0);
    for (const std::vector<int64_t>& row : matrix.counts)
        for (size_t j = 0; j < row.size(); ++j)
            sums[j] += row[j];
    return sums;
}

} // namespace

int64_t ConfusionMatrix::rowSum(int truth) const
{
    const std::vector<int64_t>& row = counts[static_cast<size_t>(truth)];
    return std::accumulate(row.begin(), row.end(), int64_t{0});
}

int64_t ConfusionMatrix::columnSum(int predicted) const
{
    int64_t sum = 0;
    for (int i = 0; i < side(); ++i)
        sum += at(i, predicted);
    return sum;
}

int64_t ConfusionMatrix::total() const
{
    int64_t sum = 0;
    for (int i = 0; i < side(); ++i)
        sum += rowSum(i);
    return sum;
}

ConfusionMatrix emptyConfusion(int classes, bool background)
{
    ConfusionMatrix matrix;
    matrix.classes = std::max(0, classes);
    matrix.background = background;
    const auto side = static_cast<size_t>(matrix.side());
    matrix.counts.assign(side, std::vector<int64_t>(side, 0));
    return matrix;
}

ConfusionMatrix clipConfusion(const std::vector<int>& truth, const std::vector<int>& predicted, int classes)
{
    ConfusionMatrix matrix = emptyConfusion(classes, false);
    for (size_t i = 0; i < std::min(truth.size(), predicted.size()); ++i)
        if (known(truth[i], classes) && known(predicted[i], classes))
            ++matrix.counts[static_cast<size_t>(truth[i])][static_cast<size_t>(predicted[i])];
    return matrix;
}

SpanConfusion spanConfusion(const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& predicted,
    int classes, const std::vector<SpanPair>& pairs)
{
    SpanConfusion result;
    result.matrix = emptyConfusion(classes, true);
    const int background = result.matrix.classes;
    for (size_t i = 0; i < truth.size(); ++i)
        result.spans.push_back({truth[i].classId, background, i, {}});
    std::vector<bool> taken(predicted.size(), false);
    for (const SpanPair& pair : pairs) {
        result.spans[pair.first].predicted = predicted[pair.second].classId;
        result.spans[pair.first].predictedPlace = pair.second;
        taken[pair.second] = true;
    }
    for (size_t i = 0; i < predicted.size(); ++i)
        if (!taken[i])
            result.spans.push_back({background, predicted[i].classId, {}, i});
    for (const ConfusedSpan& span : result.spans)
        ++result.matrix.counts[static_cast<size_t>(span.truth)][static_cast<size_t>(span.predicted)];
    return result;
}

SpanConfusion spanConfusion(const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& predicted,
    int classes, double tiou, SpanPairing pairing)
{
    const auto usable = [classes](const std::vector<ScoredSpan>& spans, std::vector<size_t>& places) {
        std::vector<ScoredSpan> kept;
        for (size_t i = 0; i < spans.size(); ++i)
            if (known(spans[i].classId, classes)) {
                kept.push_back(spans[i]);
                places.push_back(i);
            }
        return kept;
    };
    std::vector<size_t> truthPlaces;
    std::vector<size_t> predictedPlaces;
    const std::vector<ScoredSpan> trueOnes = usable(truth, truthPlaces);
    const std::vector<ScoredSpan> found = usable(predicted, predictedPlaces);
    SpanConfusion result = spanConfusion(trueOnes, found, classes, pairSpans(trueOnes, found, tiou, pairing));
    for (ConfusedSpan& span : result.spans) {
        if (span.truthPlace)
            span.truthPlace = truthPlaces[*span.truthPlace];
        if (span.predictedPlace)
            span.predictedPlace = predictedPlaces[*span.predictedPlace];
    }
    return result;
}

ConfusionValues scaledConfusion(const ConfusionMatrix& matrix, ConfusionScale scale)
{
    const auto side = static_cast<size_t>(matrix.side());
    ConfusionValues values(side, std::vector<std::optional<double>>(side));
    const std::vector<int64_t> sums = scale == ConfusionScale::Column ? columnSums(matrix) : rowSums(matrix);
    for (size_t i = 0; i < side; ++i)
        for (size_t j = 0; j < side; ++j) {
            const int64_t count = matrix.counts[i][j];
            const int64_t sum = sums[scale == ConfusionScale::Column ? j : i];
            if (matrix.background && i + 1 == side && j + 1 == side)
                continue;
            if (scale == ConfusionScale::Count)
                values[i][j] = static_cast<double>(count);
            else if (sum > 0)
                values[i][j] = share(count, sum);
        }
    return values;
}

ConfusionValues confusionDifference(
    const ConfusionMatrix& first, const ConfusionMatrix& second, ConfusionScale scale)
{
    const ConfusionValues before = scaledConfusion(first, scale);
    const ConfusionValues after = scaledConfusion(second, scale);
    const int classes = std::min(first.classes, second.classes);
    const bool background = first.background && second.background;
    const auto side = static_cast<size_t>(classes + (background ? 1 : 0));
    // The background stands behind all classes of each.
    const auto placeIn = [classes](const ConfusionMatrix& matrix, size_t i) {
        return i < static_cast<size_t>(classes) ? i : static_cast<size_t>(matrix.classes);
    };
    ConfusionValues values(side, std::vector<std::optional<double>>(side));
    for (size_t i = 0; i < side; ++i)
        for (size_t j = 0; j < side; ++j) {
            const auto& a = before[placeIn(first, i)][placeIn(first, j)];
            const auto& b = after[placeIn(second, i)][placeIn(second, j)];
            if (a && b)
                values[i][j] = *b - *a;
        }
    return values;
}

ConfusionScores confusionScores(const ConfusionMatrix& matrix)
{
    ConfusionScores scores;
    const std::vector<int64_t> rows = rowSums(matrix);
    const std::vector<int64_t> columns = columnSums(matrix);
    int64_t correct = 0;
    int64_t support = 0;
    int64_t named = 0;
    double sum = 0;
    double weighted = 0;
    int present = 0;
    for (int c = 0; c < matrix.classes; ++c) {
        ClassScore score;
        score.truth = rows[static_cast<size_t>(c)];
        score.predicted = columns[static_cast<size_t>(c)];
        score.correct = matrix.at(c, c);
        score.precision = share(score.correct, score.predicted);
        score.recall = share(score.correct, score.truth);
        score.f1 = share(2 * score.correct, score.truth + score.predicted);
        correct += score.correct;
        support += score.truth;
        named += score.predicted;
        weighted += score.f1 * static_cast<double>(score.truth);
        sum += score.f1;
        present += score.truth + score.predicted > 0 ? 1 : 0;
        scores.perClass.push_back(score);
    }
    scores.accuracy = share(correct, matrix.total());
    scores.microF1 = share(2 * correct, support + named);
    scores.macroF1 = present > 0 ? sum / present : 0;
    scores.weightedF1 = support > 0 ? weighted / static_cast<double>(support) : 0;
    return scores;
}

std::vector<int> orderByFrequency(const ConfusionMatrix& matrix)
{
    return orderByGroup(matrix, std::vector<int>(static_cast<size_t>(matrix.classes), 0));
}

std::vector<int> orderByGroup(const ConfusionMatrix& matrix, const std::vector<int>& groups)
{
    const std::vector<int64_t> rows = rowSums(matrix);
    const std::vector<int64_t> columns = columnSums(matrix);
    std::vector<int> order(static_cast<size_t>(matrix.classes));
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, [&](int a, int b) {
        const auto i = static_cast<size_t>(a);
        const auto j = static_cast<size_t>(b);
        if (groups.at(i) != groups.at(j))
            return groups[i] < groups[j];
        return rows[i] != rows[j] ? rows[i] > rows[j] : columns[i] > columns[j];
    });
    return order;
}

std::vector<int> orderByClustering(const ConfusionMatrix& matrix)
{
    const std::vector<int64_t> rows = rowSums(matrix);
    const auto classes = static_cast<size_t>(matrix.classes);
    std::vector<std::vector<double>> distances(classes, std::vector<double>(classes, 0));
    for (size_t i = 0; i < classes; ++i)
        for (size_t j = 0; j < classes; ++j)
            if (i != j)
                distances[i][j]
                    = 1 - (share(matrix.counts[i][j], rows[i]) + share(matrix.counts[j][i], rows[j])) / 2;
    return leafOrder(averageLinkage(distances), matrix.classes);
}

} // namespace telltale
