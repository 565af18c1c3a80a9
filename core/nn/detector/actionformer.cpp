// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/detector/actionformer.h"
#include "nn/detector/pyramidblock.h"
#include <cmath>

namespace telltale {

using torch::Tensor;

namespace {

/// How far both ends of a new detector's spans are away from their points, in strides. Released code begins
/// with 0, where the rectifier behind it can shut an end for good. Ours.
constexpr double kFirstOffset = 1;

void check(const ActionFormerOptions& options)
{
    TORCH_CHECK(options.inputs > 0 && options.classes > 0 && options.width > 0 && options.heads > 0,
        "the detector needs features, classes, a width and heads");
    TORCH_CHECK(options.width % options.heads == 0, "a width of ", options.width, " cannot be shared by ",
        options.heads, " heads");
    TORCH_CHECK(options.convolutions > 0 && options.stem >= 0 && options.branches >= 0
            && options.headConvolutions >= 0 && options.widening > 0,
        "the detector needs at least one convolution, and no count below 0");
    TORCH_CHECK(options.kernel > 0 && options.kernel % 2 == 1, "a kernel has an odd number of taps, not ",
        options.kernel);
    TORCH_CHECK(options.prior > 0 && options.prior < 1, "the prior of a class lies between 0 and 1");
}

torch::nn::Conv1dOptions headKernel(const ActionFormerOptions& options, int64_t outputs)
{
    return torch::nn::Conv1dOptions(options.width, outputs, options.kernel);
}

void drawUniform(const Tensor& kernel, Random& random)
{
    const auto summed = static_cast<double>(kernel.numel() / kernel.size(0));
    const double most = 1 / std::sqrt(summed);
    std::vector<float> values(static_cast<size_t>(kernel.numel()));
    for (float& value : values)
        value = static_cast<float>(random.uniform(-most, most));
    kernel.copy_(torch::from_blob(values.data(), kernel.sizes()));
}

} // namespace

struct ActionFormer::Parts {
    explicit Parts(const ActionFormerOptions& options)
        : embed(convUnits(options.inputs, options.width, options.kernel, options.convolutions))
        , classUnits(convUnits(options.width, options.width, options.kernel, options.headConvolutions))
        , offsetUnits(convUnits(options.width, options.width, options.kernel, options.headConvolutions))
        , classHead(headKernel(options, options.classes))
        , offsetHead(headKernel(options, 2))
    {
        constexpr int64_t kHalve = 2;
        for (int64_t i = 0; i < options.stem; ++i)
            stem->push_back(PyramidBlock(options, 1));
        for (int64_t i = 0; i < options.branches; ++i)
            branch->push_back(PyramidBlock(options, kHalve));
        for (int64_t i = 0; i < options.levels(); ++i)
            norms->push_back(channelNorm(options.width, kPyramidNormEpsilon));
    }

    torch::nn::ModuleList embed;
    torch::nn::ModuleList stem;
    torch::nn::ModuleList branch;
    torch::nn::ModuleList norms;
    torch::nn::ModuleList classUnits;
    torch::nn::ModuleList offsetUnits;
    torch::nn::Conv1d classHead;
    torch::nn::Conv1d offsetHead;
    std::vector<Tensor> scales; ///< of the offsets, by level

    /// Levels, finest first, before their norms.
    std::vector<MaskedSequence> levels(const Tensor& features, const Tensor& mask)
    {
        const auto inside = mask.to(features.scalar_type()).unsqueeze(2);
        // Whatever lies there, even what is no number.
        const auto seen = features.transpose(1, 2).masked_fill(inside == 0, 0);
        MaskedSequence x{throughUnits(embed, {seen, inside}), inside};
        for (const auto& block : *stem)
            x = block->as<PyramidBlock>()->forward(x);
        std::vector<MaskedSequence> all{x};
        for (const auto& block : *branch) {
            x = block->as<PyramidBlock>()->forward(x);
            all.push_back(x);
        }
        return all;
    }

    DetectorLevel said(size_t at, const MaskedSequence& sequence)
    {
        const MaskedSequence x{
            norms[at]->as<torch::nn::LayerNorm>()->forward(sequence.values), sequence.mask};
        DetectorLevel level;
        level.logits = convolved(throughUnits(classUnits, x), classHead);
        level.offsets = torch::relu(convolved(throughUnits(offsetUnits, x), offsetHead) * scales[at]);
        level.mask = x.mask.squeeze(2) != 0;
        return level;
    }
};

ActionFormer::ActionFormer(const ActionFormerOptions& options, uint64_t seed) : m_options(options)
{
    check(options);
    m_parts = std::make_unique<Parts>(options);
    const auto group = [](Module& parent, const std::string& name) {
        return parent.register_module(name, std::make_shared<Module>());
    };
    const auto projection = group(*this, "projection");
    projection->register_module("embed", m_parts->embed);
    projection->register_module("stem", m_parts->stem);
    projection->register_module("branch", m_parts->branch);
    group(*this, "neck")->register_module("fpn_norms", m_parts->norms);
    const auto head = group(*this, "rpn_head");
    head->register_module("cls_convs", m_parts->classUnits);
    head->register_module("reg_convs", m_parts->offsetUnits);
    head->register_module("cls_head", m_parts->classHead);
    head->register_module("reg_head", m_parts->offsetHead);
    const auto scales = group(*head, "scale");
    for (int64_t level = 0; level < options.levels(); ++level)
        m_parts->scales.push_back(
            group(*scales, std::to_string(level))->register_parameter("scale", torch::ones({})));
    drawWeights(seed);
}

ActionFormer::~ActionFormer() = default;

std::vector<DetectorLevel> ActionFormer::forward(const Tensor& features, const Tensor& mask)
{
    checkInput(features, mask);
    std::vector<DetectorLevel> levels;
    levels.reserve(m_parts->scales.size());
    for (const MaskedSequence& x : m_parts->levels(features, mask))
        levels.push_back(m_parts->said(levels.size(), x));
    return levels;
}

std::vector<Tensor> ActionFormer::pyramid(const Tensor& features, const Tensor& mask)
{
    checkInput(features, mask);
    std::vector<Tensor> levels;
    levels.reserve(static_cast<size_t>(m_options.levels()));
    for (const MaskedSequence& x : m_parts->levels(features, mask))
        levels.push_back(x.values.transpose(1, 2));
    return levels;
}

void ActionFormer::checkInput(const Tensor& features, const Tensor& mask) const
{
    TORCH_CHECK(features.dim() == 3 && features.size(1) == m_options.inputs && features.size(2) > 0,
        "the detector reads features [N, ", m_options.inputs, ", T], not ", features.sizes());
    TORCH_CHECK(mask.dim() == 2 && mask.size(0) == features.size(0) && mask.size(1) == features.size(2),
        "the mask of features ", features.sizes(), " is [N, T], not ", mask.sizes());
}

void ActionFormer::drawWeights(uint64_t seed)
{
    const torch::NoGradGuard guard;
    Random random(seed);
    for (auto& item : named_parameters()) {
        const std::string& name = item.key();
        Tensor& parameter = item.value();
        if (name == "rpn_head.cls_head.bias")
            parameter.fill_(-std::log((1 - m_options.prior) / m_options.prior));
        else if (name == "rpn_head.reg_head.bias")
            parameter.fill_(kFirstOffset);
        else if (name.ends_with("bias"))
            parameter.zero_();
        else if (isDecayed(name, parameter))
            drawUniform(parameter, random);
        else
            parameter.fill_(name.find("drop_path") == std::string::npos ? 1 : m_options.layerScale);
    }
}

bool isDecayed(const std::string& name, const Tensor& parameter)
{
    return name.ends_with("weight") && parameter.dim() > 1;
}

} // namespace telltale
