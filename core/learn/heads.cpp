// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/ensemble.h"
#include "learn/fusion.h"
#include "nn/safetensors.h"
#include <algorithm>
#include <charconv>
#include <cmath>

namespace telltale {

namespace {

// Tensors <modality>.weight and <modality>.bias, and those of the hidden layer where there is one; scalars as
// text, so that they keep all their digits.
constexpr const char* kWeight = ".weight";
constexpr const char* kBias = ".bias";
constexpr const char* kHiddenWeight = ".hidden.weight";
constexpr const char* kHiddenBias = ".hidden.bias";
constexpr const char* kTemperature = ".temperature";
constexpr const char* kFusionWeight = ".fusion_weight";
constexpr const char* kInfo = "info";
constexpr const char* kFormat = "format";
constexpr const char* kFormatName = "telltale-heads/1";

std::string exactText(double value)
{
    char text[40];
    const auto end = std::to_chars(text, text + sizeof text, value);
    return {text, end.ptr};
}

Error refused(const std::filesystem::path& file, const std::string& what)
{
    return {ErrorCode::BadFormat,
        file.string() + ": " + what
            + ". These are not classifier heads of this program; retrain to make new ones."};
}

Status readScalar(const TensorFile& content, const std::string& key, double& value)
{
    const auto found = content.metadata.find(key);
    if (found == content.metadata.end())
        return Error{ErrorCode::BadFormat, "\"" + key + "\" is missing"};
    const std::string& text = found->second;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size() || !std::isfinite(value)
        || value < 0)
        return Error{ErrorCode::BadFormat, "\"" + key + "\" is \"" + text + "\", not a number from 0 up"};
    return {};
}

/// The hidden layer of a head whose classifier sees `width` numbers, if it has one.
Status readHidden(const TensorFile& content, const std::string& modality, int64_t width, HeadSet::Head& head)
{
    const auto weight = content.tensors.find(modality + kHiddenWeight);
    const auto bias = content.tensors.find(modality + kHiddenBias);
    head.inputs = static_cast<int>(width);
    if (weight == content.tensors.end() && bias == content.tensors.end())
        return {};
    if (weight == content.tensors.end() || bias == content.tensors.end() || weight->second.shape.size() != 2
        || weight->second.shape[0] != width || weight->second.shape[1] < 1
        || bias->second.shape != std::vector<int64_t>{width})
        return Error{ErrorCode::BadFormat,
            "tensors \"" + modality + kHiddenWeight + "\" and \"" + modality + kHiddenBias
                + "\" do not both have the " + std::to_string(width) + " units that \"" + modality + kWeight
                + "\" sees"};
    head.hidden = static_cast<int>(width);
    head.inputs = static_cast<int>(weight->second.shape[1]);
    head.hiddenWeight = weight->second.values;
    head.hiddenBias = bias->second.values;
    return {};
}

Status readHead(const TensorFile& content, const std::string& modality, const NdArray& weight, HeadSet& set)
{
    const auto bias = content.tensors.find(modality + kBias);
    if (weight.shape.size() != 2 || weight.shape[0] < 1 || weight.shape[1] < 1)
        return Error{ErrorCode::BadFormat,
            "tensor \"" + modality + kWeight + "\" has shape " + shapeText(weight.shape)
                + ", wanted [classes, inputs]"};
    if (set.classes == 0)
        set.classes = static_cast<int>(weight.shape[0]);
    const std::vector<int64_t> wanted = {set.classes};
    if (weight.shape[0] != set.classes || bias == content.tensors.end() || bias->second.shape != wanted)
        return Error{ErrorCode::BadFormat,
            "tensors \"" + modality + kWeight + "\" and \"" + modality + kBias + "\" do not both have "
                + std::to_string(set.classes) + " classes"};
    HeadSet::Head head;
    if (Status status = readHidden(content, modality, weight.shape[1], head); !status)
        return status;
    head.weight = weight.values;
    head.bias = bias->second.values;
    if (Status status = readScalar(content, modality + kTemperature, head.temperature); !status)
        return status;
    if (Status status = readScalar(content, modality + kFusionWeight, head.fusionWeight); !status)
        return status;
    set.heads[modality] = std::move(head);
    return {};
}

/// weight [units, inputs] times inputs plus bias.
std::vector<float> layer(
    const std::vector<float>& weight, const std::vector<float>& bias, const std::vector<float>& inputs)
{
    std::vector<float> result(bias.size());
    const float* row = weight.data();
    for (size_t c = 0; c < result.size(); ++c, row += inputs.size()) {
        double sum = bias[c];
        for (size_t j = 0; j < inputs.size(); ++j)
            sum += static_cast<double>(row[j]) * inputs[j];
        result[c] = static_cast<float>(sum);
    }
    return result;
}

} // namespace

std::vector<float> HeadSet::logits(const std::string& modality, const std::vector<float>& embedding) const
{
    const auto found = heads.find(modality);
    if (found == heads.end() || embedding.size() != static_cast<size_t>(found->second.inputs))
        return {};
    const Head& head = found->second;
    if (head.hidden == 0)
        return layer(head.weight, head.bias, embedding);
    std::vector<float> active = layer(head.hiddenWeight, head.hiddenBias, embedding);
    for (float& value : active)
        value = std::max(value, 0.F);
    return layer(head.weight, head.bias, active);
}

std::vector<float> HeadSet::probabilities(
    const std::string& modality, const std::vector<float>& embedding) const
{
    const auto found = heads.find(modality);
    return found == heads.end() ? std::vector<float>{}
                                : softmax(logits(modality, embedding), found->second.temperature);
}

Result<HeadSet> readHeads(const std::filesystem::path& file)
{
    const auto content = readSafetensors(file);
    if (!content)
        return content.error();
    const auto format = content->metadata.find(kFormat);
    if (format == content->metadata.end() || format->second != kFormatName)
        return refused(file, "its metadata does not say \"" + std::string(kFormatName) + "\"");
    HeadSet set;
    const std::string_view suffix = kWeight;
    for (const auto& [name, tensor] : content->tensors) {
        if (!name.ends_with(suffix) || name.ends_with(kHiddenWeight))
            continue;
        const Status status = readHead(*content, name.substr(0, name.size() - suffix.size()), tensor, set);
        if (!status)
            return refused(file, status.error().message);
    }
    if (set.heads.empty())
        return refused(file, "it holds no head");
    return set;
}

Status writeHeads(const std::filesystem::path& file, const HeadSet& heads, const std::string& metadataJson)
{
    TensorFile content;
    content.metadata = {{kFormat, kFormatName}, {kInfo, metadataJson}};
    for (const auto& [modality, head] : heads.heads) {
        NdArray& weight = content.tensors[modality + kWeight];
        weight.shape = {heads.classes, head.width()};
        weight.values = head.weight;
        NdArray& bias = content.tensors[modality + kBias];
        bias.shape = {heads.classes};
        bias.values = head.bias;
        if (head.hidden > 0) {
            NdArray& hidden = content.tensors[modality + kHiddenWeight];
            hidden.shape = {head.hidden, head.inputs};
            hidden.values = head.hiddenWeight;
            NdArray& shift = content.tensors[modality + kHiddenBias];
            shift.shape = {head.hidden};
            shift.values = head.hiddenBias;
        }
        content.metadata[modality + kTemperature] = exactText(head.temperature);
        content.metadata[modality + kFusionWeight] = exactText(head.fusionWeight);
    }
    return writeSafetensors(file, content);
}

} // namespace telltale
