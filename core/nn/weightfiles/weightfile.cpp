// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/weightfiles/weightfile.h"
#include "base/mappedfile.h"
#include "nn/weightfiles/torchfile.h"

namespace telltale {

namespace {

Result<WeightFile> parseStoredSafetensors(std::string_view bytes, const std::string& name)
{
    auto view = viewSafetensors(bytes, name);
    if (!view)
        return view.error();
    auto content = parseSafetensors(bytes, name);
    if (!content)
        return content.error();
    WeightFile file;
    file.content = *std::move(content);
    file.stored.reserve(view->tensors.size());
    for (auto& [tensor, stored] : view->tensors)
        file.stored.push_back({tensor, std::move(stored.dtype), std::move(stored.shape)});
    return file;
}

} // namespace

Result<WeightFile> parseWeightFile(std::string_view bytes, const std::string& name)
{
    constexpr std::string_view kZip("PK\x03\x04", 4);
    constexpr size_t kSafetensorsBrace = 8;
    if (bytes.starts_with(kZip))
        return parseTorchZip(bytes, name);
    if (bytes.starts_with('\x80'))
        if (bytes.size() <= kSafetensorsBrace || bytes[kSafetensorsBrace] != '{')
            return parseTorchLegacy(bytes, name);
    if (bytes.size() > kSafetensorsBrace && bytes[kSafetensorsBrace] == '{')
        return parseStoredSafetensors(bytes, name);
    return Error{ErrorCode::BadFormat,
        name
            + ": it is no file of weights; wanted is .safetensors or what PyTorch's torch.save() writes "
              "(.pth, "
              ".pt)."};
}

Result<WeightFile> openWeightFile(const std::filesystem::path& file)
{
    const auto mapped = MappedFile::open(file);
    if (!mapped)
        return mapped.error();
    return parseWeightFile((*mapped)->bytes(), file.string());
}

Result<TensorFile> readWeightFile(const std::filesystem::path& file)
{
    auto opened = openWeightFile(file);
    if (!opened)
        return opened.error();
    return std::move(opened->content);
}

} // namespace telltale
