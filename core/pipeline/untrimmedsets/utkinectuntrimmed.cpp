// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/untrimmedsets/utkinectuntrimmed.h"
#include "learn/untrimmed/untrimmedset.h"
#include "pipeline/clipsets/clipskeleton.h"
#include "pipeline/clipsets/utkinect.h"
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

namespace telltale {
namespace {

constexpr double kNumbersPerSecond = 30; ///< of the Kinect
constexpr double kNumbersPerFrame = 2; ///< the smallest step in the files
constexpr double kWidestGap = 15; ///< frame numbers: half a second. Ours.
constexpr int64_t kMostFrames = 1000000; ///< of a sequence; numbers that go further are damaged

bool holds(const std::vector<std::string>& names, const std::string& name)
{
    return std::ranges::find(names, name) != names.end();
}

Status chooseTest(const SubjectSplit& split, SkeletonVideoCounts& counts)
{
    const auto subjects = static_cast<int>(counts.subjects.size());
    if (!split.test.empty()) {
        for (const std::string& name : split.test)
            if (!holds(counts.subjects, name))
                return Error{ErrorCode::InvalidArgument,
                    "There is no subject \"" + name + "\" in the set; it has " + listed(counts.subjects)
                        + "."};
        counts.test = split.test;
    } else {
        if (split.folds < 2 || split.folds > subjects || split.fold < 1 || split.fold > split.folds)
            return Error{ErrorCode::InvalidArgument,
                "There is no fold " + std::to_string(split.fold) + " of " + std::to_string(split.folds)
                    + "; the set has " + std::to_string(subjects) + " subjects for 2 folds or more."};
        for (int i = split.fold - 1; i < subjects; i += split.folds)
            counts.test.push_back(counts.subjects[static_cast<size_t>(i)]);
    }
    const std::set<std::string> tested(counts.test.begin(), counts.test.end());
    if (tested.size() >= counts.subjects.size())
        return Error{ErrorCode::InvalidArgument,
            "All subjects are to be measured on, so that nobody is left to learn from; name fewer."};
    counts.test.assign(tested.begin(), tested.end());
    return {};
}

void chooseValidation(SkeletonVideoCounts& counts)
{
    const size_t left = counts.subjects.size() - counts.test.size();
    if (left < 3)
        return;
    const size_t wanted = std::max<size_t>(1, left / 4);
    const auto last = std::ranges::find(counts.subjects, counts.test.back()) - counts.subjects.begin();
    for (size_t i = 1; counts.validation.size() < wanted; ++i) {
        const std::string& name = counts.subjects[(static_cast<size_t>(last) + i) % counts.subjects.size()];
        if (!holds(counts.test, name))
            counts.validation.push_back(name);
    }
}

int64_t frameOf(const NumberedSequence& sequence, double number)
{
    return std::llround(std::floor((number - sequence.frames.front()) / kNumbersPerFrame));
}

int64_t frameCount(const NumberedSequence& sequence) { return frameOf(sequence, sequence.frames.back()) + 1; }

Status checkNumbers(const NumberedSequence& sequence)
{
    const std::string file = "joints_" + sequence.sequence.name + ".txt";
    if (sequence.frames.empty())
        return Error{ErrorCode::BadFormat, file + " has no rows; take it away or copy it again."};
    if (sequence.frames.back() - sequence.frames.front() > kMostFrames * kNumbersPerFrame)
        return Error{ErrorCode::BadFormat,
            file + " has frame numbers that lie further apart than any video is long; copy it again."};
    return {};
}

/// x, y, z, score of a joint; a joint that is not seen lies at the origin.
void addJoint(const float* before, const float* after, float share, std::vector<float>& out)
{
    const auto seen = [](const float* p) { return p[0] != 0 || p[1] != 0 || p[2] != 0; };
    if (!seen(before) || !seen(after)) {
        out.insert(out.end(), {0, 0, 0, 0});
        return;
    }
    for (int axis = 0; axis < 3; ++axis)
        out.push_back(before[axis] + share * (after[axis] - before[axis]));
    out.push_back(1);
}

std::vector<float> evenPoints(const NumberedSequence& sequence, size_t joints)
{
    const std::vector<double>& numbers = sequence.frames;
    const float* const rows = sequence.sequence.values.data();
    const int64_t frames = frameCount(sequence);
    std::vector<float> out;
    out.reserve(static_cast<size_t>(frames) * joints * kSetChannels);
    for (int64_t frame = 0; frame < frames; ++frame) {
        const double number = numbers.front() + static_cast<double>(frame) * kNumbersPerFrame;
        const auto after = static_cast<size_t>(std::ranges::lower_bound(numbers, number) - numbers.begin());
        const size_t before = numbers[after] == number ? after : after - 1;
        const double gap = numbers[after] - numbers[before];
        if (gap > kWidestGap) {
            out.insert(out.end(), joints * kSetChannels, 0.0f);
            continue;
        }
        const auto share = static_cast<float>(gap > 0 ? (number - numbers[before]) / gap : 0);
        for (size_t joint = 0; joint < joints; ++joint)
            addJoint(rows + 3 * (before * joints + joint), rows + 3 * (after * joints + joint), share, out);
    }
    return out;
}

UntrimmedVideo videoOf(const UtKinect& set, size_t index, const SkeletonVideoCounts& counts)
{
    const NumberedSequence& sequence = set.sequences[index];
    UntrimmedVideo video;
    video.id = sequence.sequence.name;
    video.subject = sequence.sequence.subject;
    video.role = holds(counts.test, video.subject) ? ClipRole::Test
        : holds(counts.validation, video.subject)  ? ClipRole::Validation
                                                   : ClipRole::Train;
    video.frames = frameCount(sequence);
    video.rate = kNumbersPerSecond / kNumbersPerFrame;
    for (const SequenceClip& span : set.spans)
        if (span.sequence == index)
            video.truth.push_back(
                {{frameOf(sequence, sequence.frames[static_cast<size_t>(span.rows.first)]),
                     frameOf(sequence, sequence.frames[static_cast<size_t>(span.rows.last - 1)]) + 1},
                    span.label, 1});
    return video;
}

UntrimmedSetInfo infoOf(const std::filesystem::path& folder, const SkeletonVideoCounts& counts)
{
    UntrimmedSetInfo info;
    info.scheme = "utkinect";
    info.classes = utKinectClasses();
    info.skeleton = kinect20Skeleton();
    info.channels = kSetChannels;
    info.origin = "untrimmed sequences of UTKinect-Action3D (Xia et al. 2012) in " + folder.string();
    info.recipe = nlohmann::json({{"numbers_per_frame", kNumbersPerFrame}, {"widest_gap", kWidestGap},
                                     {"test", counts.test}, {"validation", counts.validation}})
                      .dump();
    return info;
}

} // namespace

Result<SkeletonVideoCounts> writeUtKinectVideos(const std::filesystem::path& folder,
    const SubjectSplit& split, const std::filesystem::path& out, ProgressSink& progress)
{
    const Result<UtKinect> set = readUtKinect(folder, progress);
    if (!set)
        return set.error();
    SkeletonVideoCounts counts;
    std::set<std::string> subjects;
    for (const NumberedSequence& sequence : set->sequences)
        subjects.insert(sequence.sequence.subject);
    counts.subjects.assign(subjects.begin(), subjects.end());
    counts.notes = set->notes;
    if (Status status = chooseTest(split, counts); !status)
        return status.error();
    chooseValidation(counts);
    const UntrimmedSetInfo info = infoOf(folder, counts);
    const auto joints = static_cast<size_t>(info.skeleton.graph.points);
    auto writer = UntrimmedSetWriter::create(out, info);
    if (!writer)
        return writer.error();
    for (size_t i = 0; i < set->sequences.size(); ++i) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        if (Status status = checkNumbers(set->sequences[i]); !status)
            return status.error();
        UntrimmedVideo video = videoOf(*set, i, counts);
        counts.frames += video.frames;
        counts.spans += static_cast<int64_t>(video.truth.size());
        const std::vector<float> points = evenPoints(set->sequences[i], joints);
        if (Status status = (*writer)->add(std::move(video), points, {}); !status)
            return status.error();
        progress.report(++counts.videos, static_cast<int64_t>(set->sequences.size()), "videos");
    }
    if (Status status = (*writer)->finish(progress); !status)
        return status.error();
    return counts;
}

} // namespace telltale
