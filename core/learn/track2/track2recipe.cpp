// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track2/track2recipe.h"
#include "base/files.h"
#include "learn/recipetable.h"
#include <nlohmann/json.hpp>

namespace telltale {

namespace {

constexpr int kMost = 1 << 20; // of counts that only have to be sane

Status readGrid(const std::string& text, Track2Recipe& recipe)
{
    return RecipeTable(text, "grid")
        .take("step", recipe.grid.step, 1, 1000)
        .take("rows", recipe.grid.rows, 8, kMost)
        .take("overlap", recipe.grid.overlap, 0, 0.95)
        .take("truncation", recipe.grid.truncation, 0, 1)
        .end();
}

Status readInput(const std::string& text, Track2Recipe& recipe)
{
    GridInput& input = recipe.input;
    return RecipeTable(text, "input")
        .take("skeleton", input.skeleton)
        .take("features", input.features)
        .take("pictures", input.pictures)
        .take("still", input.still)
        .take("brightness", input.brightness, 0, 1)
        .take("crop", input.crop, 0, 0.9)
        .take("erase", input.erase, 0, 0.9)
        .take("interpolateBelow", input.interpolateBelow, 0, 1)
        .take("rotation", input.rotation, 0, 3.2)
        .take("scale", input.scale, 0, 10)
        .take("shift", input.shift, 0, 10)
        .take("noise", input.noise, 0, 10)
        .take("drop", input.drop, 0, 1)
        .take("flip", input.flip, 0, 1)
        .take("speed", input.speed, 0, 4)
        .take("boundary", input.boundary, 0, 1000)
        .take("paste", input.paste, 0, 1)
        .take("pastes", input.pastes, 0, 100)
        .end();
}

constexpr const char* kFuses[] = {"sum", "concat", "gated"};
constexpr const char* kOrders[] = {"parallel", "temporal-then-spatial"};

template <size_t N> int indexIn(const char* const (&names)[N], const std::string& name)
{
    int index = 0;
    while (index + 1 < static_cast<int>(N) && name != names[index])
        ++index;
    return index;
}

Status readAdapters(const std::string& text, AdapterOptions& adapters)
{
    std::string kind = "stda";
    std::string fuse = kFuses[0];
    std::string order = kOrders[0];
    int temporalKernel = 3;
    int spatialKernel = 3;
    int last = -1;
    std::vector<int> blocks;
    const Status status = RecipeTable(text, "adapters")
                              .take("kind", kind, {"stda", "tia", "spatial", "plain", "none"})
                              .take("ratio", adapters.ratio, 0.01, 4)
                              .take("temporalKernel", temporalKernel, 1, 99)
                              .take("spatialKernel", spatialKernel, 1, 99)
                              .take("fuse", fuse, {kFuses[0], kFuses[1], kFuses[2]})
                              .take("order", order, {kOrders[0], kOrders[1]})
                              .take("temporalPointwise", adapters.temporalPointwise)
                              .take("spatialPointwise", adapters.spatialPointwise)
                              .take("last", last, -1, 1000)
                              .take("blocks", blocks, 0, 1000)
                              .end();
    adapters.temporal = kind == "stda" || kind == "tia";
    adapters.spatial = kind == "stda" || kind == "spatial";
    adapters.temporalKernel = temporalKernel;
    adapters.spatialKernel = spatialKernel;
    adapters.fuse = static_cast<AdapterFuse>(indexIn(kFuses, fuse));
    adapters.order = static_cast<AdapterOrder>(indexIn(kOrders, order));
    adapters.last = kind == "none" ? 0 : last;
    adapters.blocks.assign(blocks.begin(), blocks.end());
    return status;
}

Status readPictures(const std::string& text, Track2Recipe& recipe)
{
    PicturePlan& pictures = recipe.pictures;
    const Status status = RecipeTable(text, "pictures")
                              .take("size", pictures.size, {"", "S", "B", "L", "H", "g"})
                              .take("width", pictures.width, 4, 1 << 14)
                              .take("depth", pictures.depth, 1, 200)
                              .take("heads", pictures.heads, 1, 256)
                              .take("patch", pictures.patch, 1, 1024)
                              .take("clip", pictures.clip, 2, 1024)
                              .take("side", pictures.side, 8, 4096)
                              .take("weights", pictures.weights)
                              .end();
    return status ? readAdapters(text, pictures.adapters) : status;
}

Status readDetector(const std::string& text, Track2Recipe& recipe)
{
    ActionFormerOptions& detector = recipe.detector;
    struct Count {
        const char* key;
        int64_t ActionFormerOptions::*member;
        int least;
        int most;
    };
    const Count counts[] = {{"width", &ActionFormerOptions::width, 4, 1 << 14},
        {"convolutions", &ActionFormerOptions::convolutions, 1, 20},
        {"stem", &ActionFormerOptions::stem, 0, 50}, {"branches", &ActionFormerOptions::branches, 0, 12},
        {"heads", &ActionFormerOptions::heads, 1, 256}, {"window", &ActionFormerOptions::window, -1, kMost},
        {"kernel", &ActionFormerOptions::kernel, 1, 99}, {"widening", &ActionFormerOptions::widening, 1, 64},
        {"headConvolutions", &ActionFormerOptions::headConvolutions, 0, 20}};
    RecipeTable table(text, "detector");
    for (const Count& count : counts) {
        int value = static_cast<int>(detector.*count.member);
        table.take(count.key, value, count.least, count.most);
        detector.*count.member = value;
    }
    return table.take("dropPath", detector.dropPath, 0, 0.95)
        .take("layerScale", detector.layerScale, 0, 10)
        .take("prior", detector.prior, 1e-6, 0.5)
        .end();
}

Status readLoss(const std::string& text, Track2Recipe& recipe)
{
    DetectionLossPlan& loss = recipe.loss;
    return RecipeTable(text, "loss")
        .take("centreRadius", loss.centreRadius, 0, 100)
        .take("focalAlpha", loss.focalAlpha, -1, 1)
        .take("focalGamma", loss.focalGamma, 0, 100)
        .take("normaliser", loss.normaliser, 1, 1e9)
        .take("momentum", loss.momentum, 0, 1)
        .take("regression", loss.regression, 0, 1e6)
        .take("labelSmoothing", loss.labelSmoothing, 0, 0.99)
        .end();
}

Status readAsba(const std::string& text, Track2Recipe& recipe)
{
    AsbaOptions& asba = recipe.asba;
    return RecipeTable(text, "asba")
        .take("adaptive", asba.adaptive)
        .take("uniform", asba.uniform, 0, 1)
        .take("combine", asba.combine, {"or", "mean"})
        .take("rarityShare", asba.rarityShare, 0, 1)
        .take("difficultyDecay", asba.difficultyDecay, 0, 1)
        .take("difficultyStart", asba.difficultyStart, 0, 1)
        .take("chanceLeast", asba.chanceLeast, 0, 1)
        .take("chanceMost", asba.chanceMost, 0, 1)
        .take("strengthLeast", asba.strengthLeast, 0, 1)
        .take("strengthMost", asba.strengthMost, 0, 1)
        .end();
}

Status readDetection(const std::string& text, Track2Recipe& recipe)
{
    DetectionPlan& detection = recipe.detection;
    return RecipeTable(text, "detection")
        .take("leastScore", detection.leastScore, 0, 1)
        .take("most", detection.most, 1, kMost)
        .take("sigma", detection.sigma, 1e-3, 100)
        .take("mostOfVideo", detection.mostOfVideo, 1, kMost)
        .take("overlaps", detection.overlaps, 0, 1)
        .take("decisionOverlap", detection.decisionOverlap, 0, 1)
        .take("perClass", detection.perClass)
        .take("classSuppression", detection.classSuppression, 0, 1)
        .take("crossSuppression", detection.crossSuppression, 0, 1)
        .take("liftExponents", detection.liftExponents, 0, 1)
        .take("liftCost", detection.liftCost, 0, 1)
        .take("heldShare", recipe.heldShare, 0.01, 0.9)
        .end();
}

} // namespace

Result<Track2Recipe> parseTrack2Recipe(const std::string& text, const std::string& name)
{
    Track2Recipe recipe;
    recipe.text = text;
    recipe.digest = contentDigest(text);
    const auto refused = [&](const Error& error) {
        return Error{ErrorCode::BadFormat,
            name + ": " + error.message + "; mend that entry or take the recipe that came with Telltale."};
    };
    const auto called = recipeName(text);
    if (!called)
        return refused(called.error());
    recipe.name = *called;
    for (const auto read :
        {readGrid, readInput, readPictures, readDetector, readLoss, readAsba, readDetection})
        if (Status status = read(text, recipe); !status)
            return refused(status.error());
    auto training = parseTrainRecipe(text, name);
    if (!training)
        return training.error();
    recipe.training = std::move(*training);
    if (recipe.detector.width % recipe.detector.heads != 0)
        return refused({ErrorCode::BadFormat, "\"detector.width\" is no multiple of \"detector.heads\""});
    return recipe;
}

Result<Track2Recipe> readTrack2Recipe(const std::filesystem::path& file)
{
    const Result<std::string> text = readFile(file);
    if (!text)
        return text.error();
    return parseTrack2Recipe(*text, file.string());
}

Result<Track2Recipe> withTrunk(const Track2Recipe& recipe, const std::filesystem::path& weights)
{
    if (!recipe.input.pictures)
        return Error{ErrorCode::InvalidArgument,
            "The recipe " + recipe.name
                + " sees no pictures, so it takes no weights of a transformer; use "
                  "track2_rgb.json."};
    nlohmann::json json = nlohmann::json::parse(recipe.text);
    json["pictures"]["weights"]
        = {{"value", std::filesystem::absolute(weights).string()}, {"provenance", "ours: given beside it"}};
    return parseTrack2Recipe(json.dump(), recipe.name);
}

} // namespace telltale
