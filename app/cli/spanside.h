// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "data/labelscheme.h"
#include "data/types.h"
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace telltale {

/// One side of `evaluate --task spans`, truth or prediction, as it was read.

enum class SpanUnit { Seconds, Frames };
enum class SpanSource { ActivityNet, Csv, Smg, Imigue, Project };

struct SideSpan {
    std::string label; ///< empty: only its number is known
    int classId = -1;
    double start = 0;
    double end = 0; ///< exclusive
    SpanState state = SpanState::Accepted;
    std::optional<double> score;
};

struct SideVideo {
    std::string name;
    std::string subject; ///< empty: the source does not say
    std::optional<SubjectRole> role;
    double length = 0; ///< 0: not known
    std::vector<SideSpan> spans;
    /// From and to: where no span means no gesture. Nothing: the source does not say.
    std::optional<std::vector<std::pair<double, double>>> reviewed;
};

struct SpanSide {
    std::string place; ///< for messages
    SpanSource source = SpanSource::Csv;
    std::vector<SideVideo> videos;
    std::optional<LabelScheme> classes; ///< what class ids stand for
    std::vector<std::string> notes;
};

/// How a prediction's two scores become one.
enum class ScoreKind {
    Both, ///< the detector's times the classifiers' probability of the class
    Class, ///< the probability, as exports have it
    Detector,
};

struct SpanSideOptions {
    SpanUnit unit = SpanUnit::Frames;
    double fps = 0; ///< where frames become seconds and the source names no rate; 0: none given
    std::string run; ///< project as prediction: a run's number, or part of the name of its model or recipe
    ScoreKind score = ScoreKind::Both;
};

/// Told apart by what is there: a project (folder or postgresql:// URL), a folder or label file of SMG or
/// iMiGUE, ActivityNet JSON, else a span list. NotFound, BadFormat.
Result<SpanSource> spanSourceOf(const std::string& place);

/// NotFound, BadFormat; the latter also where frames have to become seconds and no rate is known.
Result<SpanSide> readSpanSide(
    const std::string& place, SpanSource source, bool truth, const SpanSideOptions& options);

/// The decided and undecided spans of a project (every state, of the layer that the annotator works in), or
/// the predictions of its runs: of each video the newest run that `options.run` names. What people made of
/// the proposals since does not matter to the latter.
Result<SpanSide> readProjectSide(const std::string& place, bool truth, const SpanSideOptions& options);

} // namespace telltale
