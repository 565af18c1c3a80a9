// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/sparsestem.h"
#include "nn/stempatches.h"
#include "nn/threadcount.h"
#include <ATen/Parallel.h>
#include <algorithm>
#include <cmath>
#include <string>

namespace telltale {
namespace {

constexpr int kLongestSide = 1 << 12;
constexpr int64_t kMostNumbers = int64_t{1} << 36;
constexpr size_t kTaps = static_cast<size_t>(kStemKernel) * kStemKernel;

Error wrong(const std::string& what) { return {ErrorCode::InvalidArgument, "pose stem: " + what}; }

bool touch(const PatchRange& a, const PatchRange& b) { return a.first < b.last && b.first < a.last; }

PatchRange joined(const PatchRange& a, const PatchRange& b)
{
    return {std::min(a.first, b.first), std::max(a.last, b.last)};
}

/// What one thread works with.
class StemWorker {
public:
    StemWorker(const StemPoints& points, const StemOptions& options)
        : m_points(points)
        , m_options(options)
        , m_axis(static_cast<size_t>(std::max(points.height, points.width) + kLanes))
        , m_axes(2 * m_axis * static_cast<size_t>(std::max(points.persons, 1)))
        , m_union(m_axis)
        , m_frame(static_cast<size_t>(points.height) * static_cast<size_t>(points.width) * kStemBlock)
        , m_scratch(static_cast<size_t>(kStemKernel) * static_cast<size_t>(points.width + 2 * kStemPadding)
              * kStemBlock)
    {
        m_patches.reserve(static_cast<size_t>(points.persons));
    }

    /// One block of outputs of one frame. `kernel`: [inputs][7][7][32], `bias`: [32].
    void run(int64_t frame, const float* kernel, const float* bias, int outputs, float* out)
    {
        const StemFrame values{m_frame.data(), m_points.height, m_points.width};
        for (size_t at = 0; at < m_frame.size(); at += kStemBlock)
            std::copy_n(bias, kStemBlock, m_frame.data() + at);
        for (int point = 0; point < m_points.points; ++point, kernel += kTaps * kStemBlock) {
            collect(frame, point);
            while (!m_patches.empty())
                addGroup(values, kernel);
        }
        const int64_t plane = int64_t{m_points.height} * m_points.width;
        writeStemFrame(values, m_options, outputs, out, m_points.frames * plane, m_scratch.data());
    }

private:
    void collect(int64_t frame, int point)
    {
        for (int person = 0; person < m_points.persons; ++person) {
            const int64_t at = ((person * m_points.frames + frame) * m_points.points + point) * 3;
            float* const axes = m_axes.data() + 2 * m_axis * static_cast<size_t>(person);
            const StemPatch patch
                = stemPatch(m_points.values.data() + at, m_points, m_options, axes, axes + m_axis);
            if (!patch.xs.empty())
                m_patches.push_back(patch);
        }
    }

    /// Takes the last patch with all that touch it, directly or by others. One alone is separable; of several
    /// the maximum counts, row by row.
    void addGroup(const StemFrame& frame, const float* kernel)
    {
        if (m_patches.size() == 1) {
            addPatch(frame, m_patches.front(), kernel, m_scratch.data());
            m_patches.clear();
            return;
        }
        std::vector<StemPatch> group{m_patches.back()};
        m_patches.pop_back();
        PatchRange xs = group.front().xs;
        PatchRange ys = group.front().ys;
        for (size_t i = 0; i < m_patches.size();) {
            if (!touch(xs, m_patches[i].xs) || !touch(ys, m_patches[i].ys)) {
                ++i;
                continue;
            }
            xs = joined(xs, m_patches[i].xs);
            ys = joined(ys, m_patches[i].ys);
            group.push_back(m_patches[i]);
            m_patches.erase(m_patches.begin() + static_cast<ptrdiff_t>(i));
            i = 0;
        }
        if (group.size() == 1) {
            addPatch(frame, group.front(), kernel, m_scratch.data());
            return;
        }
        constexpr float kWhole = 1;
        for (int y = ys.first; y < ys.last; ++y) {
            std::fill(m_union.begin(), m_union.end(), 0.0f);
            for (const StemPatch& patch : group)
                for (int x = patch.xs.first; x < patch.xs.last && y >= patch.ys.first && y < patch.ys.last;
                     ++x) {
                    const float value = patch.columns[static_cast<size_t>(x - patch.xs.first)]
                        * patch.rows[static_cast<size_t>(y - patch.ys.first)];
                    float& most = m_union[static_cast<size_t>(x - xs.first)];
                    most = std::max(most, value);
                }
            addPatch(frame, {xs, {y, y + 1}, m_union, {&kWhole, 1}}, kernel, m_scratch.data());
        }
    }

    const StemPoints& m_points;
    const StemOptions& m_options;
    size_t m_axis;
    std::vector<float> m_axes; ///< columns and rows of each person
    std::vector<float> m_union;
    std::vector<float> m_frame;
    std::vector<float> m_scratch;
    std::vector<StemPatch> m_patches;
};

Status checked(const StemPoints& points, const StemOptions& options, int inputs, int outputs)
{
    if (points.points != inputs)
        return wrong("it was made for " + std::to_string(inputs) + " points, these are "
            + std::to_string(points.points));
    if (points.persons < 0 || points.frames < 0 || points.height < 1 || points.width < 1
        || points.height > kLongestSide || points.width > kLongestSide)
        return wrong("maps have from 1 to " + std::to_string(kLongestSide) + " pixels on a side");
    const double numbers
        = static_cast<double>(points.frames) * points.height * points.width * std::max(outputs, 1);
    if (numbers > static_cast<double>(kMostNumbers))
        return wrong("the output would be too large, run fewer frames at a time");
    if (points.values.size()
        != static_cast<size_t>(points.persons) * static_cast<size_t>(points.frames)
            * static_cast<size_t>(inputs) * 3)
        return wrong("there are other numbers than three for each point");
    if (!(options.sigma > 0) || !std::isfinite(options.sigma))
        return wrong("sigma has to be a positive number");
    return {};
}

} // namespace

Result<StemWeights> foldBatchNorm(StemWeights stem, const BatchNormWeights& norm)
{
    const auto outputs = static_cast<size_t>(std::max(stem.outputs, 0));
    for (const auto* values : {&norm.weight, &norm.bias, &norm.mean, &norm.variance})
        if (values->size() != outputs)
            return wrong("the normalisation is that of another number of outputs");
    if (outputs == 0 || stem.kernel.size() % outputs != 0)
        return wrong("the kernel is not that of its outputs");
    stem.bias.resize(outputs);
    const size_t taps = stem.kernel.size() / outputs;
    for (size_t i = 0; i < outputs; ++i) {
        const double scale = norm.weight[i] / std::sqrt(static_cast<double>(norm.variance[i]) + norm.epsilon);
        for (size_t tap = i * taps; tap < (i + 1) * taps; ++tap)
            stem.kernel[tap] = static_cast<float>(stem.kernel[tap] * scale);
        stem.bias[i]
            = static_cast<float>((static_cast<double>(stem.bias[i]) - norm.mean[i]) * scale + norm.bias[i]);
    }
    return stem;
}

Result<SparseStem> SparseStem::create(const StemWeights& weights)
{
    if (weights.inputs < 1 || weights.outputs < 1
        || weights.kernel.size()
            != static_cast<size_t>(weights.inputs) * static_cast<size_t>(weights.outputs) * kTaps
        || (!weights.bias.empty() && weights.bias.size() != static_cast<size_t>(weights.outputs)))
        return wrong(
            "the kernel is not outputs x inputs x 7 x 7, or the bias not one number for each output");
    SparseStem stem;
    stem.m_inputs = weights.inputs;
    stem.m_outputs = weights.outputs;
    const auto inputs = static_cast<size_t>(weights.inputs);
    const size_t blocks = (static_cast<size_t>(weights.outputs) + kStemBlock - 1) / kStemBlock;
    stem.m_kernel.resize(blocks * inputs * kTaps * kStemBlock);
    stem.m_bias.resize(blocks * kStemBlock);
    for (size_t output = 0; output < static_cast<size_t>(weights.outputs); ++output) {
        const size_t block = output / kStemBlock;
        const size_t lane = output % kStemBlock;
        stem.m_bias[output] = weights.bias.empty() ? 0 : weights.bias[output];
        for (size_t tap = 0; tap < inputs * kTaps; ++tap)
            stem.m_kernel[(block * inputs * kTaps + tap) * kStemBlock + lane]
                = weights.kernel[output * inputs * kTaps + tap];
    }
    return stem;
}

Status SparseStem::run(const StemPoints& points, const StemOptions& options, std::span<float> out) const
{
    if (Status status = checked(points, options, m_inputs, m_outputs); !status)
        return status;
    const int64_t plane = int64_t{points.height} * points.width;
    if (out.size() != static_cast<size_t>(m_outputs * points.frames * plane))
        return wrong("the memory given is not that of the output");
    const size_t blockSize = static_cast<size_t>(m_inputs) * kTaps * kStemBlock;
    // LibTorch's own threads: others would find the cores taken by those, which wait for work in a loop.
    const ThreadCount count(std::max(options.threads, 1));
    const int64_t slice = (points.frames + at::get_num_threads() - 1) / at::get_num_threads();
    at::parallel_for(0, points.frames, std::max<int64_t>(slice, 1), [&](int64_t first, int64_t last) {
        StemWorker worker(points, options);
        for (int64_t frame = first; frame < last; ++frame)
            for (int output = 0; output < m_outputs; output += kStemBlock) {
                const auto block = static_cast<size_t>(output / kStemBlock);
                worker.run(frame, m_kernel.data() + block * blockSize, m_bias.data() + output,
                    std::min(m_outputs - output, kStemBlock),
                    out.data() + (output * points.frames + frame) * plane);
            }
    });
    return {};
}

Result<NdArray> SparseStem::run(const StemPoints& points, const StemOptions& options) const
{
    if (Status status = checked(points, options, m_inputs, m_outputs); !status)
        return status.error();
    NdArray out({m_outputs, points.frames, points.height, points.width});
    if (Status status = run(points, options, out.values); !status)
        return status.error();
    return out;
}

} // namespace telltale
