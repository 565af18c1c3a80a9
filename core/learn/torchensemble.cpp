// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "learn/ensemble.h"
#include "learn/shapes.h"
#include "nn/networks.h"
#include "nn/weights.h"
#include <ATen/Parallel.h>
#include <algorithm>
#include <atomic>
#include <c10/core/InferenceMode.h>
#include <cmath>
#include <nlohmann/json.hpp>
#include <thread>

namespace telltale {

namespace {

using Json = nlohmann::json;

std::atomic<int> computeThreads = 0;

std::shared_ptr<ClipNetwork> makeNetwork(const std::string& modality)
{
    return modality == "joint"  ? makeJointNetwork()
        : modality == "heatmap" ? makeHeatmapNetwork()
                                : makeRgbNetwork();
}

torch::Tensor borrow(const NdArray& array, const std::vector<int64_t>& shape)
{
    return torch::from_blob(const_cast<float*>(array.values.data()), shape, torch::kFloat);
}

std::vector<float> toVector(const torch::Tensor& tensor)
{
    const auto plain = tensor.contiguous();
    return {plain.data_ptr<float>(), plain.data_ptr<float>() + plain.numel()};
}

bool finite(const std::vector<float>& values)
{
    return std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); });
}

class TorchEnsemble : public Ensemble {
public:
    TorchEnsemble(std::string digest, std::map<std::string, std::shared_ptr<ClipNetwork>> networks,
        std::shared_ptr<ActionDetector> detector, std::map<std::string, HeadSet> heads)
        : m_digest(std::move(digest))
        , m_networks(std::move(networks))
        , m_detector(std::move(detector))
        , m_heads(std::move(heads))
    {
    }

    std::string digest() const override { return m_digest; }

    const HeadSet* heads(const std::string& scheme) const override
    {
        const auto found = m_heads.find(scheme);
        return found == m_heads.end() ? nullptr : &found->second;
    }

    std::map<std::string, std::vector<float>> embed(const ClipInput& clip) override
    {
        const c10::InferenceMode guard;
        std::map<std::string, std::vector<float>> result;
        for (const ModalityShape& modality : kModalityShapes) {
            const NdArray& input = clip.*modality.input;
            auto shape = modality.dims();
            if (input.empty() || input.shape != shape)
                continue;
            shape.insert(shape.begin(), 1);
            auto embedding = toVector(m_networks.at(modality.name)->embed(borrow(input, shape)));
            if (finite(embedding))
                result[modality.name] = std::move(embedding);
        }
        return result;
    }

    std::vector<float> actionness(const NdArray& sequence) override
    {
        if (sequence.empty() || sequence.shape.size() != 2 || sequence.shape[0] != m_detector->channels())
            return {};
        const c10::InferenceMode guard;
        const auto rows = borrow(sequence, {1, sequence.shape[0], sequence.shape[1]});
        return toVector(torch::sigmoid(m_detector->forward(rows)));
    }

    int sequenceChannels() const override { return static_cast<int>(m_detector->channels()); }

private:
    std::string m_digest;
    std::map<std::string, std::shared_ptr<ClipNetwork>> m_networks;
    std::shared_ptr<ActionDetector> m_detector;
    std::map<std::string, HeadSet> m_heads;
};

/// Bytes of one file of the folder, checked against the digest that demo.json lists.
Result<std::string> readListed(const std::filesystem::path& file, const Json& files)
{
    auto bytes = readFile(file);
    if (!bytes) {
        return Error{bytes.error().code,
            bytes.error().message + ". The model weights in " + file.parent_path().string()
                + " are not complete; make them anew with telltale-cli train --demo-weights "
                + file.parent_path().string() + "."};
    }
    const std::string name = file.filename().string();
    if (!files.contains(name) || files[name] != contentDigest(*bytes))
        return Error{ErrorCode::BadFormat,
            file.string()
                + ": demo.json beside it was written for another version of this file. Restore the folder or "
                  "make it anew with telltale-cli train --demo-weights."};
    return bytes;
}

Status loadInto(torch::nn::Module& network, const std::filesystem::path& file, const Json& files)
{
    const auto bytes = readListed(file, files);
    if (!bytes)
        return bytes.error();
    const auto content = parseSafetensors(*bytes, file.string());
    if (!content)
        return content.error();
    if (Status status = loadWeights(network, *content, file.string()); !status)
        return status;
    network.eval();
    return {};
}

Result<std::shared_ptr<ActionDetector>> loadDetector(const std::filesystem::path& file, const Json& files)
{
    const auto bytes = readListed(file, files);
    if (!bytes)
        return bytes.error();
    const auto content = parseSafetensors(*bytes, file.string());
    if (!content)
        return content.error();
    const auto norm = content->tensors.find("norm.weight");
    if (norm == content->tensors.end() || norm->second.shape.size() != 1 || norm->second.empty())
        return Error{ErrorCode::BadFormat,
            file.string()
                + ": tensor \"norm.weight\" of shape [channels] is missing. These are weights of another "
                  "network."};
    auto detector = std::make_shared<ActionDetector>(norm->second.shape[0]);
    if (Status status = loadWeights(*detector, *content, file.string()); !status)
        return status.error();
    detector->eval();
    return detector;
}

Result<HeadSet> loadHeads(const std::filesystem::path& file, const Json& files, int64_t inputs)
{
    const auto bytes = readListed(file, files);
    if (!bytes)
        return bytes.error();
    auto heads = readHeads(file);
    if (!heads)
        return heads;
    for (const auto& [modality, head] : heads->heads) {
        if (head.inputs != inputs)
            return Error{ErrorCode::BadFormat,
                file.string() + ": tensor \"" + modality + ".weight\" has " + std::to_string(head.inputs)
                    + " inputs, wanted " + std::to_string(inputs)
                    + ". These heads belong to other networks."};
    }
    return heads;
}

Result<Json> readManifest(const std::filesystem::path& folder)
{
    const auto file = folder / "demo.json";
    const auto text = readFile(file);
    if (!text)
        return Error{text.error().code,
            text.error().message + ". " + folder.string()
                + " holds no model weights; make them with telltale-cli train --demo-weights "
                + folder.string() + "."};
    Json json = Json::parse(*text, nullptr, false);
    if (!json.is_object() || json.value("format", "") != "telltale-ensemble/1" || !json["files"].is_object()
        || !json["schemes"].is_array())
        return Error{ErrorCode::BadFormat,
            file.string()
                + ": it does not describe model weights of this program. Restore the folder or make it "
                  "anew."};
    return json;
}

Result<std::unique_ptr<Ensemble>> load(const std::filesystem::path& folder)
{
    const auto manifest = readManifest(folder);
    if (!manifest)
        return manifest.error();
    const Json& files = (*manifest)["files"];
    std::map<std::string, std::shared_ptr<ClipNetwork>> networks;
    for (const std::string modality : kModalities) {
        networks[modality] = makeNetwork(modality);
        if (const Status status = loadInto(*networks[modality], folder / (modality + ".safetensors"), files);
            !status)
            return status.error();
    }
    auto detector = loadDetector(folder / "detector.safetensors", files);
    if (!detector)
        return detector.error();
    std::map<std::string, HeadSet> heads;
    for (const Json& scheme : (*manifest)["schemes"]) {
        const auto name = scheme.get<std::string>();
        auto set = loadHeads(folder / ("heads_" + name + ".safetensors"), files, kEmbedding);
        if (!set)
            return set.error();
        heads[name] = *std::move(set);
    }
    const int threads = computeThreads.load();
    at::set_num_threads(
        threads > 0 ? threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency())));
    return std::unique_ptr<Ensemble>(std::make_unique<TorchEnsemble>(
        contentDigest(files.dump()), std::move(networks), *std::move(detector), std::move(heads)));
}

} // namespace

void setComputeThreads(int threads) { computeThreads = threads; }

Result<std::unique_ptr<Ensemble>> loadEnsemble(const std::filesystem::path& folder)
{
    try {
        return load(folder);
    } catch (const std::exception& error) {
        return Error{ErrorCode::Internal,
            folder.string() + ": the networks could not be loaded: " + error.what() + "."};
    }
}

} // namespace telltale
