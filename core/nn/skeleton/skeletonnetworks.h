// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "nn/networks.h"
#include "nn/skeletongraph.h"
#include <memory>
#include <vector>

namespace telltale {

/// Networks over the points of skeletons: clips [N, persons, frames, points, channels]. Coordinates that are
/// no numbers count as zeros, and so do persons who are not there. c10::Error with a sentence where the
/// points, channels or persons are not those that the network was built for.
class SkeletonNetwork : public ClipNetwork {
public:
    /// What is seen where and when, [N, persons, features, frames after strides, points].
    virtual torch::Tensor maps(const torch::Tensor& clips) = 0;
    /// Mean over frames and points, then over persons (PYSKL, GCNHead).
    torch::Tensor embed(const torch::Tensor& clips) override;
    /// He-normal kernels; graphs, scales and normalisation as they were when the network was made.
    void drawWeights(uint64_t seed) override;

protected:
    /// To be called at the end of construction: what drawWeights() goes back to.
    void keepStart();

private:
    std::vector<std::pair<torch::Tensor, torch::Tensor>> m_start; ///< tensor of the network, its first values
};

/// How the adjacency of a graph convolution is learned (PYSKL, unit_gcn).
enum class GraphLearning {
    Fixed,
    Init, ///< learned, beginning with the graph (ST-GCN++)
    Offset, ///< the graph plus something learned
    Importance, ///< the graph times something learned, beginning with 1 (ST-GCN)
};

/// Over what the input is normalised.
enum class InputNorm { None, PointsAndChannels, PersonsPointsAndChannels };

/// Stages as PYSKL counts them: the first is 1; stages in `inflate` double the channels, those in `down`
/// halve the frames.
struct GraphStages {
    int64_t channels = 3; ///< of a point
    int64_t baseChannels = 64;
    int64_t count = 10;
    std::vector<int64_t> inflate = {5, 8};
    std::vector<int64_t> down = {5, 8};
};

/// ST-GCN and ST-GCN++ (PYSKL, models/gcns/stgcn.py, utils/gcn.py and utils/tcn.py).
/// Tensors have PYSKL's names without its "backbone.".
struct StGcnOptions {
    GraphStages stages;
    GraphMode mode = GraphMode::Spatial;
    GraphLearning learning = GraphLearning::Init;
    bool residualGraph = true; ///< an own shortcut around each graph convolution
    bool multiScale = true; ///< six temporal branches; otherwise one kernel of nine frames
    InputNorm norm = InputNorm::PointsAndChannels;
    int64_t persons = 1; ///< PersonsPointsAndChannels alone is bound to it
};
StGcnOptions stGcnPlusPlus();
StGcnOptions stGcn();
/// InvalidArgument names the number that does not fit.
Result<std::shared_ptr<SkeletonNetwork>> makeStGcn(const SkeletonGraph& graph, const StGcnOptions& options);

/// CTR-GCN (PYSKL, models/gcns/ctrgcn.py), with PYSKL's tensor names.
struct CtrGcnOptions {
    GraphStages stages;
    int64_t kernel = 5;
    std::vector<int64_t> dilations = {1, 2};
    int64_t persons = 1; ///< the input's normalisation is bound to it; missing ones are zeros
    /// As the authors' own repository (Uason-Chen/CTR-GCN) computes: the learned graph is applied the other
    /// way round, temporal branches are not rectified, and the relations of a stage with 3 or 9 channels
    /// alone have 8 of their own. Weights of one do not fit the other.
    bool original = false;
};
Result<std::shared_ptr<SkeletonNetwork>> makeCtrGcn(const SkeletonGraph& graph, const CtrGcnOptions& options);

/// One stage of CTR-GCN: [N, in, frames, points] to [N, out, frames / stride, points].
struct CtrGcnUnit {
    int64_t in = 64;
    int64_t out = 64;
    int64_t stride = 1;
    bool residual = true;
};
Result<torch::nn::AnyModule> makeCtrGcnUnit(
    const SkeletonGraph& graph, const CtrGcnUnit& unit, const CtrGcnOptions& options);

/// Decoupled spatial-temporal network over any number of points: operators over points and operators over
/// frames, which never share a kernel (after the name in arXiv 2606.13030 and the block of papers 1.3 c; the
/// sizes, learned places and pooling are ours).
struct DecoupledOptions {
    int64_t channels = 3; ///< of a point; the last one is its score, 0 where it is missing
    std::vector<int64_t> widths = {64, 64, 64, 128, 128, 256, 256}; ///< channels after each block
    std::vector<int64_t> strides = {1, 1, 1, 2, 1, 2, 1}; ///< in time, of each block
    /// Places that each block sees: so many learned mixtures of the points or places before it. 0: as many
    /// as before. Fewer places make a network that many times faster.
    std::vector<int64_t> places = {0, 0, 0, 0, 0, 0, 0};
    int64_t groups = 8; ///< learned matrices over points of a block, each for its share of the channels
    int64_t kernel = 5; ///< frames
    std::vector<int64_t> dilations = {1, 2}; ///< a kernel for each
    bool motion = false; ///< differences to the next frame as further input
    bool bones = false; ///< differences to the point inward as further input
};
Result<std::shared_ptr<ClipNetwork>> makeDecoupled(
    const SkeletonGraph& graph, const DecoupledOptions& options);

} // namespace telltale
