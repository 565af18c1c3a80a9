// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/analysis/confusionanalysis.h"
#include "data/confirmed.h"
#include "eval/spanmatch.h"
#include <algorithm>
#include <set>
#include <span>
#include <unordered_map>

namespace telltale {
namespace {

constexpr double kSameGesture = 0.5; ///< tIoU from which two spans of people mean one gesture (ours)
constexpr double kLookedShare = 0.5; ///< of a detection that lies where somebody has looked (ours)
constexpr int64_t kAsk = 1024; ///< spans between two looks at whether to stop

const Error kCancelled = {ErrorCode::Cancelled, "cancelled"};

bool isDecided(const Annotation& span, int classes)
{
    return isConfirmed(span.state) && span.classId >= 0 && span.classId < classes;
}

/// Neither a gesture nor none, as far as anybody knows.
bool isOpen(const Annotation& span)
{
    return span.state == SpanState::Proposed || span.state == SpanState::Skipped
        || span.state == SpanState::Flagged;
}

using Place = std::pair<int64_t, int>; ///< video and person

ScoredSpan scored(const Place& place, const FrameSpan& span, int classId, double score)
{
    std::string video = std::to_string(place.first);
    video.append("/").append(std::to_string(place.second));
    return {
        std::move(video), classId, static_cast<double>(span.first), static_cast<double>(span.last), score};
}

/// Frames that people have looked through, of one video and person. Spans in any order.
class Looked {
public:
    void add(const FrameSpan& span)
    {
        if (!span.empty())
            m_spans.push_back(span);
    }
    void close()
    {
        std::ranges::sort(m_spans, {}, &FrameSpan::first);
        std::vector<FrameSpan> joined;
        for (const FrameSpan& span : m_spans)
            if (!joined.empty() && span.first <= joined.back().last)
                joined.back().last = std::max(joined.back().last, span.last);
            else
                joined.push_back(span);
        m_spans = std::move(joined);
    }
    bool holds(const FrameSpan& span) const
    {
        auto at = std::ranges::upper_bound(m_spans, span.first, {}, &FrameSpan::last);
        int64_t shared = 0;
        for (; at != m_spans.end() && at->first < span.last; ++at)
            shared += intersection(span, *at);
        return static_cast<double>(shared) >= kLookedShare * static_cast<double>(span.length());
    }

private:
    std::vector<FrameSpan> m_spans;
};

/// The spans of each video, out of those of all videos in a row.
std::map<int64_t, std::span<const Annotation>> byVideo(const std::vector<Annotation>& all)
{
    std::map<int64_t, std::span<const Annotation>> videos;
    for (size_t first = 0; first < all.size();) {
        size_t last = first;
        while (last < all.size() && all[last].videoId == all[first].videoId)
            ++last;
        videos[all[first].videoId] = std::span(all).subspan(first, last - first);
        first = last;
    }
    return videos;
}

/// Spans that people named differently though they mean the same gesture: in several layers, or twice in one.
void findDoubts(const FrozenProject& project, ConfusionAnalysis& analysis)
{
    const int classes = project.scheme().classCount();
    // What an annotator or an import decided; adjudication repeats one side of a doubt.
    const auto counts = [classes](const Annotation& span) {
        return isDecided(span, classes) && span.layer != kAdjudicatedLayer;
    };
    const std::vector<Annotation> all = project.layeredAnnotations();
    for (const auto& [video, spans] : byVideo(all))
        for (size_t i = 0; i < spans.size(); ++i)
            for (size_t j = i + 1; j < spans.size() && spans[j].span.first < spans[i].span.last; ++j) {
                const Annotation& one = spans[i];
                const Annotation& other = spans[j];
                if (one.classId == other.classId || one.person != other.person || !counts(one)
                    || !counts(other) || temporalIou(one.span, other.span) < kSameGesture)
                    continue;
                const auto classPair = std::minmax(one.classId, other.classId);
                ++analysis.doubted[classPair];
                auto& places = analysis.doubtedSpans[classPair];
                places.insert(places.end(), {one.id, other.id});
            }
}

/// The working spans of a project.
struct Decisions {
    explicit Decisions(const FrozenProject& project) : all(project.annotations()), videos(byVideo(all)) { }
    std::vector<Annotation> all; ///< by video, and then by start
    std::map<int64_t, std::span<const Annotation>> videos;
};

/// Takes spans by cell; in a row, because there are many spans and few cells.
class CellLists {
public:
    explicit CellLists(int side) : m_side(static_cast<size_t>(side)), m_cells(m_side * m_side) { }
    void add(int truth, int predicted, int64_t id)
    {
        m_cells[static_cast<size_t>(truth) * m_side + static_cast<size_t>(predicted)].push_back(id);
    }
    ConfusedSpans take()
    {
        ConfusedSpans spans;
        for (size_t i = 0; i < m_cells.size(); ++i)
            if (!m_cells[i].empty())
                spans[{static_cast<int>(i / m_side), static_cast<int>(i % m_side)}] = std::move(m_cells[i]);
        return spans;
    }

private:
    size_t m_side;
    std::vector<std::vector<int64_t>> m_cells;
};

Status compareClips(const FrozenProject& project, const Decisions& decisions, AnswerReader& reader,
    ConfusionSide& side, ProgressSink& progress)
{
    const int classes = project.scheme().classCount();
    side.matrix = emptyConfusion(classes, false);
    CellLists cells(classes);
    int64_t seen = 0;
    for (const Annotation& span : decisions.all) {
        if (seen++ % kAsk == 0) {
            if (progress.cancelled())
                return kCancelled;
            progress.report(seen, static_cast<int64_t>(decisions.all.size()), "spans");
        }
        if (!isDecided(span, classes))
            continue;
        const Answer* answer = reader.of(span, decisions.videos.at(span.videoId));
        if (!answer || answer->classId < 0) {
            ++side.silent;
            continue;
        }
        ++side.compared;
        ++side.matrix.counts[static_cast<size_t>(span.classId)][static_cast<size_t>(answer->classId)];
        cells.add(span.classId, answer->classId, span.id);
    }
    side.spans = cells.take();
    return {};
}

/// Truths and detections of all videos that the source has looked at.
struct SpanLists {
    std::vector<ScoredSpan> truth;
    std::vector<const Annotation*> owners; ///< of the truths
    std::vector<ScoredSpan> found;
    std::vector<Place> foundPlaces;
    std::vector<int64_t> predictions; ///< of what was found
};

class SpanComparison {
public:
    SpanComparison(const FrozenProject& project, const Decisions& decisions, const ConfusionRequest& request,
        AnswerReader& reader, ConfusionSide& side)
        : m_project(project)
        , m_decisions(decisions)
        , m_request(request)
        , m_reader(reader)
        , m_side(side)
        , m_classes(project.scheme().classCount())
    {
    }

    Status compare(ProgressSink& progress)
    {
        m_side.matrix = emptyConfusion(m_classes, true);
        const auto videos = static_cast<int64_t>(m_project.videos().size());
        for (int64_t i = 0; i < videos; ++i) {
            if (progress.cancelled())
                return kCancelled;
            progress.report(i, videos, "videos");
            collect(m_project.videos()[static_cast<size_t>(i)].id);
        }
        dropUnjudged();
        if (progress.cancelled())
            return kCancelled;
        count();
        return {};
    }

private:
    void collect(int64_t video)
    {
        const std::vector<Answer>* answers = m_reader.foundIn(video);
        const auto spans = m_decisions.videos.find(video);
        const bool any = spans != m_decisions.videos.end();
        for (size_t i = 0; any && i < spans->second.size(); ++i) {
            const Annotation& span = spans->second[i];
            if (!isDecided(span, m_classes))
                continue;
            if (!answers) {
                ++m_side.silent;
                continue;
            }
            m_lists.truth.push_back(scored({video, span.person}, span.span, span.classId, 1));
            m_lists.owners.push_back(&span);
        }
        if (!answers)
            return;
        for (const Answer& answer : *answers) {
            if (!answer.detected || answer.classId < 0)
                continue;
            m_lists.found.push_back(
                scored({video, answer.person}, answer.span, answer.classId, answer.score));
            m_lists.foundPlaces.emplace_back(video, answer.person);
            m_lists.predictions.push_back(answer.prediction);
        }
    }

    /// Where somebody has looked: what is marked so, and every span that was decided.
    std::map<Place, Looked> lookedAt() const
    {
        std::map<Place, Looked> looked;
        for (const Place& place : m_lists.foundPlaces)
            looked.try_emplace(place);
        for (auto& [place, one] : looked) {
            for (const ReviewedRange& range : m_project.reviewed(place.first))
                one.add(range.span);
            if (const auto spans = m_decisions.videos.find(place.first); spans != m_decisions.videos.end())
                for (const Annotation& span : spans->second)
                    if (span.person == place.second && !isOpen(span))
                        one.add(span.span);
            one.close();
        }
        return looked;
    }

    /// Which of the detections mean a gesture that is still open.
    std::vector<bool> meansOpen() const
    {
        std::vector<ScoredSpan> open;
        for (const Annotation& span : m_decisions.all)
            if (isOpen(span))
                open.push_back(scored({span.videoId, span.person}, span.span, 0, 1));
        std::vector<bool> means(m_lists.found.size(), false);
        for (const SpanPair& pair : overlappingSpans(m_lists.found, open, kSameGesture))
            means[pair.first] = true;
        return means;
    }

    /// Detections that are no decided span, and of which nobody can say whether they are right. What is left
    /// keeps its pairs.
    void dropUnjudged()
    {
        constexpr size_t kGone = static_cast<size_t>(-1);
        m_pairs = pairSpans(m_lists.truth, m_lists.found, m_request.tiou, m_request.pairing);
        std::vector<bool> paired(m_lists.found.size(), false);
        for (const SpanPair& pair : m_pairs)
            paired[pair.second] = true;
        const std::map<Place, Looked> looked = lookedAt();
        const std::vector<bool> open = meansOpen();
        std::vector<size_t> places(m_lists.found.size(), kGone);
        size_t kept = 0;
        for (size_t i = 0; i < m_lists.found.size(); ++i) {
            const ScoredSpan& span = m_lists.found[i];
            const FrameSpan frames{static_cast<int64_t>(span.start), static_cast<int64_t>(span.end)};
            if (!paired[i] && (open[i] || !looked.at(m_lists.foundPlaces[i]).holds(frames))) {
                ++m_side.unjudged;
                continue;
            }
            places[i] = kept;
            if (kept != i) {
                m_lists.found[kept] = std::move(m_lists.found[i]);
                m_lists.predictions[kept] = m_lists.predictions[i];
            }
            ++kept;
        }
        m_lists.found.resize(kept);
        m_lists.predictions.resize(kept);
        for (SpanPair& pair : m_pairs)
            pair.second = places[pair.second];
    }

    void count()
    {
        const SpanConfusion confusion = spanConfusion(m_lists.truth, m_lists.found, m_classes, m_pairs);
        m_side.matrix = confusion.matrix;
        m_side.compared = static_cast<int64_t>(m_lists.truth.size());
        for (const Annotation& span : m_decisions.all)
            if (span.predictionId > 0)
                m_byPrediction[span.predictionId] = span.id;
        CellLists spans(m_side.matrix.side());
        CellLists detections(m_side.matrix.side());
        for (const ConfusedSpan& span : confusion.spans) {
            if (span.truthPlace)
                spans.add(span.truth, span.predicted, m_lists.owners[*span.truthPlace]->id);
            else if (const int64_t id = annotationOf(*span.predictedPlace))
                spans.add(span.truth, span.predicted, id);
            else
                detections.add(span.truth, span.predicted, m_lists.predictions[*span.predictedPlace]);
        }
        m_side.spans = spans.take();
        m_side.detections = detections.take();
        const SpanMatcher matcher(m_lists.truth, m_lists.found);
        const SpanErrors errors = SpanErrorFinder(m_lists.truth, m_lists.found, matcher).at(m_request.tiou);
        m_side.errors = errors.all;
        for (size_t i = 0; i < errors.kinds.size(); ++i)
            if (const int64_t id = annotationOf(i))
                m_side.errorSpans[static_cast<size_t>(errors.kinds[i])].push_back(id);
        const auto missed = m_side.matrix.classes;
        for (const auto& [cell, ids] : m_side.spans)
            if (cell.second == missed)
                m_side.missed.insert(m_side.missed.end(), ids.begin(), ids.end());
    }

    /// The span that the detection became; 0: it is in nobody's list any more.
    int64_t annotationOf(size_t place) const
    {
        const auto span = m_byPrediction.find(m_lists.predictions[place]);
        return span == m_byPrediction.end() ? 0 : span->second;
    }

    const FrozenProject& m_project;
    const Decisions& m_decisions;
    const ConfusionRequest& m_request;
    AnswerReader& m_reader;
    ConfusionSide& m_side;
    int m_classes;
    SpanLists m_lists;
    std::vector<SpanPair> m_pairs; ///< of truths and what was found
    std::unordered_map<int64_t, int64_t> m_byPrediction; ///< annotations
};

ConfusionGap gapOf(const ConfusionMatrix& matrix)
{
    if (matrix.total() == 0)
        return ConfusionGap::Silent;
    std::set<int> occurring;
    for (int i = 0; i < matrix.side(); ++i)
        if (matrix.rowSum(i) + matrix.columnSum(i) > 0)
            occurring.insert(i);
    return occurring.size() == 1 ? ConfusionGap::OneClass : ConfusionGap::None;
}

Result<ConfusionSide> sideOf(const FrozenProject& project, const Decisions& decisions,
    const ConfusionRequest& request, const AnswerSource& source, AnswerMemory& memory, ProgressSink& progress)
{
    ConfusionSide side;
    side.source = source;
    side.matrix = emptyConfusion(project.scheme().classCount(), request.task == ConfusionTask::Spans);
    const auto reader = AnswerReader::open(project, source, memory);
    if (!reader) {
        side.gap = ConfusionGap::Unreadable;
        side.trouble = reader.error().message;
        return side;
    }
    side.trained = (*reader)->trainedOnDecisions();
    const Status status = request.task == ConfusionTask::Clips
        ? compareClips(project, decisions, **reader, side, progress)
        : SpanComparison(project, decisions, request, **reader, side).compare(progress);
    if (!status)
        return status.error();
    side.scores = confusionScores(side.matrix);
    side.gap = gapOf(side.matrix);
    return side;
}

ConfusionGap projectGap(const FrozenProject& project, const Decisions& decisions, int64_t decided)
{
    if (decisions.all.empty())
        return ConfusionGap::NoSpans;
    const bool said
        = std::ranges::any_of(project.runs(), [](const PredictionRun& run) { return run.predictions > 0; });
    if (!said)
        return ConfusionGap::NoPredictions;
    return decided == 0 ? ConfusionGap::NothingDecided : ConfusionGap::None;
}

} // namespace

std::vector<int> bodyPartPlaces(const LabelScheme& scheme)
{
    // From the head down, as SMG and iMiGUE group their gestures.
    std::vector<std::string> parts{"head", "head-hand", "body", "body-hand", "hand"};
    for (const LabelClass& one : scheme.classes)
        if (!one.bodyPart.empty() && one.bodyPart != "-"
            && std::ranges::find(parts, one.bodyPart) == parts.end())
            parts.push_back(one.bodyPart);
    std::vector<int> places;
    for (const LabelClass& one : scheme.classes)
        places.push_back(static_cast<int>(std::ranges::find(parts, one.bodyPart) - parts.begin()));
    return places;
}

Result<ConfusionAnalysis> analyzeConfusion(const FrozenProject& project, const ConfusionRequest& request,
    AnswerMemory& memory, ProgressSink& progress)
{
    ConfusionAnalysis analysis;
    analysis.request = request;
    const Decisions decisions(project);
    analysis.decided = std::ranges::count_if(decisions.all,
        [&](const Annotation& span) { return isDecided(span, project.scheme().classCount()); });
    analysis.groups = bodyPartPlaces(project.scheme());
    analysis.offered = answerSources(project, request.task == ConfusionTask::Spans, memory);
    analysis.looked = std::ranges::any_of(
        project.videos(), [&](const VideoEntry& video) { return !project.reviewed(video.id).empty(); });
    std::vector<AnswerSource> sources{request.first};
    if (request.second)
        sources.push_back(*request.second);
    const ConfusionGap gap = projectGap(project, decisions, analysis.decided);
    for (const AnswerSource& source : sources) {
        if (gap != ConfusionGap::None) {
            analysis.sides.emplace_back();
            analysis.sides.back().source = source;
            analysis.sides.back().gap = gap;
            continue;
        }
        Result<ConfusionSide> side = sideOf(project, decisions, request, source, memory, progress);
        if (!side)
            return side.error();
        analysis.sides.push_back(std::move(*side));
    }
    if (analysis.gap() == ConfusionGap::None || analysis.gap() == ConfusionGap::OneClass) {
        findDoubts(project, analysis);
        analysis.pairs = confusedPairs(analysis.sides.front().matrix, analysis.doubted);
    }
    return analysis;
}

} // namespace telltale
