// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/framesource.h"
#include "pose/estimator.h"
#include "posefiles.h"
#include <algorithm>
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <sstream>

using namespace telltale;
using testing::HasSubstr;

namespace {

/// Columns of a csv with a header, as numbers.
std::map<std::string, std::vector<double>> readColumns(const std::filesystem::path& file)
{
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    std::vector<std::string> names;
    std::istringstream header(line);
    for (std::string name; std::getline(header, name, ',');)
        names.push_back(name);
    std::map<std::string, std::vector<double>> columns;
    while (std::getline(in, line)) {
        std::istringstream row(line);
        size_t i = 0;
        for (std::string cell; std::getline(row, cell, ',') && i < names.size(); ++i)
            columns[names[i]].push_back(cell.empty() ? NAN : std::stod(cell));
    }
    return columns;
}

} // namespace

TEST(PoseModels, OtherFilesAreRefusedWithTheKindsThatAreRead)
{
    const ScratchFolder folder("models");
    folder.write("text.pb", "a shopping list");
    folder.write("text.onnx", "a shopping list");
    folder.write("text.caffemodel", "a shopping list");
    folder.write("weights.pth", "PK");
    folder.write("notes.txt", "a shopping list");
    for (const char* name : {"text.pb", "text.onnx", "text.caffemodel", "weights.pth", "notes.txt"}) {
        const auto model = openPoseModel(folder / name);
        ASSERT_FALSE(model.ok()) << name;
        EXPECT_EQ(model.error().code, ErrorCode::BadFormat) << name;
        EXPECT_THAT(model.error().message, HasSubstr(name));
        EXPECT_THAT(model.error().message, HasSubstr("ONNX"));
    }
    EXPECT_EQ(openPoseModel(folder / "absent.onnx").error().code, ErrorCode::NotFound);
    EXPECT_EQ(openPoseModel(folder.path()).error().code, ErrorCode::BadFormat);
}

TEST(PoseModels, CardThatMakesNoSenseIsNamed)
{
    const ScratchFolder folder("cards");
    folder.write("m.onnx", "x");
    const std::map<std::string, std::string> cards
        = {{"{\"inputWidth\": 3}", "inputWidth"}, {"{\"decoder\": \"magic\"}", "magic"},
            {"{\"scale\": \"wide\"}", "wrong type"}, {"[]", "not a JSON object"}};
    for (const auto& [card, mention] : cards) {
        folder.write("m.onnx.card.json", card);
        const auto model = openPoseModel(folder / "m.onnx");
        ASSERT_FALSE(model.ok());
        EXPECT_THAT(model.error().message, HasSubstr("m.onnx.card.json"));
        EXPECT_THAT(model.error().message, HasSubstr(mention));
    }
}

TEST(RealPoseModels, UnreadableOnesAreRefused)
{
    const auto models = testdataFolder() / "models";
    if (!std::filesystem::exists(models))
        GTEST_SKIP() << models << " is not there";
    for (const char* name : {"tfpose_mobilenet_v2_small_graph_opt.pb", "mediapipe_blazeface.pth"}) {
        const auto model = openPoseModel(models / name);
        ASSERT_FALSE(model.ok()) << name;
        EXPECT_EQ(model.error().code, ErrorCode::BadFormat);
        EXPECT_THAT(model.error().message, HasSubstr(name));
    }
}

TEST(RealPoseModels, EachKindIsToldByItsOutput)
{
    const auto models = testdataFolder() / "models";
    if (!std::filesystem::exists(models))
        GTEST_SKIP() << models << " is not there";
    const std::map<std::string, std::pair<std::string, size_t>> expected
        = {{"hourglass_mobilenetv2_14kp_192.pb", {"mobile14", 14}},
            {"tfpose_mobilenet_v2_small_432x368.pb", {"openpose18", 18}}};
    const std::vector<uint8_t> black(static_cast<size_t>(64) * 48 * 4);
    for (const auto& [name, kind] : expected) {
        const auto model = openPoseModel(models / name);
        ASSERT_TRUE(model.ok()) << model.error().message;
        EXPECT_EQ((*model)->card().layout, kind.first);
        const auto points = (*model)->estimate(black, 64, 48);
        ASSERT_TRUE(points.ok()) << points.error().message;
        EXPECT_EQ(points->size(), kind.second);
        EXPECT_EQ((*model)->estimate(black, 640, 480).error().code, ErrorCode::InvalidArgument);
    }
}

TEST(RealPoseModels, ABareHandIsNoBody)
{
    const auto video = testdataFolder() / "video/open_hand_mediapipe.mp4";
    const auto file = testdataFolder() / "models/cpm_mobilenetv2_14kp_192.pb";
    if (!std::filesystem::exists(video) || !std::filesystem::exists(file))
        GTEST_SKIP() << video << " or " << file << " is not there";
    const auto source = openVideo(video);
    ASSERT_TRUE(source.ok()) << source.error().message;
    const auto model = openPoseModel(file);
    ASSERT_TRUE(model.ok()) << model.error().message;
    int pictures = 0;
    int bodies = 0;
    for (int64_t frame = 0; frame < 202; frame += 20) {
        const auto read = (*source)->read(frame);
        ASSERT_TRUE(read.ok()) << read.error().message;
        const auto points = (*model)->estimate(read->picture.bgra, read->picture.width, read->picture.height);
        ASSERT_TRUE(points.ok()) << points.error().message;
        ++pictures;
        bodies += std::any_of(points->begin(), points->end(), [](const PosePoint& p) { return p.score > 0; });
    }
    EXPECT_LE(bodies, pictures / 5);
}

TEST(RealPoseModels, ShouldersAndWristsOfTheSeatedClipLieWhereMediaPipeSeesThem)
{
    const auto video = testdataFolder() / "video/seated_hands_518f.mp4";
    const auto file = testdataFolder() / "models/cpm_mobilenetv2_14kp_192.pb";
    if (!std::filesystem::exists(video) || !std::filesystem::exists(file))
        GTEST_SKIP() << video << " or " << file << " is not there";
    const auto truth = readColumns(testdataFolder() / "video/seated_hands_518f.mediapipe_body.csv");
    const auto source = openVideo(video);
    ASSERT_TRUE(source.ok()) << source.error().message;
    const auto model = openPoseModel(file);
    ASSERT_TRUE(model.ok()) << model.error().message;
    PoseTrack track;
    track.layout = (*model)->card().layout;
    track.persons = 1;
    track.pointCount = 14;
    for (int64_t frame = 0; frame < 518; frame += 8) {
        const auto read = (*source)->read(frame);
        ASSERT_TRUE(read.ok()) << read.error().message;
        const Picture& picture = read->picture;
        const auto points = (*model)->estimate(picture.bgra, picture.width, picture.height);
        ASSERT_TRUE(points.ok()) << points.error().message;
        track.frames.push_back(frame);
        track.points.insert(track.points.end(), points->begin(), points->end());
    }
    const auto mapped = mapTo68(track);
    ASSERT_TRUE(mapped.ok());
    const auto place = [&](const std::string& name, int64_t frame, double& x, double& y) {
        x = truth.at("X_" + name)[static_cast<size_t>(frame)] * 1280;
        y = truth.at("Y_" + name)[static_cast<size_t>(frame)] * 720;
    };
    const std::map<int, std::string> wanted
        = {{5, "LEFT_SHOULDER"}, {6, "RIGHT_SHOULDER"}, {9, "LEFT_WRIST"}, {10, "RIGHT_WRIST"}};
    for (const auto& [point, name] : wanted) {
        int right = 0;
        for (int64_t row = 0; row < mapped->rows(); ++row) {
            const int64_t frame = mapped->frames[static_cast<size_t>(row)];
            double x = 0, y = 0, lx = 0, ly = 0, rx = 0, ry = 0;
            place(name, frame, x, y);
            place("LEFT_SHOULDER", frame, lx, ly);
            place("RIGHT_SHOULDER", frame, rx, ry);
            const PosePoint& p = mapped->at(row, 0)[point];
            right += p.score > 0 && std::hypot(p.x - x, p.y - y) < 0.5 * std::hypot(lx - rx, ly - ry);
        }
        EXPECT_GE(static_cast<double>(right) / static_cast<double>(mapped->rows()), 0.9) << name;
    }
}
