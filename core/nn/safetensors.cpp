// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/safetensors.h"
#include "base/files.h"
#include "base/half.h"
#include "nn/tensortypes.h"
#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

namespace telltale {

namespace {

using Json = nlohmann::json;

constexpr uint64_t kLargestHeader = 100'000'000; // the format's own limit
constexpr uint64_t kMostNumbers = uint64_t{1} << 48;
constexpr const char* kMetadata = "__metadata__";

template <typename T> T load(const char* from)
{
    T value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

Error damaged(const std::string& name, const std::string& what)
{
    return {ErrorCode::BadFormat,
        name + ": " + what + ". The file is damaged or no .safetensors file; fetch it again."};
}

struct Entry {
    const TensorType* dtype = nullptr;
    std::vector<int64_t> shape;
    uint64_t begin = 0;
    uint64_t end = 0;
};

bool isUnsigned(const Json& value) { return value.is_number_unsigned(); }

/// The entry of one tensor, or why it is refused.
Result<Entry> parseEntry(
    const Json& json, uint64_t dataSize, const std::string& name, const std::string& tensor)
{
    const std::string place = "tensor \"" + tensor + "\" ";
    if (!json.is_object() || !json.contains("dtype") || !json.contains("shape")
        || !json.contains("data_offsets"))
        return damaged(name, place + "lacks dtype, shape or data_offsets");
    const Json& shape = json["shape"];
    const Json& offsets = json["data_offsets"];
    if (!json["dtype"].is_string() || !shape.is_array()
        || !std::all_of(shape.begin(), shape.end(), isUnsigned) || !offsets.is_array() || offsets.size() != 2
        || !std::all_of(offsets.begin(), offsets.end(), isUnsigned))
        return damaged(name, place + "has a malformed description");
    Entry entry;
    const auto dtypeName = json["dtype"].get<std::string>();
    const TensorType* dtype = findTensorType(dtypeName);
    if (dtype == nullptr)
        return Error{ErrorCode::Unsupported,
            name + ": " + place + "has the type " + dtypeName
                + ", which is not read; convert it to F32 or F16."};
    entry.dtype = dtype;
    entry.begin = offsets[0].get<uint64_t>();
    entry.end = offsets[1].get<uint64_t>();
    if (entry.begin > entry.end || entry.end > dataSize)
        return damaged(name, place + "points outside the file");
    uint64_t count = 1;
    for (const Json& dimension : shape) {
        const auto size = dimension.get<uint64_t>();
        if (size > kMostNumbers || (size != 0 && count > kMostNumbers / size))
            return damaged(name, place + "has an absurd shape");
        count *= size;
        entry.shape.push_back(static_cast<int64_t>(size));
    }
    if (count * dtype->bytes != entry.end - entry.begin)
        return damaged(name,
            place + "has " + std::to_string(entry.end - entry.begin) + " bytes where its shape "
                + shapeText(entry.shape) + " wants " + std::to_string(count * dtype->bytes));
    return entry;
}

/// Every byte of the data belongs to exactly one tensor.
bool coversExactly(std::vector<std::pair<uint64_t, uint64_t>> regions, uint64_t dataSize)
{
    std::sort(regions.begin(), regions.end());
    uint64_t at = 0;
    for (const auto& [begin, end] : regions) {
        if (begin != at)
            return false;
        at = end;
    }
    return at == dataSize;
}

Status readMetadata(const Json& json, const std::string& name, std::map<std::string, std::string>& metadata)
{
    if (!json.is_object())
        return damaged(name, "its metadata is no table");
    for (const auto& [key, value] : json.items()) {
        if (!value.is_string())
            return damaged(name, "its metadata entry \"" + key + "\" is no text");
        metadata[key] = value.get<std::string>();
    }
    return {};
}

} // namespace

std::string shapeText(const std::vector<int64_t>& shape)
{
    std::string text;
    for (const int64_t size : shape)
        text += (text.empty() ? "" : ", ") + std::to_string(size);
    return "[" + text + "]";
}

namespace {

struct Layout {
    std::map<std::string, Entry> entries;
    std::map<std::string, std::string> metadata;
    std::string_view data;
};

Result<Layout> readLayout(std::string_view bytes, const std::string& name)
{
    if (bytes.size() < 8)
        return damaged(name, "it ends inside the header");
    const auto headerSize = load<uint64_t>(bytes.data());
    if (headerSize > kLargestHeader)
        return damaged(
            name, "its header claims " + std::to_string(headerSize) + " bytes, more than the format allows");
    if (headerSize > bytes.size() - 8)
        return damaged(name, "it ends inside the header");
    const Json header = Json::parse(bytes.substr(8, headerSize), nullptr, false);
    if (!header.is_object())
        return damaged(name, "its header is no JSON table");
    Layout layout;
    layout.data = bytes.substr(8 + headerSize);
    std::vector<std::pair<uint64_t, uint64_t>> regions;
    for (const auto& [tensor, json] : header.items()) {
        if (tensor == kMetadata) {
            if (const Status status = readMetadata(json, name, layout.metadata); !status)
                return status.error();
            continue;
        }
        auto entry = parseEntry(json, layout.data.size(), name, tensor);
        if (!entry)
            return entry.error();
        regions.emplace_back(entry->begin, entry->end);
        layout.entries[tensor] = *std::move(entry);
    }
    if (!coversExactly(std::move(regions), layout.data.size()))
        return damaged(name, "its tensors overlap, leave gaps or do not fill the file");
    return layout;
}

std::string headerText(Json header, const std::map<std::string, std::string>& metadata)
{
    if (!metadata.empty())
        header[kMetadata] = metadata;
    std::string text = header.dump();
    text.append((8 - text.size() % 8) % 8, ' ');
    const uint64_t size = text.size();
    return std::string(reinterpret_cast<const char*>(&size), sizeof size) + text;
}

} // namespace

Result<SafetensorsView> viewSafetensors(std::string_view bytes, const std::string& name)
{
    Result<Layout> layout = readLayout(bytes, name);
    if (!layout)
        return layout.error();
    SafetensorsView view;
    view.metadata = std::move(layout->metadata);
    for (auto& [tensor, entry] : layout->entries)
        view.tensors[tensor] = {std::string(entry.dtype->name), std::move(entry.shape),
            layout->data.substr(entry.begin, entry.end - entry.begin)};
    return view;
}

std::string safetensorsHeader(
    const std::vector<TensorPlan>& tensors, const std::map<std::string, std::string>& metadata)
{
    Json header = Json::object();
    uint64_t at = 0;
    for (const TensorPlan& tensor : tensors) {
        header[tensor.name]
            = {{"dtype", tensor.dtype}, {"shape", tensor.shape}, {"data_offsets", {at, at + tensor.bytes}}};
        at += tensor.bytes;
    }
    return headerText(std::move(header), metadata);
}

Result<TensorFile> parseSafetensors(std::string_view bytes, const std::string& name)
{
    Result<Layout> layout = readLayout(bytes, name);
    if (!layout)
        return layout.error();
    TensorFile content;
    content.metadata = std::move(layout->metadata);
    for (const auto& [tensor, entry] : layout->entries) {
        NdArray& array = content.tensors[tensor] = NdArray(entry.shape);
        const char* from = layout->data.data() + entry.begin;
        for (float& value : array.values) {
            value = entry.dtype->widen(from);
            from += entry.dtype->bytes;
        }
    }
    return content;
}

std::string formatSafetensors(const TensorFile& content, MatrixStorage storage)
{
    Json header = Json::object();
    std::string data;
    for (const auto& [tensor, array] : content.tensors) {
        const bool half = storage == MatrixStorage::F16 && array.shape.size() >= 2;
        const size_t begin = data.size();
        for (const float value : array.values) {
            const uint16_t narrow = half ? toHalf(value) : uint16_t{0};
            data.append(half ? reinterpret_cast<const char*>(&narrow) : reinterpret_cast<const char*>(&value),
                half ? sizeof narrow : sizeof value);
        }
        header[tensor] = {
            {"dtype", half ? "F16" : "F32"}, {"shape", array.shape}, {"data_offsets", {begin, data.size()}}};
    }
    return headerText(std::move(header), content.metadata) + data;
}

Result<TensorFile> readSafetensors(const std::filesystem::path& file)
{
    const auto bytes = readFile(file);
    if (!bytes)
        return bytes.error();
    return parseSafetensors(*bytes, file.string());
}

Status writeSafetensors(const std::filesystem::path& file, const TensorFile& content, MatrixStorage storage)
{
    return writeFileAtomically(file, formatSafetensors(content, storage));
}

} // namespace telltale
