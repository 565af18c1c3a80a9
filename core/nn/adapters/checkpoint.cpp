// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/adapters/checkpoint.h"
#include <ATen/Context.h>
#include <ATen/autocast_mode.h>
#include <algorithm>
#include <mutex>
#include <optional>
#include <torch/autograd.h>
#include <torch/version.h>

namespace telltale {

namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Whether operations run in halves, which each thread has for itself.
struct Halves {
    bool on = false;
    at::ScalarType type = at::kHalf;
};

// LibTorch 2.4 gave these a device.
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
Halves halves()
{
    return {at::autocast::is_autocast_enabled(at::kCUDA), at::autocast::get_autocast_dtype(at::kCUDA)};
}
void setHalves(const Halves& halves)
{
    at::autocast::set_autocast_enabled(at::kCUDA, halves.on);
    at::autocast::set_autocast_dtype(at::kCUDA, halves.type);
}
#else
Halves halves() { return {at::autocast::is_enabled(), at::autocast::get_autocast_gpu_dtype()}; }
void setHalves(const Halves& halves)
{
    at::autocast::set_enabled(halves.on);
    at::autocast::set_autocast_gpu_dtype(halves.type);
}
#endif

/// And no parameter's half is remembered: one that was made where nothing is recorded would later be taken
/// where gradients are wanted.
class HalvesAs {
public:
    explicit HalvesAs(const Halves& wanted)
        : m_before(halves())
        , m_remembered(at::autocast::is_autocast_cache_enabled())
    {
        setHalves(wanted);
        at::autocast::set_autocast_cache_enabled(false);
    }
    ~HalvesAs()
    {
        setHalves(m_before);
        at::autocast::set_autocast_cache_enabled(m_remembered);
    }
    HalvesAs(const HalvesAs&) = delete;
    HalvesAs& operator=(const HalvesAs&) = delete;

private:
    Halves m_before;
    bool m_remembered;
};

at::Generator generatorOf(const Tensor& tensor)
{
    return at::globalContext().defaultGenerator(tensor.device());
}

Tensor randomState(at::Generator generator)
{
    const std::lock_guard lock(generator.mutex());
    return generator.get_state();
}

/// The random numbers that were drawn the first time are drawn again; then it goes on as it was.
class RandomAs {
public:
    RandomAs(const at::Generator& generator, const Tensor& state)
        : m_generator(generator)
        , m_before(randomState(generator))
    {
        set(state);
    }
    ~RandomAs() { set(m_before); }
    RandomAs(const RandomAs&) = delete;
    RandomAs& operator=(const RandomAs&) = delete;

private:
    void set(const Tensor& state)
    {
        const std::lock_guard lock(m_generator.mutex());
        m_generator.set_state(state);
    }
    at::Generator m_generator;
    Tensor m_before;
};

struct Kept : torch::CustomClassHolder {
    CheckpointedWork work;
    variable_list parameters; ///< that learn
    Tensor random; ///< undefined where none are drawn
    bool draws = false;
    Halves precision;
    bool inputLearns = false;
};

constexpr const char* kKept = "kept";

class Checkpoint : public torch::autograd::Function<Checkpoint> {
public:
    static Tensor forward(
        AutogradContext* context, const Tensor& input, at::TensorList, const c10::intrusive_ptr<Kept>& kept)
    {
        context->save_for_backward({input});
        context->saved_data[kKept] = torch::IValue::make_capsule(kept);
        if (kept->draws)
            kept->random = randomState(generatorOf(input));
        kept->precision = halves();
        const HalvesAs precision(kept->precision);
        return kept->work(input);
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients)
    {
        const auto kept = c10::static_intrusive_pointer_cast<Kept>(context->saved_data[kKept].toCapsule());
        const auto input
            = context->get_saved_variables().front().detach().set_requires_grad(kept->inputLearns);
        variable_list wanted;
        if (kept->inputLearns)
            wanted.push_back(input);
        wanted.insert(wanted.end(), kept->parameters.begin(), kept->parameters.end());
        const auto found = again(*kept, input, wanted, gradients.front());
        variable_list results;
        results.reserve(found.size() + 2);
        if (!kept->inputLearns)
            results.emplace_back();
        results.insert(results.end(), found.begin(), found.end());
        results.emplace_back(); // of the work itself
        return results;
    }

private:
    static variable_list again(
        const Kept& kept, const Tensor& input, const variable_list& wanted, const Tensor& gradient)
    {
        const at::AutoGradMode learning(true);
        Tensor output;
        {
            std::optional<RandomAs> random;
            if (kept.draws)
                random.emplace(generatorOf(input), kept.random);
            const HalvesAs precision(kept.precision);
            output = kept.work(input);
        }
        return torch::autograd::grad({output}, wanted, {gradient}, c10::nullopt, false, true);
    }
};

} // namespace

Tensor checkpointed(
    CheckpointedWork work, const Tensor& input, const std::vector<Tensor>& parameters, bool draws)
{
    auto kept = c10::make_intrusive<Kept>();
    std::copy_if(parameters.begin(), parameters.end(), std::back_inserter(kept->parameters),
        [](const Tensor& parameter) { return parameter.requires_grad(); });
    kept->inputLearns = input.requires_grad();
    if (!at::GradMode::is_enabled() || (!kept->inputLearns && kept->parameters.empty()))
        return work(input);
    kept->work = std::move(work);
    kept->draws = draws;
    return Checkpoint::apply(input, at::TensorList(kept->parameters), kept);
}

} // namespace telltale
