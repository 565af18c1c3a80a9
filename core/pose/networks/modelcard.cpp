// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/networks/modelcard.h"
#include "base/files.h"
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int kLargestInput = 4096;

/// Told apart by the number of heatmaps that come out at the card's size.
std::vector<PoseModelCard> builtInCards()
{
    PoseModelCard mobile;
    mobile.name = "14-point heatmaps";
    PoseModelCard openPose;
    openPose.name = "18-point heatmaps with part affinity fields";
    openPose.layout = "openpose18";
    openPose.decoder = "heatmap_paf";
    openPose.inputWidth = 432;
    openPose.inputHeight = 368;
    openPose.mean = 127.5;
    openPose.scale = 1 / 127.5;
    openPose.rgb = true;
    openPose.minScore = 0.2; // its weak peaks lie beside the body
    return {mobile, openPose};
}

Result<PoseModelCard> readCard(const fs::path& file)
{
    const auto text = readFile(file);
    if (!text)
        return text.error();
    const auto bad = [&](const std::string& what) {
        return Error{ErrorCode::BadFormat, file.string() + ": " + what + ", correct the pose model's card"};
    };
    const json document = json::parse(*text, nullptr, false);
    if (!document.is_object())
        return bad("is not a JSON object");
    PoseModelCard card;
    try {
        card.name = document.value("name", file.stem().string());
        card.layout = document.value("layout", card.layout);
        card.decoder = document.value("decoder", card.decoder);
        card.inputWidth = document.value("inputWidth", card.inputWidth);
        card.inputHeight = document.value("inputHeight", card.inputHeight);
        card.scale = document.value("scale", card.scale);
        card.mean = document.value("mean", card.mean);
        card.rgb = document.value("rgb", card.rgb);
        card.letterbox = document.value("letterbox", card.letterbox);
        card.minScore = document.value("minScore", card.minScore);
        card.licence = document.value("licence", card.licence);
    } catch (const json::exception& e) {
        return bad(std::string("a field has the wrong type (") + e.what() + ")");
    }
    if (card.decoder != "heatmap" && card.decoder != "heatmap_paf")
        return bad("its decoder '" + card.decoder + "' is neither heatmap nor heatmap_paf");
    if (card.inputWidth < 16 || card.inputHeight < 16 || card.inputWidth > kLargestInput
        || card.inputHeight > kLargestInput)
        return bad("its inputWidth and inputHeight must lie between 16 and " + std::to_string(kLargestInput));
    return card;
}

} // namespace

Result<std::vector<PoseModelCard>> poseModelCards(const fs::path& model)
{
    for (const fs::path& candidate :
        {fs::path(model.string() + ".card.json"), fs::path(model).replace_extension(".card.json")}) {
        std::error_code ec;
        if (!fs::exists(candidate, ec))
            continue;
        auto card = readCard(candidate);
        if (!card)
            return card.error();
        return std::vector<PoseModelCard>{std::move(*card)};
    }
    return builtInCards();
}

} // namespace telltale
