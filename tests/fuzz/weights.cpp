// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "weights.h"
#include "../nn/torchfiles.h"
#include "nn/weightfiles/keymap.h"
#include "nn/weightfiles/networkfamily.h"
#include "nn/weightfiles/weightfile.h"

namespace telltale::fuzz {
namespace {

constexpr std::string_view kBare = "bare.pkl";
constexpr uint64_t kNumbersPerByte = 4; // as much as the reader may make of a file
constexpr uint64_t kFewNumbers = 1 << 16;

const std::string& numbersOfSeed()
{
    static const std::string kNumbers = [] {
        std::vector<float> numbers(240);
        for (size_t i = 0; i < numbers.size(); ++i)
            numbers[i] = 0.01F * static_cast<float>(i);
        return sample::packed(numbers);
    }();
    return kNumbers;
}

/// A training state with a model of every kind of tensor that is read.
std::string trainingState()
{
    using namespace sample;
    const std::string parameter = call(global("torch._utils", "_rebuild_parameter"),
        {tensor({"FloatStorage", "0", 240, 0, {4, 5, 12}, {60, 12, 1}}), "\x88", "N"});
    const std::string model
        = dict({{"backbone.data_bn.weight", tensor({"FloatStorage", "0", 240, 3, {9}, {1}})},
            {"backbone.gcn.0.gcn.A", tensor({"FloatStorage", "0", 240, 0, {3, 4, 4}, {1, 12, 3}})},
            {"backbone.gcn.0.gcn.conv.weight", parameter},
            {"backbone.halves", tensor({"HalfStorage", "1", 480, 7, {20, 2}, {2, 1}})},
            {"backbone.count", tensor({"LongStorage", "2", 120, 1, {}, {}})},
            {"cls_head.fc_cls.weight", tensor({"DoubleStorage", "3", 120, 0, {5, 8}, {8, 1}})}});
    const std::string settings
        = global("argparse", "Namespace") + ")\x81" + dict({{"lr", "G" + std::string(8, '\0')}}) + "b";
    return dict({{"meta", dict({{"epoch", integer(24)}, {"args", settings}})},
        {"optimizer", call(global("collections", "OrderedDict"), {"](" + tuple({text("a"), "N"}) + "e"})},
        {"state_dict", model}});
}

sample::Members storages()
{
    return {{"0", numbersOfSeed()}, {"1", numbersOfSeed()}, {"2", numbersOfSeed()}, {"3", numbersOfSeed()}};
}

/// Uses what was read; a sentence where it does not hold together.
std::string useContent(const WeightFile& file, size_t bytes)
{
    uint64_t numbers = 0;
    for (const auto& [name, tensor] : file.content.tensors) {
        if (static_cast<uint64_t>(tensor.count()) != tensor.values.size())
            return "a tensor has other numbers than its shape says";
        numbers += tensor.values.size();
    }
    if (numbers > kNumbersPerByte * bytes + kFewNumbers)
        return "more numbers than a file of this size can have";
    if (file.stored.size() != file.content.tensors.size())
        return "more or less tensors than were stored";
    if (!parseSafetensors(formatSafetensors(file.content), "again"))
        return "what was read cannot be written and read again";
    const auto named = mapKeys(file.content, chooseKeyMap(file.content));
    if (named)
        (void)guessNetwork(*named);
    else if (named.error().message.empty())
        return "refused without a sentence";
    return {};
}

} // namespace

std::vector<SeedFile> makeWeightSeeds()
{
    const std::string state = trainingState();
    TensorFile content;
    content.tensors["layer1.0.conv3.bn.weight"] = NdArray({4});
    content.tensors["conv1.conv.weight"] = NdArray({4, 3, 1, 7, 7});
    content.metadata["note"] = "made for harm";
    return {{"zip.pth", sample::torchZip(state, storages())},
        {"wide.pth", sample::torchZip(state, storages(), true)},
        {"legacy.pth",
            sample::torchLegacy(state,
                {{"0", 240, numbersOfSeed()}, {"1", 480, numbersOfSeed()}, {"2", 120, numbersOfSeed()},
                    {"3", 120, numbersOfSeed()}})},
        {std::string(kBare), sample::pickle(state)}, {"some.safetensors", formatSafetensors(content)}};
}

Findings exerciseWeights(const SeedFile& harmed)
{
    std::string bytes = harmed.bytes;
    if (harmed.name == kBare) {
        sample::Members members = {{"w/data.pkl", bytes}};
        for (const auto& [key, numbers] : storages())
            members.emplace_back("w/data/" + key, numbers);
        bytes = sample::zip(members);
    }
    const auto file = parseWeightFile(bytes, harmed.name);
    if (!file)
        return {file.error().message.empty() ? "refused without a sentence" : "", ""};
    return {useContent(*file, bytes.size()), ""};
}

} // namespace telltale::fuzz
