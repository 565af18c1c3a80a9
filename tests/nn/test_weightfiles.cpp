// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "base/npy.h"
#include "nn/weightfiles/keymap.h"
#include "nn/weightfiles/networkfamily.h"
#include "nn/weightfiles/weightfile.h"
#include "torchfiles.h"
#include <cmath>
#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <optional>

using namespace telltale;
using namespace telltale::sample;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

std::filesystem::path shared(const char* variable, const std::string& folder)
{
    const char* given = std::getenv(variable);
    return given != nullptr ? given : TELLTALE_SOURCE_DIR "/../shared/" + folder;
}

std::filesystem::path checkpoint(const std::string& name)
{
    return shared("TELLTALE_TESTDATA", "testdata") / "checkpoints" / name;
}

/// The parameters that a checkpoint was written from, under our names; none: not there.
std::optional<TensorFile> parametersOf(const std::string& fixture)
{
    const auto folder = shared("TELLTALE_FIXTURES", "fixtures");
    const auto text = readFile(folder / (fixture + "_params.json"));
    const auto numbers = readNpy(folder / (fixture + "_params.npy"));
    if (!text || !numbers)
        return std::nullopt;
    const auto values = toFloat(*numbers, fixture);
    TensorFile content;
    const auto json = nlohmann::json::parse(*text);
    for (const auto& entry : json["params"]) {
        NdArray array(entry["shape"].get<std::vector<int64_t>>());
        std::copy_n(values->values.begin() + entry["offset"].get<int64_t>(), array.values.size(),
            array.values.begin());
        content.tensors[entry["name"].get<std::string>()] = std::move(array);
    }
    auto named = mapKeys(std::move(content), **findKeyMap("videomaev2"));
    return named ? std::optional(*std::move(named)) : std::nullopt;
}

struct Foreign {
    const char* file;
    const char* fixture;
    const char* keys;
    const char* root;
    WeightFormat format;
    const char* dtype;
    double tolerance; ///< relative: of halves
};

constexpr Foreign kForeign[] = {
    {"videomaev2_tiny_module.pth", "l_videomaev2_tiny", "videomaev2", "module", WeightFormat::Zip, "F32", 0},
    {"videomaev2_tiny_training_state.pth", "l_videomaev2_tiny", "videomaev2", "model", WeightFormat::Zip,
        "F32", 0},
    {"videomaev2_tiny_legacy.pth", "l_videomaev2_tiny", "videomaev2", "", WeightFormat::Legacy, "F32", 0},
    {"videomaev2_tiny_fp16.pth", "l_videomaev2_tiny", "videomaev2", "", WeightFormat::Zip, "F16", 0x1p-10},
    {"videomaev2_tiny.safetensors", "l_videomaev2_tiny", "videomaev2", "", WeightFormat::Safetensors, "F32",
        0},
    {"posec3d_slowonly_tiny_pyskl.pth", "o_slowonly_tiny", "pyskl", "state_dict", WeightFormat::Zip, "F32",
        0},
    {"stgcnpp_tiny_pyskl.pth", "n_stgcnpp_tiny", "pyskl", "state_dict", WeightFormat::Zip, "F32", 0},
};

void expectAlike(const TensorFile& found, const TensorFile& wanted, double tolerance)
{
    ASSERT_EQ(found.tensors.size(), wanted.tensors.size());
    for (const auto& [name, tensor] : wanted.tensors) {
        ASSERT_TRUE(found.tensors.contains(name)) << name;
        const NdArray& array = found.tensors.at(name);
        ASSERT_EQ(array.shape, tensor.shape) << name;
        for (size_t i = 0; i < tensor.values.size(); ++i)
            ASSERT_NEAR(array.values[i], tensor.values[i], tolerance * (std::abs(tensor.values[i]) + 0x1p-14))
                << name << " " << i;
    }
}

TensorSample matrixOfSix() { return {"FloatStorage", "0", 6, 0, {2, 3}, {3, 1}}; }
const std::string kSix = packed<float>({0, 1, 2, 3, 4, 5});

Result<WeightFile> parse(const std::string& bytes) { return parseWeightFile(bytes, "w.pth"); }

/// What is said of a model {"a": value}; "read" where it is read.
std::string complaint(const std::string& value, const Members& storages = {{"0", kSix}})
{
    const auto file = parse(torchZip(dict({{"a", value}}), storages));
    return file ? "read" : file.error().message;
}

} // namespace

TEST(parity, CheckpointsOfOtherProgramsHaveParityWithTheirSources)
{
    for (const Foreign& foreign : kForeign) {
        SCOPED_TRACE(foreign.file);
        const auto wanted = parametersOf(foreign.fixture);
        if (!wanted || !std::filesystem::exists(checkpoint(foreign.file)))
            GTEST_SKIP() << "fixtures or checkpoints are not there";
        const auto file = openWeightFile(checkpoint(foreign.file));
        ASSERT_TRUE(file) << file.error().message;
        EXPECT_EQ(file->root, foreign.root);
        EXPECT_EQ(file->format, foreign.format);
        for (const StoredTensor& stored : file->stored)
            EXPECT_EQ(stored.dtype, foreign.dtype) << stored.name;
        EXPECT_EQ(file->stored.size(), file->content.tensors.size());
        WantedTensors shapes;
        for (const auto& [name, tensor] : wanted->tensors)
            shapes[name] = tensor.shape;
        const KeyMap& keys = chooseKeyMap(file->content, shapes);
        EXPECT_EQ(keys.name, foreign.keys);
        const auto named = mapKeys(file->content, keys);
        ASSERT_TRUE(named) << named.error().message;
        expectAlike(*named, *wanted, foreign.tolerance);
    }
}

TEST(WeightFile, KindsOfTensorsOfARealFileAreReadAsTheyAre)
{
    const auto file = openWeightFile(checkpoint("tensor_kinds.pth"));
    if (!file && file.error().code == ErrorCode::NotFound)
        GTEST_SKIP() << file.error().message;
    ASSERT_TRUE(file) << file.error().message;
    const auto& tensors = file->content.tensors;
    std::vector<float> storage = tensors.at("shared_a").values;
    const NdArray& second = tensors.at("shared_b");
    storage.insert(storage.end(), second.values.begin(), second.values.end());
    const NdArray& transposed = tensors.at("transposed");
    ASSERT_THAT(transposed.shape, ElementsAre(6, 4));
    ASSERT_EQ(storage.size(), 24u);
    for (size_t i = 0; i < 6; ++i)
        for (size_t k = 0; k < 4; ++k)
            EXPECT_EQ(transposed.values[4 * i + k], storage[i + 6 * k]);
    EXPECT_THAT(tensors.at("scalar").shape, IsEmpty());
    EXPECT_EQ(tensors.at("scalar").values.size(), 1u);
    EXPECT_THAT(tensors.at("empty").shape, ElementsAre(0, 3));
    std::map<std::string, std::string> dtypes;
    for (const StoredTensor& stored : file->stored)
        dtypes[stored.name] = stored.dtype;
    EXPECT_EQ(dtypes["bf16"], "BF16");
    EXPECT_EQ(dtypes["i64"], "I64");
    for (const auto& [name, tensor] : tensors)
        for (const float value : tensor.values)
            EXPECT_TRUE(std::isfinite(value) && value == std::round(2 * value) / 2) << name;
}

TEST(WeightFile, BrokenAndHostileFilesAreRefusedWithASentence)
{
    if (!std::filesystem::exists(checkpoint("README.md")))
        GTEST_SKIP() << checkpoint("") << " is not there";
    const std::vector<std::pair<const char*, const char*>> cases = {
        {"hostile_code.pth", "posix.system"},
        {"hostile_plain.pkl", "posix.system"},
        {"truncated.pth", "ends before its directory"},
        {"truncated.safetensors", "points outside the file"},
        {"hostile_header.safetensors", "header"},
        {"hostile_offsets.safetensors", "tensor \"w\""},
        {"README.md", "no file of weights"},
    };
    for (const auto& [name, expected] : cases) {
        const auto file = openWeightFile(checkpoint(name));
        ASSERT_FALSE(file) << name;
        EXPECT_THAT(file.error().message, HasSubstr(name));
        EXPECT_THAT(file.error().message, HasSubstr(expected));
    }
    EXPECT_FALSE(std::filesystem::exists("telltale_was_owned"));
}

TEST(WeightFile, StorageTypesAreWidenedToFloat)
{
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"DoubleStorage", packed<double>({-1.5, 2})},
        {"FloatStorage", packed<float>({-1.5F, 2})},
        {"HalfStorage", packed<uint16_t>({0xbe00, 0x4000})},
        {"BFloat16Storage", packed<uint16_t>({0xbfc0, 0x4000})},
    };
    for (const auto& [storage, bytes] : cases) {
        const auto file
            = parse(torchZip(dict({{"a", tensor({storage, "0", 2, 0, {2}, {1}})}}), {{"0", bytes}}));
        ASSERT_TRUE(file) << storage << file.error().message;
        EXPECT_THAT(file->content.tensors.at("a").values, ElementsAre(-1.5F, 2)) << storage;
    }
    const std::vector<std::pair<std::string, std::string>> whole = {
        {"LongStorage", packed<int64_t>({-1, 2})},
        {"IntStorage", packed<int32_t>({-1, 2})},
        {"ShortStorage", packed<int16_t>({-1, 2})},
        {"CharStorage", packed<int8_t>({-1, 2})},
    };
    for (const auto& [storage, bytes] : whole) {
        const auto file
            = parse(torchZip(dict({{"a", tensor({storage, "0", 2, 0, {2}, {1}})}}), {{"0", bytes}}));
        ASSERT_TRUE(file) << storage << file.error().message;
        EXPECT_THAT(file->content.tensors.at("a").values, ElementsAre(-1, 2)) << storage;
    }
    EXPECT_THAT(complaint(tensor({"ComplexFloatStorage", "0", 2, 0, {2}, {1}})), HasSubstr("is not read"));
}

TEST(WeightFile, ZipWithWideNumbersAndTheOldFormatHoldTheSame)
{
    const std::string root = dict({{"a", tensor(matrixOfSix())}});
    for (const std::string& bytes : {torchZip(root, {{"0", kSix}}), torchZip(root, {{"0", kSix}}, true),
             torchLegacy(root, {{"0", 6, kSix}})}) {
        const auto file = parse(bytes);
        ASSERT_TRUE(file) << file.error().message;
        EXPECT_THAT(file->content.tensors.at("a").shape, ElementsAre(2, 3));
        EXPECT_THAT(file->content.tensors.at("a").values, ElementsAre(0, 1, 2, 3, 4, 5));
    }
}

TEST(WeightFile, ViewsOfAnOldStorageBeginWhereTheySay)
{
    const std::string storage = tuple({text("storage"), global("torch", "FloatStorage"), text("0"),
                                    text("cpu"), integer(6), tuple({text("1"), integer(2), integer(3)})})
        + "Q";
    const std::string view
        = call(global("torch._utils", "_rebuild_tensor"), {storage, integer(1), numbers({2}), numbers({1})});
    const auto file = parse(torchLegacy(dict({{"a", view}}), {{"0", 6, kSix}}));
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_THAT(file->content.tensors.at("a").values, ElementsAre(3, 4));
}

TEST(WeightFile, TheModelOfATrainingStateIsTakenAndTheRestLeft)
{
    const std::string model = dict({{"a", tensor(matrixOfSix())}, {"steps", integer(7)}});
    const std::string history = call(global("collections", "Counter"), {dict({{"x", integer(1)}})});
    const std::string settings
        = global("argparse", "Namespace") + ")\x81" + dict({{"lr", std::string("G").append(8, '\0')}}) + "b";
    const std::string state = dict({{"optimizer", dict({{"m", tensor(matrixOfSix())}})}, {"args", settings},
        {"milestones", history}, {"model", dict({{"state_dict", model}})}});
    const auto file = parse(torchZip(state, {{"0", kSix}}));
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(file->root, "model.state_dict");
    ASSERT_EQ(file->stored.size(), 1u);
    EXPECT_EQ(file->stored.front().name, "a");
}

TEST(WeightFile, ParametersAndDictionariesOfPairsAreRead)
{
    const std::string parameter
        = call(global("torch._utils", "_rebuild_parameter"), {tensor(matrixOfSix()), "\x88", "N"});
    const std::string pairs = "](" + tuple({text("a"), parameter}) + "e";
    const std::string root
        = call(global("collections", "OrderedDict"), {pairs}) + dict({{"_metadata", dict({})}}) + "b";
    const auto file = parse(torchZip(root, {{"0", kSix}}));
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(file->content.tensors.at("a").values.size(), 6u);
}

TEST(WeightFile, NamesArePython2sAsWellAndTheLastOfTwoCounts)
{
    const std::string one = tensor({"FloatStorage", "0", 6, 0, {1}, {1}});
    const std::string root = std::string("}(U\x01").append("a").append(one);
    for (const auto& [rest, count] : {std::pair(std::string(), 1U), std::pair(text("a").append(one), 1U),
             std::pair(text("a").append(tensor(matrixOfSix())), 6U)}) {
        const auto file = parse(torchZip(std::string(root).append(rest).append("u"), {{"0", kSix}}));
        ASSERT_TRUE(file) << file.error().message;
        ASSERT_EQ(file->stored.size(), 1U);
        EXPECT_EQ(file->content.tensors.at("a").values.size(), count);
    }
    EXPECT_THAT(parse(torchZip(dict({{std::string(2000, 'a'), one}}), {{"0", kSix}})).error().message,
        HasSubstr("a name of 2000 bytes"));
}

TEST(WeightFile, EveryWayToCallWhatIsNotOnTheListIsRefusedByName)
{
    const std::string command = text("touch telltale_was_owned");
    const std::vector<std::string> ways = {
        call(global("os", "system"), {command}),
        global("os", "system") + tuple({command}) + "\x81",
        global("os", "system") + tuple({command}) + "}\x92",
        std::string("(").append(global("os", "system")).append(command).append("o"),
        std::string("(").append(command).append("ios\nsystem\n"),
        text("os") + text("system") + "\x93" + tuple({command}) + "R",
    };
    for (const std::string& way : ways) {
        EXPECT_THAT(complaint(way), HasSubstr("wants to run os.system"));
        EXPECT_THAT(complaint(way), HasSubstr("nothing was run"));
        const auto old = parse(torchLegacy(dict({{"a", way}}), {}));
        ASSERT_FALSE(old);
        EXPECT_THAT(old.error().message, HasSubstr("os.system"));
    }
    EXPECT_THAT(complaint(call(global("torch._utils", "_rebuild_tensor_v2\x01"), {})), HasSubstr("v2?"));
    EXPECT_FALSE(std::filesystem::exists("telltale_was_owned"));
}

TEST(WeightFile, NamingWhatIsNotOnTheListWithoutCallingItDoesNoHarm)
{
    const auto file = parse(
        torchZip(dict({{"a", tensor(matrixOfSix())}, {"kind", global("torch", "float32")}}), {{"0", kSix}}));
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(file->stored.size(), 1u);
}

TEST(WeightFile, TensorsThatReachOutsideTheirStorageAreRefused)
{
    const int64_t huge = int64_t{1} << 40;
    EXPECT_EQ(complaint(tensor(matrixOfSix())), "read");
    const std::vector<std::pair<TensorSample, const char*>> cases = {
        {{"FloatStorage", "0", 6, 1, {2, 3}, {3, 1}}, "reaches beyond its storage of 6 numbers"},
        {{"FloatStorage", "0", 6, 0, {2, 3}, {4, 1}}, "reaches beyond"},
        {{"FloatStorage", "0", 6, 0, {huge}, {1}}, "reaches beyond"},
        {{"FloatStorage", "0", huge, 0, {huge}, {1}}, "are not in the file"},
        {{"FloatStorage", "0", 6, 0, {huge}, {0}}, "more numbers than a file of this size has"},
        {{"FloatStorage", "0", 6, 0, {huge, huge}, {0, 0}}, "malformed"},
        {{"FloatStorage", "0", 6, 0, {2, 3}, {huge, huge}}, "reaches beyond"},
        {{"FloatStorage", "0", 6, -1, {2}, {1}}, "malformed"},
        {{"FloatStorage", "0", 6, 0, {-2}, {1}}, "malformed"},
        {{"FloatStorage", "0", 6, 0, {2}, {-1}}, "malformed"},
        {{"FloatStorage", "0", 6, 0, {2}, {1, 1}}, "malformed"},
        {{"FloatStorage", "0", -6, 0, {2}, {1}}, "malformed"},
        {{"FloatStorage", "7", 6, 0, {2}, {1}}, "are not in the file"},
        {{"FloatStorage", "0", 7, 0, {2}, {1}}, "are not in the file"},
    };
    for (const auto& [sample, expected] : cases)
        EXPECT_THAT(complaint(tensor(sample)), HasSubstr(expected)) << expected;
}

TEST(WeightFile, EveryPrefixOfAFileIsRefusedOrReadWhole)
{
    const std::string root = dict({{"a", tensor(matrixOfSix())}});
    for (const std::string& whole : {torchZip(root, {{"0", kSix}}), torchZip(root, {{"0", kSix}}, true),
             torchLegacy(root, {{"0", 6, kSix}})})
        for (size_t size = 0; size < whole.size(); ++size) {
            const auto file = parse(whole.substr(0, size));
            ASSERT_FALSE(file) << size << " of " << whole.size();
            EXPECT_THAT(file.error().message, HasSubstr("w.pth: "));
        }
}

TEST(WeightFile, PicklesThatMakeNoSenseAreRefused)
{
    const std::vector<std::string> senseless
        = {"", ".", "\xff", "R.", "t.", "b.", "u.", "s.", "a.", "h\x07.", "K\x01K\x02s.",
            "K\x01K\x02"
            "a.",
            "]K\x01s.", "K\x01Q.", ")Q.", "((((t.", "N(b.", "}(K\x01u.", "Ix\n.", "gx\n.", "Sabc\n.", "N)R.",
            "(o.", "2.", "0.", "\x93.", "NN\x93.", "X\xff\xff\xff\xff.",
            "\x8d\xff\xff\xff\xff\xff\xff\xff\xff.", "\x8b\xff\xff\xff\xff.", "cno newline"};
    for (const std::string& pickled : senseless) {
        const auto file = parse(zip({{"w/data.pkl", pickled}}));
        ASSERT_FALSE(file) << pickled;
        EXPECT_EQ(file.error().code, ErrorCode::BadFormat) << pickled;
    }
}

TEST(WeightFile, ArchivesOfAnotherKindAreNamed)
{
    const auto complaintOf = [](const std::string& bytes) { return parse(bytes).error().message; };
    EXPECT_THAT(complaintOf(zip({{"a.txt", "x"}})), HasSubstr("without data.pkl"));
    EXPECT_THAT(complaintOf(zip({{"w/data.pkl", ""}, {"w/constants.pkl", ""}})), HasSubstr("TorchScript"));
    EXPECT_THAT(complaintOf(zip({{"w/data.pkl", ""}, {"w/byteorder", "big"}})), HasSubstr("big-endian"));
    std::string packedZip = zip({{"w/data.pkl", "x"}});
    packedZip[packedZip.find("PK\x01\x02") + 10] = 8;
    EXPECT_THAT(complaintOf(packedZip), HasSubstr("\"w/data.pkl\" is packed"));
    EXPECT_THAT(complaintOf(torchZip(dict({{"epoch", integer(3)}}), {})), HasSubstr("no named tensors"));
    EXPECT_THAT(complaintOf(pickle(integer(3))), HasSubstr("no named tensors"));
}

TEST(KeyMap, NamesOfReleasedFilesBecomeOurs)
{
    const std::vector<std::array<const char*, 3>> cases = {
        {"pyskl", "backbone.layer1.0.conv1.conv.weight", "layer1.0.conv1.conv.weight"},
        {"pyskl", "module.backbone.data_bn.bias", "data_bn.bias"},
        {"pyskl", "cls_head.fc_cls.weight", "classifier.weight"},
        {"mmaction2", "backbone.blocks.3.mlp.layers.0.0.weight", "blocks.3.mlp.fc1.weight"},
        {"mmaction2", "backbone.blocks.3.mlp.layers.1.bias", "blocks.3.mlp.fc2.bias"},
        {"mmaction2", "backbone.patch_embed.projection.bias", "patch_embed.proj.bias"},
        {"mmaction2", "backbone.pos_embed", ""},
        {"videomaev2", "module._orig_mod.encoder.blocks.0.attn.q_bias", "blocks.0.attn.q_bias"},
        {"videomaev2", "head.bias", "classifier.bias"},
        {"videomaev2", "decoder.blocks.0.norm1.weight", ""},
        {"torchvision", "fc.weight", "classifier.weight"},
        {"plain", "module.backbone.x", "module.backbone.x"},
        {"plain", "layer1.0.bn.num_batches_tracked", ""},
    };
    for (const auto& [map, from, to] : cases) {
        TensorFile content;
        content.tensors[from] = NdArray({1});
        const auto named = mapKeys(content, **findKeyMap(map));
        ASSERT_TRUE(named) << from;
        if (std::string_view(to).empty())
            EXPECT_THAT(named->tensors, IsEmpty()) << from;
        else
            EXPECT_TRUE(named->tensors.contains(to)) << from;
    }
    const auto unknown = findKeyMap("keras");
    ASSERT_FALSE(unknown);
    EXPECT_THAT(unknown.error().message, HasSubstr("plain, pyskl, mmaction2, videomaev2, torchvision"));
}

TEST(KeyMap, TwoTensorsOfOneNameAreRefused)
{
    TensorFile content;
    content.tensors["backbone.a"] = NdArray({1});
    content.tensors["a"] = NdArray({2});
    const auto named = mapKeys(content, **findKeyMap("pyskl"));
    ASSERT_FALSE(named);
    EXPECT_THAT(named.error().message, HasSubstr("both be called \"a\""));
}

TEST(NetworkFamily, IsSeenInTheTensorsOfRealFiles)
{
    if (!std::filesystem::exists(checkpoint("README.md")))
        GTEST_SKIP() << checkpoint("") << " is not there";
    const std::vector<std::pair<const char*, const char*>> cases = {
        {"posec3d_slowonly_tiny_pyskl.pth", "slowonly"},
        {"stgcnpp_tiny_pyskl.pth", "stgcnpp"},
        {"videomaev2_tiny_module.pth", "videomae"},
    };
    for (const auto& [name, kind] : cases) {
        const auto content = readWeightFile(checkpoint(name));
        ASSERT_TRUE(content) << content.error().message;
        const auto named = mapKeys(*content, chooseKeyMap(*content));
        ASSERT_TRUE(named);
        const auto guess = guessNetwork(*named);
        ASSERT_TRUE(guess) << name;
        EXPECT_EQ(guess->kind, kind);
    }
    EXPECT_FALSE(guessNetwork(TensorFile()));
}
