// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/types.h"

namespace telltale {

/// What found a span and what named it, apart and together. Shares lie in [0, 1]; -1 where there is none.
struct SpanScores {
    double detector = -1; ///< that it is a gesture
    int detectorClass = -1; ///< that the detector would give it; -1: it names none
    double ensemble = -1; ///< of the ensemble's class
    int ensembleClass = -1; ///< -1: no ensemble has named it
    double together = -1; ///< their product, as `evaluate --score product` ranks

    /// Both name a class, and not the same.
    bool disagree() const
    {
        return detectorClass >= 0 && ensembleClass >= 0 && detectorClass != ensembleClass;
    }
};

/// `newer`: probabilities that stand for those of the prediction, as a retraining gives them.
SpanScores spanScores(const Prediction& prediction, const std::vector<float>* newer = nullptr);

} // namespace telltale
