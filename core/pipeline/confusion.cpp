// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/models.h"
#include "pipeline/retrain.h"
#include <algorithm>

namespace telltale {
namespace {

constexpr double kSameSpan = 0.5; ///< tIoU from which a prediction speaks of a person's span (ours)

/// The prediction behind the span, else the one that overlaps it most among those behind its neighbours.
/// `neighbours`: the spans of its video by start.
std::shared_ptr<const Prediction> predictionFor(
    const Document& document, const Annotation& span, const std::vector<Annotation>& neighbours)
{
    if (span.predictionId > 0)
        return document.prediction(span.predictionId);
    // What overlaps by half is at most twice as long, so it starts at most that much earlier.
    const int64_t earliest = span.span.first - 2 * span.span.length();
    auto other = std::lower_bound(neighbours.begin(), neighbours.end(), earliest,
        [](const Annotation& one, int64_t frame) { return one.span.first < frame; });
    const Annotation* best = nullptr;
    double overlap = kSameSpan;
    for (; other != neighbours.end() && other->span.first < span.span.last; ++other) {
        const double iou = temporalIou(span.span, other->span);
        if (other->person != span.person || other->predictionId == 0 || iou < overlap)
            continue;
        best = &*other;
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
    std::vector<int> truth;
    std::vector<int> predicted;
    for (const VideoEntry& video : document.videos()) {
        const std::vector<Annotation> spans = document.annotations(video.id);
        for (const Annotation& span : spans) {
            if ((span.state != SpanState::Accepted && span.state != SpanState::Corrected) || span.classId < 0)
                continue;
            const auto prediction = predictionFor(document, span, spans);
            const int top = prediction ? topClass(prediction->fused) : -1;
            if (top < 0 || top >= classes || span.classId >= classes)
                continue;
            truth.push_back(span.classId);
            predicted.push_back(top);
        }
    }
    confusion.spans = static_cast<int64_t>(truth.size());
    confusion.report = clipReport(truth, predicted, {}, classes);
    return confusion;
}

} // namespace telltale
