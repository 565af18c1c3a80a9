// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/writers/pysklpickle.h"
#include "tests/pose/posefiles.h"
#include <cstdlib>
#include <gtest/gtest.h>

using namespace telltale;

namespace {

PoseTrack smallTrack()
{
    PoseTrack track;
    track.layout = "coco17";
    track.persons = 2;
    track.pointCount = 17;
    track.frames = {10, 12};
    track.points.resize(2 * 2 * 17);
    track.at(0, 0)[0] = {1.5F, 2.5F, 0.5F};
    track.at(1, 1)[16] = {640, 480, 1};
    return track;
}

bool pythonWithNumpy() { return std::system("python3 -c 'import numpy' 2>/dev/null") == 0; }

} // namespace

TEST(PysklPickle, ASampleHasARowForEveryFrameOfItsSpan)
{
    const PysklSample sample = pysklSample(smallTrack(), {9, 13}, "a");
    EXPECT_EQ(sample.totalFrames, 4);
    ASSERT_EQ(sample.score.size(), 2U * 4 * 17);
    ASSERT_EQ(sample.keypoint.size(), 2U * 4 * 17 * 2);
    EXPECT_EQ(sample.score[1 * 17], 0.5F); // person 0, frame 10
    EXPECT_EQ(sample.keypoint[(1 * 17) * 2 + 1], 2.5F);
    EXPECT_EQ(sample.score[(4 + 3) * 17 + 16], 1.0F); // person 1, frame 12
    EXPECT_EQ(sample.keypoint[((4 + 3) * 17 + 16) * 2], 640.0F);
    EXPECT_EQ(pysklSample(smallTrack(), {12, 12}, "a").totalFrames, 0);
}

TEST(PysklPickle, PythonLoadsItAsWritableArrays)
{
    if (!pythonWithNumpy())
        GTEST_SKIP() << "python3 with numpy is not installed";
    PysklSet set;
    set.splits = {{"train", {"a"}}, {"val", {}}};
    set.samples = {pysklSample(smallTrack(), {9, 13}, "a"), pysklSample(smallTrack(), {0, 0}, "empty ä")};
    set.samples[0].label = 16;
    set.samples[0].width = 1280;
    set.samples[0].height = 720;
    const ScratchFolder folder("pysklpickle");
    const auto file = folder.write("set.pkl", pysklPickle(set));
    const auto script = folder.write("check.py", R"(import pickle, sys
import numpy as np
d = pickle.load(open(sys.argv[1], 'rb'))
assert d['split'] == {'train': ['a'], 'val': []}, d['split']
a, b = d['annotations']
assert a['frame_dir'] == 'a' and a['total_frames'] == 4 and a['label'] == 16
assert a['img_shape'] == (720, 1280) == a['original_shape']
assert a['keypoint'].shape == (2, 4, 17, 2) and a['keypoint'].dtype == np.float32
assert a['keypoint_score'].shape == (2, 4, 17) and a['keypoint_score'].dtype == np.float32
assert a['keypoint'][0, 1, 0].tolist() == [1.5, 2.5] and a['keypoint_score'][0, 1, 0] == 0.5
assert a['keypoint'][1, 3, 16].tolist() == [640, 480] and (a['keypoint_score'] > 0).sum() == 2
a['keypoint'][0, 0, 0] = 7
assert b['frame_dir'] == 'empty \u00e4' and 'label' not in b and b['keypoint'].shape == (2, 0, 17, 2)
)");
    EXPECT_EQ(std::system(("python3 " + script.string() + " " + file.string()).c_str()), 0);
}
