// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/frozenproject.h"
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace telltale {

/// What models said of spans, read once and kept: the numbers of a prediction never change, so that an
/// analysis after an edit costs no second look at them.

inline constexpr const char* kFusedVoter = "fused"; ///< the vote of all modalities

/// A model that answered spans of the project.
struct AnsweringSystem {
    enum class Kind {
        Shipped, ///< what came with the program: knows nobody in the project
        Heads, ///< retrained in the project from what people decided
        Track1, ///< trained on the project's training subjects
        Track2,
        Other, ///< an import
    };
    std::string name; ///< as PredictionRun::model
    Kind kind = Kind::Other;
    std::string digest; ///< of Track 1 and 2; else empty
    std::string adapted; ///< "transductive", "inductive"; empty: it was not adapted
};
AnsweringSystem describedSystem(std::string_view runModel);

/// How much a system knew of a span before it answered.
enum class Acquaintance {
    HeldOut, ///< nothing of the person was learned from
    TunedOn, ///< epochs, temperatures and weights were chosen on the person's spans
    KnownPerson, ///< learned from other spans of the person
    LearnedFrom, ///< the label of this very span may have been learned from
    NotKnown, ///< nobody says
};
/// `role`: of the subject as it is now. `proposed`: the span comes from this answer, so that nobody had
/// labelled it then.
Acquaintance acquaintanceOf(AnsweringSystem::Kind kind, SubjectRole role, bool proposed);

struct VoterTop {
    int classId = -1; ///< of the greatest probability; -1: no answer
    float confidence = 0;
};

/// What was said of one span, in short.
struct SpanAnswer {
    int64_t prediction = 0;
    int person = 0;
    FrameSpan span;
    int system = -1; ///< in AnswerBook::systems()
    std::vector<VoterTop> tops; ///< by AnswerBook::voters(); those beyond its end did not answer
    float disagreement = 0; ///< of the modalities, as review/disagreement.h

    VoterTop top(size_t voter) const { return voter < tops.size() ? tops[voter] : VoterTop(); }
};

/// The same with all numbers, before and after calibration; by voter, absent where it is not known.
struct SpanProbabilities {
    std::map<std::string, std::vector<double>> calibrated;
    std::map<std::string, std::vector<double>>
        raw; ///< temperature 1; the vote of those with the same weights
    int system = -1;
};

/// Belongs to one thread at a time: who reads holds the mutex. Of one project.
class AnswerBook {
public:
    AnswerBook();
    std::mutex& mutex() { return m_mutex; }
    /// Null if the prediction is unknown or damaged. Valid as long as the book.
    const SpanAnswer* answer(PredictionReader& predictions, int64_t id);
    const SpanProbabilities* scores(PredictionReader& predictions, int64_t id);
    /// The vote of all is the first; others are appended as they turn up.
    const std::vector<std::string>& voters() const { return m_voters; }
    const std::vector<AnsweringSystem>& systems() const { return m_systems; }

private:
    size_t voterNamed(const std::string& name);
    int systemNamed(const std::string& name);
    int systemOf(const PredictionRun& run, const Prediction& prediction);

    std::mutex m_mutex;
    std::vector<std::string> m_voters;
    std::vector<AnsweringSystem> m_systems;
    std::unordered_map<int64_t, SpanAnswer> m_answers; ///< prediction 0: cannot be read
    std::unordered_map<int64_t, std::unique_ptr<SpanProbabilities>> m_scores; ///< null: cannot be read
};

} // namespace telltale
