// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "features/skeleton/framesampling.h"
#include <algorithm>
#include <optional>

namespace telltale {
namespace {

/// `length` frames out of `frames`; `start`: of a video shorter than the clip.
std::vector<int64_t> clipOf(int64_t frames, int64_t length, int64_t start, NumpyRandom& random)
{
    std::vector<int64_t> indices(static_cast<size_t>(length));
    if (frames < length) {
        for (int64_t j = 0; j < length; ++j)
            indices[static_cast<size_t>(j)] = start + j;
        return indices;
    }
    if (frames < 2 * length) {
        // As many frames as are too many are left out, at most one in front of each place.
        std::vector<int64_t> skips(static_cast<size_t>(length) + 1);
        const std::vector<int64_t> order = random.permutation(length + 1);
        for (int64_t i = 0; i < frames - length; ++i)
            skips[static_cast<size_t>(order[static_cast<size_t>(i)])] = 1;
        int64_t skipped = 0;
        for (int64_t j = 0; j < length; ++j) {
            skipped += skips[static_cast<size_t>(j)];
            indices[static_cast<size_t>(j)] = j + skipped;
        }
        return indices;
    }
    for (int64_t j = 0; j < length; ++j) {
        const int64_t first = j * frames / length;
        indices[static_cast<size_t>(j)] = first + random.below((j + 1) * frames / length - first);
    }
    return indices;
}

/// Where a clip of a video that is too short begins: drawn in training, spread over the video in the test.
int64_t startOf(int clip, int64_t frames, const UniformSampling& sampling, bool test, NumpyRandom& random)
{
    if (frames >= sampling.clipLength)
        return 0;
    if (!test)
        return random.below(frames);
    return frames < sampling.clips ? clip : clip * frames / sampling.clips;
}

std::vector<int64_t> sample(int64_t frames, const UniformSampling& sampling, bool test, NumpyRandom& random)
{
    std::vector<int64_t> all;
    if (frames < 1 || sampling.clips < 1 || sampling.clipLength < 1)
        return all;
    all.reserve(static_cast<size_t>(sampling.clips) * static_cast<size_t>(sampling.clipLength));
    for (int clip = 0; clip < sampling.clips; ++clip) {
        int64_t part = frames;
        int64_t offset = 0;
        if (sampling.variant == SamplingVariant::Pyskl) {
            const auto& [least, most] = sampling.interval;
            const double share = random.uniform() * (most - least) + least;
            part = std::clamp<int64_t>(static_cast<int64_t>(share * static_cast<double>(frames)), 1, frames);
            offset = random.below(frames - part + 1);
        }
        const int64_t start = startOf(clip, part, sampling, test, random);
        for (const int64_t index : clipOf(part, sampling.clipLength, start, random))
            all.push_back((index + offset) % frames);
    }
    return all;
}

} // namespace

std::vector<int64_t> sampleForTraining(int64_t frames, const UniformSampling& sampling, NumpyRandom& random)
{
    return sample(frames, sampling, false, random);
}

std::vector<int64_t> sampleForTest(int64_t frames, const UniformSampling& sampling)
{
    NumpyRandom random(kTestSeed);
    return sample(frames, sampling, true, random);
}

} // namespace telltale
