// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track2/detectorfiles.h"
#include "base/files.h"
#include "learn/track2/detectorcheckpoint.h"
#include "learn/train/streammodel.h"
#include "nn/weightfiles/weightfile.h"
#include "nn/weights.h"
#include <nlohmann/json.hpp>

namespace telltale {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* kFormat = "telltale-track2/1";
constexpr const char* kManifest = "track2.json";
constexpr const char* kDetector = "detector.safetensors";
constexpr const char* kTrunk = "trunk.safetensors";

TensorMap trunkTensors(DetectorNetwork& network)
{
    TensorMap tensors;
    for (const auto& [name, tensor] : network.backbone()->trunkParameters())
        tensors[name] = tensor.detach();
    return tensors;
}

Json decisionJson(const SpanDecision& decision)
{
    Json perClass = Json::object();
    for (const auto& [label, threshold] : decision.perClass)
        perClass[std::to_string(label)] = threshold;
    return {{"threshold", decision.threshold}, {"per_class", perClass}, {"lift", decision.lift},
        {"same_class_overlap", decision.sameClassOverlap},
        {"other_class_overlap", decision.otherClassOverlap}, {"tiou", decision.tiou}, {"f1", decision.f1}};
}

SpanDecision decisionOf(const Json& json)
{
    SpanDecision decision;
    json.at("threshold").get_to(decision.threshold);
    for (const auto& [label, threshold] : json.at("per_class").items())
        decision.perClass[std::stoi(label)] = threshold.get<double>();
    if (const auto lift = json.find("lift"); lift != json.end()) // detectors of older versions have none
        lift->get_to(decision.lift);
    json.at("same_class_overlap").get_to(decision.sameClassOverlap);
    json.at("other_class_overlap").get_to(decision.otherClassOverlap);
    json.at("tiou").get_to(decision.tiou);
    json.at("f1").get_to(decision.f1);
    return decision;
}

Json shapesJson(const UntrimmedSetInfo& set)
{
    Json features = Json::array();
    for (const FeatureKind& kind : set.features)
        features.push_back({{"name", kind.name}, {"size", kind.size}, {"step", kind.step}});
    return {{"layout", set.skeleton.layout}, {"points", set.skeleton.graph.points},
        {"channels", set.channels}, {"picture_side", set.pictureSide}, {"picture_step", set.pictureStep},
        {"features", features}};
}

UntrimmedSetInfo shapesOf(const Json& json)
{
    UntrimmedSetInfo set;
    json.at("layout").get_to(set.skeleton.layout);
    json.at("points").get_to(set.skeleton.graph.points);
    json.at("channels").get_to(set.channels);
    json.at("picture_side").get_to(set.pictureSide);
    json.at("picture_step").get_to(set.pictureStep);
    for (const Json& kind : json.at("features"))
        set.features.push_back({kind.at("name").get<std::string>(), kind.at("size").get<int64_t>(),
            kind.at("step").get<double>()});
    return set;
}

Json manifestOf(const DetectorFacts& facts)
{
    return {{"format", kFormat}, {"program", versionText()}, {"recipe", facts.recipe.text},
        {"scheme", facts.scheme}, {"classes", facts.classes}, {"input", shapesJson(facts.set)},
        {"decision", decisionJson(facts.decision)}, {"training_counts", facts.trainingCounts},
        {"set", facts.setDigest}, {"seed", facts.seed}, {"detector", facts.detectorDigest},
        {"trunk", facts.trunkDigest}, {"figures", Json::parse(facts.figures, nullptr, false)},
        {"history", Json::parse(facts.history, nullptr, false)}, {"notes", facts.notes}};
}

Result<DetectorFacts> factsOf(const fs::path& file)
{
    const Result<std::string> text = readFile(file);
    if (!text)
        return text.error();
    DetectorFacts facts;
    try {
        const Json json = Json::parse(*text);
        if (json.at("format") != kFormat)
            return Error{ErrorCode::BadFormat,
                file.string() + ": made by another version of Telltale; train the system anew."};
        auto recipe = parseTrack2Recipe(json.at("recipe").get<std::string>(), file.string());
        if (!recipe)
            return recipe.error();
        facts.recipe = std::move(*recipe);
        json.at("scheme").get_to(facts.scheme);
        json.at("classes").get_to(facts.classes);
        facts.set = shapesOf(json.at("input"));
        facts.set.scheme = facts.scheme;
        facts.set.classes = facts.classes;
        facts.decision = decisionOf(json.at("decision"));
        json.at("training_counts").get_to(facts.trainingCounts);
        json.at("set").get_to(facts.setDigest);
        json.at("seed").get_to(facts.seed);
        json.at("detector").get_to(facts.detectorDigest);
        json.at("trunk").get_to(facts.trunkDigest);
        facts.figures = json.at("figures").dump();
        facts.history = json.at("history").dump();
        json.at("notes").get_to(facts.notes);
    } catch (const std::exception& error) {
        return Error{ErrorCode::BadFormat,
            file.string() + ": " + error.what() + "; take the whole folder from a copy."};
    }
    return facts;
}

Result<std::string> digestOfFile(const fs::path& file)
{
    const Result<std::string> bytes = readFile(file);
    return bytes ? Result<std::string>(contentDigest(*bytes)) : Result<std::string>(bytes.error());
}

/// The file's tensors into the network's, if it is the file that the manifest knows.
Status readPart(const fs::path& file, const std::string& digest, const TensorMap& into)
{
    const auto found = digestOfFile(file);
    if (!found)
        return found.error();
    if (*found != digest)
        return Error{ErrorCode::BadFormat,
            file.string() + " is not the file that " + kManifest
                + " beside it was written with; take the whole folder from a copy."};
    const auto stored = readTensors(file);
    return stored ? copyTensors(stored->tensors, into, file.string()) : Status(stored.error());
}

Status writePart(const fs::path& file, const TensorMap& tensors, std::string& digest)
{
    if (Status status = writeTensors(file, tensors, {}); !status)
        return status;
    const auto written = digestOfFile(file);
    if (!written)
        return written.error();
    digest = *written;
    return {};
}

/// The transformer of the plan; weights of the file that it names, where it names one.
Result<std::shared_ptr<AdaptedTransformer>> newBackbone(const PicturePlan& plan, uint64_t seed)
{
    const auto options = trunkOptions(plan);
    if (!options)
        return options.error();
    const auto blocks = adaptedBlocks(plan.adapters, options->depth);
    if (!blocks)
        return blocks.error();
    auto trunk = std::make_shared<VisionTransformer>(*options);
    trunk->drawWeights(seed);
    if (!plan.weights.empty()) {
        Result<TensorFile> content = readWeightFile(plan.weights);
        if (!content)
            return content.error();
        if (const auto loaded = loadReleased(*trunk, nullptr, std::move(*content), plan.weights); !loaded)
            return loaded.error();
    }
    AdaptedTransformerOptions adapted;
    adapted.adapters = plan.adapters;
    return std::make_shared<AdaptedTransformer>(trunk, adapted, seed);
}

} // namespace

Result<VisionTransformerOptions> trunkOptions(const PicturePlan& plan)
{
    VisionTransformerOptions options;
    if (!plan.size.empty()) {
        const auto published = visionTransformerOfSize(plan.size);
        if (!published)
            return published.error();
        options = *published;
    } else {
        options.width = plan.width;
        options.depth = plan.depth;
        options.heads = plan.heads;
        options.patch = plan.patch;
        options.clip = {plan.clip, plan.side, plan.side};
    }
    if (options.width % options.heads != 0)
        return Error{ErrorCode::InvalidArgument,
            "The transformer's width of " + std::to_string(options.width) + " is no multiple of its "
                + std::to_string(options.heads) + " heads."};
    return options;
}

Result<std::shared_ptr<DetectorNetwork>> newDetector(
    const Track2Recipe& recipe, const UntrimmedSetInfo& set, uint64_t seed, const std::string& device)
{
    if (Status status = checkGridInput(recipe.input, set); !status)
        return status.error();
    const Result<torch::Device> place = deviceNamed(device);
    if (!place)
        return place.error();
    try {
        std::shared_ptr<AdaptedTransformer> backbone;
        if (recipe.input.pictures) {
            auto made = newBackbone(recipe.pictures, seed);
            if (!made)
                return made.error();
            backbone = *made;
            if (recipe.grid.frames() / set.pictureStep % backbone->chunkFrames() != 0)
                return Error{ErrorCode::InvalidArgument,
                    "A window of " + std::to_string(recipe.grid.frames()) + " frames has no whole number of "
                        + std::to_string(backbone->chunkFrames()) + " pictures every "
                        + std::to_string(set.pictureStep) + " frames; change grid.rows or pictures.clip."};
        }
        ActionFormerOptions detector = recipe.detector;
        detector.classes = static_cast<int64_t>(set.classes.size());
        auto network = std::make_shared<DetectorNetwork>(
            gridChannels(recipe.input, set), std::move(backbone), detector, seed);
        network->to(*place);
        return network;
    } catch (const c10::Error& error) {
        return Error{ErrorCode::InvalidArgument,
            "The detector of the recipe " + recipe.name
                + " cannot be built: " + error.what_without_backtrace()};
    }
}

Status writeDetector(DetectorSystem& system, const fs::path& folder)
{
    return replaceFolder(folder, [&](const fs::path& made) -> Status {
        if (Status status
            = writePart(made / kDetector, learnedTensors(*system.network), system.facts.detectorDigest);
            !status)
            return status;
        if (system.network->backbone() != nullptr)
            if (Status status
                = writePart(made / kTrunk, trunkTensors(*system.network), system.facts.trunkDigest);
                !status)
                return status;
        return writeFileAtomically(made / kManifest, manifestOf(system.facts).dump(1) + "\n");
    });
}

Result<DetectorFacts> readDetectorFacts(const fs::path& folder)
{
    if (!fs::is_directory(folder))
        return Error{ErrorCode::NotFound, folder.string() + " is no folder of a trained system."};
    return factsOf(folder / kManifest);
}

Result<DetectorSystem> readDetector(const fs::path& folder, const std::string& device)
{
    DetectorSystem system;
    auto facts = readDetectorFacts(folder);
    if (!facts)
        return facts.error();
    system.facts = std::move(*facts);
    Track2Recipe plan = system.facts.recipe;
    plan.pictures.weights.clear(); // they lie in the folder
    auto network = newDetector(plan, system.facts.set, system.facts.seed, device);
    if (!network)
        return network.error();
    system.network = std::move(*network);
    if (Status status
        = readPart(folder / kDetector, system.facts.detectorDigest, learnedTensors(*system.network));
        !status)
        return status.error();
    if (system.network->backbone() != nullptr)
        if (Status status
            = readPart(folder / kTrunk, system.facts.trunkDigest, trunkTensors(*system.network));
            !status)
            return status.error();
    system.network->eval();
    return system;
}

std::string digestOf(const DetectorFacts& facts)
{
    return contentDigest(facts.detectorDigest + facts.trunkDigest + decisionJson(facts.decision).dump())
        .substr(0, 16);
}

} // namespace telltale
