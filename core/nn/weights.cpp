// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/weights.h"
#include <torch/types.h>

namespace telltale {

namespace {

std::map<std::string, torch::Tensor> storedTensors(const torch::nn::Module& module)
{
    std::map<std::string, torch::Tensor> tensors;
    for (const auto& item : module.named_parameters())
        tensors[item.key()] = item.value();
    for (const auto& item : module.named_buffers()) {
        if (item.value().is_floating_point())
            tensors[item.key()] = item.value();
    }
    return tensors;
}

Error refused(const std::string& file, const std::string& tensor, const std::string& what)
{
    return {ErrorCode::BadFormat,
        file + ": tensor \"" + tensor + "\" " + what + ". These are weights of another network."};
}

} // namespace

TensorFile saveWeights(const torch::nn::Module& module)
{
    TensorFile content;
    for (const auto& [name, tensor] : storedTensors(module)) {
        const auto plain = tensor.detach().to(torch::kCPU, torch::kFloat).contiguous();
        NdArray array(plain.sizes().vec());
        std::copy_n(plain.data_ptr<float>(), plain.numel(), array.values.begin());
        content.tensors[name] = std::move(array);
    }
    return content;
}

Status loadWeights(torch::nn::Module& module, const TensorFile& content, const std::string& file)
{
    const auto wanted = storedTensors(module);
    for (const auto& [name, tensor] : wanted) {
        const auto found = content.tensors.find(name);
        if (found == content.tensors.end())
            return refused(file, name, "of shape " + shapeText(tensor.sizes().vec()) + " is missing");
        if (found->second.shape != tensor.sizes().vec())
            return refused(file, name,
                "has shape " + shapeText(found->second.shape) + ", wanted "
                    + shapeText(tensor.sizes().vec()));
    }
    for (const auto& item : content.tensors) {
        if (!wanted.contains(item.first) && !item.first.ends_with("num_batches_tracked"))
            return refused(file, item.first, "has no place in the network");
    }
    const torch::NoGradGuard guard;
    for (auto [name, tensor] : wanted) {
        const NdArray& array = content.tensors.at(name);
        tensor.copy_(torch::tensor(array.values).view(array.shape));
    }
    return {};
}

WantedTensors wantedTensors(const torch::nn::Module& module)
{
    WantedTensors wanted;
    for (const auto& [name, tensor] : storedTensors(module))
        wanted[name] = tensor.sizes().vec();
    return wanted;
}

Result<ReleasedWeights> loadReleased(torch::nn::Module& network, torch::nn::LinearImpl* classifier,
    TensorFile content, const std::string& file, const KeyMap* keys)
{
    const KeyMap& map = keys ? *keys : chooseKeyMap(content, wantedTensors(network));
    auto named = mapKeys(std::move(content), map);
    if (!named)
        return Error{named.error().code, file + ": " + named.error().message};
    TensorFile last;
    for (auto at = named->tensors.begin(); at != named->tensors.end();) {
        const bool belongs = at->first.starts_with(kClassifier);
        if (belongs)
            last.tensors[at->first.substr(kClassifier.size())] = std::move(at->second);
        at = belongs ? named->tensors.erase(at) : std::next(at);
    }
    if (const Status status = loadWeights(network, *named, file); !status)
        return status.error();
    ReleasedWeights released{std::string(map.name), false, {}};
    if (!classifier || last.tensors.empty())
        return released;
    const auto weight = last.tensors.find("weight");
    const auto wanted = classifier->weight.sizes().vec();
    released.classifier = loadWeights(*classifier, last, file).ok();
    if (!released.classifier)
        released.notes.push_back(file + ": its last layer "
            + (weight == last.tensors.end() ? "" : "of shape " + shapeText(weight->second.shape) + " ")
            + "is left out; wanted is " + shapeText(wanted) + ". The classes are learned anew.");
    return released;
}

} // namespace telltale
