// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/dataset/datasettables.h"
#include "base/files.h"
#include "base/npy.h"
#include "exchange/csv.h"
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

using nlohmann::json;

/// A row of a table; numbers and texts are fields alike.
class Row {
public:
    Row& operator<<(const std::string& text) { return append(csvField(text)); }
    Row& operator<<(std::string_view text) { return append(csvField(std::string(text))); }
    Row& operator<<(const char* text) { return append(csvField(text)); }
    Row& operator<<(int64_t number) { return append(std::to_string(number)); }
    Row& operator<<(int number) { return append(std::to_string(number)); }
    Row& operator<<(double number)
    {
        std::array<char, 40> text{};
        std::snprintf(text.data(), text.size(), "%.6f", number);
        return append(text.data());
    }
    const std::string& text() const { return m_text; }

private:
    Row& append(const std::string& field)
    {
        m_text.append(m_first ? "" : ",").append(field);
        m_first = false;
        return *this;
    }
    std::string m_text;
    bool m_first = true;
};

std::string dumped(const json& value)
{
    return value.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

std::string spansTable(const DatasetPlan& plan)
{
    std::string text
        = "sample,video,subject,split,person,class_id,class,first_frame,end_frame_excl,frames,start_s,end_s,"
          "state,origin,annotator,model,score,clip,joints\n";
    for (const DatasetSample& sample : plan.samples) {
        const OutgoingSpan& span = sample.span;
        Row row;
        row << sample.id << plan.videoOf(sample).key << sample.subject << splitOf(sample.role) << span.person
            << span.classId << span.label << span.frames.first << span.frames.last << span.frames.length()
            << span.start << span.end << nameOf(span.state) << nameOf(span.origin) << span.annotator
            << span.model;
        if (span.predictedScore)
            row << *span.predictedScore;
        else
            row << "";
        row << sample.clip << sample.joints;
        text.append(row.text()).append("\n");
    }
    return text;
}

std::string classTable(const DatasetPlan& plan)
{
    std::string text = "id,name";
    for (const DatasetSplit& split : kDatasetSplits)
        text.append(",").append(split.name);
    text += plan.classFolders.empty() ? ",all\n" : ",all,folder\n";
    const auto counts = plan.classCounts();
    for (size_t i = 0; i < counts.size(); ++i) {
        Row row;
        row << static_cast<int64_t>(i) << plan.scheme.classes[i].name;
        int64_t all = 0;
        for (const DatasetSplit& split : kDatasetSplits) {
            const auto found = counts[i].find(split.role);
            const int64_t count = found == counts[i].end() ? 0 : found->second;
            row << count;
            all += count;
        }
        row << all;
        if (!plan.classFolders.empty())
            row << plan.classFolders[i];
        text.append(row.text()).append("\n");
    }
    return text;
}

std::string classList(const DatasetPlan& plan)
{
    std::string text;
    for (const LabelClass& one : plan.scheme.classes)
        text.append(one.name).append("\n");
    return text;
}

std::string videoTable(const DatasetPlan& plan)
{
    std::string text = "video,subject,split,frames,seconds,mean_fps,width,height,reviewed_frames,track";
    text += plan.options.anonymous ? "\n" : ",name,file,path\n";
    for (const DatasetVideo& video : plan.videos) {
        int64_t reviewed = 0;
        for (const FrameSpan& range : video.reviewed)
            reviewed += range.length();
        Row row;
        row << video.key << video.subject << splitOf(video.role) << video.source.frameCount
            << video.source.seconds() << video.source.fps << video.source.width << video.source.height
            << reviewed << video.track;
        if (!plan.options.anonymous)
            row << video.source.name << video.file << video.source.file.string();
        text.append(row.text()).append("\n");
    }
    return text;
}

/// Who and what is in each split. Subjects belong to one split each, because roles are subjects'.
json splits(const DatasetPlan& plan)
{
    json file{{"by", "subject"}, {"splits", json::object()}};
    for (const DatasetSplit& split : kDatasetSplits) {
        std::set<std::string> subjects;
        json videos = json::array();
        json samples = json::array();
        for (const DatasetVideo& video : plan.videos)
            if (video.role == split.role) {
                subjects.insert(video.subject);
                videos.push_back(video.key);
            }
        for (const DatasetSample& sample : plan.samples)
            if (sample.role == split.role) {
                subjects.insert(sample.subject);
                samples.push_back(sample.id);
            }
        file["splits"][split.name]
            = {{"subjects", subjects}, {"videos", std::move(videos)}, {"samples", std::move(samples)}};
    }
    return file;
}

json range(const OutgoingVideo& video, const FrameSpan& frames)
{
    return {{"first_frame", frames.first}, {"end_frame_excl", frames.last},
        {"start_s", video.times.seconds(frames.first)}, {"end_s", video.times.seconds(frames.last)}};
}

/// Where no span means no gesture, and where it means nothing.
json reviewed(const DatasetPlan& plan)
{
    json file = json::object();
    for (const DatasetVideo& video : plan.videos) {
        json seen = json::array();
        json unseen = json::array();
        int64_t at = 0;
        for (const FrameSpan& frames : video.reviewed) {
            if (frames.first > at)
                unseen.push_back(range(video.source, {at, frames.first}));
            seen.push_back(range(video.source, frames));
            at = frames.last;
        }
        if (at < video.source.frameCount)
            unseen.push_back(range(video.source, {at, video.source.frameCount}));
        file[video.key] = {{"frames", video.source.frameCount}, {"seconds", video.source.seconds()},
            {"reviewed", std::move(seen)}, {"unreviewed", std::move(unseen)},
            {"mask", "masks/" + video.key + ".npy"}};
    }
    return file;
}

/// A byte a frame: 1 where somebody has looked.
std::string mask(const DatasetVideo& video)
{
    NpyArray array{
        "u1", {video.source.frameCount}, std::string(static_cast<size_t>(video.source.frameCount), '\0')};
    for (const FrameSpan& frames : video.reviewed)
        std::fill(array.bytes.begin() + frames.first, array.bytes.begin() + frames.last, '\1');
    return formatNpy(array);
}

/// Whether the database of its video names the span: a person of another split than the video's is not in it.
bool inDatabase(const DatasetPlan& plan, const DatasetSample& sample)
{
    return sample.role == plan.videoOf(sample).role;
}

/// The database of ActivityNet. `ids`: label_id of each class of the scheme.
json database(const DatasetPlan& plan, const std::vector<int>& ids)
{
    std::vector<json> spans(plan.videos.size(), json::array());
    for (const DatasetSample& sample : plan.samples) {
        const DatasetVideo& video = plan.videoOf(sample);
        if (!inDatabase(plan, sample))
            continue;
        const FrameSpan& frames = sample.span.frames;
        spans[sample.video].push_back({{"segment",
                                           {secondsForOpenTad(video.source, frames.first),
                                               secondsForOpenTad(video.source, frames.last)}},
            {"label", sample.span.label}, {"label_id", ids[static_cast<size_t>(sample.span.classId)]},
            {"sample", sample.id}});
    }
    json videos = json::object();
    for (size_t i = 0; i < plan.videos.size(); ++i) {
        const DatasetVideo& video = plan.videos[i];
        json entry{{"subset", splitOf(video.role)}, {"subject", video.subject},
            {"duration", video.source.seconds()}, {"fps", video.source.times.meanFps()},
            {"frame", video.source.frameCount}, {"annotations", std::move(spans[i])},
            {"reviewed", json::array()}};
        for (const FrameSpan& frames : video.reviewed)
            entry["reviewed"].push_back(
                {video.source.times.seconds(frames.first), video.source.times.seconds(frames.last)});
        videos[video.key] = std::move(entry);
    }
    return {{"version", "telltale-" + versionText()}, {"taxonomy", plan.scheme.name},
        {"database", std::move(videos)}};
}

std::string videoList(const DatasetPlan& plan, SubjectRole role)
{
    std::string text;
    for (const DatasetSample& sample : plan.samples)
        if (sample.role == role && !sample.clip.empty())
            text.append(sample.clip).append(" ").append(std::to_string(sample.span.classId)).append("\n");
    return text;
}

/// The names of some videos, one a line for OpenTAD's datasets (block_list) and as JSON for its evaluation
/// (blocked_videos).
void addNames(
    std::vector<OutgoingFile>& files, const std::string& stem, const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text.append(name).append("\n");
    files.push_back({stem + ".txt", text});
    files.push_back({stem + ".json", dumped(json(names))});
}

} // namespace

double secondsForOpenTad(const OutgoingVideo& video, int64_t frame)
{
    const double start = video.times.seconds(frame);
    const double duration = video.seconds();
    const auto frames = static_cast<double>(video.frameCount);
    if (!(duration > 0))
        return start;
    const double even = static_cast<double>(frame) / frames * duration;
    for (int microseconds = 0; microseconds <= 2; ++microseconds) {
        const double later = std::max(start, even) + microseconds * 1e-6;
        const bool near = later - start <= 0.25 * duration / frames;
        if (near && static_cast<int64_t>(later / duration * frames) == frame)
            return later;
    }
    return start;
}

std::vector<OutgoingFile> datasetTables(const DatasetPlan& plan)
{
    std::vector<OutgoingFile> files{{"spans.csv", spansTable(plan)}, {"classes.csv", classTable(plan)},
        {"classes.txt", classList(plan)}, {"videos.csv", videoTable(plan)},
        {"splits.json", dumped(splits(plan))}, {"reviewed.json", dumped(reviewed(plan))}};
    for (const DatasetVideo& video : plan.videos)
        files.push_back({"masks/" + video.key + ".npy", mask(video)});
    return files;
}

std::vector<OutgoingFile> trainingLists(const DatasetPlan& plan)
{
    // ActionFormer counts the labels that it meets and wants their numbers without gaps.
    std::set<int> occurring;
    for (const DatasetSample& sample : plan.samples)
        if (inDatabase(plan, sample))
            occurring.insert(sample.span.classId);
    std::vector<int> own;
    std::vector<int> dense;
    std::string met;
    for (int i = 0; i < plan.scheme.classCount(); ++i) {
        own.push_back(i);
        dense.push_back(static_cast<int>(std::ranges::count(met, '\n')));
        if (occurring.contains(i))
            met.append(plan.scheme.classes[static_cast<size_t>(i)].name).append("\n");
    }
    std::vector<OutgoingFile> files{{"annotations/activitynet.json", dumped(database(plan, own))},
        {"annotations/actionformer.json", dumped(database(plan, dense))},
        {"annotations/actionformer_classes.txt", met}};
    std::vector<std::string> unusable;
    std::vector<std::string> unreviewed;
    for (const DatasetVideo& video : plan.videos) {
        const bool missing = plan.options.videos != DatasetOptions::Videos::None && video.file.empty();
        if (video.mixed || missing)
            unusable.push_back(video.key);
        if (!video.wholeReviewed())
            unreviewed.push_back(video.key);
    }
    addNames(files, "annotations/unusable", unusable);
    addNames(files, "annotations/unreviewed", unreviewed);
    if (plan.options.clips != DatasetOptions::Clips::None)
        for (const DatasetSplit& split : kDatasetSplits)
            files.push_back({std::string("mmaction2/").append(split.name).append("_videos.txt"),
                videoList(plan, split.role)});
    return files;
}

} // namespace telltale
