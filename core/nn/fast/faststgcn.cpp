// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/fast/faststgcn.h"
#include "nn/fast/faststgcnblock.h"
#include "nn/skeleton/graphblocks.h"
#include <ATen/Parallel.h>
#include <mutex>

namespace telltale {

namespace {

using torch::Tensor;

/// Memory of calls that ended, for the next ones: from the system it comes page by page.
class ScratchPool {
public:
    FastScratch take()
    {
        const std::lock_guard lock(m_guard);
        if (m_free.empty())
            return {};
        FastScratch scratch = std::move(m_free.back());
        m_free.pop_back();
        return scratch;
    }
    void giveBack(FastScratch scratch)
    {
        const std::lock_guard lock(m_guard);
        m_free.push_back(std::move(scratch));
    }

private:
    std::mutex m_guard;
    std::vector<FastScratch> m_free;
};

class FastNetwork : public FastStGcn {
public:
    FastNetwork(const NamedTensors& tensors, const std::vector<Stage>& stages, const StGcnOptions& options)
        : m_options(options)
    {
        for (size_t i = 0; i < stages.size(); ++i)
            m_blocks.push_back(
                foldedBlock(tensors, "gcn." + std::to_string(i) + ".", stages[i].stride, i > 0));
        m_points = m_blocks.front().mixBias.size(1);
        if (options.norm == InputNorm::None)
            return;
        const auto get = [&](const char* name) {
            return tensors.at(std::string("data_bn.") + name).detach().to(torch::kCPU, torch::kDouble);
        };
        const auto scale = get("weight") / (get("running_var") + kNormEpsilon).sqrt();
        const auto shift = get("bias") - get("running_mean") * scale;
        m_scale = scale.to(torch::kFloat).view({-1, m_points, options.stages.channels});
        m_shift = shift.to(torch::kFloat).view({-1, m_points, options.stages.channels});
    }

    Tensor embed(const Tensor& clips) const override
    {
        const auto pooled = each(clips, [](const Tensor& map) { return map.mean({1, 2}); });
        return pooled.view({clips.size(0), clips.size(1), -1}).mean(1);
    }
    Tensor maps(const Tensor& clips) const override
    {
        const auto all = each(clips, [](const Tensor& map) { return map.clone(); });
        // A copy, as what was made without book-keeping cannot be learned from.
        return all.view({clips.size(0), clips.size(1), all.size(1), all.size(2), all.size(3)}).clone();
    }
    int64_t products(int64_t frames) const override
    {
        int64_t sum = 0;
        for (const FastBlock& block : m_blocks) {
            sum += block.products(frames);
            frames = (frames - 1) / block.stride + 1;
        }
        return sum;
    }

private:
    /// What `result` makes of the maps of each person, stacked.
    template <typename Function> Tensor each(const Tensor& clips, const Function& result) const
    {
        checkClips(clips, m_points, m_options.stages.channels);
        TORCH_CHECK(
            m_options.norm != InputNorm::PersonsPointsAndChannels || clips.size(1) == m_options.persons,
            "the network was built for ", m_options.persons, " persons a clip, and was given ",
            clips.size(1));
        const c10::InferenceMode guard;
        const auto persons = input(clips);
        const int64_t count = persons.size(0);
        std::vector<Tensor> results(static_cast<size_t>(count));
        const auto run = [&](int64_t first, int64_t last) {
            const c10::InferenceMode inThread;
            FastScratch scratch = m_scratch.take();
            for (int64_t i = first; i < last; ++i) {
                auto x = persons[i];
                size_t side = 0;
                for (const FastBlock& block : m_blocks) {
                    x = runBlock(block, x, side, scratch);
                    side = 1 - side;
                }
                results[static_cast<size_t>(i)] = result(x);
            }
            m_scratch.giveBack(std::move(scratch));
        };
        // A single one is better off when each of its products uses all threads.
        if (count > 1)
            at::parallel_for(0, count, 1, run);
        else
            run(0, count);
        return torch::stack(results);
    }

    /// [clips * persons, channels, frames, points], normalised.
    Tensor input(const Tensor& clips) const
    {
        auto x = clips.nan_to_num(0, 0, 0).to(torch::kFloat);
        if (m_scale.defined()) // [persons or 1, 1, points, channels]
            x = x * m_scale.unsqueeze(1) + m_shift.unsqueeze(1);
        return x.flatten(0, 1).permute({0, 3, 1, 2}).contiguous();
    }

    StGcnOptions m_options;
    int64_t m_points = 0;
    std::vector<FastBlock> m_blocks;
    Tensor m_scale;
    Tensor m_shift;
    mutable ScratchPool m_scratch;
};

} // namespace

Result<std::shared_ptr<const FastStGcn>> FastStGcn::create(
    const torch::nn::Module& network, const StGcnOptions& options)
{
    if (!options.multiScale || !options.residualGraph || options.learning != GraphLearning::Init)
        return Error{ErrorCode::Unsupported, "only ST-GCN++ has a fast form"};
    const auto stages = stagesOf(options.stages);
    if (!stages)
        return stages.error();
    try {
        const torch::NoGradGuard guard;
        NamedTensors tensors;
        for (const auto& item : network.named_parameters())
            tensors[item.key()] = item.value();
        for (const auto& item : network.named_buffers())
            tensors[item.key()] = item.value();
        return std::shared_ptr<const FastStGcn>(std::make_shared<FastNetwork>(tensors, *stages, options));
    } catch (const std::exception& error) {
        return Error{ErrorCode::Unsupported,
            std::string("this network has no fast form as ST-GCN++: ") + error.what()};
    }
}

} // namespace telltale
