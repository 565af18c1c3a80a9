// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/models.h"
#include "pipeline/retrain.h"
#include <algorithm>
#include <optional>

namespace telltale {
namespace {

constexpr double kSameSpan = 0.5; ///< tIoU from which a prediction speaks of a person's span (ours)

std::optional<HeadSet> activeHeads(const Document& document)
{
    for (const ModelEntry& model : document.models()) {
        if (!model.active || model.kind != "heads")
            continue;
        const Result<HeadSet> heads = readHeads(document.absolute(model.file));
        if (heads && heads->classes <= document.scheme().classCount())
            return withClasses(*heads, document.scheme().classCount());
    }
    return {};
}

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

int topOf(const Prediction& prediction, const std::optional<HeadSet>& heads)
{
    if (!heads)
        return topClass(prediction.fused);
    std::map<std::string, std::vector<float>> embeddings;
    for (const auto& [modality, scores] : prediction.modalities)
        embeddings[modality] = scores.embedding;
    const Vote vote = voteOf(*heads, embeddings);
    return topClass(vote.fused.empty() ? prediction.fused : vote.fused);
}

} // namespace

ProjectConfusion projectConfusion(const Document& document)
{
    ProjectConfusion confusion;
    for (const LabelClass& label : document.scheme().classes)
        confusion.classes.push_back(label.name);
    const int classes = document.scheme().classCount();
    const std::optional<HeadSet> heads = activeHeads(document);
    const std::vector<Annotation> all = document.allAnnotations();
    std::vector<int> truth;
    std::vector<int> predicted;
    for (const Annotation& span : all) {
        if ((span.state != SpanState::Accepted && span.state != SpanState::Corrected) || span.classId < 0)
            continue;
        const auto prediction = predictionFor(document, span, all);
        const int top = prediction ? topOf(*prediction, heads) : -1;
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
