// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track2/detectorsystem.h"
#include "base/random.h"
#include "eval/longtail.h"
#include "learn/track2/detectorcheckpoint.h"
#include "learn/track2/detectorfiles.h"
#include "learn/track2/detectorhistory.h"
#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace telltale {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// Why a detector cannot be asked about a set; empty if it can.
std::string misfit(const DetectorFacts& facts, const UntrimmedSetInfo& set)
{
    if (facts.classes != set.classes)
        return "The detector finds the classes of " + facts.scheme + " ("
            + std::to_string(facts.classes.size()) + "), the videos have those of " + set.scheme + " ("
            + std::to_string(set.classes.size()) + ").";
    if (!facts.recipe.input.skeleton.empty()
        && (facts.set.skeleton.graph.points != set.skeleton.graph.points
            || facts.set.channels != set.channels))
        return "The detector learned from " + std::to_string(facts.set.skeleton.graph.points)
            + " points, the videos have " + std::to_string(set.skeleton.graph.points) + " (layout "
            + set.skeleton.layout + ").";
    if (facts.recipe.input.pictures
        && (facts.set.pictureSide != set.pictureSide || facts.set.pictureStep != set.pictureStep))
        return "The detector learned from pictures of " + std::to_string(facts.set.pictureSide)
            + " pixels every " + std::to_string(facts.set.pictureStep) + " frames, the videos have "
            + std::to_string(set.pictureSide) + " pixels every " + std::to_string(set.pictureStep) + ".";
    return {};
}

class LoadedDetector : public Track2System {
public:
    explicit LoadedDetector(DetectorSystem system)
        : m_system(std::move(system))
        , m_digest(digestOf(m_system.facts))
    {
    }
    const DetectorFacts& facts() const override { return m_system.facts; }
    std::string digest() const override { return m_digest; }
    Result<std::vector<ScoredSpan>> spans(
        const UntrimmedSet& set, const std::vector<size_t>& videos, ProgressSink& progress) const override
    {
        if (const std::string why = misfit(m_system.facts, set.info()); !why.empty())
            return Error{ErrorCode::InvalidArgument, why + " Use a detector that was trained for them."};
        if (Status status = checkGridInput(m_system.facts.recipe.input, set.info()); !status)
            return status.error();
        return detectVideos(*m_system.network, m_system.facts.recipe, set, videos, progress);
    }

private:
    DetectorSystem m_system;
    std::string m_digest;
};

/// Moves videos of some training subjects to validation.
void holdOut(const UntrimmedSet& set, double share, uint64_t seed, VideoSides& sides)
{
    std::map<std::string, int64_t> gestures;
    int64_t all = 0;
    for (const size_t video : sides.train) {
        const auto count = static_cast<int64_t>(set.videos()[video].truth.size());
        gestures[set.videos()[video].subject] += count;
        all += count;
    }
    if (gestures.size() < 2) {
        sides.notes.emplace_back(
            "There is one training subject only: the threshold is chosen on the videos that"
            " the detector learned from, so it may be too high for others.");
        sides.validation = sides.train;
        return;
    }
    std::vector<std::pair<std::string, int64_t>> subjects(gestures.begin(), gestures.end());
    Random random(seed);
    for (size_t i = subjects.size(); i > 1; --i)
        std::swap(subjects[i - 1], subjects[static_cast<size_t>(random.below(static_cast<int64_t>(i)))]);
    const auto wanted = static_cast<int64_t>(std::ceil(share * static_cast<double>(all)));
    std::set<std::string> chosen;
    std::string names;
    for (int64_t held = 0; const auto& [subject, count] : subjects) {
        if (held >= wanted || chosen.size() + 1 >= subjects.size())
            break;
        chosen.insert(subject);
        names += (names.empty() ? "" : ", ") + subject;
        held += count;
    }
    const auto middle = std::stable_partition(sides.train.begin(), sides.train.end(),
        [&](size_t video) { return chosen.count(set.videos()[video].subject) == 0; });
    sides.validation.assign(middle, sides.train.end());
    sides.train.erase(middle, sides.train.end());
    sides.notes.push_back(
        "No subject has the role validation; held out to choose epoch and threshold: " + names + ".");
}

DecisionOptions decisionOptions(const DetectionPlan& plan, const std::vector<int64_t>& trainingCounts)
{
    DecisionOptions how;
    how.tiou = plan.decisionOverlap;
    how.perClass = plan.perClass;
    how.sameClassOverlap = plan.classSuppression;
    how.otherClassOverlap = plan.crossSuppression;
    how.liftExponents = plan.liftExponents;
    how.liftCost = plan.liftCost;
    how.trainingCounts = trainingCounts;
    return how;
}

} // namespace

Result<VideoSides> videoSides(const UntrimmedSet& set, double heldShare, uint64_t seed)
{
    if (Status status = checkSplits(set.videos()); !status)
        return status.error();
    VideoSides sides;
    sides.train = videosOf(set, ClipRole::Train);
    sides.validation = videosOf(set, ClipRole::Validation);
    sides.test = videosOf(set, ClipRole::Test);
    if (truthOf(set, sides.train).empty())
        return Error{ErrorCode::InvalidArgument,
            "No training video has a labelled gesture; label some, or give subjects the role train."};
    if (sides.validation.empty())
        holdOut(set, heldShare, seed, sides);
    return sides;
}

std::vector<ScoredSpan> judged(
    const UntrimmedSet& set, const std::vector<size_t>& videos, std::vector<ScoredSpan> spans)
{
    std::map<std::string, const UntrimmedVideo*> partly;
    for (const size_t video : videos)
        if (!set.videos()[video].reviewed.empty())
            partly[set.videos()[video].id] = &set.videos()[video];
    std::erase_if(spans, [&](const ScoredSpan& span) {
        const auto video = partly.find(span.video);
        if (video == partly.end())
            return false;
        double seen = 0;
        double end = span.start; // ranges may overlap each other
        for (const FrameSpan& range : video->second->reviewed) {
            const double to = std::min(span.end, static_cast<double>(range.last));
            seen += std::max(0.0, to - std::max(static_cast<double>(range.first), end));
            end = std::max(end, to);
        }
        const auto touches = [&](const TruthSpan& truth) {
            return static_cast<double>(truth.span.first) < span.end
                && span.start < static_cast<double>(truth.span.last);
        };
        return seen * 2 < span.end - span.start && !std::ranges::any_of(video->second->truth, touches);
    });
    return spans;
}

DetectionFigures detectionFigures(const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& spans,
    const SpanDecision& decision, const std::vector<double>& overlaps,
    const std::vector<int64_t>& trainingCounts)
{
    DetectionFigures figures;
    const std::vector<ScoredSpan> left = decided(spans, decision);
    figures.overlaps = overlaps;
    figures.truths = static_cast<int64_t>(truth.size());
    figures.found = static_cast<int64_t>(left.size());
    for (const double tiou : overlaps) {
        const SpanReport strict = spanReport(truth, left, tiou, SpanMatch::Strict);
        figures.f1.push_back(strict.f1);
        figures.precision.push_back(strict.precision);
        figures.recall.push_back(strict.recall);
        figures.starterF1.push_back(spanReport(truth, left, tiou, SpanMatch::Starter).f1);
        figures.meanAp.push_back(spanReport(truth, spans, tiou, SpanMatch::Strict).meanAp);
    }
    const SpanReport counted = spanReport(truth, left, decision.tiou, SpanMatch::Strict);
    const SpanReport all = spanReport(truth, spans, decision.tiou, SpanMatch::Strict);
    int64_t classes = 0;
    for (const int label : longTailGroups(trainingCounts).tail)
        if (const auto precision = all.averagePrecision.find(label);
            precision != all.averagePrecision.end()) {
            figures.tailF1 += counted.perClass.at(label).f1;
            figures.tailAp += precision->second;
            ++classes;
        }
    const double mean = classes > 0 ? 1 / static_cast<double>(classes) : std::nan("");
    figures.tailF1 *= mean;
    figures.tailAp *= mean;
    return figures;
}

static Json finite(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

std::string detectionFiguresText(const DetectionFigures& figures)
{
    return Json{{"tiou", figures.overlaps}, {"f1", figures.f1}, {"f1_starter", figures.starterF1},
        {"precision", figures.precision}, {"recall", figures.recall}, {"mAP", figures.meanAp},
        {"tail_f1", finite(figures.tailF1)}, {"tail_ap", finite(figures.tailAp)}, {"truth", figures.truths},
        {"found", figures.found}}
        .dump();
}

Result<std::unique_ptr<Track2System>> Track2System::load(const fs::path& folder, const std::string& device)
{
    Result<DetectorSystem> system = readDetector(folder, device);
    if (!system)
        return system.error();
    return std::unique_ptr<Track2System>(new LoadedDetector(std::move(*system)));
}

Result<DetectorFacts> trainTrack2(std::shared_ptr<const UntrimmedSet> set, const Track2Recipe& recipe,
    const fs::path& folder, const DetectorSystemOptions& options, ProgressSink& progress,
    const std::function<void(const DetectorEpoch&)>& onEpoch)
{
    const auto sides = videoSides(*set, recipe.heldShare, options.seed);
    if (!sides)
        return sides.error();
    DetectorSystem system;
    DetectorFacts& facts = system.facts;
    facts.recipe = recipe;
    facts.recipe.training.seed += options.seed - 1;
    facts.scheme = set->info().scheme;
    facts.classes = set->info().classes;
    facts.set = set->info();
    facts.setDigest = set->digest();
    facts.seed = options.seed;
    facts.notes = sides->notes;
    facts.trainingCounts.assign(facts.classes.size(), 0);
    for (const ScoredSpan& span : truthOf(*set, sides->train))
        ++facts.trainingCounts[static_cast<size_t>(span.classId)];
    const fs::path whole = fs::absolute(folder).lexically_normal();
    const fs::path scratch = whole.parent_path() / (whole.filename().string() + ".training");
    std::error_code error;
    if (!options.resume)
        fs::remove_all(scratch, error);
    auto network = newDetector(recipe, set->info(), options.seed, options.device);
    if (!network)
        return network.error();
    system.network = std::move(*network);
    DetectorTrainOptions training;
    training.checkpoints = scratch;
    training.resume = options.resume;
    const auto outcome = trainDetector(
        *system.network, facts.recipe, set, sides->train, sides->validation, training, progress, onEpoch);
    if (!outcome)
        return outcome.error();
    facts.history = detectorHistoryText(outcome->history);
    Json figures = Json::object();
    const auto measure = [&](const char* side, const std::vector<size_t>& videos, bool choose) -> Status {
        auto spans = detectVideos(*system.network, recipe, *set, videos, progress);
        if (!spans)
            return spans.error();
        *spans = judged(*set, videos, std::move(*spans));
        const auto truth = truthOf(*set, videos);
        if (choose) {
            const auto decision
                = chooseDecision(truth, *spans, decisionOptions(recipe.detection, facts.trainingCounts));
            if (!decision)
                return decision.error();
            facts.decision = *decision;
            if (!(decision->f1 > 0))
                facts.notes.emplace_back(
                    "Nothing that was found on the subjects who choose the threshold was right, so no span "
                    "counts; train for longer, or label more of their gestures.");
        }
        figures[side] = Json::parse(detectionFiguresText(detectionFigures(
            truth, *spans, facts.decision, recipe.detection.overlaps, facts.trainingCounts)));
        return {};
    };
    if (Status status = measure("validation", sides->validation, true); !status)
        return status.error();
    if (!sides->test.empty())
        if (Status status = measure("test", sides->test, false); !status)
            return status.error();
    facts.figures = figures.dump();
    if (Status status = writeDetector(system, whole); !status)
        return status.error();
    fs::remove_all(scratch, error);
    return facts;
}

} // namespace telltale
