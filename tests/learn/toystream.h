// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/random.h"
#include "learn/train/trainer.h"
#include <cmath>
#include <filesystem>
#include <limits>
#include <torch/types.h>
#include <unistd.h>

namespace telltale {

/// Clips of a skeleton of five points that swings: sideways or up and down, slowly or fast, by its class.
class ToySource : public BatchSource {
public:
    static constexpr int64_t kFrames = 12;
    static constexpr int64_t kPoints = 5;

    ToySource(std::vector<int> labels, uint64_t seed, double noise = 0.3)
        : m_labels(std::move(labels))
        , m_weights(m_labels.size(), 1)
        , m_random(seed)
        , m_noise(noise)
    {
    }
    /// The same number of clips of each class.
    static ToySource even(int classes, int each, uint64_t seed, double noise = 0.3)
    {
        std::vector<int> labels;
        for (int i = 0; i < classes * each; ++i)
            labels.push_back(i % classes);
        return {std::move(labels), seed, noise};
    }

    int64_t size() const override { return static_cast<int64_t>(m_labels.size()); }
    int label(int64_t sample) const override { return m_labels[static_cast<size_t>(sample)]; }
    double weight(int64_t sample) const override { return m_weights[static_cast<size_t>(sample)]; }
    torch::Tensor inputs(std::span<const int64_t> samples, bool augment, uint64_t seed) const override
    {
        const auto count = static_cast<int64_t>(samples.size());
        auto clips = torch::empty({count, 1, kFrames, kPoints, 3});
        float* value = clips.data_ptr<float>();
        for (const int64_t sample : samples) {
            Random random = m_random.fork(static_cast<uint64_t>(sample));
            const double phase = random.uniform(0, 3);
            const int label = m_shown.empty() ? m_labels[static_cast<size_t>(sample)]
                                              : m_shown[static_cast<size_t>(sample)];
            if (augment)
                random = random.fork(seed);
            for (int64_t t = 0; t < kFrames; ++t)
                for (int64_t p = 0; p < kPoints; ++p, value += 3) {
                    const double swing = std::sin(phase + static_cast<double>(t) * (label < 2 ? 0.6 : 1.8));
                    value[0] = static_cast<float>((label % 2 == 0 ? swing : 0) + m_noise * random.normal());
                    value[1] = static_cast<float>((label % 2 == 1 ? swing : 0) + m_noise * random.normal());
                    value[2] = 1;
                }
            if (sample == m_broken)
                value[-3] = std::numeric_limits<float>::quiet_NaN();
        }
        return clips;
    }
    int views() const override { return 2; }
    torch::Tensor view(std::span<const int64_t> samples, int view) const override
    {
        return inputs(samples, false, 0) * (view == 0 ? 1 : 0.8);
    }

    void breakSample(int64_t sample) { m_broken = sample; }
    void setWeight(int64_t sample, double weight) { m_weights[static_cast<size_t>(sample)] = weight; }
    void setLabel(int64_t sample, int label) { m_labels[static_cast<size_t>(sample)] = label; }
    /// What is seen in a clip where that is not its label.
    void show(std::vector<int> shown) { m_shown = std::move(shown); }

private:
    std::vector<int> m_labels;
    std::vector<double> m_weights;
    std::vector<int> m_shown;
    Random m_random;
    double m_noise;
    int64_t m_broken = -1;
};

inline StreamSpec toySpec(int classes, const std::string& scheme = "toy")
{
    StreamSpec spec;
    spec.stream = "joint";
    spec.network.kind = "decoupled";
    spec.network.numbers = {{"widths", {8, 16}}, {"groups", {2}}, {"kernel", {3}}};
    spec.input.graph = {5, {{1, 0}, {2, 1}, {3, 2}, {4, 3}}, 0};
    spec.input.frames = ToySource::kFrames;
    spec.scheme = scheme;
    for (int c = 0; c < classes; ++c)
        spec.classes.push_back("gesture " + std::to_string(c));
    return spec;
}

inline TrainRecipe toyRecipe(int epochs)
{
    TrainRecipe recipe;
    recipe.epochs = epochs;
    recipe.batch = 8;
    recipe.learningRate = 0.01;
    recipe.dropout = 0.2;
    recipe.threads = 1;
    recipe.seed = 3;
    return recipe;
}

/// A folder that goes away with the object.
class TemporaryFolder {
public:
    TemporaryFolder()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "telltale_train_XXXXXX").string();
        m_path = ::mkdtemp(pattern.data());
    }
    ~TemporaryFolder() { std::filesystem::remove_all(m_path); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

/// Wants to stop after so many steps.
class StopAfter : public ProgressSink {
public:
    explicit StopAfter(int64_t steps) : m_steps(steps) { }
    bool cancelled() const override { return m_done >= m_steps; }
    void report(int64_t, int64_t, std::string_view) override { ++m_done; }

private:
    const int64_t m_steps;
    std::atomic<int64_t> m_done = 0;
};

} // namespace telltale
