// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/train/batchqueue.h"
#include "learn/train/samplers.h"
#include "nn/threadcount.h"
#include <ATen/Parallel.h>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <latch>

namespace telltale {

namespace {

constexpr uint64_t kOrderStream = 1;
constexpr uint64_t kAugmentStream = 2;
constexpr uint64_t kNetworkStream = 3;
constexpr std::chrono::milliseconds kLook(50); // for a wish to stop

int64_t labelled(const std::vector<int>& labels)
{
    return std::count_if(labels.begin(), labels.end(), [](int label) { return label >= 0; });
}

/// Empty, or which of the samples has a value that is none.
std::optional<int64_t> notFinite(const torch::Tensor& inputs, const std::vector<int64_t>& samples)
{
    if (!inputs.is_floating_point() || std::isfinite(inputs.sum().item<double>()))
        return {};
    for (size_t i = 0; i < samples.size(); ++i) {
        if (!inputs[static_cast<int64_t>(i)].isfinite().all().item<bool>())
            return samples[i];
    }
    return {};
}

} // namespace

TrainPlan::TrainPlan(const TrainRecipe& recipe, std::vector<int> labels, int classes)
    : m_labels(std::move(labels))
    , m_classes(classes)
    , m_sampler(recipe.sampler)
    , m_epochs(recipe.epochs)
    , m_random(recipe.seed)
    , m_bounds(batchBounds(labelled(m_labels), recipe.batch))
{
}

std::shared_ptr<const std::vector<int64_t>> TrainPlan::order(int64_t epoch) const
{
    const std::lock_guard lock(m_mutex);
    auto& order = m_orders[epoch];
    if (order == nullptr) {
        const Random random = m_random.fork(kOrderStream).fork(static_cast<uint64_t>(epoch));
        order = std::make_shared<const std::vector<int64_t>>(
            epochOrder(m_sampler, m_labels, m_classes, random));
    }
    const auto result = order;
    m_orders.erase(m_orders.begin(), m_orders.lower_bound(epoch - 1));
    return result;
}

std::vector<int64_t> TrainPlan::samples(int64_t step) const
{
    const auto all = order(step / stepsPerEpoch());
    const auto at = static_cast<size_t>(step % stepsPerEpoch());
    return {all->begin() + m_bounds[at], all->begin() + m_bounds[at + 1]};
}

uint64_t TrainPlan::augmentSeed(int64_t step) const
{
    return m_random.fork(kAugmentStream).fork(static_cast<uint64_t>(step)).next();
}

uint64_t TrainPlan::networkSeed(int64_t step) const
{
    return m_random.fork(kNetworkStream).fork(static_cast<uint64_t>(step)).next();
}

BatchQueue::BatchQueue(
    const BatchSource& source, const TrainPlan& plan, int64_t first, int producers, bool pinned)
    : m_source(source)
    , m_plan(plan)
    , m_pinned(pinned)
    , m_ahead(static_cast<size_t>(producers) + 1)
    , m_next(first)
{
    // A thread says how many threads its own tensor operations use and, as a side effect, how many those of
    // threads to come use: that is put back.
    const int threads = at::get_num_threads();
    std::latch begun(producers);
    for (int i = 0; i < producers; ++i)
        m_producers.emplace_back([this, &begun] {
            setThreadCount(1);
            begun.count_down();
            produce();
        });
    begun.wait();
    setThreadCount(threads);
}

BatchQueue::~BatchQueue()
{
    const std::lock_guard lock(m_mutex);
    m_stopped = true;
    m_changed.notify_all();
}

Result<torch::Tensor> BatchQueue::make(int64_t step) const
{
    try {
        const auto samples = m_plan.samples(step);
        auto inputs = m_source.inputs(samples, true, m_plan.augmentSeed(step));
        if (const auto sample = notFinite(inputs, samples))
            return Error{ErrorCode::InvalidArgument,
                "Training clip " + std::to_string(*sample)
                    + " has values that are not numbers; look at its points and pictures."};
        return m_pinned ? inputs.pin_memory() : inputs;
    } catch (const c10::Error& error) {
        return Error{ErrorCode::Internal,
            std::string("A training clip could not be made: ") + error.what_without_backtrace()};
    } catch (const std::exception& error) {
        return Error{
            ErrorCode::Internal, std::string("A training clip could not be made: ") + error.what() + "."};
    }
}

void BatchQueue::produce()
{
    const torch::NoGradGuard guard;
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(
            lock, [&] { return m_stopped || m_next == m_plan.steps() || m_made.size() < m_ahead; });
        if (m_stopped || m_next == m_plan.steps())
            return;
        const int64_t step = m_next++;
        m_made[step];
        lock.unlock();
        auto inputs = make(step);
        lock.lock();
        if (inputs) {
            m_made[step] = *std::move(inputs);
        } else if (!m_error) {
            m_stopped = true;
            m_error = inputs.error();
        }
        m_changed.notify_all();
    }
}

Result<torch::Tensor> BatchQueue::take(int64_t step, const ProgressSink& progress)
{
    std::unique_lock lock(m_mutex);
    const auto ready = [&] {
        const auto found = m_made.find(step);
        return m_stopped || (found != m_made.end() && found->second);
    };
    while (!m_changed.wait_for(lock, kLook, ready)) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "The training was stopped."};
    }
    if (m_error)
        return *m_error;
    auto inputs = std::move(*m_made[step]);
    m_made.erase(step);
    m_changed.notify_all();
    return inputs;
}

} // namespace telltale
