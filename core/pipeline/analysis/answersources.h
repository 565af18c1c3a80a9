// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include "data/frozenproject.h"
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace telltale {

/// Who says what a span is, for analyses that hold answers against people's decisions. Any thread.

/// One voice. A plain value that can be kept and compared.
struct AnswerSource {
    enum class Kind {
        Recorded, ///< what was said when the span was proposed; of whole videos: by their newest run
        Heads, ///< what these heads make of the embeddings that were recorded then
        Run, ///< the newest run of this model over each video, wherever its spans lie
        Round, ///< the pseudo-labels of one round of an adaptation
    };
    Kind kind = Kind::Recorded;
    int64_t model = 0; ///< Heads: of the project's models, 0: the demo weights' own; Round: adapted system
    int round = 0; ///< Round: from 1
    std::string run; ///< Run: PredictionRun::model
    std::string modality; ///< its vote alone; empty: what all say together

    bool operator==(const AnswerSource&) const = default;
};

/// A source as a list offers it.
struct OfferedAnswer {
    AnswerSource source;
    std::string time; ///< of the heads, run or adaptation; empty: of several
    bool inUse = false; ///< heads: the active ones
    bool candidate = false; ///< heads: newer than the active ones
};

/// What was said of one span.
struct Answer {
    int64_t prediction = 0; ///< 0: none is behind it
    FrameSpan span;
    int person = 0;
    int classId = -1; ///< -1: no name
    double score = 0; ///< of the class, or of the detector where there is one
    bool detected = true; ///< somebody's model found it; else it was only named
};

/// Keeps what predictions said, by prediction and source, and the records of rounds: neither changes, so that
/// a look after a decision reads nothing twice. Any thread; one reader of answers at a time.
class AnswerMemory {
public:
    AnswerMemory();
    ~AnswerMemory();

private:
    friend class AnswerReader;
    friend std::vector<OfferedAnswer> answerSources(const FrozenProject&, bool, AnswerMemory&);
    struct Kept;
    std::unique_ptr<Kept> m_kept;
};

/// All that a project has, whether or not they say anything of decided spans: recorded answers, each
/// modality, heads, runs by model, rounds. `spans`: only those that find spans. Reads the records of rounds
/// that `memory` does not hold yet.
std::vector<OfferedAnswer> answerSources(const FrozenProject& project, bool spans, AnswerMemory& memory);

/// Gives the answers of one source. Belongs to one thread; `memory` is locked while it lives.
class AnswerReader {
public:
    /// NotFound, BadFormat or Conflict name the heads or the rounds that cannot be read.
    static Result<std::unique_ptr<AnswerReader>> open(
        const FrozenProject& project, const AnswerSource& source, AnswerMemory& memory);
    ~AnswerReader();

    /// Of the decided span `span`: of the prediction behind it, else of that which overlaps it most, from
    /// tIoU 0.5 on (ours). `neighbours`: the spans of its video by start. Nothing: the source is silent.
    const Answer* of(const Annotation& span, std::span<const Annotation> neighbours);
    /// Everything that the source found in a video, by start. Valid until the next call. Null: no run has
    /// looked at it.
    const std::vector<Answer>* foundIn(int64_t videoId);
    bool trainedOnDecisions() const; ///< heads of a retraining: they know these very spans

private:
    struct Private;
    explicit AnswerReader(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

} // namespace telltale
