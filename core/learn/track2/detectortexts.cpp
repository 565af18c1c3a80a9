// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track2/detectortexts.h"
#include <array>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace telltale {

namespace {

using Json = nlohmann::json;

/// "0.1", as people write overlaps.
std::string shortNumber(double value)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%g", value);
    return text.data();
}

std::string percent(const Json& value)
{
    if (!value.is_number())
        return "-";
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%.2f", value.get<double>() * 100);
    return text.data();
}

std::string linesOf(const Json& figures)
{
    std::string lines;
    for (size_t i = 0; i < figures.at("tiou").size(); ++i)
        lines += "  tIoU " + shortNumber(figures.at("tiou").at(i)) + ": F1 " + percent(figures.at("f1").at(i))
            + " (starter kit's rule " + percent(figures.at("f1_starter").at(i)) + "), precision "
            + percent(figures.at("precision").at(i)) + ", recall " + percent(figures.at("recall").at(i))
            + ", mAP " + percent(figures.at("mAP").at(i)) + "\n";
    return lines + "  " + std::to_string(figures.at("found").get<int64_t>()) + " spans found, "
        + std::to_string(figures.at("truth").get<int64_t>()) + " labelled";
}

} // namespace

std::string detectorEpochLine(const DetectorEpoch& epoch)
{
    std::array<char, 200> line{};
    std::snprintf(line.data(), line.size(),
        "epoch %d of %d: loss %.4f + %.4f, held-out F1 %.2f %%, mAP %.2f %% (%.1f s)%s", epoch.epoch,
        epoch.epochs, epoch.classLoss, epoch.offsetLoss, epoch.f1 * 100, epoch.meanAp * 100, epoch.seconds,
        epoch.best ? ", best" : "");
    return line.data();
}

std::string detectionFigureLines(const std::string& figures)
{
    try {
        return linesOf(Json::parse(figures));
    } catch (const std::exception&) {
        return {};
    }
}

std::string detectorSideLines(const std::string& figures)
{
    std::string lines;
    const Json sides = Json::parse(figures, nullptr, false);
    if (sides.is_object())
        for (const auto& [side, own] : sides.items())
            lines += "Measured on " + side + " subjects, in percent:\n" + detectionFigureLines(own.dump())
                + "\n";
    return lines;
}

std::string spanLines(const std::vector<ScoredSpan>& spans)
{
    std::string lines = "video_id,class_id,start_frame,end_frame,score\n";
    for (const ScoredSpan& span : spans) {
        std::array<char, 96> numbers{};
        std::snprintf(numbers.data(), numbers.size(), ",%d,%lld,%lld,%.6f\n", span.classId,
            std::llround(span.start), std::llround(span.end), span.score);
        lines += span.video + numbers.data();
    }
    return lines;
}

} // namespace telltale
