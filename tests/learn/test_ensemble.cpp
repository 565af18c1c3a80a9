// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "learn/selfcheck.h"
#include "learn/training.h"
#include "nn/safetensors.h"
#include <atomic>
#include <cmath>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <nlohmann/json.hpp>
#include <unistd.h>

using namespace telltale;
using testing::HasSubstr;
namespace fs = std::filesystem;

namespace {

constexpr int kChannels = 4;

fs::path scratch(const std::string& name)
{
    const auto folder = fs::temp_directory_path() / ("telltale_ensemble_" + std::to_string(getpid()));
    fs::create_directories(folder);
    return folder / name;
}

void fill(NdArray& array, double level, Random& random)
{
    for (float& value : array.values)
        value = static_cast<float>(level + 0.1 * random.uniform());
}

/// Two classes per scheme that differ in where something is bright.
class TwoClassClips : public ClipDataset {
public:
    explicit TwoClassClips(int64_t count) : m_count(count) { }
    int64_t size() const override { return m_count; }
    int label(int64_t index) const override { return static_cast<int>(index / 2 % 2); }
    std::string scheme(int64_t index) const override { return index % 2 == 0 ? "smg" : "own"; }
    ClipSample sample(int64_t index, Random random, bool augment) const override
    {
        ClipSample sample;
        sample.scheme = scheme(index);
        sample.label = label(index);
        sample.subject = static_cast<int>(index / 4 % 3);
        sample.input.joint = NdArray({9, 32, 68});
        sample.input.heatmap = NdArray({68, 16, 32, 32});
        fill(sample.input.joint, 0, random);
        auto& joint = sample.input.joint.values;
        for (size_t t = 0; t < 32; ++t) {
            for (size_t v = 0; v < 68; ++v) {
                joint[(2 * 32 + t) * 68 + v] = 1;
                joint[t * 68 + v] += v < 34 ? static_cast<float>(sample.label) : 0;
            }
        }
        auto& heatmap = sample.input.heatmap.values;
        for (size_t i = 0; i < heatmap.size() / 2; i += 5)
            heatmap[i + (sample.label == 1 ? heatmap.size() / 2 : 0)] = 1;
        if (index % 3 != 0) { // some clips have no picture
            sample.input.rgb = NdArray({3, 8, 64, 64});
            fill(sample.input.rgb, 0.3, random);
            auto& rgb = sample.input.rgb.values;
            for (size_t i = 0; i < rgb.size(); ++i)
                rgb[i] += i / 32 % 2 == static_cast<size_t>(sample.label) ? 0.4f : 0;
        }
        spoil(sample, index, augment);
        return sample;
    }

protected:
    virtual void spoil(ClipSample&, int64_t, bool) const { }

private:
    int64_t m_count;
};

class ClipsWithANan : public TwoClassClips {
public:
    using TwoClassClips::TwoClassClips;

private:
    void spoil(ClipSample& sample, int64_t index, bool) const override
    {
        if (index == 5)
            sample.input.joint.values[7] = std::numeric_limits<float>::quiet_NaN();
    }
};

std::vector<SequenceSample> sequences(int count)
{
    std::vector<SequenceSample> all;
    for (int s = 0; s < count; ++s) {
        SequenceSample sample;
        const int64_t rows = 60 + 30 * s;
        sample.features = NdArray({kChannels, rows});
        sample.gesture.resize(static_cast<size_t>(rows));
        for (int64_t r = 20; r < 40; ++r) {
            sample.gesture[static_cast<size_t>(r)] = 1;
            sample.features.values[static_cast<size_t>(r)] = 1;
        }
        all.push_back(sample);
    }
    return all;
}

EnsembleRecipe smallRecipe()
{
    EnsembleRecipe recipe;
    recipe.classes = {{"smg", 2}, {"own", 2}};
    recipe.epochs = 3;
    recipe.batch = 8;
    recipe.learningRate = 5e-3;
    recipe.detectorEpochs = 40;
    recipe.detectorBatch = 4;
    recipe.detectorRows = 48;
    recipe.text = R"({"name":"test"})";
    return recipe;
}

Status trainInto(const fs::path& folder, ProgressSink& progress)
{
    return trainEnsemble(
        smallRecipe(), TwoClassClips(32), TwoClassClips(24), sequences(3), sequences(2), folder, progress);
}

/// Trained once for all tests that only read it.
const fs::path& trainedFolder()
{
    static const fs::path folder = [] {
        const auto path = scratch("shared");
        CancelFlag flag;
        const Status status = trainInto(path, flag);
        EXPECT_TRUE(status) << status.error().message;
        return path;
    }();
    return folder;
}

fs::path copyOfTrained(const std::string& name)
{
    const auto folder = scratch(name);
    fs::remove_all(folder);
    fs::copy(trainedFolder(), folder);
    return folder;
}

/// Puts another file in the place of a listed one, with its digest, so that only its content is wrong.
void replaceListed(const fs::path& folder, const std::string& name, const std::string& bytes)
{
    auto json = nlohmann::json::parse(*readFile(folder / "demo.json"));
    json["files"][name] = contentDigest(bytes);
    ASSERT_TRUE(writeFileAtomically(folder / name, bytes));
    ASSERT_TRUE(writeFileAtomically(folder / "demo.json", json.dump()));
}

std::string loadingError(const fs::path& folder)
{
    const auto ensemble = loadEnsemble(folder);
    return ensemble ? "loaded" : ensemble.error().message;
}

} // namespace

TEST(TrainEnsemble, LearnsBothSchemesAndWritesWhatItMeasured)
{
    const auto ensemble = loadEnsemble(trainedFolder());
    ASSERT_TRUE(ensemble) << ensemble.error().message;
    EXPECT_EQ((*ensemble)->sequenceChannels(), kChannels);
    EXPECT_EQ((*ensemble)->heads("unknown"), nullptr);
    const auto json = nlohmann::json::parse(*readFile(trainedFolder() / "demo.json"));
    EXPECT_EQ(json["recipe"]["name"], "test");
    EXPECT_EQ(json["seed"], 1);
    for (const char* scheme : {"smg", "own"}) {
        ASSERT_NE((*ensemble)->heads(scheme), nullptr);
        const auto& scores = json["scores"][scheme];
        EXPECT_EQ(scores["joint"]["clips"], 12);
        EXPECT_LT(scores["rgb"]["clips"], 12);
        EXPECT_GT(scores["fused"]["accuracy"], 0.9) << scores;
    }
    EXPECT_GT(json["scores"]["detector"]["average_precision"], 0.9);
}

TEST(TrainEnsemble, OneSeedGivesTheSameFilesToTheBit)
{
    const auto again = scratch("again");
    CancelFlag flag;
    ASSERT_TRUE(trainInto(again, flag));
    int files = 0;
    for (const auto& entry : fs::directory_iterator(trainedFolder())) {
        const auto name = entry.path().filename();
        EXPECT_EQ(*readFile(entry.path()), *readFile(again / name)) << name;
        ++files;
    }
    EXPECT_EQ(files, 7);
}

TEST(TrainEnsemble, CancelLeavesTheFolderAsItWas)
{
    class CancelLater : public ProgressSink {
    public:
        bool cancelled() const override { return m_reports > 2; }
        void report(int64_t, int64_t, std::string_view) override { ++m_reports; }

    private:
        std::atomic<int> m_reports = 0;
    };
    const auto folder = copyOfTrained("cancelled");
    const auto before = *readFile(folder / "demo.json");
    CancelLater sink;
    const Status status = trainInto(folder, sink);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::Cancelled);
    EXPECT_EQ(*readFile(folder / "demo.json"), before);
    EXPECT_EQ(loadingError(folder), "loaded");
}

TEST(TrainEnsemble, BadTrainingDataIsNamed)
{
    CancelFlag flag;
    const auto out = scratch("never");
    const auto nan
        = trainEnsemble(smallRecipe(), ClipsWithANan(16), TwoClassClips(8), sequences(1), {}, out, flag);
    ASSERT_FALSE(nan);
    EXPECT_THAT(nan.error().message, HasSubstr("Training clip 5: joint"));
    auto recipe = smallRecipe();
    recipe.classes.erase("own");
    const auto unknown
        = trainEnsemble(recipe, TwoClassClips(16), TwoClassClips(8), sequences(1), {}, out, flag);
    ASSERT_FALSE(unknown);
    EXPECT_THAT(unknown.error().message, HasSubstr("\"own\""));
    const auto nothing = trainEnsemble(smallRecipe(), TwoClassClips(16), TwoClassClips(8), {}, {}, out, flag);
    ASSERT_FALSE(nothing);
    EXPECT_FALSE(fs::exists(out));
}

TEST(Ensemble, LeavesOutWhatIsMissingOrBroken)
{
    auto ensemble = loadEnsemble(trainedFolder());
    ASSERT_TRUE(ensemble);
    ClipInput clip = TwoClassClips(8).sample(1, Random(1), false).input;
    EXPECT_EQ((*ensemble)->embed(clip).size(), 3u);
    clip.rgb = {};
    clip.heatmap = NdArray({2, 2});
    clip.joint.values[0] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_TRUE((*ensemble)->embed(clip).empty());
    EXPECT_TRUE((*ensemble)->actionness(NdArray({kChannels + 1, 10})).empty());
    EXPECT_EQ((*ensemble)->actionness(NdArray({kChannels, 10})).size(), 10u);
}

TEST(Ensemble, MissingFilesAreNamedWithTheRemedy)
{
    const auto nowhere = loadEnsemble(scratch("nowhere"));
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().code, ErrorCode::NotFound);
    EXPECT_THAT(nowhere.error().message, HasSubstr("telltale-cli train --demo-weights"));
    const auto folder = copyOfTrained("incomplete");
    fs::remove(folder / "rgb.safetensors");
    const auto incomplete = loadEnsemble(folder);
    ASSERT_FALSE(incomplete);
    EXPECT_EQ(incomplete.error().code, ErrorCode::NotFound);
    EXPECT_THAT(incomplete.error().message, HasSubstr("rgb.safetensors"));
}

TEST(Ensemble, AWrongShapeNamesTheTensorWantedAndFound)
{
    const auto folder = copyOfTrained("wrong_shape");
    auto content = *readSafetensors(folder / "joint.safetensors");
    content.tensors["embedding.linear.weight"] = NdArray({64, 96});
    replaceListed(folder, "joint.safetensors", formatSafetensors(content));
    const auto message = loadingError(folder);
    EXPECT_THAT(message, HasSubstr("joint.safetensors"));
    EXPECT_THAT(message, HasSubstr("embedding.linear.weight"));
    EXPECT_THAT(message, HasSubstr("[64, 96], wanted [64, 128]"));
}

TEST(Ensemble, FilesOfDifferentTrainingsAreNotMixed)
{
    const auto folder = copyOfTrained("mixed");
    auto content = *readSafetensors(folder / "detector.safetensors");
    content.tensors.begin()->second.values[0] += 1;
    ASSERT_TRUE(writeSafetensors(folder / "detector.safetensors", content));
    EXPECT_THAT(loadingError(folder), HasSubstr("another version of this file"));
    replaceListed(folder, "detector.safetensors", "rubbish");
    EXPECT_THAT(loadingError(folder), HasSubstr("detector.safetensors"));
    std::ofstream(folder / "demo.json") << "{\"format\": \"telltale-ensemble/1\"";
    EXPECT_THAT(loadingError(folder), HasSubstr("demo.json"));
}

TEST(Recipe, TheShippedOneIsReadAndEveryMistakeNamesItsKey)
{
    const fs::path shipped = fs::path(TELLTALE_SOURCE_DIR) / "models/recipes/demo.json";
    const auto recipe = readEnsembleRecipe(shipped);
    ASSERT_TRUE(recipe) << recipe.error().message;
    EXPECT_EQ(recipe->classes.at("imigue"), 32);
    EXPECT_EQ(recipe->classes.at("smg"), 17);
    const auto changed = [&](const std::function<void(nlohmann::json&)>& change) {
        auto json = nlohmann::json::parse(*readFile(shipped));
        change(json["training"]);
        const auto file = scratch("recipe.json");
        std::ofstream(file) << json;
        const auto read = readEnsembleRecipe(file);
        return read ? std::string("accepted") : read.error().message;
    };
    EXPECT_THAT(changed([](auto& t) { t.erase("dropout"); }), HasSubstr("training.dropout"));
    EXPECT_THAT(changed([](auto& t) { t["batch"].erase("provenance"); }), HasSubstr("training.batch"));
    EXPECT_THAT(changed([](auto& t) { t["epochs"]["value"] = 0; }), HasSubstr("training.epochs"));
    EXPECT_THAT(changed([](auto& t) { t["epochs"]["value"] = 2.5; }), HasSubstr("training.epochs"));
    EXPECT_THAT(
        changed([](auto& t) { t["learningrate"] = t["learningRate"]; }), HasSubstr("training.learningrate"));
    EXPECT_THAT(changed([](auto& t) { t["classes"]["value"]["smg"] = 1; }), HasSubstr("training.classes"));
    EXPECT_THAT(changed([](auto& t) { t["seed"]["value"] = -1; }), HasSubstr("training.seed"));
}

TEST(SelfCheck, ASlowMatrixProductNamesThePackage)
{
    EXPECT_GT(gemmGflops(256), 0);
    EXPECT_THAT(slowBlasWarning(4.4), HasSubstr("libopenblas0-openmp"));
    EXPECT_TRUE(slowBlasWarning(80).empty());
}
