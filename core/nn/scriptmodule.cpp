// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/scriptmodule.h"
#include "nn/threadcount.h"
#include <torch/script.h>

namespace telltale {
namespace {

/// LibTorch's messages go on with a stack.
std::string firstSentence(const std::string& text) { return text.substr(0, text.find('\n')); }

NamedArray arrayOf(std::string name, const at::Tensor& tensor)
{
    const at::Tensor dense = tensor.to(at::kCPU, at::kFloat).contiguous();
    NamedArray result{std::move(name), {}};
    result.array.shape = dense.sizes().vec();
    result.array.values.assign(dense.data_ptr<float>(), dense.data_ptr<float>() + dense.numel());
    return result;
}

/// Empty where something is no tensor.
std::vector<NamedArray> arraysOf(const c10::IValue& value)
{
    if (value.isTensor())
        return {arrayOf("0", value.toTensor())};
    std::vector<NamedArray> arrays;
    if (value.isGenericDict()) {
        for (const auto& entry : value.toGenericDict()) {
            if (!entry.key().isString() || !entry.value().isTensor())
                return {};
            arrays.push_back(arrayOf(entry.key().toStringRef(), entry.value().toTensor()));
        }
        return arrays;
    }
    std::vector<c10::IValue> elements;
    if (value.isTuple())
        elements = value.toTupleRef().elements().vec();
    else if (value.isList())
        elements = value.toListRef().vec();
    for (const c10::IValue& element : elements) {
        if (!element.isTensor())
            return {};
        arrays.push_back(arrayOf(std::to_string(arrays.size()), element.toTensor()));
    }
    return arrays;
}

class TorchScriptModule final : public ScriptModule {
public:
    explicit TorchScriptModule(torch::jit::Module module) : m_module(std::move(module)) { }

    Result<std::vector<NamedArray>> forward(const NdArray& input) override
    {
        try {
            const ThreadCount one(1);
            const c10::InferenceMode inference;
            // What the first runs are watched for would change the numbers of later ones.
            const torch::jit::GraphOptimizerEnabledGuard asItIs(false);
            // Only read: LibTorch has no read-only tensors.
            const at::Tensor tensor
                = torch::from_blob(const_cast<float*>(input.values.data()), input.shape, at::kFloat);
            std::vector<NamedArray> arrays = arraysOf(m_module.forward({tensor}));
            if (arrays.empty())
                return Error{ErrorCode::Internal, "it gives something else than tensors"};
            return arrays;
        } catch (const std::exception& e) {
            return Error{ErrorCode::Internal, firstSentence(e.what())};
        }
    }

private:
    torch::jit::Module m_module;
};

} // namespace

Result<std::unique_ptr<ScriptModule>> ScriptModule::open(const std::filesystem::path& file)
{
    std::error_code ec;
    if (!std::filesystem::is_regular_file(file, ec))
        return Error{ErrorCode::NotFound, file.string() + ": there is no such file"};
    try {
        const ThreadCount one(1);
        torch::jit::Module module = torch::jit::load(file.string(), at::kCPU);
        module.eval();
        if (!module.find_method("forward"))
            return Error{ErrorCode::BadFormat, "has no function forward"};
        return std::unique_ptr<ScriptModule>(std::make_unique<TorchScriptModule>(torch::jit::freeze(module)));
    } catch (const std::exception& e) {
        return Error{ErrorCode::BadFormat,
            "LibTorch cannot load it as TorchScript (" + firstSentence(e.what())
                + "); a PyTorch file that holds only weights has no network to run"};
    }
}

} // namespace telltale
