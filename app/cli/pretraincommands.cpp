// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "app/cli/outputfile.h"
#include "base/files.h"
#include "base/memory.h"
#include "learn/track2/trunktraining.h"
#include <array>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace telltale {

namespace {

using Json = nlohmann::json;

constexpr int64_t kLargestSeed = int64_t{1} << 53; // what JSON numbers keep

void tellEpoch(const TrunkEpoch& epoch, CliConsole& console)
{
    std::array<char, 160> line{};
    std::snprintf(line.data(), line.size(),
        "epoch %d of %d: error %.4f, held-out skeletons explained %.1f %% (%.1f s)", epoch.epoch,
        epoch.epochs, epoch.loss, epoch.explained * 100, epoch.seconds);
    console.note(line.data());
}

Status pretrain(const CliArguments& arguments, CliConsole& console)
{
    if (!arguments.has("out"))
        return Error{ErrorCode::Usage, "pretrain wants --out WEIGHTS.safetensors"};
    const auto seed = arguments.integer("seed", 0, kLargestSeed);
    if (!seed)
        return seed.error();
    const auto recipe = readTrack2Recipe(arguments.has("recipe")
            ? std::filesystem::path(arguments.text("recipe"))
            : dataFolder() / "models" / "recipes" / "track2_trunk.json");
    if (!recipe)
        return recipe.error();
    const std::string out = arguments.text("out");
    if (Status status = ensureOutputFile(out); !status)
        return status;
    keepFreedMemory();
    const auto set = UntrimmedSet::open(arguments.path(0));
    if (!set)
        return set.error();
    TrunkOptions options;
    options.seed = static_cast<uint64_t>(*seed);
    options.device = arguments.text("device");
    const auto last = trainTrunk(*set, *recipe, out, options, console.progress(),
        [&](const TrunkEpoch& epoch) { tellEpoch(epoch, console); });
    if (!last)
        return last.error();
    console.print(out
        + ": a transformer that learned skeletons from pictures; give it to train --system "
          "track2 with --weights");
    console.result({{"file", out}, {"recipe", recipe->name}, {"seed", *seed}, {"error", last->loss},
        {"explained", std::isfinite(last->explained) ? Json(last->explained) : Json(nullptr)}});
    return {};
}

} // namespace

std::vector<CliCommand> pretrainCommands()
{
    return {{"pretrain", "VIDEOS --out WEIGHTS.safetensors [--recipe FILE]",
        "a small video transformer of your own, from pictures and poses without a label", 1, 1,
        {{"out", "FILE", "where the weights go"},
            {"recipe", "FILE", "constants instead of models/recipes/track2_trunk.json"},
            {"seed", "S", "same seed, same weights", "1"},
            {"device", "NAME", "auto, cpu, cuda or cuda:N", "auto"}},
        pretrain}};
}

} // namespace telltale
