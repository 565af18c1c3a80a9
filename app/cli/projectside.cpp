// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/spanside.h"
#include "data/document.h"
#include "exchange/csv.h"
#include "exchange/intake.h"
#include "pipeline/clipsets/clipscores.h"
#include <algorithm>
#include <map>

namespace telltale {
namespace {

/// Where the frames of one video are in the unit of the evaluation.
class Scale {
public:
    static Result<Scale> of(
        const Document& document, const VideoEntry& video, SpanUnit unit, std::vector<std::string>& notes)
    {
        Scale scale;
        if (unit == SpanUnit::Frames)
            return scale;
        auto times = timesOf(document, video, nullptr, &notes);
        if (!times)
            return times.error();
        scale.m_times = std::move(*times);
        return scale;
    }

    double at(int64_t frame) const { return m_times ? m_times->seconds(frame) : static_cast<double>(frame); }
    double length(const VideoEntry& video) const
    {
        return m_times ? static_cast<double>(m_times->duration().count()) / 1e6
                       : static_cast<double>(video.frameCount);
    }
    /// Times that an import gave are kept as they are, as exports do.
    double at(int64_t frame, int64_t us) const
    {
        return m_times && us >= 0 ? static_cast<double>(us) / 1e6 : at(frame);
    }

private:
    std::optional<FrameTimes> m_times;
};

std::string labelOf(const LabelScheme& scheme, int classId)
{
    const bool known = classId >= 0 && classId < scheme.classCount();
    return known ? scheme.classes[static_cast<size_t>(classId)].name : std::string();
}

void takeAnnotations(const Document& document, const VideoEntry& video, const Scale& scale, SideVideo& out)
{
    for (const Annotation& one : document.annotations(video.id)) {
        const bool exact = one.startUs >= 0 && one.endUs >= 0;
        out.spans.push_back({labelOf(document.scheme(), one.classId), one.classId,
            scale.at(one.span.first, exact ? one.startUs : -1),
            scale.at(one.span.last, exact ? one.endUs : -1), one.state, std::nullopt});
    }
    if (const auto ranges = document.reviewed(video.id); !ranges.empty()) {
        out.reviewed.emplace();
        for (const ReviewedRange& range : ranges)
            out.reviewed->emplace_back(scale.at(range.span.first), scale.at(range.span.last));
    }
}

SideSpan predictedSpan(
    const Prediction& prediction, const LabelScheme& scheme, const Scale& scale, ScoreKind kind)
{
    SideSpan span;
    span.start = scale.at(prediction.span.first);
    span.end = scale.at(prediction.span.last);
    span.state = SpanState::Proposed;
    double probability = 1;
    if (!prediction.fused.empty()) {
        const auto best = std::ranges::max_element(prediction.fused);
        span.classId = static_cast<int>(best - prediction.fused.begin());
        span.label = labelOf(scheme, span.classId);
        probability = static_cast<double>(*best);
    }
    const double detector = prediction.detectorScore;
    // A detector's score is of its own class already; only what others name has two.
    const bool own = prediction.modalities.size() == 1 && prediction.modalities.contains(kDetectorModality);
    const bool classified = !prediction.fused.empty() && !own;
    span.score = kind == ScoreKind::Detector || !classified ? detector
        : kind == ScoreKind::Class                          ? probability
                                                            : detector * probability;
    return span;
}

/// The newest run of a video that the words name: its number, or part of the name of model or recipe.
const PredictionRun* newestRun(const std::vector<PredictionRun>& runs, const std::string& wanted)
{
    const auto number = wholeNumber(wanted);
    for (auto run = runs.rbegin(); run != runs.rend(); ++run)
        if (wanted.empty() || (number && run->id == *number)
            || (!number
                && (run->model.find(wanted) != std::string::npos
                    || run->recipe.find(wanted) != std::string::npos)))
            return &*run;
    return nullptr;
}

Status takeRun(const Document& document, const PredictionRun& run, const Scale& scale,
    const SpanSideOptions& options, SideVideo& out)
{
    for (int64_t i = 0; i < run.predictions; ++i) {
        const auto prediction = document.prediction(run.firstPrediction + i);
        if (!prediction)
            return Error{ErrorCode::NotFound,
                document.folder().string() + ": the numbers of run " + std::to_string(run.id) + " on "
                    + out.name + " are not on this machine; pull the project or run the model again"};
        out.spans.push_back(predictedSpan(*prediction, document.scheme(), scale, options.score));
    }
    return {};
}

/// The runs that predictions come from, newest last, as a person would name them.
std::string describe(const std::map<std::string, int64_t>& models)
{
    std::string text;
    for (const auto& [model, count] : models)
        text += (text.empty() ? "" : "; ") + model + " (" + std::to_string(count) + " videos)";
    return text;
}

} // namespace

Result<SpanSide> readProjectSide(const std::string& place, bool truth, const SpanSideOptions& options)
{
    const auto opened = Document::open(place);
    if (!opened)
        return opened.error();
    const Document& document = **opened;
    SpanSide side;
    side.place = place;
    side.source = SpanSource::Project;
    side.classes = document.scheme();
    std::map<std::string, int64_t> models;
    for (const VideoEntry& video : document.videos()) {
        const auto runs = document.runs(video.id);
        const PredictionRun* run = truth ? nullptr : newestRun(runs, options.run);
        if (!truth && !run)
            continue;
        const auto scale = Scale::of(document, video, options.unit, side.notes);
        if (!scale)
            return scale.error();
        SideVideo out{video.name, video.subject, video.role, scale->length(video), {}, {}};
        if (truth)
            takeAnnotations(document, video, *scale, out);
        else if (Status status = takeRun(document, *run, *scale, options, out); !status)
            return status.error();
        if (run)
            ++models[run->model.empty() ? "run " + std::to_string(run->id) : run->model];
        side.videos.push_back(std::move(out));
    }
    if (!truth && models.empty())
        return Error{ErrorCode::NotFound,
            place
                + (options.run.empty() ? ": has no run of a model, 'analyze' or 'predict' makes one"
                                       : ": has no run that is called '" + options.run + "'")};
    if (!truth)
        side.notes.push_back("predictions are those of the newest run of each video: " + describe(models));
    return side;
}

} // namespace telltale
