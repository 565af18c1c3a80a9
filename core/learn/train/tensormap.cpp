// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/train/tensormap.h"
#include "base/files.h"
#include "base/mappedfile.h"
#include "nn/safetensors.h"
#include <cstring>
#include <torch/types.h>
#include <torch/utils.h>

namespace telltale {

namespace {

Error refused(const std::string& file, const std::string& tensor, const std::string& what)
{
    return {ErrorCode::BadFormat,
        file + ": tensor \"" + tensor + "\" " + what + "; it belongs to another model."};
}

} // namespace

TensorMap storedTensors(const torch::nn::Module& module, const std::string& prefix)
{
    TensorMap tensors;
    for (const auto& item : module.named_parameters())
        tensors[prefix + item.key()] = item.value().detach();
    for (const auto& item : module.named_buffers()) {
        if (item.value().defined() && item.value().is_floating_point())
            tensors[prefix + item.key()] = item.value().detach();
    }
    return tensors;
}

Status writeTensors(const std::filesystem::path& file, const TensorMap& tensors,
    const std::map<std::string, std::string>& metadata)
{
    std::vector<torch::Tensor> values; // keeps what the parts point to
    std::vector<TensorPlan> plans;
    values.reserve(tensors.size());
    plans.reserve(tensors.size());
    for (const auto& [name, tensor] : tensors) {
        values.push_back(tensor.to(torch::kCPU, torch::kFloat).contiguous());
        plans.push_back(
            {name, "F32", tensor.sizes().vec(), static_cast<uint64_t>(tensor.numel()) * sizeof(float)});
    }
    const std::string header = safetensorsHeader(plans, metadata);
    std::vector<std::string_view> parts = {header};
    parts.reserve(values.size() + 1);
    for (size_t i = 0; i < values.size(); ++i)
        parts.emplace_back(
            reinterpret_cast<const char*>(values[i].data_ptr<float>()), static_cast<size_t>(plans[i].bytes));
    return writeFileAtomically(file, parts);
}

Result<StoredTensors> readTensors(const std::filesystem::path& file)
{
    const auto mapped = MappedFile::open(file);
    if (!mapped)
        return mapped.error();
    auto view = viewSafetensors((*mapped)->bytes(), file.string());
    if (!view)
        return view.error();
    StoredTensors stored;
    stored.metadata = std::move(view->metadata);
    for (const auto& [name, tensor] : view->tensors) {
        if (tensor.dtype != "F32")
            return refused(file.string(), name, "is of type " + tensor.dtype + ", wanted F32");
        auto values = torch::empty(tensor.shape, torch::kFloat);
        std::memcpy(values.data_ptr<float>(), tensor.bytes.data(), tensor.bytes.size());
        stored.tensors[name] = std::move(values);
    }
    return stored;
}

Status copyTensors(const TensorMap& from, const TensorMap& into, const std::string& file)
{
    for (const auto& [name, tensor] : into) {
        const auto found = from.find(name);
        if (found == from.end())
            return refused(file, name, "of shape " + shapeText(tensor.sizes().vec()) + " is missing");
        if (found->second.sizes() != tensor.sizes())
            return refused(file, name,
                "has shape " + shapeText(found->second.sizes().vec()) + ", wanted "
                    + shapeText(tensor.sizes().vec()));
    }
    for (const auto& item : from) {
        if (!into.contains(item.first))
            return refused(file, item.first, "has no place here");
    }
    const torch::NoGradGuard guard;
    for (const auto& [name, tensor] : into)
        torch::Tensor(tensor).copy_(from.at(name));
    return {};
}

void copyInto(const TensorMap& from, const TensorMap& into)
{
    const torch::NoGradGuard guard;
    for (const auto& [name, tensor] : into)
        torch::Tensor(tensor).copy_(from.at(name));
}

TensorMap cloned(const TensorMap& tensors)
{
    TensorMap copies;
    for (const auto& [name, tensor] : tensors)
        copies[name] = tensor.detach().clone();
    return copies;
}

} // namespace telltale
