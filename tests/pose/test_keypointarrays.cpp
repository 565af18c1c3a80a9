// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "base/npy.h"
#include "pose/layout.h"
#include "pose/readers/skeletonfile.h"
#include "pose/readers/zipfile.h"
#include "pose/writers/poseflavours.h"
#include "tests/pose/posefiles.h"
#include <cmath>
#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using testing::HasSubstr;

namespace {

NpyArray counting(std::vector<int64_t> shape)
{
    NdArray array(std::move(shape));
    for (size_t i = 0; i < array.values.size(); ++i)
        array.values[i] = static_cast<float>(i + 1);
    return fromFloat(array);
}

std::string zipOf(const std::vector<std::pair<std::string, NpyArray>>& arrays)
{
    ZipWriter zip;
    for (const auto& [name, array] : arrays)
        EXPECT_TRUE(zip.add(name + ".npy", formatNpy(array), ZipWriter::Method::Deflate).ok());
    return zip.finish();
}

class KeypointArrays : public testing::Test {
protected:
    Result<SkeletonFile> read(const std::string& name, const std::string& content)
    {
        return readSkeletonFile(m_folder.write(name, content));
    }
    std::string errorOf(const std::string& name, const std::string& content)
    {
        const auto file = read(name, content);
        return file ? "it was read" : file.error().message;
    }

    ScratchFolder m_folder{"arrays"};
};

bool python(const std::string& modules)
{
    return std::system(("python3 -c 'import " + modules + "' 2>/dev/null").c_str()) == 0;
}

} // namespace

TEST_F(KeypointArrays, OfThreeDimensionsAreFramesPointsNumbers)
{
    const auto file = read("a.npy", formatNpy(counting({4, 17, 2})));
    ASSERT_TRUE(file.ok()) << file.error().message;
    EXPECT_EQ(file->track.layout, "coco17");
    EXPECT_EQ(file->track.rows(), 4);
    EXPECT_EQ(file->track.at(1, 0)[2], (PosePoint{17 * 2 + 5, 17 * 2 + 6, 1}));
    EXPECT_THAT(file->notes.front(), HasSubstr("taken for those of the layout coco17"));
}

TEST_F(KeypointArrays, OfFourHaveThePersonsWhereThereAreFewerOfThem)
{
    const auto framesFirst = read("a.npy", formatNpy(counting({5, 2, 17, 3})));
    ASSERT_TRUE(framesFirst.ok());
    EXPECT_EQ(framesFirst->track.persons, 2);
    EXPECT_EQ(framesFirst->track.at(1, 1)[0].x, (1 * 2 + 1) * 17 * 3 + 1);
    const auto personsFirst = read("b.npy", formatNpy(counting({2, 5, 17, 3})));
    ASSERT_TRUE(personsFirst.ok());
    EXPECT_EQ(personsFirst->track.persons, 2);
    EXPECT_EQ(personsFirst->track.rows(), 5);
    EXPECT_EQ(personsFirst->track.at(1, 1)[0].x, (1 * 5 + 1) * 17 * 3 + 1);
}

TEST_F(KeypointArrays, MissingPointsAreNaNOrZeroOrWithoutScore)
{
    NdArray array({1, 17, 2});
    std::fill(array.values.begin(), array.values.end(), 50.0F);
    array.values[0] = array.values[1] = 0;
    array.values[2] = std::nanf("");
    array.values[4] = INFINITY;
    const auto file = read("a.npy", formatNpy(fromFloat(array)));
    ASSERT_TRUE(file.ok());
    for (int i = 0; i < 17; ++i)
        EXPECT_EQ(file->track.at(0, 0)[i].score > 0, i > 2) << i;
}

TEST_F(KeypointArrays, OfAnArchiveGoByTheirKeys)
{
    const auto pyskl = read(
        "a.npz", zipOf({{"keypoint", counting({5, 2, 17, 2})}, {"keypoint_score", counting({5, 2, 17})}}));
    ASSERT_TRUE(pyskl.ok()) << pyskl.error().message;
    EXPECT_EQ(pyskl->track.persons, 5); // PYSKL's persons come first
    EXPECT_EQ(pyskl->track.rows(), 2);
    const auto plain = read("b.npz", zipOf({{"keypoints", counting({5, 17, 3})}}));
    ASSERT_TRUE(plain.ok());
    EXPECT_EQ(plain->track.rows(), 5);
    const auto points = read("c.npz", zipOf({{"points", counting({1, 2, 17, 3})}}));
    ASSERT_TRUE(points.ok());
    EXPECT_EQ(points->track.persons, 2);
    EXPECT_THAT(
        errorOf("d.npz", zipOf({{"keypoint", counting({1, 2, 17, 2})}, {"scores", counting({1, 3, 17})}})),
        HasSubstr("its scores have the shape [1, 3, 17]"));
    EXPECT_THAT(errorOf("e.npz", zipOf({{"poses", counting({1, 2, 17, 2})}})),
        HasSubstr("without a track or a table"));
}

TEST_F(KeypointArrays, ThatLieAboutTheirSizeAreRefused)
{
    std::string text = formatNpy(counting({4, 17, 2}));
    EXPECT_THAT(errorOf("cut.npy", text.substr(0, text.size() - 1)), HasSubstr("cut short"));
    const auto claiming = [](const std::string& shape) {
        std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }\n";
        std::string bytes("\x93NUMPY\x01\x00", 8);
        bytes += static_cast<char>(header.size());
        return bytes + '\0' + header + "abcdefgh";
    };
    EXPECT_THAT(errorOf("huge.npy", claiming("(99999999999, 17, 3)")), HasSubstr("cut short"));
    EXPECT_THAT(errorOf("none.npy", claiming("(999999999999999, 0, 2)")),
        HasSubstr("have the shape [999999999999999, 0, 2]"));
    EXPECT_THAT(errorOf("wide.npy", claiming("(999999999999999, 999999999999999, 0)")),
        HasSubstr("larger than any array"));
    EXPECT_THAT(errorOf("flat.npy", claiming("(1, 2)")), HasSubstr("have the shape [1, 2]"));
    EXPECT_THAT(errorOf("odd.npy", claiming("(1, 1, 2)")), HasSubstr("1 points, which no known layout has"));
    EXPECT_THAT(errorOf("text.npy", "\x93NUMPY\x01"), HasSubstr("no NumPy header"));
}

TEST_F(KeypointArrays, CountTheirFramesInAnyWholeNumbers)
{
    const auto archive = [](const NpyArray& frames) {
        return zipOf({{"points", counting({3, 17, 3})}, {"frames", frames}});
    };
    const auto file = read("a.npz", archive({"u2", {3}, std::string("\5\0\7\0\0\1", 6)}));
    ASSERT_TRUE(file.ok()) << file.error().message;
    EXPECT_EQ(file->track.frames, (std::vector<int64_t>{5, 7, 256}));
    EXPECT_THAT(errorOf("b.npz", archive(counting({3}))),
        HasSubstr("array frames: dtype 'f4' is not one of whole numbers"));
    EXPECT_THAT(errorOf("c.npz", archive({"u8", {3}, std::string(24, '\xff')})),
        HasSubstr("a number is larger than any frame"));
    EXPECT_THAT(errorOf("d.npz", archive({"i1", {3}, "\1\3\2"})), HasSubstr("an ascending number from 0"));
}

TEST_F(KeypointArrays, WithoutAScoreArePlacesInSpaceWhereTheThirdNumberGoesBelowZero)
{
    NdArray array({2, 17, 3});
    std::fill(array.values.begin(), array.values.end(), 0.5F);
    array.values[17 * 3 + 2] = -1; // as some programs write a missing point
    EXPECT_TRUE(read("a.npy", formatNpy(fromFloat(array))).ok());
    array.values[17 * 3 + 2] = -0.25F;
    EXPECT_THAT(errorOf("b.npy", formatNpy(fromFloat(array))), HasSubstr("places in space are not read"));
    EXPECT_TRUE(read("c.npz", zipOf({{"points", fromFloat(array)}, {"scores", counting({2, 17})}})).ok());
}

TEST_F(KeypointArrays, OfAnArchiveMayLieInItOrBePacked)
{
    for (const auto method : {ZipWriter::Method::Store, ZipWriter::Method::Deflate}) {
        ZipWriter zip;
        ASSERT_TRUE(zip.add("keypoints.npy", formatNpy(counting({2, 17, 3})), method).ok());
        std::string bytes = zip.finish();
        const auto file = read("a.npz", bytes);
        ASSERT_TRUE(file.ok()) << file.error().message;
        EXPECT_EQ(file->track.at(1, 0)[16].x, 100);
        // Within the numbers: behind the headers of the container (43 bytes) and of the array (128).
        bytes[200] = static_cast<char>(bytes[200] ^ 4);
        EXPECT_FALSE(read("b.npz", bytes).ok()) << static_cast<int>(method);
    }
}

TEST_F(KeypointArrays, BetweenMinusOneAndOneAreShares)
{
    NdArray array({1, 17, 2});
    std::fill(array.values.begin(), array.values.end(), 0.5F);
    const auto corner = read("a.npy", formatNpy(fromFloat(array)));
    ASSERT_TRUE(corner.ok());
    EXPECT_TRUE(corner->normalised);
    EXPECT_EQ(corner->track.at(0, 0)[0].x, 0.5F);
    array.values[0] = -1;
    const auto middle = read("b.npy", formatNpy(fromFloat(array)));
    EXPECT_TRUE(middle->normalised);
    EXPECT_EQ(middle->track.at(0, 0)[0].x, 0);
    EXPECT_EQ(middle->track.at(0, 0)[1].x, 0.75F);
}

TEST_F(KeypointArrays, OfDeepLabCutAreReadFromTheirTable)
{
    const auto one = read("one.csv",
        "scorer,S,S,S,S,S,S\nbodyparts,nose,nose,nose,LeftWrist,LeftWrist,LeftWrist\n"
        "coords,x,y,likelihood,x,y,likelihood\n0,1.5,2.5,0.9,30,40,0.5\n2,,,,31,41,1e-9\n");
    ASSERT_TRUE(one.ok()) << one.error().message;
    EXPECT_EQ(one->track.frames, (std::vector<int64_t>{0, 2}));
    EXPECT_EQ(one->track.at(0, 0)[0], (PosePoint{1.5F, 2.5F, 0.9F}));
    EXPECT_EQ(one->track.at(1, 0)[0], PosePoint{});
    const auto several = read("several.csv",
        "scorer,S,S,S,S,S,S,S,S\nindividuals,A,A,A,A,B,B,B,B\n"
        "bodyparts,nose,nose,tail_base,tail_base,nose,nose,left_ear,left_ear\n"
        "coords,x,y,x,y,x,y,x,y\n0,1,2,3,4,5,6,7,8\n");
    ASSERT_TRUE(several.ok()) << several.error().message;
    EXPECT_EQ(several->track.persons, 2);
    EXPECT_EQ(several->track.at(0, 1)[0], (PosePoint{5, 6, 1}));
    EXPECT_THAT(several->notes.front(), HasSubstr("1 of its 3 joints have no place in the layout"));
    EXPECT_THAT(several->notes.front(), HasSubstr("tail_base"));
    EXPECT_THAT(errorOf("fish.csv", "scorer,S,S\nbodyparts,fin,fin\ncoords,x,y\n0,1,2\n"),
        HasSubstr("its joints (fin) are none of a known skeleton"));
    EXPECT_THAT(errorOf("bad.csv",
                    "scorer,S,S,S,S\nbodyparts,nose,nose,left_ear,left_ear\ncoords,x,y,x,y\n0,1,2,3,oops\n"),
        HasSubstr("line 4: column 5 holds 'oops'"));
    EXPECT_THAT(
        errorOf("back.csv",
            "scorer,S,S,S,S\nbodyparts,nose,nose,left_ear,left_ear\ncoords,x,y,x,y\n1,1,2,3,4\n1,1,2,3,4\n"),
        HasSubstr("line 5: its frame '1' is not a number that ascends"));
}

TEST_F(KeypointArrays, OfDeepLabCutAreReadAsSpreadsheetsSaveThem)
{
    const std::string head = "\xef\xbb\xbfscorer,S,S,S,S\r\nbodyparts,nose,nose,left_ear,left_ear\r\n"
                             "coords,x,y,x,y\r\n";
    const auto marked = read("marked.csv", head + "7.0,1,2,3,4\r\n12.0,5,6,7,8\r\n");
    ASSERT_TRUE(marked.ok()) << marked.error().message;
    EXPECT_EQ(marked->track.frames, (std::vector<int64_t>{7, 12}));
    const auto labelled = read("labelled.csv", head + "labeled-data/clip/img0012.png,1,2,3,4\r\n");
    ASSERT_TRUE(labelled.ok()) << labelled.error().message;
    EXPECT_EQ(labelled->track.frames, std::vector<int64_t>{12});
    EXPECT_THAT(errorOf("half.csv", head + "7.5,1,2,3,4\r\n"), HasSubstr("line 4: its frame '7.5'"));
    // A hundred people with a column each.
    std::string rows[4] = {"scorer", "individuals", "bodyparts", "coords"};
    for (int i = 0; i < 100; ++i) {
        rows[0] += ",S";
        rows[1] += ",A" + std::to_string(i);
        rows[2] += ",joint" + std::to_string(i);
        rows[3] += ",x";
    }
    EXPECT_THAT(errorOf("hundred.csv", rows[0] + "\n" + rows[1] + "\n" + rows[2] + "\n" + rows[3] + "\n"),
        HasSubstr("has 100 individuals, but columns for hardly any"));
}

TEST_F(KeypointArrays, OfPandasAndSleapAreReadAsTheirOwnLibrariesWriteThem)
{
    if (!python("numpy, h5py"))
        GTEST_SKIP() << "python3 with h5py is not installed";
    const auto script = m_folder.write("make.py", R"(import json, sys
import h5py, numpy as np
folder = sys.argv[1]
names = ['nose', 'left_wrist', 'tail']
with h5py.File(folder + '/a.analysis.h5', 'w') as f:
    tracks = np.arange(2 * 2 * 3 * 4, dtype=float).reshape(2, 2, 3, 4) + 1
    tracks[1, :, 0, 2] = np.nan
    f.create_dataset('tracks', data=tracks, compression='gzip')
    f.create_dataset('node_names', data=np.array([n.encode() for n in names]))
    f.create_dataset('point_scores', data=np.full((2, 3, 4), 0.5))
    f['track_names'] = ['a', 'b']
i8, u4, f8, f4 = 'i8', 'u4', 'f8', 'f4'
with h5py.File(folder + '/b.slp', 'w') as f:
    meta = f.create_group('metadata')
    meta.attrs['format_id'] = 1.2
    meta.attrs['json'] = json.dumps({'nodes': [{'name': n} for n in reversed(names)],
        'skeletons': [{'nodes': [{'id': 2}, {'id': 1}, {'id': 0}]}]})
    f['frames'] = np.array([(0, 0, 5, 0, 2), (1, 0, 9, 2, 3)], dtype=[('frame_id', 'u8'), ('video', u4),
        ('frame_idx', 'u8'), ('instance_id_start', 'u8'), ('instance_id_end', 'u8')])
    f['instances'] = np.array([(0, 1, 0, 0, 1, -1, .9, 0, 3), (1, 0, 0, 0, 0, -1, 1, 0, 3), (2, 1, 1, 0, 1, -1, .9, 3, 6)],
        dtype=[('instance_id', i8), ('instance_type', 'u1'), ('frame_id', 'u8'), ('skeleton', u4), ('track', 'i4'),
               ('from_predicted', i8), ('score', f4), ('point_id_start', 'u8'), ('point_id_end', 'u8')])
    f['points'] = np.array([(1, 2, True, False), (np.nan, np.nan, False, False), (5, 6, True, False)],
        dtype=[('x', f8), ('y', f8), ('visible', '?'), ('complete', '?')])
    f['pred_points'] = np.array([(i, i + 1, True, False, .25) for i in range(10, 16)],
        dtype=[('x', f8), ('y', f8), ('visible', '?'), ('complete', '?'), ('score', f8)])
def slp(name, frames, instances, points, predicted):
    with h5py.File(folder + '/' + name, 'w') as f:
        meta = f.create_group('metadata')
        meta.attrs['format_id'] = 1.2
        meta.attrs['json'] = json.dumps({'nodes': [{'name': n} for n in names]})
        f['frames'] = np.array(frames, dtype=[('frame_id', 'u8'), ('video', u4),
            ('frame_idx', 'u8'), ('instance_id_start', 'u8'), ('instance_id_end', 'u8')])
        f['instances'] = np.array(instances,
            dtype=[('instance_id', i8), ('instance_type', 'u1'), ('frame_id', 'u8'), ('skeleton', u4), ('track', 'i4'),
                   ('from_predicted', i8), ('score', f4), ('point_id_start', 'u8'), ('point_id_end', 'u8')])
        f['points'] = np.array(points, dtype=[('x', f8), ('y', f8), ('visible', '?'), ('complete', '?')])
        f['pred_points'] = np.array(predicted,
            dtype=[('x', f8), ('y', f8), ('visible', '?'), ('complete', '?'), ('score', f8)])
people = [(100, 100, True, False), (200, 200, True, False), (300, 300, True, False)]
hidden = [(101, 101, True, False), (201, 201, False, False), (301, 301, True, False)]
guess = [(x + 1, y + 1, v, c, .5) for x, y, v, c in people]
# Frame 0: predicted alone. Frame 1: a prediction, and what somebody made of it; the wrist is not seen.
twins = [(0, 1, 0, 0, -1, -1, .9, 0, 3), (1, 1, 1, 0, -1, -1, .9, 3, 6), (2, 0, 1, 0, -1, 1, 0, 0, 3)]
slp('twins.slp', [(0, 0, 0, 0, 1), (1, 0, 1, 1, 3)], twins, hidden, guess * 2)
slp('shared.slp', [(0, 0, 0, 0, 1), (1, 0, 1, 0, 1)], twins[:1], people, guess)
slp('short.slp', [(0, 0, 0, 0, 1)], [(0, 1, 0, 0, -1, -1, .9, 0, 2)], people, guess)
with h5py.File(folder + '/linked.h5', 'w') as f:
    f['tracks'] = h5py.ExternalLink('a.analysis.h5', 'tracks')
    f['node_names'] = np.array([n.encode() for n in names])
with h5py.File(folder + '/outside.h5', 'w') as f:
    open(folder + '/raw.bin', 'wb').write(bytes(2 * 2 * 3 * 4 * 4))
    f.create_dataset('tracks', (2, 2, 3, 4), 'f4', external=[(folder + '/raw.bin', 0, h5py.h5f.UNLIMITED)])
    f['node_names'] = np.array([n.encode() for n in names])
with h5py.File(folder + '/wordy.h5', 'w') as f:
    f['tracks'] = np.zeros((1, 2, 17, 4))
    f.create_dataset('node_names', data=['n' * 1000000] * 17, dtype=h5py.string_dtype())
with h5py.File(folder + '/huge.h5', 'w') as f:
    f.create_dataset('tracks', shape=(2, 2, 3, 200000000), dtype='f8', chunks=(1, 1, 1, 1000))
    f['node_names'] = np.array([n.encode() for n in names])
with h5py.File(folder + '/other.h5', 'w') as f:
    f['x'] = 1
try:
    import pandas as pd, tables
    columns = pd.MultiIndex.from_product([['DLC'], names, ['x', 'y', 'likelihood']],
                                         names=['scorer', 'bodyparts', 'coords'])
    frame = pd.DataFrame(np.arange(18.).reshape(2, 9) / 20 + .05, columns=columns, index=[3, 8])
    frame[[c for c in columns if c[2] != 'likelihood']] += 100
    frame.to_hdf(folder + '/c.h5', 'df_with_missing', format='table', mode='w')
    frame.index = ['img3.png', 'img8.png']
    frame.to_hdf(folder + '/words.h5', 'df_with_missing', format='table', mode='w')
except ImportError:
    pass
)");
    ASSERT_EQ(std::system(("python3 " + script.string() + " " + m_folder.path().string()).c_str()), 0);

    const auto analysis = readSkeletonFile(m_folder / "a.analysis.h5");
    ASSERT_TRUE(analysis.ok()) << analysis.error().message;
    ASSERT_EQ(analysis->track.rows(), 4);
    EXPECT_EQ(analysis->track.persons, 2);
    const auto nose = 0;
    EXPECT_EQ(analysis->track.at(1, 0)[nose], (PosePoint{2, 14, 0.5F}));
    EXPECT_EQ(analysis->track.at(2, 1)[nose], PosePoint{});
    EXPECT_THAT(analysis->notes.front(), HasSubstr("1 of its 3 joints have no place"));

    const auto slp = readSkeletonFile(m_folder / "b.slp");
    ASSERT_TRUE(slp.ok()) << slp.error().message;
    EXPECT_EQ(slp->track.frames, (std::vector<int64_t>{5, 9}));
    ASSERT_EQ(slp->track.persons, 2);
    EXPECT_EQ(slp->track.at(0, 0)[nose], (PosePoint{1, 2, 1}));
    EXPECT_EQ(slp->track.at(0, 1)[nose], (PosePoint{10, 11, 0.25F}));
    EXPECT_EQ(slp->track.at(1, 0)[nose], PosePoint{});
    EXPECT_EQ(slp->track.at(1, 1)[nose], (PosePoint{13, 14, 0.25F}));

    const auto twins = readSkeletonFile(m_folder / "twins.slp");
    ASSERT_TRUE(twins.ok()) << twins.error().message;
    ASSERT_EQ(twins->track.persons, 1);
    const int wrist
        = static_cast<int>(std::ranges::find((**findPoseLayout(twins->track.layout)).points, "left_wrist")
            - (**findPoseLayout(twins->track.layout)).points.begin());
    EXPECT_EQ(twins->track.at(0, 0)[wrist], (PosePoint{201, 201, 0.5F}));
    EXPECT_EQ(twins->track.at(1, 0)[nose], (PosePoint{101, 101, 1}));
    EXPECT_EQ(twins->track.at(1, 0)[wrist], PosePoint{});
    const auto messageOf = [&](const char* name) {
        const auto file = readSkeletonFile(m_folder / name);
        return file ? "it was read" : file.error().message;
    };
    EXPECT_THAT(messageOf("shared.slp"), HasSubstr("its frames share instances"));
    EXPECT_THAT(messageOf("short.slp"), HasSubstr("does not name a point for each of the 3 nodes"));
    EXPECT_THAT(messageOf("linked.h5"), HasSubstr("none of SLEAP"));
    EXPECT_THAT(messageOf("outside.h5"), HasSubstr("tracks: its values lie in another file"));
    EXPECT_THAT(messageOf("wordy.h5"), HasSubstr("node_names: its texts are longer than any names"));

    EXPECT_THAT(readSkeletonFile(m_folder / "huge.h5").error().message,
        HasSubstr("tracks: claims more than 1073741824 values, but the file holds 0 bytes"));
    EXPECT_THAT(readSkeletonFile(m_folder / "other.h5").error().message, HasSubstr("none of SLEAP"));

    if (!python("tables, pandas"))
        return;
    const auto pandas = readSkeletonFile(m_folder / "c.h5");
    ASSERT_TRUE(pandas.ok()) << pandas.error().message;
    EXPECT_EQ(pandas->track.frames, (std::vector<int64_t>{3, 8}));
    EXPECT_NEAR(pandas->track.at(1, 0)[nose].x, 100.5, 1e-4);
    EXPECT_NEAR(pandas->track.at(1, 0)[nose].score, 0.6, 1e-6);
    EXPECT_THAT(messageOf("words.h5"), HasSubstr("texts for an index"));
}

TEST_F(KeypointArrays, OfDamagedHdf5AreRefused)
{
    const std::string magic("\x89HDF\r\n\x1a\n", 8);
    EXPECT_THAT(errorOf("a.h5", magic), HasSubstr("is no HDF5 file that can be read"));
    EXPECT_THAT(
        errorOf("b.h5", magic + std::string(4096, '\xff')), HasSubstr("is no HDF5 file that can be read"));
}

TEST_F(KeypointArrays, OfHdf5HarmedAnywhereNeverCrash)
{
    PoseTrack track = randomTrack(4, 1, 3);
    track.layout = "telltale68";
    ASSERT_TRUE(writePoses(*findPoseFlavour("sleap"), track, {"clip", 0, 0}, m_folder.path()).ok());
    const auto whole = readFile(m_folder / "clip.analysis.h5");
    ASSERT_TRUE(whole.ok());
    Random random(5);
    for (int i = 0; i < 400; ++i) {
        std::string broken = *whole;
        for (int k = 0; k < 1 + i % 8; ++k)
            broken[static_cast<size_t>(random.uniform(0, static_cast<double>(broken.size() - 1)))]
                = static_cast<char>(random.uniform(0, 255));
        if (i % 10 == 0)
            broken.resize(static_cast<size_t>(random.uniform(8, static_cast<double>(broken.size()))));
        const auto file = read("harmed.h5", broken);
        EXPECT_TRUE(file.ok() || !file.error().message.empty());
    }
}
