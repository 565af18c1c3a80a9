// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/train/tensormap.h"
#include "learn/train/trainrecipe.h"
#include "learn/train/updatekernels.h"
#include <torch/nn/module.h>
#include <vector>

namespace telltale {

/// AdamW or SGD over the parameters of a stream's module: kernels and matrices decay, what has less than two
/// dimensions does not, "backbone.*" has its own rate. PyTorch's formulas in one pass over memory on the
/// CPU, in PyTorch's joint operations elsewhere. Errors are c10::Error.
class StreamOptimizer {
public:
    /// Whether weight decay applies to a parameter.
    using DecayRule = bool (*)(const std::string& name, const torch::Tensor& parameter);

    /// `joint`: PyTorch's joint operations on the CPU too. `decays`: null for the rule above.
    StreamOptimizer(const torch::nn::Module& module, const TrainRecipe& recipe, bool joint = false,
        DecayRule decays = nullptr);

    /// Drops all gradients.
    void clear();
    /// Euclidean norm of all gradients together; on the CPU the same for any number of threads.
    torch::Tensor gradientNorm() const;
    /// One step at this learning rate with every gradient multiplied by `gradientScale`.
    void step(double rate, double gradientScale);

    /// Shares memory with the optimizer; names start with "optimizer.".
    TensorMap state() const;
    int64_t steps() const { return m_steps; }
    void setSteps(int64_t steps) { m_steps = steps; }

private:
    struct Parameter {
        std::string name;
        torch::Tensor weights;
        torch::Tensor first; ///< AdamW: mean of the gradients; SGD: velocity, undefined without momentum
        torch::Tensor second; ///< AdamW: mean of their squares
        double decay = 0;
        double rate = 1; ///< factor
    };
    /// Piece of a parameter that one thread works on.
    struct Piece {
        size_t parameter;
        int64_t first;
        int64_t count;
    };

    /// A gradient that lies in memory as its weights do.
    static torch::Tensor gradientOf(const Parameter& parameter);
    AdamWStep adamwStep(const Parameter& parameter, double rate, double gradientScale) const;
    SgdStep sgdStep(const Parameter& parameter, double rate, double gradientScale) const;
    void stepPieces(double rate, double gradientScale);
    void stepTogether(double rate, double gradientScale);

    const TrainRecipe m_recipe;
    const bool m_adamw;
    bool m_joint;
    std::vector<Parameter> m_parameters;
    std::vector<Piece> m_pieces;
    int64_t m_steps = 0;
};

} // namespace telltale
