// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Whole networks, from the card to points in the picture. The networks are a few lines of TorchScript whose
// answer is known for each picture.
#include "base/files.h"
#include "base/random.h"
#include "base/sha256.h"
#include "onnxmodel.h"
#include "pose/layout.h"
#include "pose/networks/areascale.h"
#include "scriptmodels.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using testing::HasSubstr;

namespace {

constexpr int kLeftWrist = 9; ///< of coco17
constexpr int kRightWrist = 10;

std::string wristCard(const std::string& more)
{
    return R"({"name": "wrists", "layout": "coco17", "decoder": "heatmap", "channels": "rgb", "needsHead": false,
        "inputWidth": 96, "inputHeight": 64, "minScore": 0.3, "licence": "CC0")"
        + (more.empty() ? "" : ", " + more) + "}";
}

std::unique_ptr<PoseEstimator> opened(const std::filesystem::path& file, const PoseModelOptions& options = {})
{
    auto model = openPoseModel(file, options);
    if (model)
        return *std::move(model);
    ADD_FAILURE() << model.error().message;
    return nullptr;
}

std::string refusal(const std::filesystem::path& file, ErrorCode code = ErrorCode::BadFormat)
{
    const auto model = openPoseModel(file);
    if (model) {
        ADD_FAILURE() << file << " was opened";
        return {};
    }
    EXPECT_EQ(model.error().code, code);
    EXPECT_THAT(model.error().message, HasSubstr(file.filename().string()));
    return model.error().message;
}

class DataHome : public testing::Test {
protected:
    DataHome() : m_folder("datahome") { setenv("XDG_DATA_HOME", (m_folder / "share").c_str(), 1); }
    ~DataHome() override { unsetenv("XDG_DATA_HOME"); }
    ModelFolder m_folder;
};

} // namespace

TEST(NetworkInput, PointsLandWhereTheyAreHoweverThePictureIsFitted)
{
    const ModelFolder folder("fit");
    for (const char* fit : {"letterbox", "stretch", "crop"})
        for (const auto& [width, height] : {std::pair{96, 64}, {480, 200}, {200, 480}, {37, 51}}) {
            const auto model = opened(
                folder.writeModel("m.pt", kWristMaps, wristCard(R"("fit": ")" + std::string(fit) + "\"")));
            TestPicture picture(width, height);
            const double radius = std::max(width, height) / 25.0;
            picture.spot(0.7 * width, 0.4 * height, 2, radius); // red: left wrist
            picture.spot(0.2 * width, 0.6 * height, 1, radius);
            const auto points = model->estimate(picture.bgra, width, height);
            ASSERT_TRUE(points.ok()) << points.error().message;
            const double step = std::max(width / 96.0, height / 64.0);
            for (const auto& [point, x, y] : {std::tuple{kLeftWrist, 0.7, 0.4}, {kRightWrist, 0.2, 0.6}}) {
                const PosePoint& p = (*points)[static_cast<size_t>(point)];
                EXPECT_GT(p.score, 0.5) << fit << " " << width;
                EXPECT_NEAR(p.x, x * width, 0.3 * step) << fit << " " << width;
                EXPECT_NEAR(p.y, y * height, 0.3 * step) << fit << " " << width;
            }
        }
}

TEST(NetworkInput, ShrinkingTakesTheMeanOfTheAreaThatEachPixelCovers)
{
    Random random(7);
    for (const auto& [width, height, newWidth, newHeight] :
        {std::array{9, 6, 3, 2}, {7, 5, 3, 2}, {40, 700, 3, 2}, {5, 5, 5, 5}, {13, 1, 1, 1}}) {
        std::vector<uint8_t> from(size_t{4} * width * height);
        for (uint8_t& value : from)
            value = static_cast<uint8_t>(random.uniform(0, 255.9));
        std::vector<uint8_t> to(size_t{4} * newWidth * newHeight);
        areaScale(from, width, height, to, newWidth, newHeight);
        for (int y = 0; y < newHeight; ++y)
            for (int x = 0; x < newWidth; ++x) {
                // Each old pixel in (newWidth * newHeight) parts, so that areas are counted, not cut.
                double sum = 0;
                for (int row = y * height; row < (y + 1) * height; ++row)
                    for (int column = x * width; column < (x + 1) * width; ++column)
                        sum += from[(static_cast<size_t>(row / newHeight) * width + column / newWidth) * 4];
                const double mean = sum / (static_cast<double>(width) * height);
                EXPECT_NEAR(to[(static_cast<size_t>(y) * newWidth + x) * 4], mean, 0.51) << width << " " << x;
            }
    }
}

TEST(NetworkInput, AScaledPictureGivesPointsOfTheFullOne)
{
    const ModelFolder folder("scaled");
    const auto model = opened(folder.writeModel("m.pt", kWristMaps, wristCard("")));
    const auto size = model->usefulSize(960, 540);
    ASSERT_EQ(size[0], 96);
    ASSERT_EQ(size[1], 54);
    TestPicture small(size[0], size[1]);
    small.spot(30, 20, 2);
    PosePicture picture = small.view();
    picture.fullWidth = 960;
    picture.fullHeight = 540;
    const auto people = model->estimate(std::span(&picture, 1));
    ASSERT_TRUE(people.ok()) << people.error().message;
    const PosePoint& wrist = (*people)[0].at(0).points[kLeftWrist];
    EXPECT_NEAR(wrist.x, 300, 1);
    EXPECT_NEAR(wrist.y, 200, 1);
}

TEST(NetworkInput, MeansAndDeviationsGoToTheirChannels)
{
    const ModelFolder folder("means");
    // The maps are 1 at once if the first channel was brought from 200 to 3 and the third from 100 to -2.
    const std::string body = R"(
    maps = torch.zeros([x.size(0), 17, 16, 16])
    maps[:, 9, 8, 8] = torch.where((x[:, 0] - 3.0).abs().max() < 0.01, torch.ones([1]), torch.zeros([1]))
    maps[:, 10, 4, 4] = torch.where((x[:, 2] + 2.0).abs().max() < 0.01, torch.ones([1]), torch.zeros([1]))
    return maps
)";
    TestPicture picture(32, 32);
    for (size_t i = 0; i < picture.bgra.size(); i += 4) {
        picture.bgra[i + 2] = 200; // red
        picture.bgra[i] = 100; // blue
    }
    const std::string size = R"("inputWidth": 32, "inputHeight": 32, "layout": "coco17", "needsHead": false)";
    for (const std::string& card :
        {"{" + size + R"(, "channels": "rgb", "mean": [170, 0, 150], "std": [10, 1, 25]})",
            "{" + size + R"(, "rgb": true, "mean": [170, 0, 150], "scale": [0.1, 1, 0.04]})"}) {
        const auto model = opened(folder.writeModel("m.pt", body, card));
        const auto points = model->estimate(picture.bgra, 32, 32);
        ASSERT_TRUE(points.ok()) << points.error().message;
        EXPECT_GT((*points)[9].score, 0) << card;
        EXPECT_GT((*points)[10].score, 0) << card;
    }
    const auto turned = opened(folder.writeModel(
        "m.pt", body, "{" + size + R"(, "channels": "bgr", "mean": [170, 0, 150], "std": [10, 1, 25]})"));
    EXPECT_EQ((*turned->estimate(picture.bgra, 32, 32))[9].score, 0);
}

TEST(NetworkInput, ChannelsMayComeLast)
{
    const ModelFolder folder("last");
    const std::string body = R"(
    maps = torch.zeros([x.size(0), 17, x.size(1), x.size(2)])
    maps[:, 9] = x[:, :, :, 0] / 255.0
    return maps
)";
    const auto model = opened(folder.writeModel("m.pt", body, wristCard(R"("inputLayout": "NHWC")")));
    TestPicture picture(96, 64);
    picture.spot(70, 20, 2);
    const auto points = model->estimate(picture.bgra, 96, 64);
    ASSERT_TRUE(points.ok()) << points.error().message;
    EXPECT_NEAR((*points)[9].x, 70, 0.5);
    EXPECT_NEAR((*points)[9].y, 20, 0.5);
}

TEST(NetworkBatches, AnswerLikeSinglePictures)
{
    const ModelFolder folder("batch");
    const auto model = opened(folder.writeModel("m.pt", kWristMaps, wristCard(R"("batch": 4)")));
    std::vector<TestPicture> pictures;
    for (int i = 0; i < 7; ++i) {
        pictures.emplace_back(96, 64);
        if (i != 3)
            pictures.back().spot(10 + 10 * i, 20 + 3 * i, 2);
    }
    std::vector<PosePicture> views;
    for (const TestPicture& picture : pictures)
        views.push_back(picture.view());
    const auto people = model->estimate(views);
    ASSERT_TRUE(people.ok()) << people.error().message;
    ASSERT_EQ(people->size(), 7U);
    for (int i = 0; i < 7; ++i) {
        const PosePeople& some = (*people)[static_cast<size_t>(i)];
        ASSERT_EQ(some.size(), i == 3 ? 0U : 1U) << i;
        if (i != 3) {
            EXPECT_NEAR(some[0].points[9].x, 10 + 10 * i, 0.5);
        }
    }
    EXPECT_TRUE(model->estimate(std::span<const PosePicture>()).ok());
}

TEST(TopDown, EachGivenBoxIsAPersonOfItsOwn)
{
    const ModelFolder folder("boxes");
    const auto model = opened(
        folder.writeModel("m.pt", kWristMaps, wristCard(R"("fit": "crop", "margin": 1.25, "batch": 2)")));
    TestPicture picture(600, 400);
    PosePicture view = picture.view();
    for (const int x : {60, 300, 480}) {
        picture.spot(x, 100, 2, 4);
        view.boxes.push_back({static_cast<float>(x - 30), 60, 60, 90});
    }
    const auto people = model->estimate(std::span(&view, 1));
    ASSERT_TRUE(people.ok()) << people.error().message;
    std::vector<float> found;
    for (const PosePerson& person : (*people)[0])
        found.push_back(person.points[9].x);
    std::sort(found.begin(), found.end());
    ASSERT_EQ(found.size(), 3U);
    EXPECT_NEAR(found[0], 60, 1);
    EXPECT_NEAR(found[1], 300, 1);
    EXPECT_NEAR(found[2], 480, 1);
}

TEST(TopDown, TheDetectorOfTheCardFindsTheBoxes)
{
    const ModelFolder folder("detector");
    folder.writeModel("boxes.pt", R"(
    return torch.tensor([[[8.0, 8.0, 24.0, 40.0, 0.9], [60.0, 8.0, 90.0, 40.0, 0.8], [0.0, 0.0, 9.0, 9.0, 0.05]]])
)",
        R"({"decoder": "boxes", "normalised": false, "inputWidth": 96, "inputHeight": 64})");
    const auto model = opened(folder.writeModel(
        "m.pt", kWristMaps, wristCard(R"("fit": "crop", "boxes": "detector", "detector": "boxes.pt")")));
    EXPECT_TRUE(model->severalPeople());
    TestPicture picture(960, 640);
    picture.spot(150, 200, 2, 10);
    picture.spot(700, 200, 2, 10);
    const PosePicture view = picture.view();
    const auto people = model->estimate(std::span(&view, 1));
    ASSERT_TRUE(people.ok()) << people.error().message;
    ASSERT_EQ((*people)[0].size(), 2U);
    for (const PosePerson& person : (*people)[0])
        EXPECT_NEAR(person.points[9].x, person.points[9].x < 400 ? 150 : 700, 3);
    EXPECT_THAT(
        refusal(folder.writeModel("n.pt", kWristMaps, wristCard(R"("fit": "crop", "boxes": "detector")"))),
        HasSubstr("detector"));
}

TEST(TopDown, ThePoseBeforeGivesTheBox)
{
    const ModelFolder folder("previous");
    const auto model = opened(folder.writeModel("m.pt", kWristMaps,
        wristCard(R"("fit": "crop", "boxes": "previous", "margin": 2, "minPersonScore": 0)")));
    EXPECT_TRUE(model->needsOrder());
    std::vector<TestPicture> pictures;
    for (int i = 0; i < 6; ++i) {
        pictures.emplace_back(960, 640);
        pictures.back().spot(300 + 10 * i, 300, 2, 8);
        pictures.back().spot(360 + 10 * i, 330, 1, 8);
        if (i >= 1) // somebody far away, whom the network sees only in the first whole picture
            pictures.back().spot(900, 600, 2, 12);
    }
    std::vector<PosePicture> views;
    for (const TestPicture& picture : pictures)
        views.push_back(picture.view());
    auto people = model->estimate(views);
    ASSERT_TRUE(people.ok()) << people.error().message;
    for (int i = 0; i < 6; ++i) {
        ASSERT_EQ((*people)[static_cast<size_t>(i)].size(), 1U) << i;
        EXPECT_NEAR((*people)[static_cast<size_t>(i)][0].points[9].x, 300 + 10 * i, 3) << i;
    }
    // After a jump in time nobody is known.
    model->reset();
    people = model->estimate(std::span(views).last(1));
    ASSERT_TRUE(people.ok());
    EXPECT_NEAR((*people)[0].at(0).points[9].x, 900, 8);
}

TEST(ScriptNetworks, DictionariesAndTuplesAreOutputsByName)
{
    const ModelFolder folder("names");
    const std::string body = R"(
    a = torch.zeros([x.size(0), 17, 192])
    b = torch.zeros([x.size(0), 17, 128])
    a[:, :, 50] = 0.9
    b[:, :, 64] = 0.8
    return {"up": b, "across": a, "junk": x}
)";
    const std::string card
        = R"({"layout": "coco17", "decoder": "simcc", "inputWidth": 96, "inputHeight": 64)";
    const auto model = opened(folder.writeModel("m.pt", body, card + R"(, "outputs": ["across", "up"]})"));
    TestPicture picture(96, 64);
    const auto points = model->estimate(picture.bgra, 96, 64);
    ASSERT_TRUE(points.ok()) << points.error().message;
    EXPECT_FLOAT_EQ((*points)[0].x, 25);
    EXPECT_FLOAT_EQ((*points)[0].y, 32);
    const std::string sentence
        = refusal(folder.writeModel("n.pt", body, card + R"(, "outputs": ["across", "down"]})"));
    EXPECT_THAT(sentence, HasSubstr("'down'"));
    EXPECT_THAT(sentence, HasSubstr("across (1 x 17 x 192)"));
    EXPECT_THAT(refusal(folder.writeModel("o.pt", body, card + "}")), HasSubstr("3 outputs"));
}

TEST(ScriptNetworks, NetworksThatFailSaySo)
{
    const ModelFolder folder("failing");
    EXPECT_THAT(refusal(folder.writeModel("a.pt", "\n    return x.view([3, 3])\n", wristCard(""))),
        HasSubstr("does not run"));
    EXPECT_THAT(refusal(folder.writeModel("b.pt", "\n    return 5\n", wristCard(""))),
        HasSubstr("something else than tensors"));
    // One that changes its mind after it was opened.
    const auto model = opened(folder.writeModel("c.pt", R"(
    if bool(x.max() > 1.0):
        return torch.zeros([1, 3, 16, 16])
    return torch.zeros([1, 17, 16, 16])
)",
        wristCard("")));
    TestPicture picture(96, 64);
    EXPECT_TRUE(model->estimate(picture.bgra, 96, 64).ok());
    picture.spot(40, 40, 2);
    const auto points = model->estimate(picture.bgra, 96, 64);
    ASSERT_FALSE(points.ok());
    EXPECT_THAT(points.error().message, HasSubstr("c.pt"));
    EXPECT_THAT(points.error().message, HasSubstr("3 x 16 x 16"));
}

TEST(ScriptNetworks, PicturesWithoutPeopleAndNumbersThatAreNone)
{
    const ModelFolder folder("nobody");
    const TestPicture black(320, 200);
    const PosePicture view = black.view();
    auto model = opened(folder.writeModel("m.pt", kWristMaps, wristCard("")));
    auto people = model->estimate(std::span(&view, 1));
    ASSERT_TRUE(people.ok());
    EXPECT_TRUE((*people)[0].empty());
    EXPECT_EQ(model->estimate(black.bgra, 320, 200)->size(), 17U) << "all missing";
    model = opened(folder.writeModel(
        "n.pt", "\n    return torch.full([x.size(0), 17, 16, 16], float('nan'))\n", wristCard("")));
    people = model->estimate(std::span(&view, 1));
    ASSERT_TRUE(people.ok());
    EXPECT_TRUE((*people)[0].empty());
    EXPECT_EQ(model->estimate(black.bgra, 3200, 200).error().code, ErrorCode::InvalidArgument);
}

TEST(ModelCards, ABodyWithoutHeadIsNoneWhereTheCardSaysSo)
{
    const ModelFolder folder("head");
    TestPicture picture(96, 64);
    picture.spot(40, 30, 2);
    const PosePicture view = picture.view();
    for (const bool needsHead : {true, false}) {
        std::string card = wristCard("");
        if (needsHead)
            card.replace(card.find("false"), 5, "true");
        const auto model = opened(folder.writeModel("m.pt", kWristMaps, card));
        EXPECT_EQ((*model->estimate(std::span(&view, 1)))[0].size(), needsHead ? 0U : 1U);
    }
}

TEST(ModelCards, OutputsOtherThanTheCardSaysAreRefusedWithFoundAndWanted)
{
    const ModelFolder folder("outputs");
    const std::string sentence = refusal(
        folder.writeModel("m.pt", "\n    return torch.zeros([x.size(0), 14, 24, 24])\n", wristCard("")));
    EXPECT_THAT(sentence, HasSubstr("14 x 24 x 24"));
    EXPECT_THAT(sentence, HasSubstr("17 maps"));
    EXPECT_THAT(sentence, HasSubstr("m.pt.card.json"));
    EXPECT_THAT(refusal(folder.writeModel(
                    "one.pt", "\n    return torch.zeros([1, 17, 24, 24])\n", wristCard(R"("batch": 4)"))),
        HasSubstr("\"batch\": 1"));
}

TEST(ModelCards, TheDigestIsHeldAgainstTheFile)
{
    const ModelFolder folder("digest");
    const auto file = folder.writeModel("m.pt", kWristMaps, "");
    const std::string digest = hexOf(sha256(*readFile(file)));
    folder.write("m.pt.card.json", wristCard(R"("digest": "sha256:)" + digest + "\""));
    EXPECT_EQ(opened(file)->card().licence, "CC0");
    folder.write("m.pt.card.json", wristCard(R"("digest": ")" + std::string(64, 'a') + "\""));
    const std::string sentence = refusal(file);
    EXPECT_THAT(sentence, HasSubstr(digest));
    EXPECT_THAT(sentence, HasSubstr(std::string(64, 'a')));
    folder.write("m.pt.card.json", wristCard(R"("digest": "short")"));
    EXPECT_THAT(refusal(file), HasSubstr("64 hexadecimal"));
}

TEST(ModelCards, KeysThatMakeNoSenseAreNamed)
{
    const ModelFolder folder("keys");
    const auto file = folder.writeModel("m.pt", kWristMaps, "");
    for (const char* key : {R"("decoder": "magic")", R"("fit": "elastic")", R"("mean": [1, 2])",
             R"("std": 0)", R"("inputWidth": 3)", R"("batch": 0)", R"("margin": 0.5)", R"("scal": 1)",
             R"("split": 0)", R"("fields": ["x", "mood"])", R"("options": 3)", R"("options": {"colour": 1})",
             R"("boxes": "oracle")", R"("layout": "martian")", R"("limbs": [[1, 2]])"}) {
        folder.write("m.pt.card.json", "{" + std::string(key) + "}");
        const auto model = openPoseModel(file);
        ASSERT_FALSE(model.ok()) << key;
        const std::string word = std::string(key).substr(1, std::string(key).find('"', 1) - 1);
        EXPECT_THAT(model.error().message, HasSubstr("m.pt.card.json"));
        EXPECT_THAT(model.error().message, HasSubstr(word == "options" ? "" : word)) << key;
    }
}

TEST(ModelCards, TheDigestOfAModelChangesWithItsCard)
{
    const ModelFolder folder("cardchange");
    const auto file = folder.writeModel("m.pt", kWristMaps, wristCard(""));
    const auto first = poseModelDigest(file);
    folder.write("m.pt.card.json", wristCard(R"("margin": 1.5)"));
    const auto second = poseModelDigest(file);
    ASSERT_TRUE(first.ok() && second.ok());
    EXPECT_NE(*first, *second);
    PoseModelOptions options;
    options.card = folder.write("other.json", wristCard(""));
    EXPECT_EQ(*poseModelDigest(file, options), *first);
}

TEST(Backends, ByTheKindOfFileOrByName)
{
    const ModelFolder folder("backends");
    const auto file = folder.writeModel("m.pt", kWristMaps, wristCard(""));
    EXPECT_EQ(opened(file)->backend(), "torchscript");
    PoseModelOptions options;
    options.backend = "opencv";
    EXPECT_THAT(openPoseModel(file, options).error().message, HasSubstr("does not read"));
    options.backend = "abacus";
    EXPECT_THAT(openPoseModel(file, options).error().message, HasSubstr("onnxruntime"));
    // ONNX Runtime is there or says how to get it; either way a broken file is no crash.
    options.backend = "onnxruntime";
    const auto broken = openPoseModel(folder.write("x.onnx", "no network"), options);
    ASSERT_FALSE(broken.ok());
    const bool built = std::ranges::count(poseBackends(), "onnxruntime") > 0;
    EXPECT_EQ(broken.error().code, built ? ErrorCode::BadFormat : ErrorCode::Unsupported);
    EXPECT_THAT(broken.error().message, HasSubstr("ONNX Runtime"));
}

TEST_F(DataHome, ModelsAreAddedOnceAndFoundByName)
{
    const auto file = m_folder.writeModel("wrists.pt", kWristMaps, wristCard(""));
    const auto added = addPoseModel(file);
    ASSERT_TRUE(added.ok()) << added.error().message;
    EXPECT_TRUE(addPoseModel(file).ok()) << "the same again";
    for (const char* name : {"wrists", "wrists.pt"}) {
        const auto found = findPoseModel(name);
        ASSERT_TRUE(found.ok()) << found.error().message;
        EXPECT_EQ(*found, *added);
    }
    EXPECT_EQ(opened(*added)->card().name, "wrists");
    const auto known = knownPoseModels();
    const auto row = std::find_if(
        known.begin(), known.end(), [](const KnownPoseModel& model) { return model.name == "wrists"; });
    ASSERT_NE(row, known.end());
    EXPECT_EQ(row->problem, "");
    EXPECT_EQ(row->content.licence, "CC0");
    // Another model must not take its place.
    m_folder.writeModel("wrists.pt", "\n    return torch.zeros([x.size(0), 17, 8, 8])\n", wristCard(""));
    EXPECT_EQ(addPoseModel(file).error().code, ErrorCode::Conflict);
    // Nor does one get in that cannot be used.
    EXPECT_FALSE(addPoseModel(m_folder.write("broken.pt", "x")).ok());
    EXPECT_FALSE(findPoseModel("broken").ok());
}

TEST_F(DataHome, AMissingModelSaysWhereItWasLookedFor)
{
    const auto found = findPoseModel("unheard-of");
    ASSERT_FALSE(found.ok());
    EXPECT_EQ(found.error().code, ErrorCode::NotFound);
    EXPECT_THAT(found.error().message, HasSubstr((m_folder / "share").string()));
    EXPECT_THAT(found.error().message, HasSubstr("models list"));
    std::filesystem::create_directories(m_folder / "share/telltale/models");
    m_folder.write(
        "share/telltale/models/far.card.json", wristCard(R"("source": "https://example.org/far")"));
    EXPECT_THAT(findPoseModel("far").error().message, HasSubstr("https://example.org/far"));
}

TEST(OnnxNetworks, RunThroughEveryBackendThatIsBuiltIn)
{
    const ModelFolder folder("onnx");
    const auto file = folder.write("m.onnx", wristOnnx(96, 64));
    folder.write("m.onnx.card.json", wristCard(""));
    TestPicture picture(480, 320);
    picture.spot(350, 100, 2, 12);
    picture.spot(100, 200, 1, 12);
    for (const std::string& backend : poseBackends()) {
        if (backend == "torchscript")
            continue;
        PoseModelOptions options;
        options.backend = backend;
        const auto model = opened(file, options);
        EXPECT_EQ(model->backend(), backend);
        const auto points = model->estimate(picture.bgra, 480, 320);
        ASSERT_TRUE(points.ok()) << points.error().message;
        EXPECT_NEAR((*points)[kLeftWrist].x, 350, 1.5) << backend;
        EXPECT_NEAR((*points)[kLeftWrist].y, 100, 1.5) << backend;
        EXPECT_NEAR((*points)[kRightWrist].x, 100, 1.5) << backend;
    }
    folder.write("m.onnx.card.json", wristCard(R"("outputs": ["heat"])"));
    EXPECT_THAT(refusal(file), HasSubstr("'heat'"));
}

TEST(OnnxNetworks, OutputsAreFoundByTheirNames)
{
    const ModelFolder folder("onnxnames");
    const auto file = folder.write("m.onnx", wristOnnx(96, 64));
    folder.write("m.onnx.card.json", wristCard(R"("outputs": ["maps"])"));
    EXPECT_EQ(opened(file)->backend(), "opencv");
}

TEST_F(DataHome, CardsThatComeWithTheProgramMakeSense)
{
    const std::filesystem::path shipped = std::filesystem::path(TELLTALE_SOURCE_DIR) / "models/pose";
    int cards = 0;
    for (const KnownPoseModel& model : knownPoseModels()) {
        if (model.card.parent_path() != shipped)
            continue;
        ++cards;
        EXPECT_EQ(model.problem, "the model itself is not here") << model.name;
        EXPECT_FALSE(model.content.licence.empty()) << model.name;
        EXPECT_FALSE(model.content.source.empty()) << model.name;
        if (model.content.decoder != "boxes") {
            EXPECT_TRUE(findPoseLayout(model.content.layout).ok()) << model.name;
        }
        if (!model.content.detector.empty()) {
            EXPECT_TRUE(std::filesystem::exists(shipped / (model.content.detector + ".card.json")))
                << model.name;
        }
    }
    EXPECT_GE(cards, 5);
}
