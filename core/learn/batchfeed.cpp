// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/batchfeed.h"
#include "learn/shapes.h"
#include "nn/safetensors.h"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace telltale {

namespace {

constexpr size_t kAhead = 3; // a batch of 32 clips takes 160 MB
constexpr uint64_t kOrderStream = 1;
constexpr uint64_t kAugmentStream = 2;

} // namespace

Status addClip(
    Batch& batch, const ClipSample& sample, int64_t index, const std::map<std::string, int>& classes)
{
    const std::string clip = "Training clip " + std::to_string(index);
    const auto scheme = classes.find(sample.scheme);
    if (scheme == classes.end() || sample.label < 0 || sample.label >= scheme->second)
        return Error{ErrorCode::InvalidArgument,
            clip + " has the class " + std::to_string(sample.label) + " of \"" + sample.scheme
                + "\", which the recipe does not know."};
    const auto row = static_cast<int64_t>(batch.labels.size());
    for (const ModalityShape& modality : kModalityShapes) {
        const NdArray& input = sample.input.*modality.input;
        if (input.empty())
            continue;
        if (input.shape != modality.dims())
            return Error{ErrorCode::InvalidArgument,
                clip + ": " + modality.name + " has shape " + shapeText(input.shape) + ", wanted "
                    + shapeText(modality.dims()) + "."};
        if (!std::isfinite(std::accumulate(input.values.begin(), input.values.end(), 0.0)))
            return Error{ErrorCode::InvalidArgument,
                clip + ": " + modality.name + " has values that are not numbers."};
        Batch::Inputs& inputs = batch.inputs[modality.name];
        inputs.values.insert(inputs.values.end(), input.values.begin(), input.values.end());
        inputs.clips.push_back(row);
    }
    batch.labels.push_back(sample.label);
    batch.schemes.push_back(sample.scheme);
    return {};
}

BatchFeed::BatchFeed(const ClipDataset& dataset, const EnsembleRecipe& recipe, int consumers, int producers)
    : m_dataset(dataset)
    , m_random(recipe.seed)
    , m_classes(recipe.classes)
    , m_consumers(consumers)
    , m_batch(std::min<int64_t>(recipe.batch, dataset.size()))
    , m_stepsPerEpoch(dataset.size() / m_batch)
    , m_epochs(recipe.epochs)
{
    shuffle();
    for (int i = 0; i < producers; ++i)
        m_producers.emplace_back([this] { produce(); });
}

BatchFeed::~BatchFeed() { stop(); }

void BatchFeed::shuffle()
{
    for (int64_t epoch = 0; epoch < m_epochs; ++epoch) {
        Random random = m_random.fork(kOrderStream).fork(static_cast<uint64_t>(epoch));
        auto& order = m_order.emplace_back(static_cast<size_t>(m_dataset.size()));
        std::iota(order.begin(), order.end(), int64_t{0});
        for (size_t i = order.size() - 1; i > 0; --i)
            std::swap(order[i], order[static_cast<size_t>(random.below(static_cast<int64_t>(i) + 1))]);
    }
}

Result<std::shared_ptr<const Batch>> BatchFeed::make(int64_t step) const
{
    const int64_t epoch = step / m_stepsPerEpoch;
    const int64_t first = step % m_stepsPerEpoch * m_batch;
    const Random stream = m_random.fork(kAugmentStream).fork(static_cast<uint64_t>(epoch));
    auto batch = std::make_shared<Batch>();
    try {
        for (int64_t i = first; i < first + m_batch; ++i) {
            const int64_t index = m_order[static_cast<size_t>(epoch)][static_cast<size_t>(i)];
            const ClipSample sample
                = m_dataset.sample(index, stream.fork(static_cast<uint64_t>(index)), true);
            if (const Status status = addClip(*batch, sample, index, m_classes); !status)
                return status.error();
        }
    } catch (const std::exception& error) {
        return Error{
            ErrorCode::Internal, std::string("A training clip could not be made: ") + error.what() + "."};
    }
    return std::shared_ptr<const Batch>(std::move(batch));
}

void BatchFeed::produce()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [&] { return m_stopped || m_next == steps() || m_slots.size() < kAhead; });
        if (m_stopped || m_next == steps())
            return;
        const int64_t step = m_next++;
        m_slots[step];
        lock.unlock();
        auto batch = make(step);
        lock.lock();
        if (batch) {
            m_slots[step].batch = *std::move(batch);
        } else {
            m_stopped = true;
            m_error = batch.error();
        }
        m_changed.notify_all();
    }
}

std::shared_ptr<const Batch> BatchFeed::take(int64_t step)
{
    std::unique_lock lock(m_mutex);
    const auto ready = [&] {
        const auto found = m_slots.find(step);
        return found != m_slots.end() && found->second.batch != nullptr;
    };
    m_changed.wait(lock, [&] { return m_stopped || ready(); });
    if (m_stopped)
        return nullptr;
    Slot& slot = m_slots[step];
    auto batch = slot.batch;
    if (++slot.taken == m_consumers) {
        m_slots.erase(step);
        m_changed.notify_all();
    }
    return batch;
}

void BatchFeed::stop()
{
    const std::lock_guard lock(m_mutex);
    m_stopped = true;
    m_changed.notify_all();
}

std::optional<Error> BatchFeed::error() const
{
    const std::lock_guard lock(m_mutex);
    return m_error;
}

} // namespace telltale
