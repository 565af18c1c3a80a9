// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// Cross-modal pseudo-labelling (CMPL; arXiv 2606.13030 names it and its purpose, the construction and all
/// constants are ours): which unlabelled clips each stream (the student) may learn from, because the *other*
/// streams (its teachers) agree on them. Pure functions, any thread.

/// What a person said of a clip. It stands whatever the streams say.
struct ClipDecision {
    int label = -1; ///< class; -1: the clip shows none of the classes, nobody learns from it
    double weight = 2; ///< in the loss, relative to a labelled clip of the data set
};

/// One clip of the pool. It has no field for a label that an evaluation knows: whoever selects cannot see
/// one.
struct CmplClip {
    std::string id; ///< unique in the pool
    /// By stream: calibrated probabilities of all classes; empty (or a number that is none) where the clip
    /// has no such stream.
    std::vector<std::vector<double>> probabilities;
    /// By stream, as the networks gave them; may be empty. Only written into birth records.
    std::vector<std::vector<float>> logits;
    std::optional<ClipDecision> decision;
};

struct CmplPool {
    std::vector<std::string> streams;
    std::vector<double> weights; ///< of the vote, one a stream
    std::vector<int64_t> trainingCounts; ///< labelled training clips of each class
    std::vector<CmplClip> clips;
};

struct CmplOptions {
    int rounds = 2;
    std::vector<double> threshold = {0.90, 0.80}; ///< tau by round; the last one for the rounds after it
    /// tau_c = tau (floor + slope u_c), u_c = passed_c / max_k passed_k of the pass before.
    double thresholdFloor = 0.7;
    double thresholdSlope = 0.3;
    int agreeing = 2; ///< teachers whose own top class is the label
    double margin = 0.2; ///< least top1 - top2 of the teacher
    double capShare = 0.5; ///< kappa: of a class's training clips
    int capLeast = 10;
    double unlabelledWeight = 0.5; ///< lambda_u
};

/// A clip that a student learns from.
struct PseudoClip {
    size_t clip = 0; ///< in the pool
    int label = -1;
    double probability = 0; ///< q: what the teacher gives the label
    double margin = 0; ///< teacher's top1 - top2
    int votes = 0; ///< teachers whose own top class is the label
    int teachers = 0; ///< streams other than the student's that the clip has
    double threshold = 0; ///< that q passed; 0 for a person's decision
    /// In the loss, relative to a labelled clip: lambda_u q, or the weight of the decision.
    double weight = 0;
    bool decided = false; ///< by a person
};

struct StudentSelection {
    std::string stream;
    std::vector<PseudoClip> accepted; ///< in the order of the pool
    std::vector<double> thresholds; ///< by class
    std::vector<int64_t> passed; ///< by class: above threshold and margin with enough votes, before the cap
    std::vector<int64_t> kept; ///< by class: of these within the cap
    int64_t offered = 0; ///< clips of the pool that have the stream
};

struct CmplRound {
    int round = 0; ///< from 1
    std::vector<StudentSelection> students; ///< one a stream of the pool
};

/// One round for all students. `round` counts from 1. `previous`: the round before, from which the thresholds
/// of each class follow; without one (round 1) a first pass with u = 1 stands in for it. Clips that a person
/// decided are always among the accepted, with the person's label, and count towards no cap. A student gets
/// no clip without its own stream and none that has fewer than `agreeing` teachers. Of equal q the smaller id
/// goes first. InvalidArgument names what does not fit: a row of another length, less than two streams, an id
/// that occurs twice, `agreeing` above the number of teachers, a label outside the classes.
Result<CmplRound> selectPseudoClips(
    const CmplPool& pool, const CmplOptions& options, int round, const CmplRound* previous = nullptr);

/// The leave-one-out teacher of a student: weighted mean of the *other* streams that the clip has; where all
/// of these weigh 0 they weigh the same. Empty without teachers.
std::vector<double> teacherOf(const CmplPool& pool, size_t clip, size_t student);

/// How a pseudo-label came to be; the text fields are JSON and fit those of PseudoLabel (data/types.h).
struct PseudoBirth {
    std::string clip; ///< its id
    std::string student;
    int label = -1;
    int round = 0;
    std::string voters; ///< list of the streams that named the label
    std::string scores; ///< per stream: logits and calibrated probabilities; and the teacher's
    std::string thresholds; ///< of the class: tau, cap, margin, votes needed; or that a person decided
    std::string models; ///< as given: digest per stream
    std::string recipe; ///< all options
};

/// `models`: digest of the weights by stream.
PseudoBirth birthOf(const CmplPool& pool, const CmplOptions& options, const CmplRound& round,
    const StudentSelection& student, const PseudoClip& clip,
    const std::map<std::string, std::string>& models = {});

std::string toJson(const CmplOptions& options);
/// Options from a JSON object; what it does not name keeps its default. BadFormat names `where` and the key.
Result<CmplOptions> cmplOptionsFromJson(std::string_view text, std::string_view where);

} // namespace telltale
