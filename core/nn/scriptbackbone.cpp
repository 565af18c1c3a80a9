// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/scriptbackbone.h"
#include "nn/volumes/kernels.h"
#include <filesystem>
#include <torch/script.h>

namespace telltale {

namespace {

using torch::Tensor;

/// TorchScript puts what went wrong behind its own call stack, LibTorch before.
std::string reasonOf(const std::exception& error)
{
    static const std::string kMark = "RuntimeError: ";
    const std::string text = error.what();
    const size_t mark = text.rfind(kMark);
    const size_t start = mark == std::string::npos ? 0 : mark + kMark.size();
    return text.substr(start, text.find('\n', start) - start);
}

/// The parameters and buffers of a TorchScript module under their names, shared with it.
std::shared_ptr<torch::nn::Module> shellOf(const torch::jit::Module& module)
{
    auto shell = std::make_shared<torch::nn::Module>();
    for (const auto& item : module.named_parameters(false))
        shell->register_parameter(item.name, item.value, item.value.requires_grad());
    for (const auto& item : module.named_buffers(false))
        shell->register_buffer(item.name, item.value);
    for (const auto& item : module.named_children())
        shell->register_module(item.name, shellOf(item.value));
    return shell;
}

/// The tensor that `name` means among what came out, the first where it is empty.
Tensor chosenOutput(const c10::IValue& value, const std::string& name)
{
    if (value.isTensor())
        return value.toTensor();
    if (value.isGenericDict()) {
        for (const auto& entry : value.toGenericDict())
            if (entry.value().isTensor() && (name.empty() || entry.key().toStringRef() == name))
                return entry.value().toTensor();
        TORCH_CHECK(false, "what comes out has no tensor \"", name, "\"");
    }
    TORCH_CHECK(value.isTuple() || value.isList(), "what comes out is no tensor");
    const std::vector<c10::IValue> elements
        = value.isTuple() ? value.toTupleRef().elements().vec() : value.toListRef().vec();
    size_t place = 0;
    if (!name.empty()) {
        TORCH_CHECK(name.find_first_not_of("0123456789") == std::string::npos && name.size() < 6,
            "the outputs of this network have no names, only places from 0 on");
        place = std::stoul(name);
    }
    TORCH_CHECK(place < elements.size() && elements[place].isTensor(), "there is no tensor at place ", place,
        " of what comes out");
    return elements[place].toTensor();
}

/// [N, D] of whatever a backbone gives.
Tensor pooled(const Tensor& output)
{
    TORCH_CHECK(output.dim() >= 2 && output.dim() <= 5, "what comes out has ", output.dim(),
        " dimensions: neither features, tokens nor a feature map");
    if (output.dim() == 2)
        return output;
    return output.dim() == 3 ? output.mean(1) : output.flatten(2).mean(2);
}

class ScriptBackbone : public ClipNetwork {
public:
    ScriptBackbone(torch::jit::Module module, std::string output, ColourScale colours, bool frozen)
        : m_module(std::move(module))
        , m_output(std::move(output))
        , m_colours(std::move(colours))
        , m_frozen(frozen)
    {
        m_module.train(!frozen);
        for (const auto& item : m_module.named_parameters(false))
            register_parameter(item.name, item.value, item.value.requires_grad());
        for (const auto& item : m_module.named_buffers(false))
            register_buffer(item.name, item.value);
        for (const auto& item : m_module.named_children())
            register_module(item.name, shellOf(item.value));
        for (const auto& parameter : parameters())
            parameter.set_requires_grad(!frozen);
    }

    Tensor embed(const Tensor& clips) override
    {
        const auto input = normalized(clips, m_colours);
        if (!m_frozen)
            return pooled(chosenOutput(m_module.forward({input}), m_output));
        const torch::NoGradGuard guard;
        return pooled(chosenOutput(m_module.forward({input}), m_output));
    }

    int64_t features() const override { return m_features; }
    void drawWeights(uint64_t) override { }

    void train(bool on) override
    {
        ClipNetwork::train(on);
        m_module.train(on && !m_frozen);
    }

    /// Finds features() with a clip of that shape.
    void probe(const std::vector<int64_t>& shape)
    {
        const torch::NoGradGuard guard;
        m_module.eval();
        m_features = embed(torch::zeros(shape)).size(1);
        train(is_training());
    }

private:
    torch::jit::Module m_module;
    std::string m_output;
    ColourScale m_colours;
    bool m_frozen;
    int64_t m_features = 0;
};

} // namespace

Result<std::shared_ptr<ClipNetwork>> makeScriptBackbone(const NetworkSpec& spec, const NetworkInput& input)
{
    const auto text = [&](const char* name) {
        const auto found = spec.texts.find(name);
        return found == spec.texts.end() ? std::string() : found->second;
    };
    const auto numbers = [&](const char* name) {
        const std::vector<double>* found = spec.find(name);
        return found ? *found : std::vector<double>();
    };
    const std::string file = text("file");
    if (file.empty())
        return Error{ErrorCode::InvalidArgument,
            "The network \"script\" needs \"file\": the TorchScript file that holds it."};
    std::error_code ec;
    if (!std::filesystem::is_regular_file(file, ec))
        return Error{ErrorCode::NotFound, file + ": there is no such file"};
    const ColourScale colours{numbers("mean"), numbers("deviation")};
    if (colours.mean.size() != colours.deviation.size()
        || (!colours.mean.empty() && static_cast<int64_t>(colours.mean.size()) != input.channels))
        return Error{ErrorCode::InvalidArgument,
            file + ": \"mean\" and \"deviation\" need one number for each of the "
                + std::to_string(input.channels) + " channels."};
    std::shared_ptr<ScriptBackbone> network;
    try {
        network = std::make_shared<ScriptBackbone>(
            torch::jit::load(file, at::kCPU), text("output"), colours, spec.number("frozen", 0) != 0);
    } catch (const std::exception& error) {
        return Error{ErrorCode::BadFormat,
            file + ": LibTorch cannot load it as TorchScript (" + reasonOf(error)
                + "); a PyTorch file that holds only weights has no network to run"};
    }
    try {
        network->probe({1, input.channels, input.frames, input.height, input.width});
    } catch (const std::exception& error) {
        const auto sizes = [](int64_t value) { return std::to_string(value); };
        return Error{ErrorCode::BadFormat,
            file + ": its network fails on clips of " + sizes(input.channels) + " x " + sizes(input.frames)
                + " x " + sizes(input.height) + " x " + sizes(input.width) + ": " + reasonOf(error)};
    }
    return std::shared_ptr<ClipNetwork>(std::move(network));
}

} // namespace telltale
