// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track2/liveplay.h"
#include "base/files.h"
#include "learn/track2/detections.h"
#include "learn/track2/detectorfiles.h"
#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

namespace telltale {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* kFile = "live.json";
constexpr const char* kFormat = "telltale-live/1";
constexpr double kThresholdStep = 0.025; // ours
constexpr int kThresholds = 39; // up to 0.975

Status checkFits(const DetectorFacts& facts, const UntrimmedSetInfo& set)
{
    if (facts.classes != set.classes)
        return Error{ErrorCode::InvalidArgument,
            "The detector finds the classes of " + facts.scheme + ", the videos have those of " + set.scheme
                + ". Use a detector that was trained for them."};
    if (facts.set.skeleton.graph.points != set.skeleton.graph.points || facts.set.channels != set.channels)
        return Error{ErrorCode::InvalidArgument,
            "The detector learned from " + std::to_string(facts.set.skeleton.graph.points)
                + " points, the videos have " + std::to_string(set.skeleton.graph.points) + " (layout "
                + set.skeleton.layout + "). Use a detector that was trained for them."};
    return {};
}

/// Frame by frame through one video; `look` hears of every look.
Status playVideo(LiveWindows& windows, const UntrimmedSet& set, size_t video, ProgressSink& progress,
    const std::function<void(const LiveLook&)>& look)
{
    const std::span<const float> points = set.points(video);
    const auto row
        = static_cast<size_t>(set.info().skeleton.graph.points) * static_cast<size_t>(set.info().channels);
    windows.restart();
    for (int64_t frame = 0; frame < set.videos()[video].frames; ++frame) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "The playing was stopped."};
        const auto now = windows.add(
            frame, points.empty() ? points : points.subspan(static_cast<size_t>(frame) * row, row));
        if (!now)
            return now.error();
        if (*now)
            look(**now);
    }
    const auto last = windows.finish();
    if (!last)
        return last.error();
    if (*last)
        look(**last);
    return {};
}

ScoredSpan named(const std::string& video, const LiveSpan& span)
{
    return {video, span.label, span.start, span.end, span.score};
}

/// Nothing is left out any more.
SpanDecision asTold(const SpanDecision& decision)
{
    SpanDecision all = decision;
    all.threshold = 0;
    all.perClass.clear();
    all.sameClassOverlap = 2;
    all.otherClassOverlap = 2;
    return all;
}

} // namespace

Result<LivePlay> playLive(LiveWindows& windows, const UntrimmedSet& set, const std::vector<size_t>& videos,
    const SpanDecision& decision, const LiveTiming& timing, ProgressSink& progress,
    const std::function<void(size_t, const LiveSpan&)>& onSpan)
{
    if (Status status = checkFits(windows.facts(), set.info()); !status)
        return status.error();
    windows.setHop(timing.hop);
    SpanDecision least = decision;
    least.threshold = windows.facts().recipe.detection.leastScore;
    least.perClass.clear();
    LivePlay play;
    const auto start = std::chrono::steady_clock::now();
    for (size_t i = 0; i < videos.size(); ++i) {
        const UntrimmedVideo& video = set.videos()[videos[i]];
        LiveEmitter told(decision, timing, windows.capacity());
        LiveEmitter everything(least, timing, windows.capacity());
        const Status played = playVideo(windows, set, videos[i], progress, [&](const LiveLook& look) {
            const auto candidates = liveCandidates(look.found, decision);
            for (const LiveSpan& span : everything.take(candidates, look.seen, look.last))
                play.all.push_back(named(video.id, span));
            for (const LiveSpan& span : told.take(candidates, look.seen, look.last)) {
                play.spans.push_back(named(video.id, span));
                play.seen.push_back(span.seen);
                if (!look.last) {
                    play.delayFrames.push_back(static_cast<double>(span.seen) - span.end);
                    play.delaySeconds.push_back(play.delayFrames.back() / video.rate);
                }
                if (onSpan)
                    onSpan(videos[i], span);
            }
        });
        if (!played)
            return played.error();
        play.videoSeconds += static_cast<double>(video.frames) / video.rate;
        progress.report(static_cast<int64_t>(i) + 1, static_cast<int64_t>(videos.size()), "playing live");
    }
    play.workSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return play;
}

DetectionFigures liveFigures(const UntrimmedSet& set, const std::vector<size_t>& videos, const LivePlay& play,
    const DetectorFacts& facts)
{
    const auto truth = truthOf(set, videos);
    const auto& overlaps = facts.recipe.detection.overlaps;
    const SpanDecision decision = asTold(facts.decision);
    DetectionFigures figures
        = detectionFigures(truth, judged(set, videos, play.spans), decision, overlaps, facts.trainingCounts);
    figures.meanAp
        = detectionFigures(truth, judged(set, videos, play.all), decision, overlaps, facts.trainingCounts)
              .meanAp;
    return figures;
}

std::vector<double> liveDelaysOfTruth(const UntrimmedSet& set, const std::vector<size_t>& videos,
    const LivePlay& play, const DetectorFacts& facts)
{
    std::vector<double> delays;
    for (const size_t video : videos) {
        const UntrimmedVideo& entry = set.videos()[video];
        for (const TruthSpan& truth : entry.truth) {
            for (size_t i = 0; i < play.spans.size(); ++i) {
                const ScoredSpan& span = play.spans[i];
                const double common = std::min(span.end, static_cast<double>(truth.span.last))
                    - std::max(span.start, static_cast<double>(truth.span.first));
                const double whole
                    = span.end - span.start + static_cast<double>(truth.span.length()) - common;
                if (span.video != entry.id || span.classId != truth.label || common <= 0
                    || common < facts.decision.tiou * whole)
                    continue;
                delays.push_back(static_cast<double>(play.seen[i] - truth.span.last) / entry.rate);
                break;
            }
        }
    }
    return delays;
}

Result<LiveChoice> chooseLive(LiveWindows& windows, const UntrimmedSet& set,
    const std::vector<size_t>& videos, const LiveTiming& timing, ProgressSink& progress)
{
    const DetectorFacts& facts = windows.facts();
    if (Status status = checkFits(facts, set.info()); !status)
        return status.error();
    const auto truth = truthOf(set, videos);
    if (truth.empty())
        return Error{ErrorCode::InvalidArgument,
            "There is no labelled gesture in the held-out videos to choose a threshold on; give subjects with"
            " labels the role validation."};
    windows.setHop(timing.hop);
    std::vector<std::vector<ScoredSpan>> told(kThresholds);
    for (size_t i = 0; i < videos.size(); ++i) {
        std::vector<LiveEmitter> emitters;
        emitters.reserve(kThresholds);
        for (int t = 1; t <= kThresholds; ++t) {
            SpanDecision decision = facts.decision;
            decision.threshold = t * kThresholdStep;
            decision.perClass.clear();
            emitters.emplace_back(decision, timing, windows.capacity());
        }
        const Status played = playVideo(windows, set, videos[i], progress, [&](const LiveLook& look) {
            const auto candidates = liveCandidates(look.found, facts.decision);
            for (size_t t = 0; t < emitters.size(); ++t)
                for (const LiveSpan& span : emitters[t].take(candidates, look.seen, look.last))
                    told[t].push_back(named(set.videos()[videos[i]].id, span));
        });
        if (!played)
            return played.error();
        progress.report(
            static_cast<int64_t>(i) + 1, static_cast<int64_t>(videos.size()), "choosing the threshold");
    }
    LiveChoice choice;
    choice.timing = timing;
    choice.videos = static_cast<int64_t>(videos.size());
    choice.detector = digestOf(facts);
    choice.f1 = -1;
    for (size_t t = 0; t < told.size(); ++t)
        if (const double f1
            = spanReport(truth, judged(set, videos, told[t]), facts.decision.tiou, SpanMatch::Strict).f1;
            f1 >= choice.f1) {
            choice.f1 = f1;
            choice.threshold = static_cast<double>(t + 1) * kThresholdStep;
        }
    return choice;
}

Status writeLiveChoice(const fs::path& folder, const LiveChoice& choice)
{
    const Json json{{"format", kFormat}, {"hop", choice.timing.hop}, {"settle", choice.timing.settle},
        {"late", choice.timing.late}, {"threshold", choice.threshold}, {"f1", choice.f1},
        {"videos", choice.videos}, {"detector", choice.detector}};
    return writeFileAtomically(folder / kFile, json.dump(1) + "\n");
}

Result<std::optional<LiveChoice>> readLiveChoice(const fs::path& folder, const DetectorFacts& facts)
{
    const fs::path file = folder / kFile;
    if (!fs::exists(file))
        return std::optional<LiveChoice>();
    const auto text = readFile(file);
    if (!text)
        return text.error();
    LiveChoice choice;
    try {
        const Json json = Json::parse(*text);
        if (json.at("format") != kFormat)
            return Error{
                ErrorCode::BadFormat, file.string() + ": made by another version of Telltale; choose anew."};
        json.at("hop").get_to(choice.timing.hop);
        json.at("settle").get_to(choice.timing.settle);
        json.at("late").get_to(choice.timing.late);
        json.at("threshold").get_to(choice.threshold);
        json.at("f1").get_to(choice.f1);
        json.at("videos").get_to(choice.videos);
        json.at("detector").get_to(choice.detector);
    } catch (const std::exception& error) {
        return Error{ErrorCode::BadFormat,
            file.string() + ": " + error.what() + "; delete it or choose the threshold anew."};
    }
    if (choice.detector != digestOf(facts))
        return Error{ErrorCode::BadFormat,
            file.string()
                + " was chosen for another detector than the one beside it; delete it or choose anew."};
    return std::optional(choice);
}

} // namespace telltale
