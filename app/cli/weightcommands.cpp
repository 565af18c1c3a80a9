// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "nn/weightfiles/keymap.h"
#include "nn/weightfiles/networkfamily.h"
#include "nn/weightfiles/weightfile.h"
#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

namespace telltale {
namespace {

using Json = nlohmann::json;

constexpr const char* kAuto = "auto";

struct Format {
    WeightFormat format;
    const char* name;
    const char* title;
};
constexpr std::array kFormats = {
    Format{WeightFormat::Safetensors, "safetensors", ".safetensors"},
    Format{WeightFormat::Zip, "zip", "PyTorch (zip)"},
    Format{WeightFormat::Legacy, "legacy", "PyTorch before 1.6"},
};

const Format& formatOf(const WeightFile& file)
{
    return *std::find_if(
        kFormats.begin(), kFormats.end(), [&](const Format& row) { return row.format == file.format; });
}

/// The map that --keys names; auto: the one under which a network shows.
Result<const KeyMap*> namedKeys(const CliArguments& arguments)
{
    const std::string name = arguments.text("keys");
    if (name == kAuto)
        return static_cast<const KeyMap*>(nullptr);
    auto found = findKeyMap(name);
    if (!found)
        return Error{ErrorCode::Usage, "--keys: " + found.error().message + " or auto"};
    return found;
}

/// Shapes under our names, which is all that the network is guessed from.
std::optional<NetworkGuess> guessUnder(const KeyMap& keys, const TensorFile& content)
{
    TensorFile shapes;
    for (const auto& [name, tensor] : content.tensors)
        shapes.tensors[name].shape = tensor.shape;
    const auto named = mapKeys(std::move(shapes), keys);
    return named ? guessNetwork(*named) : std::nullopt;
}

std::string guessText(const NetworkGuess& guess)
{
    std::string sizes;
    for (const auto& [name, size] : guess.sizes)
        sizes += (sizes.empty() ? ": " : ", ") + name + " " + std::to_string(size);
    return guess.title + sizes;
}

Json guessJson(const std::optional<NetworkGuess>& guess)
{
    if (!guess)
        return nullptr;
    Json sizes = Json::object();
    for (const auto& [name, size] : guess->sizes)
        sizes[name] = size;
    return {{"kind", guess->kind}, {"title", guess->title}, {"sizes", sizes}};
}

Status info(const CliArguments& arguments, CliConsole& console)
{
    const auto file = openWeightFile(arguments.path(0));
    if (!file)
        return file.error();
    const KeyMap& keys = chooseKeyMap(file->content);
    const auto guess = guessUnder(keys, file->content);
    int64_t numbers = 0;
    std::map<std::string, int64_t> dtypes;
    Json tensors = Json::array();
    for (const StoredTensor& tensor : file->stored) {
        numbers += file->content.tensors.at(tensor.name).count();
        ++dtypes[tensor.dtype];
        tensors.push_back({{"name", tensor.name}, {"dtype", tensor.dtype}, {"shape", tensor.shape}});
    }
    const Format& format = formatOf(*file);
    console.print(arguments.path(0).string() + ": " + format.title
        + (file->root.empty() ? "" : ", model under \"" + file->root + "\"") + ", "
        + std::to_string(file->stored.size()) + (file->stored.size() == 1 ? " tensor, " : " tensors, ")
        + std::to_string(numbers) + (numbers == 1 ? " number" : " numbers"));
    console.print(guess ? "network: " + guessText(*guess) + "; names: " + std::string(keys.title)
                        : "network: none that is known here");
    for (const StoredTensor& tensor : file->stored)
        console.print("  " + tensor.name + "  " + tensor.dtype + " " + shapeText(tensor.shape));
    console.result({{"file", arguments.path(0).string()}, {"format", format.name}, {"root", file->root},
        {"keys", std::string(keys.name)}, {"network", guessJson(guess)}, {"numbers", numbers},
        {"dtypes", dtypes}, {"tensors", tensors}});
    return {};
}

Status convert(const CliArguments& arguments, CliConsole& console)
{
    const auto keys = namedKeys(arguments);
    if (!keys)
        return keys.error();
    auto file = openWeightFile(arguments.path(0));
    if (!file)
        return file.error();
    const KeyMap& map = *keys ? **keys : chooseKeyMap(file->content);
    auto content = mapKeys(std::move(file->content), map);
    if (!content)
        return Error{content.error().code, arguments.path(0).string() + ": " + content.error().message};
    const auto guess = guessNetwork(*content);
    content->metadata = {{"source", arguments.path(0).filename().string()}, {"keys", std::string(map.name)}};
    const bool half = arguments.has("half");
    const auto storage = half ? MatrixStorage::F16 : MatrixStorage::F32;
    if (const Status written = writeSafetensors(arguments.path(1), *content, storage); !written)
        return written.error();
    const size_t leftOut = file->stored.size() - content->tensors.size();
    console.print(arguments.path(1).string() + ": " + std::to_string(content->tensors.size())
        + " tensors, names: " + std::string(map.title)
        + (leftOut > 0 ? ", " + std::to_string(leftOut) + " left out" : ""));
    if (guess)
        console.print("network: " + guessText(*guess));
    console.result({{"file", arguments.path(1).string()}, {"keys", std::string(map.name)}, {"half", half},
        {"tensors", content->tensors.size()}, {"left_out", leftOut}, {"network", guessJson(guess)}});
    return {};
}

} // namespace

std::vector<CliCommand> weightCommands()
{
    return {
        {"weights info", "FILE",
            "what a file of weights holds (.pth, .pt, .safetensors): tensors, types, shapes, which network",
            1, 1, {}, info},
        {"weights convert", "FILE OUT.safetensors",
            "rewrites a file of weights under our names, without running anything of it", 2, 2,
            {{"keys", "NAMES",
                 "whose names the tensors have: auto, plain, pyskl, mmaction2, videomaev2, torchvision",
                 kAuto},
                {"half", nullptr, "matrices and kernels in 16-bit floating point"}},
            convert},
    };
}

} // namespace telltale
