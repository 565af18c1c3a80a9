// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Detectors whose overlapping boxes were already sorted out inside the network.
#include "pose/networks/decoders.h"
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

constexpr int64_t kCorners = 5; ///< left, top, right, bottom, score
constexpr int64_t kDetections = 7; ///< picture, class, score, left, top, right, bottom

} // namespace

std::string boxesMismatch(std::span<const OutputView> outputs, const DecoderInput& input)
{
    (void)input;
    if (outputs.empty())
        return "it has no outputs";
    const auto& shape = outputs[0].shape;
    const int64_t columns = shape.empty() ? 0 : shape.back();
    if (columns != kCorners && columns != kDetections)
        return "its output is " + shapeText(shape) + ", wanted are boxes x 5 or boxes x 7";
    if (outputs.size() > 1 && outputs[1].count() != outputs[0].count() / columns)
        return "its second output is " + shapeText(outputs[1].shape) + ", wanted is one class a box";
    return {};
}

PosePeople decodeBoxes(std::span<const OutputView> outputs, const DecoderInput& input)
{
    const int64_t columns = outputs[0].shape.back();
    const float unitX = input.options.normalised ? static_cast<float>(input.width) : 1;
    const float unitY = input.options.normalised ? static_cast<float>(input.height) : 1;
    PosePeople people;
    for (int64_t i = 0; i < outputs[0].count() / columns; ++i) {
        const float* row = outputs[0].values + i * columns;
        const float* corner = columns == kCorners ? row : row + 3;
        const float score = columns == kCorners ? row[4] : row[2];
        const float kind = columns == kDetections ? row[1]
            : outputs.size() > 1                  ? outputs[1].values[i]
                                                  : static_cast<float>(input.options.personClass);
        PosePerson person;
        person.box = {corner[0] * unitX, corner[1] * unitY, (corner[2] - corner[0]) * unitX,
            (corner[3] - corner[1]) * unitY};
        person.score = score;
        const bool finite = std::isfinite(person.box.x) && std::isfinite(person.box.y)
            && std::isfinite(person.box.width) && std::isfinite(person.box.height);
        if (finite && !person.box.empty() && score >= input.options.minPersonScore
            && std::lround(kind) == input.options.personClass)
            people.push_back(std::move(person));
    }
    std::stable_sort(people.begin(), people.end(),
        [](const PosePerson& a, const PosePerson& b) { return a.score > b.score; });
    return people;
}

} // namespace telltale
