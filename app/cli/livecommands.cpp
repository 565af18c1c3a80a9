// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "app/cli/outputfile.h"
#include "learn/track2/liveplay.h"
#include "pipeline/live/followlive.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

namespace telltale {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

std::string formatted(const char* format, double value)
{
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), format, value);
    return text.data();
}

/// The span list that grows as spans are found, so that nothing of it is lost whatever ends the program.
class SpanFile {
public:
    Status open(const fs::path& file)
    {
        if (Status status = ensureOutputFile(file); !status)
            return status;
        m_file = file;
        m_out.open(file, std::ios::binary | std::ios::trunc);
        m_out << "video_id,class_id,start_frame,end_frame,score\n" << std::flush;
        return check();
    }
    Status add(const std::string& video, const LiveSpan& span)
    {
        if (!m_out.is_open())
            return {};
        m_out << video << ',' << span.label << ',' << std::llround(span.start) << ','
              << std::llround(span.end) << ',' << formatted("%.6f", span.score) << '\n'
              << std::flush;
        return check();
    }

private:
    Status check() const
    {
        if (!m_out)
            return Error{ErrorCode::Io, m_file.string() + ": cannot be written; is the disk full?"};
        return {};
    }
    fs::path m_file;
    std::ofstream m_out;
};

/// Prints and writes spans as they are found.
class SpanTeller {
public:
    SpanTeller(CliConsole& console, SpanFile& file, const std::vector<std::string>& classes)
        : m_console(console)
        , m_file(file)
        , m_classes(classes)
    {
    }
    void tell(const std::string& video, double rate, const LiveSpan& span)
    {
        const std::string& name = m_classes.at(static_cast<size_t>(span.label));
        const double delay = (static_cast<double>(span.seen) - span.end) / rate;
        m_console.print(video + ": " + name + ", frames " + std::to_string(std::llround(span.start)) + " to "
            + std::to_string(std::llround(span.end)) + formatted(" (%.2f", span.start / rate)
            + formatted(" to %.2f s)", span.end / rate) + formatted(", score %.3f", span.score)
            + formatted(", told %.2f s behind its end", delay));
        std::fflush(stdout);
        m_spans.push_back({{"video", video}, {"class", span.label}, {"name", name}, {"start", span.start},
            {"end", span.end}, {"score", span.score}, {"told_at", span.seen}});
        if (Status written = m_file.add(video, span); !written && m_status)
            m_status = written;
    }
    const Status& status() const { return m_status; }
    const Json& spans() const { return m_spans; }

private:
    CliConsole& m_console;
    SpanFile& m_file;
    const std::vector<std::string>& m_classes;
    Status m_status;
    Json m_spans = Json::array();
};

Json timesOf(std::vector<double> values)
{
    if (values.empty())
        return nullptr;
    std::sort(values.begin(), values.end());
    return {{"median", values[values.size() / 2]}, {"worst", values.back()}};
}

Json timingJson(const LiveTiming& timing, double rate)
{
    return {{"hop", timing.hop}, {"settle", timing.settle}, {"late", timing.late},
        {"latency_frames", timing.latency()},
        {"latency_seconds", static_cast<double>(timing.latency()) / rate}};
}

Json costJson(const LiveCost& cost)
{
    return {
        {"looks", cost.looks}, {"median_seconds", cost.medianSeconds}, {"worst_seconds", cost.worstSeconds}};
}

std::string latencyLine(const LiveTiming& timing, double rate)
{
    return "latency " + std::to_string(timing.latency()) + " frames ("
        + formatted("%.2f s", static_cast<double>(timing.latency()) / rate) + "): a look every "
        + std::to_string(timing.hop) + ", " + std::to_string(timing.settle) + " until an end has settled, "
        + std::to_string(timing.late) + " by which it may move back";
}

std::string costLine(const LiveCost& cost)
{
    return "a look took " + formatted("%.1f ms", cost.medianSeconds * 1e3) + " in the median, "
        + formatted("%.1f ms at worst", cost.worstSeconds * 1e3) + " (" + std::to_string(cost.looks)
        + " looks)";
}

std::string percent(double value)
{
    return std::isfinite(value) ? formatted("%6.2f", value * 100) : "     -";
}

/// Live and offline beside each other.
std::string figureTable(const DetectionFigures& live, const DetectionFigures& offline)
{
    std::string text = "                live                            offline\n"
                       "  tIoU     F1   precision  recall     mAP       F1   precision  recall     mAP\n";
    for (size_t i = 0; i < live.overlaps.size(); ++i) {
        text += "  " + formatted("%4.2f", live.overlaps[i]);
        for (const DetectionFigures* side : {&live, &offline})
            text += "  " + percent(side->f1[i]) + "     " + percent(side->precision[i]) + "  "
                + percent(side->recall[i]) + "  " + percent(side->meanAp[i]);
        text += "\n";
    }
    return text + "  spans  " + std::to_string(live.found) + " live, " + std::to_string(offline.found)
        + " offline, " + std::to_string(live.truths) + " labelled";
}

/// Hop, settle and late, the threshold, and where they come from: the options, else live.json beside the
/// detector, else the defaults and the detector's own threshold.
struct LivePlan {
    LiveTiming timing;
    SpanDecision decision;
    std::string source; ///< of the threshold, a sentence
};

Result<LivePlan> planOf(const CliArguments& arguments, const DetectorFacts& facts)
{
    LivePlan plan;
    plan.decision = facts.decision;
    plan.source = "the threshold is the one chosen for whole videos";
    if (arguments.has("choose") && arguments.has("threshold"))
        return Error{ErrorCode::Usage, "live takes --choose or --threshold, not both"};
    const auto choice = arguments.has("choose") ? Result<std::optional<LiveChoice>>(std::nullopt)
                                                : readLiveChoice(arguments.text("model"), facts);
    if (!choice)
        return choice.error();
    if (*choice) {
        plan.timing = (*choice)->timing;
        plan.decision.threshold = (*choice)->threshold;
        plan.decision.perClass.clear();
        plan.source = "the threshold was chosen for live mode on held-out videos (live.json)";
    }
    for (const auto& [name, place] : {std::pair{"hop", &plan.timing.hop},
             std::pair{"settle", &plan.timing.settle}, std::pair{"late", &plan.timing.late}})
        if (arguments.has(name)) {
            const auto value = arguments.integer(name, place == &plan.timing.hop ? 1 : 0, 1'000'000);
            if (!value)
                return value.error();
            *place = *value;
        }
    if (arguments.has("threshold")) {
        const auto value = arguments.number("threshold", 0, 1);
        if (!value)
            return value.error();
        plan.decision.threshold = *value;
        plan.decision.perClass.clear();
        plan.source = "the threshold was given";
    }
    return plan;
}

Status chooseOnHeldOut(const CliArguments& arguments, const UntrimmedSet& set, LiveWindows& windows,
    LivePlan& plan, CliConsole& console)
{
    const auto sides = videoSides(set, windows.facts().recipe.heldShare, windows.facts().seed);
    if (!sides)
        return sides.error();
    const auto choice = chooseLive(windows, set, sides->validation, plan.timing, console.progress());
    if (!choice)
        return choice.error();
    if (Status status = writeLiveChoice(arguments.text("model"), *choice); !status)
        return status;
    plan.decision.threshold = choice->threshold;
    plan.decision.perClass.clear();
    plan.source = "the threshold was chosen for live mode on " + std::to_string(choice->videos)
        + " held-out videos, where F1 was" + formatted(" %.2f %%", choice->f1 * 100)
        + ", and is kept beside the detector";
    for (const std::string& note : sides->notes)
        console.note(note);
    return {};
}

Status playSet(const CliArguments& arguments, CliConsole& console)
{
    const auto set = UntrimmedSet::open(arguments.path(0));
    if (!set)
        return set.error();
    const std::string role = arguments.text("role");
    std::vector<size_t> videos;
    for (size_t i = 0; i < (*set)->videos().size(); ++i)
        if (role == "all" || nameOf((*set)->videos()[i].role) == role)
            videos.push_back(i);
    if (videos.empty())
        return Error{ErrorCode::InvalidArgument,
            "No video has the role \"" + role + "\"; there are train, validation, test, unlabelled and all."};
    auto windows = LiveWindows::open(
        arguments.text("model"), (*set)->info().skeleton, LiveTiming().hop, arguments.text("device"));
    if (!windows)
        return windows.error();
    const DetectorFacts& facts = (*windows)->facts();
    auto plan = planOf(arguments, facts);
    if (!plan)
        return plan.error();
    if (arguments.has("choose"))
        if (Status status = chooseOnHeldOut(arguments, **set, **windows, *plan, console); !status)
            return status;
    SpanFile file; // what lies there is replaced when all else is open
    if (arguments.has("out"))
        if (Status status = file.open(arguments.text("out")); !status)
            return status;
    SpanTeller teller(console, file, facts.classes);
    const auto play = playLive(**windows, **set, videos, plan->decision, plan->timing, console.progress(),
        [&](size_t video, const LiveSpan& span) {
            const UntrimmedVideo& entry = (*set)->videos()[video];
            teller.tell(entry.id, entry.rate, span);
        });
    if (!play)
        return play.error();
    if (!teller.status())
        return teller.status();
    const auto offline = Track2System::load(arguments.text("model"), arguments.text("device"));
    if (!offline)
        return offline.error();
    const auto spans = (*offline)->spans(**set, videos, console.progress());
    if (!spans)
        return spans.error();
    const double rate = (*set)->videos()[videos.front()].rate;
    const Json delays = timesOf(play->delaySeconds);
    const Json behind = timesOf(liveDelaysOfTruth(**set, videos, *play, facts));
    Json result{{"videos", videos.size()}, {"timing", timingJson(plan->timing, rate)},
        {"threshold", plan->decision.threshold}, {"threshold_source", plan->source},
        {"told_behind_own_end_seconds", delays}, {"found_behind_labelled_end_seconds", behind},
        {"look", costJson((*windows)->cost())}, {"video_seconds", play->videoSeconds},
        {"played_in_seconds", play->workSeconds}, {"spans", teller.spans()}};
    std::vector<ScoredSpan> truth;
    for (const size_t video : videos)
        for (const TruthSpan& one : (*set)->videos()[video].truth)
            truth.push_back({(*set)->videos()[video].id, one.label, static_cast<double>(one.span.first),
                static_cast<double>(one.span.last)});
    if (!truth.empty()) {
        const DetectionFigures live = liveFigures(**set, videos, *play, facts);
        const DetectionFigures whole = detectionFigures(truth, judged(**set, videos, *spans), facts.decision,
            facts.recipe.detection.overlaps, facts.trainingCounts);
        console.print(
            "In percent; live: with the past alone, spans as they were told; offline: whole videos.\n"
            + figureTable(live, whole));
        result["live"] = Json::parse(detectionFiguresText(live));
        result["offline"] = Json::parse(detectionFiguresText(whole));
    }
    console.print(latencyLine(plan->timing, rate) + "; " + plan->source);
    if (behind.is_object())
        console.print("found" + formatted(" %.2f s", behind["median"])
            + " behind the labelled end in the median," + formatted(" %.2f s at worst", behind["worst"]));
    console.print(costLine((*windows)->cost()) + formatted("; %.1f s of video", play->videoSeconds)
        + formatted(" were played in %.1f s", play->workSeconds));
    console.result(result);
    return {};
}

void tellReport(const LiveReport& report, const LivePlan& plan, const SpanTeller& teller, CliConsole& console)
{
    console.print(std::to_string(report.spans) + " spans in " + std::to_string(report.frames) + " frames"
        + formatted(" (%.1f s)", static_cast<double>(report.frames) / report.rate)
        + (report.stopped ? ", stopped" : ""));
    console.print(latencyLine(plan.timing, report.rate) + "; " + plan.source);
    console.print("a picture's pose took" + formatted(" %.1f ms", report.poseMedianSeconds * 1e3)
        + " in the median," + formatted(" %.1f ms at worst; ", report.poseWorstSeconds * 1e3)
        + costLine(report.cost));
    if (report.lost > 0)
        console.note(std::to_string(report.lost)
            + " pictures were lost because this machine is slower than the camera");
    if (report.damaged > 0)
        console.note(std::to_string(report.damaged) + " damaged pictures were passed over");
    if (report.changes > 0)
        console.note("somebody else was followed " + std::to_string(report.changes) + " times");
    if (report.seen == 0)
        console.note("nobody was seen in any picture");
    console.result({{"frames", report.frames}, {"rate", report.rate}, {"pictures", report.posed},
        {"with_person", report.seen}, {"lost", report.lost}, {"passed", report.passed},
        {"damaged", report.damaged}, {"person_changes", report.changes}, {"stopped", report.stopped},
        {"timing", timingJson(plan.timing, report.rate)}, {"threshold", plan.decision.threshold},
        {"threshold_source", plan.source},
        {"pose", {{"median_seconds", report.poseMedianSeconds}, {"worst_seconds", report.poseWorstSeconds}}},
        {"look", costJson(report.cost)}, {"spans", teller.spans()}});
}

Result<LiveStreamOptions> streamOptions(const CliArguments& arguments)
{
    LiveStreamOptions options;
    const auto wait = arguments.number("wait", 0, 1e6);
    const auto rate = arguments.number("rate", 0, 1000);
    if (!wait || !rate)
        return (wait ? rate : wait).error();
    options.waitSeconds = *wait;
    options.camera.rate = 0;
    if (const std::string size = arguments.text("size"); !size.empty()) {
        int end = 0;
        if (std::sscanf(size.c_str(), "%dx%d%n", &options.camera.width, &options.camera.height, &end) != 2
            || static_cast<size_t>(end) != size.size() || options.camera.width < 1
            || options.camera.height < 1)
            return Error{ErrorCode::Usage, "--size wants WIDTHxHEIGHT, as 640x480"};
    }
    if (*rate > 0 && !isCameraName(arguments.positional().front().toStdString()))
        return Error{ErrorCode::Usage, "--rate is for cameras; frames of a file are its pictures"};
    return options;
}

Status followStream(const CliArguments& arguments, CliConsole& console)
{
    const auto streaming = streamOptions(arguments);
    if (!streaming)
        return streaming.error();
    if (!arguments.has("pose-model"))
        return Error{ErrorCode::Usage, "live wants --pose-model NAME|FILE for a video or a camera"};
    const auto model = findPoseModel(arguments.text("pose-model"));
    if (!model)
        return model.error();
    const auto facts = readDetectorFacts(arguments.text("model"));
    if (!facts)
        return facts.error();
    const auto plan = planOf(arguments, *facts);
    if (!plan)
        return plan.error();
    const auto skeleton = poseSkeletonOf(*facts);
    if (!skeleton)
        return skeleton.error();
    LiveOptions options;
    options.timing = plan->timing;
    options.decision = plan->decision;
    options.device = arguments.text("device");
    auto detector = LiveDetector::open(arguments.text("model"), *skeleton, options);
    if (!detector)
        return detector.error();
    const std::string source = arguments.positional().front().toStdString();
    const auto stream = LiveStream::open(source, *streaming, console.progress());
    if (!stream)
        return stream.error();
    const double wanted = *arguments.number("rate", 0, 1000);
    const double rate = wanted > 0 ? wanted : (*stream)->info().meanFps;
    PoseModelOptions posing;
    posing.backend = arguments.text("backend");
    posing.card = arguments.text("card");
    auto person = LivePerson::open(*model, posing, skeleton->layout, (*stream)->info(), rate);
    if (!person)
        return person.error();
    console.note(latencyLine(plan->timing, rate));
    const std::string id = (*stream)->isCamera() ? "camera" : fs::path(source).stem().string();
    SpanFile file; // what lies there is replaced when all else is open
    if (arguments.has("out"))
        if (Status status = file.open(arguments.text("out")); !status)
            return status;
    SpanTeller teller(console, file, facts->classes);
    const auto report = followLive(**stream, *person, *detector, wanted, console.progress(),
        [&](const LiveSpan& span) { teller.tell(id, rate, span); });
    if (!report)
        return report.error();
    tellReport(*report, *plan, teller, console);
    return teller.status();
}

Status runLive(const CliArguments& arguments, CliConsole& console)
{
    if (!arguments.has("model"))
        return Error{ErrorCode::Usage, "live wants --model FOLDER with a detector"};
    console.progress(); // from here on Ctrl+C ends it in order
    if (arguments.has("out"))
        if (Status status = ensureOutputFile(arguments.text("out")); !status)
            return status;
    const bool isSet = arguments.path(0).extension() == ".safetensors";
    return isSet ? playSet(arguments, console) : followStream(arguments, console);
}

} // namespace

std::vector<CliCommand> liveCommands()
{
    return {
        {"live", "SET.safetensors | VIDEO | /dev/videoN --model FOLDER",
            "find gestures while the video goes on, with the past alone: in a set that is played, in a file "
            "that"
            " may still be written, before a camera",
            1, 1,
            {{"model", "FOLDER", "detector that sees skeletons (train --system track2)"},
                {"out", "FILE", "span list to write as spans are found (.csv)"},
                {"hop", "N", "frames from one look to the next"},
                {"settle", "N", "frames that a span's end must lie behind the newest one"},
                {"late", "N", "frames by which an end may move back and still be told"},
                {"threshold", "SCORE", "score from which spans count"},
                {"role", "ROLE", "of a set: train, validation, test, unlabelled or all", "test"},
                {"choose", nullptr,
                    "of a set: choose the threshold on its held-out videos first and keep it beside the "
                    "detector"},
                {"pose-model", "NAME|FILE", "of a video or camera: finds the points"},
                {"card", "FILE", "card that describes the pose model, instead of the one beside it"},
                {"backend", "NAME", "of the pose model: opencv, torchscript or onnxruntime"},
                {"wait", "SECONDS", "of a file: finished when it has not grown for so long", "5"},
                {"rate", "N", "of a camera: frames a second that the detector learned from; 0: the camera's",
                    "0"},
                {"size", "WxH", "of a camera: size of its pictures", ""},
                {"device", "NAME", "cpu, cuda or auto", "auto"}},
            runLive},
    };
}

} // namespace telltale
