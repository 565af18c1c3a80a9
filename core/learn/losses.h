// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/ndarray.h"
#include "base/result.h"
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <torch/nn/module.h>
#include <torch/nn/modules/linear.h>

namespace telltale {

/// What networks of clips are trained with: losses on class scores and the semantic branch. All of them work
/// in float32 also where autocast handed them halves, on the device of their first argument; errors are
/// c10::Error. `targets` are either classes (int64 [N]) or shares of the classes (floating [N, C], rows that
/// sum to 1: mixed clips, soft pseudo-labels).

/// How much classes and samples count. An undefined tensor: all alike.
struct LossWeights {
    torch::Tensor classes; ///< [C], not negative
    torch::Tensor samples; ///< [N], not negative
};

/// Targets as shares [N, classes], float32.
torch::Tensor targetShares(const torch::Tensor& targets, int64_t classes);

/// Cross-entropy of logits [N, C], divided by the sum of the weights used, as PyTorch does for classes and
/// PYSKL for shares; `smoothing` spreads that share of a target over all classes before
/// the class weights count (PyTorch). 0 where all the weights are 0.
torch::Tensor crossEntropy(const torch::Tensor& logits, const torch::Tensor& targets,
    const LossWeights& weights = {}, double smoothing = 0);

/// Class-balanced focal loss on sigmoids (Cui et al. 2019, their published code): summed over the classes,
/// divided by the sum of the targets.
torch::Tensor balancedFocal(
    const torch::Tensor& logits, const torch::Tensor& targets, const LossWeights& weights, double gamma);
/// What the same code calls "softmax": binary cross-entropy of the softmax, mean over samples and classes.
torch::Tensor balancedSoftmax(
    const torch::Tensor& logits, const torch::Tensor& targets, const LossWeights& weights);

/// Which of these a recipe asks for.
enum class ClassLossKind { CrossEntropy, BalancedFocal, BalancedSoftmax };
struct ClassLossOptions {
    ClassLossKind kind = ClassLossKind::CrossEntropy;
    double smoothing = 0; ///< of cross-entropy
    double gamma = 2; ///< of the focal loss (Lin et al. 2017)
};
/// "cross-entropy", "focal", "balanced-softmax". InvalidArgument lists the names.
Result<ClassLossKind> classLossKind(std::string_view name);
torch::Tensor classLoss(const torch::Tensor& logits, const torch::Tensor& targets, const LossWeights& weights,
    const ClassLossOptions& options);

enum class SemanticKind {
    None, ///< no branch: the loss is 0
    Mse, ///< squared distance to the label vector (winner of MiGA 2023, its published code)
    Ose, ///< cosine to the orthogonal label vector, away from the vectors of the other classes
    Opl, ///< batch orthogonal projection on the features themselves (Ranasinghe et al. 2021); no label
         ///< vectors
    Proto, ///< as Ose, to prototypes that are learned and kept orthonormal by a penalty
};
struct SemanticOptions {
    SemanticKind kind = SemanticKind::None;
    double lambda = 0; ///< weight beside the class loss
    double mu = 0; ///< weight of what keeps classes apart within the semantic loss: Ose, Proto
    int64_t dimension = 300; ///< of Proto without label vectors; with them theirs counts
};
/// "none", "mse", "ose", "opl", "proto" with our constants for them, 20 for mse as its authors have; a recipe
/// may set others. InvalidArgument lists the names.
Result<SemanticOptions> semanticOptions(std::string_view name);

/// The semantic branch of one stream: pulls features towards what the labels mean while training; nothing of
/// it is needed afterwards. The total loss is classLoss() + loss(). One thread at a time.
class SemanticHead : public torch::nn::Module {
public:
    /// Use makeSemanticHead(), which checks what it is given.
    SemanticHead(
        const SemanticOptions& options, int64_t features, const torch::Tensor& vectors, uint64_t seed);

    /// Features [N, F] before dropout to label space [N, dimension]; unit length but for Mse. Opl: the
    /// features, unit length.
    torch::Tensor embed(const torch::Tensor& features);
    /// lambda times the semantic loss, a scalar. Finite for batches of one clip or one class, and for label
    /// vectors that are 0.
    torch::Tensor loss(
        const torch::Tensor& features, const torch::Tensor& targets, const LossWeights& weights = {});
    const SemanticOptions& options() const { return m_options; }

private:
    torch::Tensor alignment(
        const torch::Tensor& features, const torch::Tensor& targets, const LossWeights& weights);
    torch::Tensor distance(
        const torch::Tensor& features, const torch::Tensor& targets, const LossWeights& weights);
    torch::Tensor batchProjection(
        const torch::Tensor& features, const torch::Tensor& targets, const LossWeights& weights);

    SemanticOptions m_options;
    torch::nn::Linear m_project{nullptr};
    torch::Tensor m_vectors; ///< [classes, dimension]: a buffer, for Proto a parameter
};

/// `labels` [classes, D]: the final targets, one row per class (for Ose already orthogonal). Opl ignores
/// them, Proto starts from them or, where they are empty, from random orthogonal rows drawn from `seed`.
/// InvalidArgument: the wrong number of rows, none where some are needed, or a number that is not finite.
Result<std::shared_ptr<SemanticHead>> makeSemanticHead(
    const SemanticOptions& options, int64_t features, int64_t classes, const NdArray& labels, uint64_t seed);

} // namespace telltale
