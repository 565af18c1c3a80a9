// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track1/ablation.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <tuple>

namespace telltale {

namespace {

using Json = nlohmann::json;

struct Line {
    std::string step;
    std::string protocol;
    std::string clips;
    std::string stream;
    bool operator==(const Line&) const = default;
};

struct Column {
    const char* name;
    const char* title;
    double ClipFigures::*value;
};

constexpr std::array kColumns{
    Column{"accuracy", "accuracy", &ClipFigures::accuracy},
    Column{"macro_f1", "macro-F1", &ClipFigures::macroF1},
    Column{"head_f1", "head F1", &ClipFigures::headF1},
    Column{"medium_f1", "medium F1", &ClipFigures::mediumF1},
    Column{"tail_f1", "tail F1", &ClipFigures::tailF1},
    Column{"ece", "ECE", &ClipFigures::calibrationError},
};

constexpr std::array kOrder{"plain", "+ weights", "+ OSE", "+ control", "+ CMPL", "plain + fusion",
    "+ weights + fusion", "+ OSE + fusion", "+ control + fusion", "+ CMPL + fusion"};

/// Lines in the order of the steps; test clips before the inductive half.
std::vector<Line> linesOf(const AblationTable& table)
{
    std::vector<Line> lines;
    for (const AblationRow& row : table.rows) {
        const Line line{row.step, row.protocol, row.clips, row.stream};
        if (std::find(lines.begin(), lines.end(), line) == lines.end())
            lines.push_back(line);
    }
    const auto place = [](const Line& line) {
        const auto step = std::find(kOrder.begin(), kOrder.end(), line.step) - kOrder.begin();
        return std::tuple(line.clips != "test", step, line.stream == "fused", line.stream);
    };
    std::stable_sort(
        lines.begin(), lines.end(), [&](const Line& a, const Line& b) { return place(a) < place(b); });
    return lines;
}

Json numberOrNull(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

} // namespace

Spread spreadOf(const AblationTable& table, const std::string& step, const std::string& protocol,
    const std::string& clips, const std::string& stream, double ClipFigures::*figure)
{
    std::vector<double> values;
    for (const AblationRow& row : table.rows)
        if (row.step == step && row.protocol == protocol && row.clips == clips && row.stream == stream
            && std::isfinite(row.figures.*figure))
            values.push_back(row.figures.*figure);
    Spread spread;
    spread.seeds = static_cast<int64_t>(values.size());
    spread.mean = spread.deviation = NAN;
    if (values.empty())
        return spread;
    double sum = 0;
    for (const double value : values)
        sum += value;
    spread.mean = sum / static_cast<double>(values.size());
    double squares = 0;
    for (const double value : values)
        squares += (value - spread.mean) * (value - spread.mean);
    if (values.size() > 1)
        spread.deviation = std::sqrt(squares / static_cast<double>(values.size() - 1));
    return spread;
}

std::string ablationText(const AblationTable& table)
{
    Json list = Json::array();
    for (const Line& line : linesOf(table)) {
        Json row = {
            {"step", line.step}, {"protocol", line.protocol}, {"clips", line.clips}, {"stream", line.stream}};
        for (const Column& column : kColumns) {
            const Spread spread
                = spreadOf(table, line.step, line.protocol, line.clips, line.stream, column.value);
            row[column.name] = {{"mean", numberOrNull(spread.mean)},
                {"deviation", numberOrNull(spread.deviation)}, {"seeds", spread.seeds}};
        }
        for (const AblationRow& own : table.rows)
            if (Line{own.step, own.protocol, own.clips, own.stream} == line) {
                Json figures = {{"seed", own.seed}, {"clips", own.figures.clips}};
                for (const Column& column : kColumns)
                    figures[column.name] = numberOrNull(own.figures.*column.value);
                row["runs"].push_back(std::move(figures));
            }
        list.push_back(std::move(row));
    }
    return Json({{"rows", list}, {"notes", table.notes}}).dump();
}

std::string ablationLines(const AblationTable& table)
{
    std::array<char, 200> text{};
    std::snprintf(text.data(), text.size(), "%-20s %-13s %-15s %-9s", "step", "adapted", "clips", "stream");
    std::string lines = text.data();
    for (const Column& column : kColumns) {
        std::snprintf(text.data(), text.size(), " %14s", column.title);
        lines += text.data();
    }
    lines += "\n";
    for (const Line& line : linesOf(table)) {
        std::snprintf(text.data(), text.size(), "%-20s %-13s %-15s %-9s", line.step.c_str(),
            line.protocol.empty() ? "no" : line.protocol.c_str(), line.clips.c_str(), line.stream.c_str());
        lines += text.data();
        for (const Column& column : kColumns) {
            const Spread spread
                = spreadOf(table, line.step, line.protocol, line.clips, line.stream, column.value);
            std::snprintf(
                text.data(), text.size(), " %6.2f +- %4.2f", spread.mean * 100, spread.deviation * 100);
            lines += text.data();
        }
        lines += "\n";
    }
    return lines
        + "Percent; mean and standard deviation over seeds. Adapted rows know the unlabelled clips of the "
          "evaluated people; the control trained as much longer as they did, without pseudo-labels.\n";
}

} // namespace telltale
