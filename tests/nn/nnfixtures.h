// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/files.h"
#include "base/npy.h"
#include "nn/safetensors.h"
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <torch/types.h>

namespace telltale {

/// What a reference implementation wrote down, and what it says about itself.
class NnFixture {
public:
    static std::filesystem::path folder()
    {
        const char* given = std::getenv("TELLTALE_FIXTURES");
        return given ? std::filesystem::path(given)
                     : std::filesystem::path(TELLTALE_SOURCE_DIR) / "../shared/fixtures";
    }
    /// Nothing where the folder is not there.
    static std::optional<NnFixture> find(const std::string& id)
    {
        const auto manifest = readFile(folder() / "manifest.json");
        if (!manifest)
            return std::nullopt;
        const auto parsed = nlohmann::json::parse(*manifest);
        for (const auto& entry : parsed["fixtures"])
            if (entry["id"] == id)
                return NnFixture(entry);
        return std::nullopt;
    }

    const nlohmann::json& parameters() const { return m_entry["parameters"]; }
    double tolerance() const { return std::stod(m_entry["tolerance"].get<std::string>()); }
    static torch::Tensor tensor(const std::string& file)
    {
        const auto array = toFloat(readNpy(folder() / file).value(), file);
        return torch::tensor(array->values).view(array->shape);
    }
    /// The weights beside the fixture by their names.
    static TensorFile weights(const std::string& name)
    {
        const auto values = toFloat(readNpy(folder() / (name + "_params.npy")).value(), name);
        TensorFile content;
        const auto list = nlohmann::json::parse(*readFile(folder() / (name + "_params.json")));
        for (const auto& entry : list["params"]) {
            NdArray array(entry["shape"].get<std::vector<int64_t>>());
            std::copy_n(
                values->values.begin() + entry["offset"].get<int64_t>(), array.count(), array.values.begin());
            content.tensors[entry["name"].get<std::string>()] = std::move(array);
        }
        return content;
    }
    static double difference(const torch::Tensor& a, const torch::Tensor& b)
    {
        return a.sizes() == b.sizes() ? (a - b).abs().max().item<double>() : INFINITY;
    }

private:
    explicit NnFixture(nlohmann::json entry) : m_entry(std::move(entry)) { }
    nlohmann::json m_entry;
};

#define TELLTALE_FIXTURE(name, id)                                                                           \
    const auto name = NnFixture::find(id);                                                                   \
    if (!name)                                                                                               \
    GTEST_SKIP() << NnFixture::folder() << " has no " << (id)

} // namespace telltale
