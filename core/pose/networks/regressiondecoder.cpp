// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Networks whose outputs are the coordinates themselves: of one person (MoveNet single pose, BlazePose) or of
// several, each followed by a box and a score (MoveNet multi pose).
#include "pose/networks/decoders.h"
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

/// How the numbers of a person lie.
struct Rows {
    int64_t people = 0;
    int64_t perPerson = 0;
    int64_t points = 0; ///< in the output; a network may add points that the layout leaves out
};

/// The people of an output, or none where the numbers do not come out even. Without a tail all numbers are
/// one person's.
Rows rowsOf(const OutputView& output, const DecoderInput& input)
{
    const auto fields = static_cast<int64_t>(input.options.fields.size());
    const auto tail = static_cast<int64_t>(input.options.tail.size());
    const int64_t count = output.count();
    Rows rows;
    if (fields == 0)
        return rows;
    rows.perPerson = tail == 0 || output.shape.empty() ? count : output.shape.back();
    rows.points = (rows.perPerson - tail) / fields;
    const bool even = rows.perPerson > tail && (rows.perPerson - tail) % fields == 0;
    if (even && rows.points >= input.points && count > 0)
        rows.people = count / rows.perPerson;
    return rows;
}

int64_t placeOf(const std::vector<std::string>& names, const char* name)
{
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? -1 : found - names.begin();
}

float logistic(float value) { return 1 / (1 + std::exp(-value)); }

/// The least of the kinds of trust that the network gives; 1 where it gives none.
float scoreOf(const float* numbers, const DecoderOptions& options)
{
    float score = 1;
    for (const char* name : {"score", "visibility", "presence"}) {
        const int64_t place = placeOf(options.fields, name);
        if (place < 0)
            continue;
        const float value = options.sigmoid ? logistic(numbers[place]) : numbers[place];
        score = value < score ? value : std::isfinite(value) ? score : 0;
    }
    return score;
}

PosePerson readPerson(const float* numbers, const Rows& rows, const DecoderInput& input)
{
    const DecoderOptions& options = input.options;
    const float unitX = options.normalised ? static_cast<float>(input.width) : 1;
    const float unitY = options.normalised ? static_cast<float>(input.height) : 1;
    const auto fields = static_cast<int64_t>(options.fields.size());
    const int64_t atX = placeOf(options.fields, "x");
    const int64_t atY = placeOf(options.fields, "y");
    PosePerson person;
    person.points.resize(static_cast<size_t>(input.points));
    for (int i = 0; i < input.points; ++i) {
        const float* point = numbers + i * fields;
        const float x = point[atX] * unitX;
        const float y = point[atY] * unitY;
        const float score = scoreOf(point, options);
        if (std::isfinite(x) && std::isfinite(y) && score > 0 && score >= options.minScore)
            person.points[static_cast<size_t>(i)] = {x, y, score};
    }
    person.box = boxAround(person.points);
    person.score = meanScore(person.points);
    const float* tail = numbers + rows.points * fields;
    if (const int64_t at = placeOf(options.tail, "score"); at >= 0)
        person.score = options.sigmoid ? logistic(tail[at]) : tail[at];
    const int64_t left = placeOf(options.tail, "xmin");
    const int64_t top = placeOf(options.tail, "ymin");
    const int64_t right = placeOf(options.tail, "xmax");
    const int64_t bottom = placeOf(options.tail, "ymax");
    if (std::min({left, top, right, bottom}) >= 0) {
        const PoseBox box{tail[left] * unitX, tail[top] * unitY, (tail[right] - tail[left]) * unitX,
            (tail[bottom] - tail[top]) * unitY};
        if (std::isfinite(box.x) && std::isfinite(box.y) && std::isfinite(box.width)
            && std::isfinite(box.height) && !box.empty())
            person.box = box;
    }
    return person;
}

} // namespace

std::string regressionMismatch(std::span<const OutputView> outputs, const DecoderInput& input)
{
    if (outputs.empty())
        return "it has no outputs";
    const DecoderOptions& options = input.options;
    if (placeOf(options.fields, "x") < 0 || placeOf(options.fields, "y") < 0)
        return "the card's fields lack x or y";
    // Networks of this kind have further outputs (world coordinates, masks): the first one counts.
    if (rowsOf(outputs[0], input).people > 0)
        return {};
    return "its output is " + shapeText(outputs[0].shape) + ", wanted are at least "
        + std::to_string(input.points) + " points of " + std::to_string(options.fields.size())
        + " numbers and " + std::to_string(options.tail.size()) + " more a person";
}

PosePeople decodeRegression(std::span<const OutputView> outputs, const DecoderInput& input)
{
    const Rows rows = rowsOf(outputs[0], input);
    PosePeople people;
    for (int64_t i = 0; i < rows.people; ++i) {
        PosePerson person = readPerson(outputs[0].values + i * rows.perPerson, rows, input);
        if (input.options.tail.empty() || person.score >= input.options.minPersonScore)
            people.push_back(std::move(person));
    }
    std::stable_sort(people.begin(), people.end(),
        [](const PosePerson& a, const PosePerson& b) { return a.score > b.score; });
    return people;
}

} // namespace telltale
