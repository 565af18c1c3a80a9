// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// From a file to a network that was seen to do what its card says.
#include "base/files.h"
#include "base/sha256.h"
#include "pose/networks/modelcard.h"
#include "pose/networks/networkestimator.h"
#include <algorithm>
#include <array>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr const char* kKinds
    = "pose models are read as ONNX (.onnx), TensorFlow frozen graph (.pb), Caffe (.caffemodel with its "
      ".prototxt beside it) or TorchScript (.pt, .pth, .ts)";

struct BackendRow {
    const char* name;
    std::array<const char*, 3> extensions; ///< that it reads
    OpenBackend open;
};

/// The first one that reads a file is taken unless another one is asked for.
constexpr std::array kBackends{
    BackendRow{"opencv", {".pb", ".caffemodel", ".onnx"}, openDnnBackend},
    BackendRow{"torchscript", {".pt", ".pth", ".ts"}, openScriptBackend},
    BackendRow{"onnxruntime", {".onnx", "", ""}, openOnnxBackend},
};

Error bad(const fs::path& file, const std::string& what)
{
    return {ErrorCode::BadFormat, file.string() + ": " + what + "; " + kKinds};
}

Result<const BackendRow*> chooseBackend(const fs::path& file, const std::string& wanted)
{
    const std::string extension
        = file.extension() == ".prototxt" ? std::string(".caffemodel") : file.extension().string();
    std::string known;
    bool named = false;
    for (const BackendRow& row : kBackends) {
        known += (known.empty() ? "" : ", ") + std::string(row.name);
        named = named || wanted == row.name;
        const bool reads = !extension.empty()
            && std::find(row.extensions.begin(), row.extensions.end(), extension) != row.extensions.end();
        if (reads && (wanted.empty() || wanted == row.name))
            return &row;
    }
    if (!wanted.empty() && !named)
        return Error{ErrorCode::InvalidArgument,
            "there is no backend '" + wanted + "' for pose models; there are " + known};
    if (named)
        return Error{ErrorCode::BadFormat,
            file.string() + ": the backend " + wanted + " does not read files of this kind"};
    return bad(file, "is not a pose model by its name");
}

Status checkDigest(const fs::path& file, const CardInFile& card)
{
    if (card.card.sha256.empty())
        return {};
    const auto bytes = readFile(file);
    if (!bytes)
        return bytes.error();
    const std::string found = hexOf(sha256(*bytes));
    if (found == card.card.sha256)
        return {};
    return Error{ErrorCode::BadFormat,
        file.string() + ": is not the file that its card (" + card.file.string()
            + ") describes: its SHA-256 is " + found + ", wanted is " + card.card.sha256
            + "; get the model anew or correct the card's digest"};
}

/// The detector of a top-down model; null where it needs none.
Result<std::unique_ptr<PoseEstimator>> openDetector(const CardInFile& card)
{
    if (card.card.detector.empty())
        return std::unique_ptr<PoseEstimator>();
    const fs::path beside = card.file.parent_path() / card.card.detector;
    std::error_code ec;
    auto file = fs::exists(beside, ec) ? Result<fs::path>(beside) : findPoseModel(card.card.detector);
    if (!file)
        return file.error();
    auto detector = openPoseModel(*file);
    if (detector && !(*detector)->card().detector.empty())
        return Error{ErrorCode::BadFormat,
            file->string() + ": is to find boxes for another model, but needs a detector itself"};
    return detector;
}

/// Runs the network once on empty pictures of the card's size. What is wrong, or empty.
std::string tryNetwork(NetworkParts& parts)
{
    const PoseModelCard& card = parts.card;
    const auto points = parts.layout ? static_cast<int>(parts.layout->points.size()) : 0;
    // First one picture: it tells most of what can be wrong.
    for (const int count : {1, card.batch}) {
        const auto outputs = parts.network->run(emptyBatch(card, count));
        if (!outputs)
            return "it does not run on " + std::to_string(count) + " of " + std::to_string(card.inputWidth)
                + " x " + std::to_string(card.inputHeight) + " pixels (" + outputs.error().message + ")";
        const auto samples = samplesOf(*outputs, card, count);
        if (!samples)
            return samples.error().message;
        const DecoderInput input{card.options, points, card.inputWidth, card.inputHeight};
        for (const auto& sample : *samples)
            if (std::string problem = parts.decoder->mismatch(sample, input); !problem.empty())
                return problem;
        if (card.batch == 1)
            break;
    }
    return {};
}

/// Empty where the card fits.
Result<std::string> fill(NetworkParts& parts, const BackendRow& row, const CardInFile& card)
{
    parts.card = card.card;
    parts.backend = row.name;
    parts.decoder = findPoseDecoder(parts.card.decoder);
    if (parts.decoder->needsLayout) {
        const auto layout = findPoseLayout(parts.card.layout);
        if (!layout)
            return Error{ErrorCode::BadFormat,
                (card.file.empty() ? parts.file : card.file).string() + ": " + layout.error().message};
        parts.layout = *layout;
    } else {
        parts.card.layout.clear();
        parts.layout = nullptr;
    }
    // Read anew for each card: a network that failed is in no defined state.
    auto network = row.open(parts.file);
    if (!network)
        return network.error().code == ErrorCode::BadFormat ? bad(parts.file, network.error().message)
                                                            : network.error();
    parts.network = *std::move(network);
    return tryNetwork(parts);
}

Result<std::vector<CardInFile>> cardsFor(const fs::path& file, const fs::path& given)
{
    if (given.empty())
        return poseModelCards(file);
    auto card = readPoseModelCard(given);
    if (!card)
        return card.error();
    return std::vector<CardInFile>{{*std::move(card), given}};
}

} // namespace

std::string firstLine(const std::string& text)
{
    const std::string line = text.substr(0, text.find('\n'));
    return line.empty() ? "no reason given" : line;
}

Result<std::string> poseModelDigest(const fs::path& file, const PoseModelOptions& options)
{
    auto digest = fileFingerprint(file);
    if (!digest)
        return digest;
    const auto cards = cardsFor(file, options.card);
    if (!cards)
        return cards.error();
    for (const CardInFile& card : *cards) {
        if (card.file.empty())
            continue;
        const auto text = readFile(card.file);
        if (!text)
            return text.error();
        digest = contentDigest(*digest + *text);
    }
    return digest;
}

std::vector<std::string> poseBackends()
{
    std::vector<std::string> names = {"opencv", "torchscript"};
    if (hasOnnxBackend())
        names.emplace_back("onnxruntime");
    return names;
}

Result<std::unique_ptr<PoseEstimator>> openPoseModel(const fs::path& file, const PoseModelOptions& options)
{
    std::error_code ec;
    if (!fs::exists(file, ec))
        return Error{ErrorCode::NotFound, file.string() + ": there is no such pose model"};
    if (!fs::is_regular_file(file, ec))
        return bad(file, "is not a file");
    const auto cards = cardsFor(file, options.card);
    if (!cards)
        return cards.error();
    const auto backend = chooseBackend(file, options.backend);
    if (!backend)
        return backend.error();
    std::string problems;
    for (const CardInFile& card : *cards) {
        if (Status status = checkDigest(file, card); !status)
            return status.error();
        NetworkParts parts;
        parts.file = file;
        const auto problem = fill(parts, **backend, card);
        if (!problem)
            return problem.error();
        if (problem->empty()) {
            auto detector = openDetector(card);
            if (!detector)
                return detector.error();
            parts.detector = *std::move(detector);
            return std::unique_ptr<PoseEstimator>(std::make_unique<NetworkEstimator>(std::move(parts)));
        }
        if (!card.file.empty())
            return Error{ErrorCode::BadFormat,
                file.string() + ": does not do what its card (" + card.file.string() + ") says: " + *problem
                    + "; correct the card or use the model that it describes"};
        problems += (problems.empty() ? "" : "; ") + std::string("as ") + card.card.name + " " + *problem;
    }
    return bad(file,
        "is not a pose network of a kind that is known without a card: " + problems + "; describe it in "
            + file.filename().string() + ".card.json");
}

} // namespace telltale
