// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// The graphs of the layout tables, laid out as networks want them, against those of the published code.
#include "base/npy.h"
#include "nn/skeletongraph.h"
#include "pose/layout.h"
#include <cstdlib>
#include <cstring>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using testing::HasSubstr;

namespace {

std::filesystem::path fixtureFolder()
{
    const char* folder = std::getenv("TELLTALE_FIXTURES");
    return folder ? std::filesystem::path(folder)
                  : std::filesystem::path(TELLTALE_SOURCE_DIR) / "../shared/fixtures";
}

SkeletonGraph graphOf(const std::string& layoutName)
{
    const PoseLayout& layout = **findPoseLayout(layoutName);
    return {static_cast<int>(layout.points.size()), layout.graph, layout.centre};
}

struct GraphCase {
    const char* file;
    const char* layout;
    const char* mode;
};

class GraphParity : public testing::TestWithParam<GraphCase> { };

double columnSum(const AdjacencyStack& stack, int slice, int from)
{
    double sum = 0;
    for (int to = 0; to < stack.points; ++to)
        sum += stack.at(slice, to, from);
    return sum;
}

} // namespace

TEST_P(GraphParity, parity_OfTheAdjacencyStack)
{
    const auto file = fixtureFolder() / GetParam().file;
    if (!std::filesystem::exists(file))
        GTEST_SKIP() << file << " is not there";
    const auto expected = readNpy(file);
    ASSERT_TRUE(expected.ok()) << expected.error().message;
    ASSERT_EQ(expected->dtype, "f8");
    const auto mode = graphModeNamed(GetParam().mode);
    ASSERT_TRUE(mode.ok()) << mode.error().message;
    const auto stack = adjacencyStack(graphOf(GetParam().layout), *mode);
    ASSERT_TRUE(stack.ok()) << stack.error().message;
    ASSERT_EQ(expected->shape, (std::vector<int64_t>{stack->slices, stack->points, stack->points}));
    for (size_t i = 0; i < stack->values.size(); ++i) {
        double value = 0;
        std::memcpy(&value, expected->bytes.data() + i * sizeof value, sizeof value);
        ASSERT_NEAR(stack->values[i], value, 1e-12) << "at " << i;
    }
}

INSTANTIATE_TEST_SUITE_P(parity, GraphParity,
    testing::Values(GraphCase{"i_graph_coco_spatial.npy", "coco17", "spatial"},
        GraphCase{"i_graph_coco_stgcn_spatial.npy", "coco17", "stgcn_spatial"},
        GraphCase{"i_graph_coco_binary_adj.npy", "coco17", "binary_adj"},
        GraphCase{"i_graph_nturgb_d_spatial.npy", "kinect25", "spatial"},
        GraphCase{"i_graph_openpose_spatial.npy", "openpose18", "spatial"},
        GraphCase{"i_graph_openpose22_spatial.npy", "imigue22_shipped", "spatial"},
        GraphCase{"i_graph_openpose22_stgcn_spatial.npy", "imigue22_shipped", "stgcn_spatial"},
        GraphCase{"i_graph_openpose22_stgcn_official.npy", "imigue22_shipped", "stgcn_spatial"}),
    [](const testing::TestParamInfo<GraphCase>& instance) {
        const std::string name = instance.param.file;
        return name.substr(0, name.size() - 4);
    });

TEST(SkeletonGraphs, ColumnsOfTheGraphOfEveryLayoutSumToOneOrNothing)
{
    for (const PoseLayout& layout : poseLayouts())
        for (const GraphMode mode : {GraphMode::Spatial, GraphMode::StgcnSpatial}) {
            const auto stack = adjacencyStack(graphOf(layout.name), mode);
            ASSERT_TRUE(stack.ok()) << stack.error().message;
            ASSERT_EQ(stack->slices, 3);
            for (int from = 0; from < stack->points; ++from) {
                double all = 0;
                for (int slice = 0; slice < 3; ++slice) {
                    const double sum = columnSum(*stack, slice, from);
                    all += sum;
                    EXPECT_TRUE(
                        mode == GraphMode::StgcnSpatial || std::abs(sum) < 1e-12 || std::abs(sum - 1) < 1e-12)
                        << layout.name << ", slice " << slice << ", column " << from;
                }
                EXPECT_TRUE(mode == GraphMode::Spatial || std::abs(all - 1) < 1e-12) << layout.name;
            }
        }
}

TEST(SkeletonGraphs, MoreHopsMakeMoreSlicesThatStillShareEachColumn)
{
    const SkeletonGraph chain = {5, {{1, 0}, {2, 1}, {3, 2}, {4, 3}}, 0};
    const auto stack = adjacencyStack(chain, GraphMode::StgcnSpatial, 2);
    ASSERT_TRUE(stack.ok()) << stack.error().message;
    EXPECT_EQ(stack->slices, 5);
    EXPECT_DOUBLE_EQ(stack->at(0, 2, 2), 0.2); // from 2 all five points are within two steps
    EXPECT_DOUBLE_EQ(stack->at(4, 0, 2), 0.2); // two steps, nearer to the centre
    EXPECT_DOUBLE_EQ(stack->at(3, 4, 2), 0.2); // two steps, away from it
    EXPECT_DOUBLE_EQ(stack->at(4, 4, 2), 0);
}

TEST(SkeletonGraphs, NonsenseIsRefusedInWords)
{
    EXPECT_EQ(adjacencyStack({0, {}, 0}, GraphMode::Spatial).error().code, ErrorCode::InvalidArgument);
    EXPECT_EQ(adjacencyStack({3, {}, 3}, GraphMode::Spatial).error().code, ErrorCode::InvalidArgument);
    EXPECT_THAT(adjacencyStack({3, {{1, 3}}, 0}, GraphMode::Spatial).error().message, HasSubstr("1-3"));
    EXPECT_EQ(
        adjacencyStack({3, {}, 0}, GraphMode::StgcnSpatial, 0).error().code, ErrorCode::InvalidArgument);
    EXPECT_EQ(adjacencyStack({1 << 30, {}, 0}, GraphMode::Spatial).error().code, ErrorCode::InvalidArgument);
    EXPECT_THAT(graphModeNamed("ring").error().message, HasSubstr("stgcn_spatial"));
}
