// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Each coordinate as a class of its own (SimCC, 2107.03332), as RTMPose, RTMW and DWPose have it.
#include "pose/networks/decoders.h"
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

struct Bin {
    int64_t at = -1; ///< -1: no finite value
    float score = 0;
};

Bin best(const float* row, int64_t bins, bool softmax)
{
    Bin bin;
    for (int64_t i = 0; i < bins; ++i)
        if (std::isfinite(row[i]) && (bin.at < 0 || row[i] > bin.score))
            bin = {i, row[i]};
    if (!softmax || bin.at < 0)
        return bin;
    float sum = 0;
    for (int64_t i = 0; i < bins; ++i)
        if (std::isfinite(row[i]))
            sum += std::exp(row[i] - bin.score);
    bin.score = 1 / sum;
    return bin;
}

struct Pair {
    const OutputView* x;
    const OutputView* y;
};

int64_t binsOf(int size, double split) { return std::llround(size * split); }

/// Which output is which: by name order where the input is square, by the number of bins otherwise.
Pair pairOf(std::span<const OutputView> outputs, const DecoderInput& input)
{
    const bool turned = outputs[0].shape.back() != binsOf(input.width, input.options.split);
    return {&outputs[turned ? 1 : 0], &outputs[turned ? 0 : 1]};
}

} // namespace

std::string simccMismatch(std::span<const OutputView> outputs, const DecoderInput& input)
{
    const int64_t across = binsOf(input.width, input.options.split);
    const int64_t down = binsOf(input.height, input.options.split);
    const std::string wanted = ", wanted are " + std::to_string(input.points) + " x " + std::to_string(across)
        + " and " + std::to_string(input.points) + " x " + std::to_string(down);
    if (outputs.size() != 2)
        return "it has " + std::to_string(outputs.size()) + " outputs" + wanted;
    std::vector<int64_t> bins;
    for (const OutputView& output : outputs)
        if (output.shape.size() == 2 && output.shape[0] == input.points)
            bins.push_back(output.shape[1]);
    if (bins == std::vector{across, down} || bins == std::vector{down, across})
        return {};
    return "its outputs are " + shapeText(outputs[0].shape) + " and " + shapeText(outputs[1].shape) + wanted;
}

PosePeople decodeSimcc(std::span<const OutputView> outputs, const DecoderInput& input)
{
    const Pair pair = pairOf(outputs, input);
    const int64_t across = pair.x->shape[1];
    const int64_t down = pair.y->shape[1];
    PosePerson person;
    person.points.resize(static_cast<size_t>(input.points));
    for (int i = 0; i < input.points; ++i) {
        const Bin x = best(pair.x->values + i * across, across, input.options.softmax);
        const Bin y = best(pair.y->values + i * down, down, input.options.softmax);
        const float score = std::min(x.score, y.score);
        if (x.at < 0 || y.at < 0 || !(score > 0) || score < input.options.minScore)
            continue;
        person.points[static_cast<size_t>(i)] = {static_cast<float>(x.at / input.options.split),
            static_cast<float>(y.at / input.options.split), std::min(score, 1.0f)};
    }
    person.box = boxAround(person.points);
    person.score = meanScore(person.points);
    return {std::move(person)};
}

} // namespace telltale
