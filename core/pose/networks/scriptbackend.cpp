// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/scriptmodule.h"
#include "pose/networks/networkbackend.h"

namespace telltale {
namespace {

class ScriptBackend final : public NetworkBackend {
public:
    explicit ScriptBackend(std::unique_ptr<ScriptModule> module) : m_module(std::move(module)) { }

    Result<std::vector<RawOutput>> run(const NdArray& input) override
    {
        auto results = m_module->forward(input);
        if (!results)
            return results.error();
        std::vector<RawOutput> outputs;
        outputs.reserve(results->size());
        for (NamedArray& result : *results)
            outputs.push_back({std::move(result.name), std::move(result.array)});
        return outputs;
    }

private:
    std::unique_ptr<ScriptModule> m_module;
};

} // namespace

Result<std::unique_ptr<NetworkBackend>> openScriptBackend(const std::filesystem::path& file)
{
    auto module = ScriptModule::open(file);
    if (!module)
        return module.error();
    return std::unique_ptr<NetworkBackend>(std::make_unique<ScriptBackend>(*std::move(module)));
}

} // namespace telltale
