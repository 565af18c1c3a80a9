// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/clipsets/clipskeleton.h"
#include "pipeline/clipsets/utkinect.h"

namespace telltale {

Result<SkeletonClipCounts> writeUtKinectClips(const std::filesystem::path& folder, const std::string& test,
    const std::filesystem::path& out, ProgressSink& progress)
{
    const Result<UtKinect> read = readUtKinect(folder, progress);
    if (!read)
        return read.error();
    std::vector<SkeletonSequence> sequences;
    sequences.reserve(read->sequences.size());
    for (const NumberedSequence& one : read->sequences)
        sequences.push_back(one.sequence);
    ClipSetInfo info;
    info.scheme = "utkinect";
    info.classes = utKinectClasses();
    info.skeleton = kinect20Skeleton();
    info.channels = kSetChannels;
    info.origin = "UTKinect-Action3D (Xia et al. 2012) in " + folder.string();
    Result<SkeletonClipCounts> counts
        = writeSequences(sequences, read->spans, std::move(info), "given spans", test, out, progress);
    if (counts)
        counts->notes.insert(counts->notes.end(), read->notes.begin(), read->notes.end());
    return counts;
}

} // namespace telltale
