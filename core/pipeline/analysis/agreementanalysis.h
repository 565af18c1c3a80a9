// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include "data/frozenproject.h"
#include "eval/agreement/agreement.h"
#include "report/table.h"
#include <cstdint>
#include <string>
#include <vector>

namespace telltale {

struct AgreementRequest {
    double pairOverlap = 0.3; ///< least intersection over union of spans that stand for one gesture
    bool model = false; ///< the newest predictions count as one more annotator
    bool settled = false; ///< so does what was settled already
    int resamples = 1000; ///< 0: no intervals
};

/// Somebody whose spans are compared.
struct AgreementCoder {
    enum class Kind { Shared, Coder, Settled, Model };
    Kind kind = Kind::Coder;
    std::string layer; ///< as Annotation::layer; empty for the model
    int64_t videos = 0; ///< coded, by him or her
    int64_t spans = 0; ///< decided ones: accepted and corrected
    int64_t open = 0; ///< spans that are not decided; they count nowhere
};

/// Why there is nothing to show, in the order in which it is looked for.
enum class AgreementGap {
    None,
    NoVideos,
    NoSpans, ///< nobody has decided on a span or looked through a video
    LayersHidden, ///< the annotator may not read what others code
    OneCoder,
    NothingShared, ///< several coders, but no video that two of them coded
};

/// One person in one video: what AgreementReport calls a unit.
struct AgreementUnit {
    int64_t videoId = 0;
    int person = 0;
};

/// Agreement between all layers of a project. Spans count that somebody accepted or corrected. A layer has
/// coded a video if it has such a span there, a reviewed range, or a finished assignment; where it has
/// reviewed ranges, only these and its spans are coded, else all of the video.
struct AgreementAnalysis {
    AgreementGap gap = AgreementGap::None;
    AgreementRequest request;
    std::vector<AgreementCoder> coders; ///< place: the coder's number in `set` and `report`
    std::vector<AgreementUnit> units; ///< of `set`
    CodedSet set; ///< CodedSpan::id is the annotation, 0 for the model's; the last label: without a name
    AgreementReport report;
    bool bySubject = false; ///< what is drawn anew for intervals: subjects, else videos
    int unnamed = 0; ///< label of spans without a name
    bool hints = false; ///< a model's proposals were shown to somebody or withheld

    /// Of whom figures of many coders are: people who code; everybody where there are not two of them.
    std::vector<int> independent() const;
};

/// Any thread. Cancelled if the sink says so.
Result<AgreementAnalysis> analyzeAgreement(
    const FrozenProject& project, const AgreementRequest& request = {}, ProgressSink* sink = nullptr);

/// Name of a coder in reports: of the layer, "shared", "settled" or "model".
std::string agreementCoderName(const AgreementCoder& coder);
/// A sentence of why a figure is not defined; empty if it is.
std::string noFigureText(NoFigure reason);
/// A sentence of what is missing and what to do; empty if nothing is.
std::string agreementGapText(AgreementGap gap);

/// "agreement": every two coders, figure by figure; "agreement_group": all coders at once, also by class;
/// "agreement_classes_...": every two coders by class; "agreement_hints": with what a model showed and
/// withheld.
std::vector<Table> tables(const AgreementAnalysis& analysis, const LabelScheme& scheme);
/// Every pair and every span that stands alone, of two coders (place in report.pairs).
Table agreementPairsTable(const AgreementAnalysis& analysis, size_t pair, const FrozenProject& project);

} // namespace telltale
