// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "learn/calibration.h"
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// A row of probabilities by stream.
using StreamProbabilities = std::map<std::string, std::vector<double>>;

/// Temperature scaling (Guo et al. 2017), optionally with one temperature per predicted class. The top class
/// never changes.
struct TemperatureScale {
    double common = 1;
    std::vector<double> perClass; ///< by the top class of a row; empty: `common` for all
    double of(size_t topClass) const { return topClass < perClass.size() ? perClass[topClass] : common; }
    bool operator==(const TemperatureScale&) const = default;
};

/// softmax(logits / temperature) in double precision; empty where a logit is not finite.
std::vector<double> scaledProbabilities(std::span<const float> logits, const TemperatureScale& scale);

/// How the scores of a system's streams become one probability: temperature per stream, weighted mean,
/// temperature of the vote. A value; any thread. The vote needs no particular number of streams.
struct SystemCalibration {
    struct Stream {
        TemperatureScale temperature;
        double weight = 1; ///< in the vote
        bool operator==(const Stream&) const = default;
    };
    std::map<std::string, Stream> streams;
    TemperatureScale fused; ///< of the logarithm of the vote

    /// Calibrated probabilities of one clip by stream from its logits. Streams that the calibration does not
    /// know keep temperature 1; rows with a number that is none are left out.
    StreamProbabilities probabilities(const std::map<std::string, std::vector<float>>& logits) const;
    /// The calibrated vote over what probabilities() gave. Streams without a row do not vote; streams that
    /// the calibration does not know have weight 0; where all that vote weigh 0, they weigh the same. Empty
    /// if nobody votes.
    std::vector<double> vote(const StreamProbabilities& probabilities) const;
    bool operator==(const SystemCalibration&) const = default;
};

/// Ours, all of them.
struct CalibrationOptions {
    bool classWise = true; ///< temperatures per predicted class where there is data
    int classLeast = 30; ///< clips with that top class, below which the class has the common temperature
    /// Standard deviation that is believed of log(class temperature / common one) beforehand: the smaller,
    /// the stronger is a class drawn to the common temperature.
    double classSpread = 0.25;
    bool fitWeights = true; ///< else all streams weigh the same
    /// How far the weights are drawn to equal ones: as long as the held-out clips speak against it by no more
    /// than so many standard errors (the one-standard-error rule of Breiman et al. 1984; its use here is
    /// ours). A few hundred clips favour the stream that is best on them; unseen subjects pay for it.
    double standardErrors = 1;
    bool fitFused = true;
    int folds = 5; ///< of subjects, for crossFitted()
};

/// Fits, in this order and on clips of held-out subjects: the temperature of each stream by negative
/// log-likelihood, weights on the simplex by that of the vote (step 0.05, then refined to 0.005; 1 to 6
/// streams, with more they stay equal) and from there towards equal ones (`standardErrors`), and with two
/// streams or more the temperature of the vote by the log-likelihood of its top class being right (a mean of
/// streams is too unsure, and what is shown is how sure it is of the top class). Rows without usable logits
/// do not count.
SystemCalibration fitSystemCalibration(
    const std::vector<CalibrationRow>& rows, const CalibrationOptions& options = {});

/// Weights (sum 1) with the least negative log-likelihood of the weighted mean; by stream.
std::map<std::string, double> fitVoteWeights(
    const std::vector<StreamProbabilities>& rows, const std::vector<int>& labels);

/// The weights on the way from `weights` to equal ones (steps of 0.05 of it) that are farthest and whose
/// vote, at its own best temperature, loses no more than `standardErrors` standard errors (over the clips) of
/// negative log-likelihood against that of `weights`. 0 leaves the weights as they are.
std::map<std::string, double> drawnToEqual(const std::map<std::string, double>& weights,
    const std::vector<StreamProbabilities>& rows, const std::vector<int>& labels, double standardErrors);

/// Probabilities of one clip after calibration by others.
struct CalibratedClip {
    StreamProbabilities streams;
    std::vector<double> fused;
};

/// For each row its probabilities under a calibration fitted on the other folds of subjects (every so many
/// clips if there is only one subject), so that what is measured on them was not fitted on them.
std::vector<CalibratedClip> crossFitted(
    const std::vector<CalibrationRow>& rows, const CalibrationOptions& options = {});

/// What a stream or the vote reaches.
struct CalibratedScore {
    int64_t clips = 0;
    double accuracy = 0;
    double top5 = 0;
    double macroF1 = 0;
    double calibrationError = 0; ///< ECE, 15 bins
    double classwiseError = 0; ///< class-wise ECE
    double logLoss = 0;
    double meanConfidence = 0; ///< mean of the largest probability
};

/// Scores by stream and of the vote ("fused"). `clips` as long as `labels`.
std::map<std::string, CalibratedScore> calibratedScores(
    const std::vector<CalibratedClip>& clips, const std::vector<int>& labels, int classes);

/// A sentence if one stream's mean largest probability is above that of every other by more than `gap`
/// (ours): such a vote follows confidence, not knowledge. Empty otherwise.
std::string dominanceWarning(const std::vector<StreamProbabilities>& rows, double gap = 0.15);

std::string toJson(const SystemCalibration& calibration);
/// BadFormat names `where` and the key that is missing or out of range (temperatures in [0.05, 20], weights
/// at least 0).
Result<SystemCalibration> systemCalibrationFromJson(std::string_view text, std::string_view where);

} // namespace telltale
