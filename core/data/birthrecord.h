// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/types.h"
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// What one modality said when a prediction was made. Probabilities lie in [0, 1].
struct BirthVote {
    std::string modality; ///< "joint", "heatmap", "rgb"
    int classId = -1; ///< that it thinks likeliest; -1: not told
    double probability = -1; ///< of that class, calibrated; -1: not told
    std::optional<double> logit; ///< of that class, as the network gave it
    std::optional<double> raw; ///< its probability before calibration, where all logits were kept
    std::optional<double> weight; ///< in the vote of all
    std::optional<double> teacher; ///< what those without this modality gave the label
    bool agrees = false; ///< voted for the label

    bool operator==(const BirthVote&) const = default;
};

/// A limit that was in force, or a number that was held against one.
struct BirthNumber {
    std::string name; ///< as the record has it
    double value = 0;

    bool operator==(const BirthNumber&) const = default;
};

struct BirthModel {
    std::string part; ///< modality that it is of, empty: all
    std::string digest;

    bool operator==(const BirthModel&) const = default;
};

/// How a prediction came to be (Prediction::birth), whichever system wrote it. What a record does not tell is
/// empty, -1 or nothing.
struct BirthRecord {
    std::string method; ///< "leave-one-out consensus", "cross-modal pseudo-labels", "temporal detector"
    std::string source; ///< "import"
    std::string file; ///< that an import was of
    std::string model; ///< name
    std::string digest; ///< of its weights
    std::string recipe;
    std::string adapted; ///< "transductive", "inductive": the model had adapted to unlabelled clips
    std::string student; ///< modality that the pseudo-label was to teach
    std::optional<bool> accepted; ///< as a pseudo-label
    int label = -1; ///< class that was proposed
    std::optional<double> score;
    int round = 0; ///< of pseudo-labels, from 1; 0: none
    std::vector<BirthVote> votes; ///< by modality
    std::vector<BirthNumber> thresholds;
    std::vector<BirthModel> models;
    std::shared_ptr<const BirthRecord> detector; ///< of what found the span, where another system named it

    /// Nothing is known.
    bool empty() const;
};

/// The one reader of the records. Never fails: what is no record gives an empty one, and what has another
/// form than expected is left out.
BirthRecord readBirth(std::string_view json);

/// What the networks gave before anything was calibrated, as far as a record tells.
struct RawScores {
    std::map<std::string, std::vector<double>> logits; ///< by modality, all classes
    std::map<std::string, double> temperatures; ///< by modality: calibrated = softmax(logits / temperature)
    std::map<std::string, double> weights; ///< by modality, in the vote
};
/// Never fails: what is no number is left out.
RawScores readRawScores(std::string_view json);

/// What of a record goes into the table of pseudo-labels: class, round, and the votes, numbers, limits and
/// models as JSON. Without ids.
PseudoLabel pseudoLabelOf(std::string_view birth);

/// `birth` with what `former` says of the detector that found the span. A record of a detector alone counts
/// whole. `birth` must be an object, as systems write it.
std::string withDetector(const std::string& birth, const std::string& former);

} // namespace telltale
