// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/train/streammodel.h"
#include "learn/train/tensormap.h"
#include "nn/networkregistry.h"
#include <cmath>
#include <torch/cuda.h>
#include <torch/types.h>

namespace telltale {

namespace {

using torch::Tensor;

constexpr const char* kSpec = "stream";
constexpr const char* kSemantic = "semantic";
constexpr uint64_t kClassifierSeed = 1; // beside the network's

/// What a saved model holds: all but the semantic branch.
TensorMap kept(const torch::nn::Module& module)
{
    TensorMap tensors = storedTensors(module);
    std::erase_if(
        tensors, [](const auto& item) { return item.first.rfind(std::string(kSemantic) + ".", 0) == 0; });
    return tensors;
}

Result<StreamSpec> specOf(const StoredTensors& stored, const std::string& file)
{
    const auto text = stored.metadata.find(kSpec);
    if (text == stored.metadata.end())
        return Error{ErrorCode::BadFormat,
            file + ": does not say which network and classes it belongs to; it is no model of a stream."};
    return parseStreamSpec(text->second, file);
}

/// Rows of `values` [n, c] behind those that are there already.
void append(NdArray& array, const Tensor& values)
{
    const auto plain = values.to(torch::kCPU, torch::kFloat).contiguous();
    const float* from = plain.data_ptr<float>();
    array.values.insert(array.values.end(), from, from + plain.numel());
}

Error notNumbers(int64_t sample)
{
    return {ErrorCode::InvalidArgument,
        "Clip " + std::to_string(sample)
            + " has values that are not numbers; look at its points and pictures."};
}

} // namespace

Result<torch::Device> deviceNamed(const std::string& name)
{
    if (name == "cpu")
        return torch::Device(torch::kCPU);
    try {
        const bool usable = torch::cuda::is_available();
        if (name == "auto")
            return torch::Device(usable ? torch::kCUDA : torch::kCPU);
        const torch::Device device(name);
        if (device.is_cuda()) {
            if (!usable
                || (device.has_index() && device.index() >= static_cast<int>(torch::cuda::device_count())))
                return Error{ErrorCode::Unsupported,
                    "The device \"" + name
                        + "\" is not there, or this LibTorch was built without CUDA; choose cpu."};
            return device;
        }
    } catch (const c10::Error&) {
        // said below
    }
    return Error{
        ErrorCode::InvalidArgument, "There is no device \"" + name + "\"; choose cpu, cuda, cuda:0 or auto."};
}

namespace {

/// All classes alike at first (deviation 0.01, as PYSKL's heads): large features would else cost epochs of
/// unlearning.
void beginUndecided(torch::nn::Linear& classifier)
{
    const torch::NoGradGuard noGradients;
    const double drawn = std::sqrt(2.0 / static_cast<double>(classifier->weight.size(1)));
    classifier->weight.mul_(0.01 / drawn);
}

} // namespace

Result<StreamModel> StreamModel::create(StreamSpec spec, uint64_t seed)
{
    if (spec.classes.size() < 2)
        return Error{ErrorCode::InvalidArgument,
            "A model of the stream \"" + spec.stream + "\" needs two classes at least."};
    auto network = makeNetwork(spec.network, spec.input, seed);
    if (!network)
        return network.error();
    try {
        StreamModel model;
        model.m_spec = std::move(spec);
        model.m_backbone = *std::move(network);
        model.m_classifier = torch::nn::Linear(model.m_backbone->features(), model.classes());
        initialize(*model.m_classifier, seed + kClassifierSeed);
        beginUndecided(model.m_classifier);
        model.m_module = std::make_shared<torch::nn::Module>("stream");
        model.m_module->register_module("backbone", model.m_backbone);
        model.m_module->register_module("classifier", model.m_classifier.ptr());
        model.m_module->eval();
        return model;
    } catch (const c10::Error& error) {
        return Error{ErrorCode::InvalidArgument,
            std::string("The network of the stream cannot be built: ") + error.what_without_backtrace()};
    }
}

Result<StreamModel> StreamModel::load(const std::filesystem::path& file)
{
    const auto stored = readTensors(file);
    if (!stored)
        return stored.error();
    auto spec = specOf(*stored, file.string());
    if (!spec)
        return spec.error();
    auto model = create(*std::move(spec), 0);
    if (!model)
        return Error{ErrorCode::BadFormat, file.string() + ": " + model.error().message};
    if (const Status status = copyTensors(stored->tensors, kept(*model->m_module), file.string()); !status)
        return status.error();
    model->m_metadata = stored->metadata;
    return model;
}

Status StreamModel::read(const std::filesystem::path& file)
{
    const auto stored = readTensors(file);
    if (!stored)
        return stored.error();
    const auto spec = specOf(*stored, file.string());
    if (!spec)
        return spec.error();
    if (const std::string difference = streamSpecDifference(*spec, m_spec); !difference.empty())
        return Error{
            ErrorCode::BadFormat, file.string() + " is a model of another kind: " + difference + "."};
    try {
        if (const Status status = copyTensors(stored->tensors, kept(*m_module), file.string()); !status)
            return status;
    } catch (const c10::Error& error) {
        return Error{ErrorCode::Internal, file.string() + ": " + error.what_without_backtrace()};
    }
    m_metadata = stored->metadata;
    return {};
}

Status StreamModel::save(
    const std::filesystem::path& file, const std::map<std::string, std::string>& metadata) const
{
    auto all = metadata;
    all[kSpec] = streamSpecText(m_spec);
    return writeTensors(file, kept(*m_module), all);
}

int64_t StreamModel::features() const { return m_backbone->features(); }

void StreamModel::setSemantic(std::shared_ptr<SemanticHead> head)
{
    if (m_semantic)
        m_module->unregister_module(kSemantic);
    m_semantic = std::move(head);
    if (m_semantic) {
        m_semantic->to(m_device);
        m_module->register_module(kSemantic, m_semantic);
    }
}

void StreamModel::to(const torch::Device& device)
{
    m_module->to(device);
    m_device = device;
}

Result<StreamScores> StreamModel::scores(const BatchSource& source, std::span<const int64_t> samples,
    const ScoreOptions& options, ProgressSink& progress) const
{
    StreamScores result;
    const auto count = static_cast<int64_t>(samples.size());
    result.logits.shape = {count, classes()};
    result.logits.values.reserve(samples.size() * m_spec.classes.size());
    if (options.features) {
        result.features.shape = {count, features()};
        result.features.values.reserve(samples.size() * static_cast<size_t>(features()));
    }
    const int views = std::clamp(options.views, 1, std::max(1, source.views()));
    const auto step = static_cast<size_t>(std::max(1, options.batch));
    try {
        const torch::NoGradGuard guard;
        m_module->eval();
        for (size_t at = 0; at < samples.size(); at += step) {
            const auto part = samples.subspan(at, std::min(step, samples.size() - at));
            Tensor logits;
            Tensor features;
            for (int view = 0; view < views; ++view) {
                if (progress.cancelled())
                    return Error{ErrorCode::Cancelled, "Scoring was stopped."};
                const Tensor inputs = source.view(part, view).to(m_device);
                const Tensor embedded = m_backbone->embed(source.onDevice(inputs)).to(torch::kFloat);
                const Tensor own = m_classifier.ptr()->forward(embedded).log_softmax(1).to(torch::kDouble);
                logits = view == 0 ? own : torch::logaddexp(logits, own);
                features = view == 0 ? embedded : features + embedded;
            }
            if (views > 1) {
                logits = logits - std::log(static_cast<double>(views));
                features = features / static_cast<double>(views);
            }
            const Tensor numbers = logits.isfinite().all(1).cpu();
            for (size_t i = 0; i < part.size(); ++i) {
                if (!numbers[static_cast<int64_t>(i)].item<bool>())
                    return notNumbers(part[i]);
            }
            append(result.logits, logits);
            if (options.features)
                append(result.features, features);
            progress.report(static_cast<int64_t>(at + part.size()), count, options.what);
        }
    } catch (const c10::Error& error) {
        return Error{ErrorCode::Internal,
            "Scoring the stream \"" + m_spec.stream + "\" failed: " + error.what_without_backtrace()};
    } catch (const std::exception& error) {
        return Error{
            ErrorCode::Internal, "Scoring the stream \"" + m_spec.stream + "\" failed: " + error.what()};
    }
    return result;
}

} // namespace telltale
