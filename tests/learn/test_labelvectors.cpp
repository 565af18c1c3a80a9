// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "base/random.h"
#include "learn/labels/labelvectors.h"
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

using namespace telltale;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

namespace fs = std::filesystem;

fs::path models() { return fs::path(TELLTALE_SOURCE_DIR) / "models"; }

std::vector<std::string> classNames(const std::string& scheme)
{
    const auto text = readFile(models() / "schemes" / (scheme + ".json"));
    const auto json = nlohmann::json::parse(text.value());
    std::vector<std::string> names;
    for (const auto& one : json["classes"])
        names.push_back(one["name"]);
    return names;
}

class LabelFiles : public testing::Test {
protected:
    void SetUp() override
    {
        m_folder = fs::temp_directory_path() / ("telltale_labels_" + std::to_string(::getpid()));
        fs::create_directories(m_folder);
    }
    void TearDown() override { fs::remove_all(m_folder); }
    fs::path write(const std::string& name, const std::string& content)
    {
        EXPECT_TRUE(writeFileAtomically(m_folder / name, content));
        return m_folder / name;
    }
    fs::path m_folder;
};

using WordVectors = LabelFiles;
using DescribedVectors = LabelFiles;

double length(const LabelVectors& vectors, int row)
{
    double sum = 0;
    for (const double v : vectors.row(row))
        sum += v * v;
    return std::sqrt(sum);
}

double largestCosine(const LabelVectors& vectors)
{
    double largest = -1;
    for (int a = 0; a < vectors.classes; ++a)
        for (int b = 0; b < a; ++b)
            largest = std::max(largest, std::abs(cosine(vectors, a, b)));
    return largest;
}

LabelVectors randomVectors(int classes, int dimension, uint64_t seed)
{
    LabelVectors vectors;
    vectors.classes = classes;
    vectors.dimension = dimension;
    Random random(seed);
    for (int i = 0; i < classes * dimension; ++i)
        vectors.values.push_back(random.normal() + 0.5);
    return vectors;
}

const char* const kVocabulary = R"({"identityWeight": 0.5, "groups": [
    {"name": "action", "weight": 2, "values": ["touch", "rub"]},
    {"name": "target", "weight": 1, "values": ["ear", "nose", "chin"]}]})";

} // namespace

TEST(LabelDescriptions, DescribeEachClassOfBothSchemes)
{
    for (const auto& [scheme, classes] :
        std::vector<std::pair<std::string, size_t>>{{"smg", 17}, {"imigue", 32}}) {
        const auto names = classNames(scheme);
        ASSERT_THAT(names, SizeIs(classes));
        const auto vectors = describedVectors(models() / "labels" / (scheme + ".json"), names);
        ASSERT_TRUE(vectors) << vectors.error().message;
        EXPECT_EQ(vectors->classes, static_cast<int>(classes));
        EXPECT_GE(vectors->dimension, vectors->classes);
        for (int k = 0; k < vectors->classes; ++k)
            EXPECT_NEAR(length(*vectors, k), 1, 1e-12);
        EXPECT_LT(largestCosine(*vectors), 0.95) << "two classes of " << scheme << " are almost the same";
    }
}

TEST(LabelDescriptions, KeepWhatIsAlikeCloserThanWhatIsNot)
{
    const auto names = classNames("imigue");
    const auto vectors = describedVectors(models() / "labels" / "imigue.json", names);
    ASSERT_TRUE(vectors);
    const auto of = [&](const char* name) {
        return static_cast<int>(std::find(names.begin(), names.end(), name) - names.begin());
    };
    const auto alike = [&](const char* a, const char* b) { return cosine(*vectors, of(a), of(b)); };
    EXPECT_GT(
        alike("Touching ears", "Touching or scratching neck"), alike("Touching ears", "Shaking shoulders"));
    EXPECT_GT(
        alike("Rubbing or holding hands", "Crossing fingers"), alike("Rubbing or holding hands", "Head up"));
    EXPECT_GT(alike("Folding arms", "Putting arms behind body"), alike("Folding arms", "Pressing lips"));
}

TEST_F(DescribedVectors, AreWeightedFeaturesAndAnIdentityPart)
{
    write("vocabulary.json", kVocabulary);
    const auto file = write("two.json", R"({"classes": [
        {"name": "A", "features": {"action": ["touch"], "target": ["ear", "nose"]}},
        {"name": "B", "features": {"action": ["touch"], "target": ["ear", "nose"]}}]})");
    const auto vectors = describedVectors(file, {"B", "A"});
    ASSERT_TRUE(vectors) << vectors.error().message;
    ASSERT_EQ(vectors->dimension, 7);
    const double whole = std::sqrt(4 + 1 + 0.25);
    const double half = std::sqrt(0.5);
    const std::vector<double> wanted{2, 0, half, half, 0, 0.5, 0};
    for (size_t i = 0; i < wanted.size(); ++i)
        EXPECT_NEAR(vectors->row(0)[i], wanted[i] / whole, 1e-12) << i;
    EXPECT_NEAR(cosine(*vectors, 0, 1), 5 / 5.25, 1e-12) << "described alike, but not equal";
}

TEST_F(DescribedVectors, NameWhatDoesNotFit)
{
    write("vocabulary.json", kVocabulary);
    const auto wrongWord
        = write("word.json", R"({"classes": [{"name": "A", "features": {"action": ["bite"]}}]})");
    EXPECT_THAT(describedVectors(wrongWord, {"A"}).error().message,
        testing::AllOf(HasSubstr("word.json"), HasSubstr("\"A\""), HasSubstr("\"bite\"")));
    const auto wrongGroup
        = write("group.json", R"({"classes": [{"name": "A", "features": {"speed": ["touch"]}}]})");
    EXPECT_THAT(describedVectors(wrongGroup, {"A"}).error().message, HasSubstr("\"speed\""));
    const auto good = write("good.json", R"({"classes": [{"name": "A", "features": {"action": ["rub"]}}]})");
    EXPECT_THAT(describedVectors(good, {"A", "C"}).error().message, HasSubstr("\"C\" is not described"));
    for (const char* text : {"", "[]", "{}", R"({"classes": 3})", R"({"classes": [3]})",
             R"({"classes": [{"name": "A", "features": 3}]})",
             R"({"classes": [{"name": "A", "features": {"action": [3]}}]})",
             R"({"classes": [{"name": "A", "features": {"action": ["rub"]}}, {"name": "A"}]})"})
        EXPECT_EQ(describedVectors(write("broken.json", text), {"A"}).error().code, ErrorCode::BadFormat)
            << text;
    EXPECT_EQ(describedVectors(m_folder / "none.json", {"A"}).error().code, ErrorCode::NotFound);
    write("vocabulary.json",
        R"({"identityWeight": 0.5, "groups": [{"name": "a", "weight": -1, "values": []}]})");
    EXPECT_THAT(describedVectors(good, {"A"}).error().message, HasSubstr("vocabulary.json"));
}

TEST_F(WordVectors, AreTheMeanOfTheWordsOfAName)
{
    const auto file = write("glove.txt", "the 9 9 9\nneck 1 0 0\ntouch 0 2 0\nneck 7 7 7\nor 0 0 4\n");
    const auto vectors = wordVectors(file, {"Touch neck", "Neck (or touch)"});
    ASSERT_TRUE(vectors) << vectors.error().message;
    EXPECT_EQ(vectors->dimension, 3);
    EXPECT_THAT(vectors->row(0), testing::ElementsAre(0.5, 1, 0));
    EXPECT_NEAR(vectors->row(1)[2], 4.0 / 3, 1e-12);
    EXPECT_THAT(vectors->notes, IsEmpty());
}

TEST_F(WordVectors, ReadAHeadingCarriageReturnsAndAFileWithoutALastLineEnd)
{
    const auto vectors
        = wordVectors(write("w2v.txt", "2 3\r\nneck 1 0 0\r\nchin 0 -2.5e-1 1"), {"chin", "neck"});
    ASSERT_TRUE(vectors) << vectors.error().message;
    EXPECT_THAT(vectors->row(0), testing::ElementsAre(0, -0.25, 1));
}

TEST_F(WordVectors, UnknownWordsAreNamedAndAClassWithoutAnyGetsAVectorAllTheSame)
{
    const auto file = write("glove.txt", "neck 1 0 0 0\ntouch 0 3 0 0\nat the mall 1 1 1 1\n");
    const auto vectors = wordVectors(file, {"Touch suprasternal neck", "Akimbo", "Neck touch", "!"});
    ASSERT_TRUE(vectors) << vectors.error().message;
    ASSERT_THAT(vectors->notes, SizeIs(4));
    EXPECT_THAT(vectors->notes[0], HasSubstr("suprasternal"));
    EXPECT_THAT(vectors->notes[1], HasSubstr("Akimbo"));
    EXPECT_THAT(vectors->notes[3], HasSubstr("same word vector")) << "Neck touch is Touch neck";
    EXPECT_NEAR(length(*vectors, 1), std::sqrt(0.25 + 2.25), 1e-12) << "as long as the others";
    EXPECT_GT(length(*vectors, 3), 0);
}

TEST_F(WordVectors, BrokenLinesAreNamedWithTheirNumber)
{
    const auto message = [&](const std::string& text) {
        const auto vectors = wordVectors(write("glove.txt", text), {"neck"});
        return vectors ? std::string("read") : vectors.error().message;
    };
    EXPECT_THAT(message("the 1 2 3\nof 1 2\nneck 1 2 3\n"),
        testing::AllOf(HasSubstr("glove.txt, line 2"), HasSubstr("2 numbers instead of 3")));
    EXPECT_THAT(message("the 1 2 3\nneck 1 x 3\n"), testing::AllOf(HasSubstr("line 2"), HasSubstr("\"x\"")));
    EXPECT_THAT(message("the 1 2 3\nneck 1 nan 3\n"), HasSubstr("\"nan\""));
    EXPECT_THAT(message("neck\n"), HasSubstr("line 1"));
    EXPECT_THAT(message(""), HasSubstr("no word vectors"));
    EXPECT_THAT(message(std::string(3 << 20, 'x')), HasSubstr("longer than a megabyte"));
    EXPECT_EQ(wordVectors(m_folder / "none.txt", {"neck"}).error().code, ErrorCode::NotFound);
    EXPECT_EQ(wordVectors(m_folder, {"neck"}).error().code, ErrorCode::NotFound);
}

TEST_F(WordVectors, LargeFilesAreReadInBlocksAndCanBeStopped)
{
    std::string text;
    for (int i = 0; i < 200'000; ++i)
        text.append("w").append(std::to_string(i)).append(" 1 2 3\n");
    const auto file = write("glove.txt", text + "neck 4 5 6\n");
    const auto vectors = wordVectors(file, {"neck"});
    ASSERT_TRUE(vectors) << vectors.error().message;
    EXPECT_THAT(vectors->row(0), testing::ElementsAre(4, 5, 6));
    CancelFlag stop;
    stop.cancel();
    EXPECT_EQ(wordVectors(file, {"neck"}, &stop).error().code, ErrorCode::Cancelled);
}

TEST(NameVectors, ServeAnyScheme)
{
    const auto vectors
        = nameVectors({"Touching ear", "Touching ears", "Kicking", "", "", "摸耳朵", "摸鼻子"});
    EXPECT_EQ(vectors.classes, 7);
    EXPECT_GE(vectors.dimension, 7);
    for (int k = 0; k < 7; ++k)
        EXPECT_NEAR(length(vectors, k), 1, 1e-12);
    EXPECT_LT(largestCosine(vectors), 0.999) << "even classes without a name differ";
    EXPECT_GT(cosine(vectors, 0, 1), cosine(vectors, 0, 2) + 0.3);
    EXPECT_GT(std::abs(cosine(vectors, 5, 6)), 0) << "they begin with the same character";
    EXPECT_EQ(nameVectors({"a b"}).values, nameVectors({"A, B!"}).values);
}

TEST(OrthogonalVectors, AreOrthonormalAndTheNearestSuch)
{
    const auto given = randomVectors(32, 300, 4);
    const auto turned = orthogonalised(given, 0);
    ASSERT_TRUE(turned) << turned.error().message;
    EXPECT_LT(largestCosine(*turned), 1e-12);
    EXPECT_GT(largestCosine(given), 0.1) << "or the test shows nothing";
    // The nearest orthonormal rows have the largest sum of cosines with the given ones: small turns of any
    // two rows lower it.
    const auto closeness = [&](int a, int b, double angle) {
        double sum = 0;
        for (size_t i = 0; i < 300; ++i) {
            const double x = turned->row(a)[i];
            const double y = turned->row(b)[i];
            sum += (std::cos(angle) * x + std::sin(angle) * y) * given.row(a)[i] / length(given, a);
            sum += (std::cos(angle) * y - std::sin(angle) * x) * given.row(b)[i] / length(given, b);
        }
        return sum;
    };
    for (int a = 0; a < 32; a += 5) {
        for (int b = a + 1; b < 32; b += 7) {
            EXPECT_GT(closeness(a, b, 0), closeness(a, b, 0.01));
            EXPECT_GT(closeness(a, b, 0), closeness(a, b, -0.01));
        }
    }
}

TEST(OrthogonalVectors, WorkForAsManyClassesAsNumbersAndForNoFewer)
{
    const auto square = orthogonalised(randomVectors(64, 64, 2), 0);
    ASSERT_TRUE(square) << square.error().message;
    EXPECT_LT(largestCosine(*square), 1e-9);
    const auto flat = orthogonalised(randomVectors(64, 50, 2));
    ASSERT_FALSE(flat);
    EXPECT_THAT(flat.error().message, testing::AllOf(HasSubstr("50 numbers"), HasSubstr("64 classes")));
}

TEST(OrthogonalVectors, EqualRowsNeedAnEpsilonAndZerosHaveNoDirection)
{
    auto vectors = randomVectors(3, 8, 1);
    std::copy_n(vectors.values.begin(), 8, vectors.values.begin() + 8);
    EXPECT_EQ(orthogonalised(vectors, 0).error().code, ErrorCode::InvalidArgument);
    const auto drawn = orthogonalised(vectors, 1e-3);
    ASSERT_TRUE(drawn);
    for (const double v : drawn->values)
        EXPECT_TRUE(std::isfinite(v));
    EXPECT_LT(std::abs(cosine(*drawn, 0, 2)), 0.01);
    std::fill_n(vectors.values.begin(), 8, 0.0);
    EXPECT_THAT(orthogonalised(vectors).error().message, HasSubstr("class 0"));
    EXPECT_EQ(orthogonalised(randomVectors(3, 8, 1), -1).error().code, ErrorCode::InvalidArgument);
    EXPECT_EQ(orthogonalised(randomVectors(3, 8, 1), 0, 2).error().code, ErrorCode::InvalidArgument);
}

TEST(OrthogonalVectors, ABlendLiesBetweenTheGivenAndTheOrthogonal)
{
    const auto given = randomVectors(5, 9, 3);
    const double whole = std::abs(cosine(given, 0, 1));
    const double half = std::abs(cosine(*orthogonalised(given, 0, 0.5), 0, 1));
    EXPECT_NEAR(std::abs(cosine(*orthogonalised(given, 0, 0), 0, 1)), whole, 1e-12);
    EXPECT_LT(half, whole);
    EXPECT_GT(half, 1e-3);
}

TEST(OrthogonalVectors, ShippedDescriptionsBecomeAlmostOrthonormalAndKeepTheirMeaning)
{
    for (const char* scheme : {"smg", "imigue"}) {
        const auto names = classNames(scheme);
        const auto described = describedVectors(models() / "labels" / (std::string(scheme) + ".json"), names);
        ASSERT_TRUE(described);
        const auto turned = orthogonalised(*described);
        ASSERT_TRUE(turned);
        EXPECT_LT(largestCosine(*turned), 0.05) << scheme;
        for (int k = 0; k < turned->classes; ++k) {
            double product = 0;
            for (size_t i = 0; i < turned->row(k).size(); ++i)
                product += turned->row(k)[i] * described->row(k)[i];
            EXPECT_GT(product, 0.5) << names[static_cast<size_t>(k)] << " still points where it was";
        }
    }
}

TEST(LabelVectors, ComeFromTheDescriptionOfTheSchemeOrElseFromTheNames)
{
    ::setenv("TELLTALE_DATA_DIR", TELLTALE_SOURCE_DIR, 1);
    const auto ours = labelVectors("smg", classNames("smg"));
    ASSERT_TRUE(ours) << ours.error().message;
    EXPECT_EQ(ours->source, "description");
    EXPECT_LT(largestCosine(*ours), 0.05);
    LabelVectorOptions plain;
    plain.orthogonal = false;
    EXPECT_GT(largestCosine(*labelVectors("smg", classNames("smg"), plain)), 0.3);
    EXPECT_EQ(labelVectors("own", {"Kick", "Jump"})->source, "names");
    EXPECT_EQ(labelVectors("../labels/smg", {"Kick", "Jump"})->source, "names") << "a name is no path";
    const auto others = labelVectors("smg", {"Kick", "Jump"});
    EXPECT_EQ(others->source, "names");
    ASSERT_THAT(others->notes, SizeIs(1));
    EXPECT_THAT(others->notes[0], HasSubstr("\"Kick\" is not described"));
    ::unsetenv("TELLTALE_DATA_DIR");
}

TEST(LabelVectors, BecomeAnArrayInSinglePrecision)
{
    const auto array = toArray(randomVectors(3, 5, 8));
    EXPECT_EQ(array.shape, (std::vector<int64_t>{3, 5}));
    EXPECT_FLOAT_EQ(array.values[7], static_cast<float>(randomVectors(3, 5, 8).row(1)[2]));
}
