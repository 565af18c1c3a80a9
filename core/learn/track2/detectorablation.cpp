// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track2/detectorablation.h"
#include "base/files.h"
#include "learn/track2/detections.h"
#include "learn/track2/motionbaseline.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>
#include <unistd.h>

namespace telltale {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* kBaseline = "motion energy";

/// What a variant changes in the recipe.
struct Variant {
    std::string name;
    bool skeleton = true;
    std::optional<std::string> adapters; ///< kind; nothing: no pictures
    bool asba = true;
};

std::vector<Variant> variantsOf(const Track2Recipe& recipe)
{
    const bool skeleton = !recipe.input.skeleton.empty();
    std::vector<Variant> variants;
    if (skeleton) {
        variants.push_back({"skeleton", true, {}, true});
        variants.push_back({"skeleton", true, {}, false});
    }
    if (recipe.input.pictures) {
        variants.push_back({"rgb frozen", false, "none", true});
        variants.push_back({"rgb TIA", false, "tia", true});
        variants.push_back({"rgb STDA", false, "stda", true});
        variants.push_back({"rgb STDA", false, "stda", false});
        if (skeleton)
            variants.push_back({"both STDA", true, "stda", true});
    }
    if (variants.empty()) {
        variants.push_back({"features", true, {}, true});
        variants.push_back({"features", true, {}, false});
    }
    return variants;
}

/// The recipe of a variant is a recipe like any other, so that its detector can be loaded again.
Result<Track2Recipe> recipeOf(const Track2Recipe& recipe, const Variant& variant)
{
    Json json = Json::parse(recipe.text);
    const auto set = [&](const char* table, const char* key, const Json& value) {
        json[table][key] = {{"value", value}, {"provenance", "ours: the ablation's variant"}};
    };
    if (!variant.skeleton)
        set("input", "skeleton", Json::array());
    set("input", "pictures", variant.adapters.has_value());
    if (variant.adapters)
        set("adapters", "kind", *variant.adapters);
    set("asba", "adaptive", variant.asba);
    return parseTrack2Recipe(json.dump(), recipe.name + ", " + variant.name);
}

DetectionFigures figuresFrom(const Json& json)
{
    DetectionFigures figures;
    json.at("tiou").get_to(figures.overlaps);
    json.at("f1").get_to(figures.f1);
    json.at("f1_starter").get_to(figures.starterF1);
    json.at("precision").get_to(figures.precision);
    json.at("recall").get_to(figures.recall);
    json.at("mAP").get_to(figures.meanAp);
    const auto number = [&](const char* key) {
        return json.contains(key) && json.at(key).is_number() ? json.at(key).get<double>() : std::nan("");
    };
    figures.tailF1 = number("tail_f1");
    figures.tailAp = number("tail_ap");
    json.at("truth").get_to(figures.truths);
    json.at("found").get_to(figures.found);
    return figures;
}

/// What a training of the same recipe and set left in the folder.
std::optional<DetectorFacts> keptIn(const fs::path& folder, const Track2Recipe& recipe,
    const UntrimmedSet& set, uint64_t seed, const std::string& device)
{
    const auto system = Track2System::load(folder, device);
    if (!system)
        return {};
    const DetectorFacts& facts = (*system)->facts();
    const bool same
        = facts.recipe.digest == recipe.digest && facts.setDigest == set.digest() && facts.seed == seed;
    return same ? std::optional<DetectorFacts>(facts) : std::nullopt;
}

std::string fileName(const Variant& variant, uint64_t seed)
{
    std::string name = variant.name + (variant.asba ? "" : " plain") + " " + std::to_string(seed);
    std::replace(name.begin(), name.end(), ' ', '-');
    return name;
}

Result<DetectorRow> trainedRow(const std::shared_ptr<const UntrimmedSet>& set, const Track2Recipe& recipe,
    const Variant& variant, uint64_t seed, const fs::path& folder, const std::string& device,
    ProgressSink& progress)
{
    const auto own = recipeOf(recipe, variant);
    if (!own)
        return own.error();
    const fs::path where = folder / fileName(variant, seed);
    std::optional<DetectorFacts> facts = keptIn(where, *own, *set, seed, device);
    if (!facts) {
        DetectorSystemOptions options;
        options.seed = seed;
        options.device = device;
        options.resume = true;
        auto trained = trainTrack2(set, *own, where, options, progress);
        if (!trained && trained.error().code == ErrorCode::BadFormat) { // a checkpoint of something else
            options.resume = false;
            trained = trainTrack2(set, *own, where, options, progress);
        }
        if (!trained)
            return trained.error();
        facts = std::move(*trained);
    }
    return DetectorRow{variant.name, variant.asba, seed, figuresFrom(Json::parse(facts->figures).at("test"))};
}

Result<DetectorRow> baselineRow(
    const UntrimmedSet& set, const Track2Recipe& recipe, const VideoSides& sides, ProgressSink& progress)
{
    const auto spans = motionSpans(set, recipe, sides.train, sides.validation, sides.test, progress);
    if (!spans)
        return spans.error();
    std::vector<int64_t> counts(static_cast<size_t>(set.classCount()));
    for (const ScoredSpan& span : truthOf(set, sides.train))
        ++counts[static_cast<size_t>(span.classId)];
    SpanDecision all;
    all.threshold = 0;
    all.tiou = recipe.detection.decisionOverlap;
    return DetectorRow{kBaseline, false, 0,
        detectionFigures(truthOf(set, sides.test), *spans, all, recipe.detection.overlaps, counts)};
}

struct Moments {
    double mean = 0;
    double deviation = 0; ///< NaN for one seed
};

template <typename F> Moments momentsOf(const std::vector<const DetectorRow*>& rows, const F& figure)
{
    double sum = 0;
    double squares = 0;
    const auto n = static_cast<double>(rows.size());
    for (const DetectorRow* row : rows)
        sum += figure(row->figures);
    for (const DetectorRow* row : rows)
        squares += std::pow(figure(row->figures) - sum / n, 2);
    return {sum / n, rows.size() > 1 ? std::sqrt(squares / (n - 1)) : std::nan("")};
}

/// Rows of one variant over its seeds, in the order of the table.
std::vector<std::vector<const DetectorRow*>> groupsOf(const DetectorTable& table)
{
    std::vector<std::vector<const DetectorRow*>> groups;
    for (const DetectorRow& row : table.rows) {
        const auto found = std::find_if(groups.begin(), groups.end(), [&](const auto& group) {
            return group.front()->variant == row.variant && group.front()->asba == row.asba;
        });
        if (found == groups.end())
            groups.push_back({&row});
        else
            found->push_back(&row);
    }
    return groups;
}

std::string spreadText(const Moments& moments)
{
    if (!std::isfinite(moments.mean))
        return "        -     ";
    std::array<char, 48> text{};
    if (std::isfinite(moments.deviation))
        std::snprintf(
            text.data(), text.size(), " %6.2f +-%5.2f", moments.mean * 100, moments.deviation * 100);
    else
        std::snprintf(text.data(), text.size(), " %6.2f        ", moments.mean * 100);
    return text.data();
}

} // namespace

Result<DetectorTable> ablateDetector(std::shared_ptr<const UntrimmedSet> set, const Track2Recipe& recipe,
    const DetectorAblationOptions& options, ProgressSink& progress)
{
    const auto sides = videoSides(*set, recipe.heldShare, options.firstSeed);
    if (!sides)
        return sides.error();
    if (sides->test.empty())
        return Error{ErrorCode::InvalidArgument,
            "No subject has the role test; an ablation needs people that nothing was chosen on."};
    DetectorTable table;
    table.overlaps = recipe.detection.overlaps;
    table.notes = sides->notes;
    const auto baseline = baselineRow(*set, recipe, *sides, progress);
    if (!baseline)
        return baseline.error();
    table.rows.push_back(*baseline);
    fs::path folder = options.folder;
    const bool temporary = folder.empty();
    if (temporary)
        folder = fs::temp_directory_path() / ("telltale-ablation-" + std::to_string(getpid()));
    Status status = ensureWritableFolder(folder);
    for (const Variant& variant : variantsOf(recipe))
        for (int i = 0; status && i < options.seeds; ++i) {
            auto row = trainedRow(set, recipe, variant, options.firstSeed + static_cast<uint64_t>(i), folder,
                options.device, progress);
            if (row)
                table.rows.push_back(std::move(*row));
            else
                status = row.error();
        }
    std::error_code ignored;
    if (temporary)
        fs::remove_all(folder, ignored);
    return status ? Result<DetectorTable>(std::move(table)) : Result<DetectorTable>(status.error());
}

std::string detectorTableText(const DetectorTable& table)
{
    Json rows = Json::array();
    for (const auto& group : groupsOf(table)) {
        Json row{
            {"variant", group.front()->variant}, {"asba", group.front()->asba}, {"seeds", Json::array()}};
        for (const DetectorRow* one : group) {
            Json own = Json::parse(detectionFiguresText(one->figures));
            own["seed"] = one->seed;
            row["seeds"].push_back(std::move(own));
        }
        const auto spread = [&](const auto& figure) {
            const Moments moments = momentsOf(group, figure);
            return Json{{"mean", std::isfinite(moments.mean) ? Json(moments.mean) : Json(nullptr)},
                {"deviation", std::isfinite(moments.deviation) ? Json(moments.deviation) : Json(nullptr)}};
        };
        for (size_t i = 0; i < table.overlaps.size(); ++i) {
            const std::string key = Json(table.overlaps[i]).dump();
            row["f1"][key] = spread([&](const DetectionFigures& f) { return f.f1[i]; });
            row["mAP"][key] = spread([&](const DetectionFigures& f) { return f.meanAp[i]; });
        }
        row["tail_f1"] = spread([](const DetectionFigures& f) { return f.tailF1; });
        row["tail_ap"] = spread([](const DetectionFigures& f) { return f.tailAp; });
        rows.push_back(std::move(row));
    }
    return Json{{"rows", rows}, {"notes", table.notes}}.dump();
}

std::string detectorTableLines(const DetectorTable& table)
{
    std::string lines = "variant               ASBA";
    for (const double tiou : table.overlaps)
        lines += "   F1@" + Json(tiou).dump() + "       ";
    lines += "   tail F1        tail AP     ";
    for (const double tiou : table.overlaps)
        lines += "   mAP@" + Json(tiou).dump() + "      ";
    lines += "\n";
    for (const auto& group : groupsOf(table)) {
        std::string name = group.front()->variant;
        name.resize(22, ' ');
        lines += name
            + (group.front()->variant == kBaseline ? "  - "
                    : group.front()->asba          ? " yes"
                                                   : "  no");
        for (size_t i = 0; i < table.overlaps.size(); ++i)
            lines += spreadText(momentsOf(group, [&](const DetectionFigures& f) { return f.f1[i]; }));
        lines += spreadText(momentsOf(group, [](const DetectionFigures& f) { return f.tailF1; }));
        lines += spreadText(momentsOf(group, [](const DetectionFigures& f) { return f.tailAp; }));
        for (size_t i = 0; i < table.overlaps.size(); ++i)
            lines += spreadText(momentsOf(group, [&](const DetectionFigures& f) { return f.meanAp[i]; }));
        lines += "\n";
    }
    return lines;
}

} // namespace telltale
