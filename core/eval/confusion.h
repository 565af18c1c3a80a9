// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/classscore.h"
#include "eval/spanpairs.h"
#include <cstdint>
#include <optional>
#include <vector>

namespace telltale {

/// What is taken for what. Pure functions, no I/O, any thread; what they mean is scikit-learn's
/// (confusion_matrix, precision_recall_fscore_support), unless said otherwise.

/// Counts of true class (row) against predicted class (column). For spans there is one more row and column at
/// the end, the background: its row holds detections that are no gesture, its column gestures that were
/// missed; the cell of both is empty, because nobody can count what neither side saw.
struct ConfusionMatrix {
    int classes = 0;
    bool background = false;
    std::vector<std::vector<int64_t>> counts; ///< [side()][side()]

    int side() const { return classes + (background ? 1 : 0); }
    int64_t at(int truth, int predicted) const
    {
        return counts[static_cast<size_t>(truth)][static_cast<size_t>(predicted)];
    }
    int64_t rowSum(int truth) const;
    int64_t columnSum(int predicted) const;
    int64_t total() const;
    bool operator==(const ConfusionMatrix&) const = default;
};

/// Zeros.
ConfusionMatrix emptyConfusion(int classes, bool background);
/// `truth` and `predicted`: class per clip; pairs with a class outside [0, classes) are left out.
ConfusionMatrix clipConfusion(const std::vector<int>& truth, const std::vector<int>& predicted, int classes);

/// Where a cell comes from: a true span, a predicted one, or both.
struct ConfusedSpan {
    int truth = 0; ///< row
    int predicted = 0; ///< column
    std::optional<size_t> truthPlace; ///< in the list; nothing in the background's row
    std::optional<size_t> predictedPlace; ///< nothing in the background's column
};

struct SpanConfusion {
    ConfusionMatrix matrix; ///< with the background
    std::vector<ConfusedSpan> spans; ///< true ones by place, then false detections by place
};

/// Spans are paired by their overlap alone (spanpairs.h), so that a gesture that was found and misnamed is
/// one confusion and not a miss and a false detection. Spans with a class outside [0, classes) are left out.
SpanConfusion spanConfusion(const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& predicted,
    int classes, double tiou, SpanPairing pairing);

/// The same of lists that are paired already: `pairs` of `truth` and `predicted`. Spans with other classes
/// must not be in the lists.
SpanConfusion spanConfusion(const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& predicted,
    int classes, const std::vector<SpanPair>& pairs);

/// What a cell is a share of.
enum class ConfusionScale {
    Count,
    Row, ///< of what is truly this class: recall on the diagonal
    Column, ///< of what was named so: precision on the diagonal
};

/// One value per cell; nothing where its row or column has nothing to be a share of.
using ConfusionValues = std::vector<std::vector<std::optional<double>>>;
ConfusionValues scaledConfusion(const ConfusionMatrix& matrix, ConfusionScale scale);
/// `second` minus `first`; nothing where either has nothing. InvalidArgument does not occur: of matrices of
/// different sides only the common classes, and the background if both have one, are compared.
ConfusionValues confusionDifference(
    const ConfusionMatrix& first, const ConfusionMatrix& second, ConfusionScale scale);

/// Figures of a whole matrix. The background is no class: detections of nothing count against precision,
/// misses against recall. Classes that occur neither way count in no mean.
struct ConfusionScores {
    double accuracy = 0; ///< of clips; of spans the share of all cells that lies on the diagonal
    double macroF1 = 0;
    double microF1 = 0;
    double weightedF1 = 0; ///< by support
    std::vector<ClassScore> perClass;
};
ConfusionScores confusionScores(const ConfusionMatrix& matrix);

/// Orders of the classes, as class numbers; the background is in none of them. All are stable: what is equal
/// stays in the order of the scheme.

/// Most support first, then most predictions.
std::vector<int> orderByFrequency(const ConfusionMatrix& matrix);
/// `groups`: the place of each class's group; in a group most support first.
std::vector<int> orderByGroup(const ConfusionMatrix& matrix, const std::vector<int>& groups);
/// Classes that are taken for each other lie side by side: leaves of average linkage over 1 - (a + b) / 2,
/// where a and b are the shares of two classes' rows that went to the other. Classes without support are
/// like none.
std::vector<int> orderByClustering(const ConfusionMatrix& matrix);

} // namespace telltale
