// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "widgets/models/spanscores.h"
#include <vector>

namespace telltale {

/// A class that the models offer for a span.
struct Candidate {
    int classId = -1;
    double probability = 0;
};

/// What lists and queues need of a prediction, without its long rows of numbers.
struct SpanDigest {
    std::vector<Candidate> best; ///< first three
    SpanScores scores;
    bool consensus = false; ///< the modalities' consensus named it
    int proposed = -1; ///< class that the prediction proposed; no retraining changes it
    double uncertainty
        = 0; ///< [0, 1]: entropy of the probabilities; of the detector's score where it was alone
    double disagreement = 0; ///< [0, 1]: of the modalities

    /// First candidate minus second.
    double margin() const;
};

/// Of the prediction's modalities, [0, 1]: as review/disagreement.h.
double disagreementOf(const Prediction& prediction);

/// `newer`: probabilities that stand for those of the prediction, as a retraining gives them.
SpanDigest digestOf(const Prediction& prediction, const std::vector<float>* newer = nullptr);

} // namespace telltale
