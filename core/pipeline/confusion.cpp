// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/models.h"
#include "pipeline/retrain.h"
#include <algorithm>

namespace telltale {
namespace {

constexpr double kSameSpan = 0.5; ///< tIoU from which a prediction speaks of a person's span (ours)

/// The prediction behind the span, else the one that overlaps it most among those behind its neighbours.
std::shared_ptr<const Prediction> predictionFor(
    const Document& document, const Annotation& span, const std::vector<Annotation>& neighbours)
{
    if (span.predictionId > 0)
        return document.prediction(span.predictionId);
    const Annotation* best = nullptr;
    double overlap = kSameSpan;
    for (const Annotation& other : neighbours) {
        const double iou = temporalIou(span.span, other.span);
        if (other.videoId != span.videoId || other.person != span.person || other.predictionId == 0
            || iou < overlap)
            continue;
        best = &other;
        overlap = iou;
    }
    return best ? document.prediction(best->predictionId) : nullptr;
}

} // namespace

ProjectConfusion projectConfusion(const Document& document)
{
    ProjectConfusion confusion;
    for (const LabelClass& label : document.scheme().classes)
        confusion.classes.push_back(label.name);
    const int classes = document.scheme().classCount();
    const std::vector<Annotation> all = document.allAnnotations();
    std::vector<int> truth;
    std::vector<int> predicted;
    for (const Annotation& span : all) {
        if ((span.state != SpanState::Accepted && span.state != SpanState::Corrected) || span.classId < 0)
            continue;
        const auto prediction = predictionFor(document, span, all);
        const int top = prediction ? topClass(prediction->fused) : -1;
        if (top < 0 || top >= classes || span.classId >= classes)
            continue;
        truth.push_back(span.classId);
        predicted.push_back(top);
    }
    confusion.spans = static_cast<int64_t>(truth.size());
    confusion.report = clipReport(truth, predicted, {}, classes);
    return confusion;
}

} // namespace telltale
