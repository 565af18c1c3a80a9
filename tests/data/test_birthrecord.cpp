// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/birthrecord.h"
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace telltale {
namespace {

constexpr const char* kConsensus = R"({"method":"leave-one-out consensus","recipe":"usual","model":"demo",
 "digest":"abc","accepted":true,"label":2,"name":"c","score":0.7,"agreeing":2,"teacher":{"joint":0.7,"rgb":0.8},
 "votes":{"joint":{"class":2,"probability":0.9},"rgb":{"class":1,"probability":0.5}},
 "weights":{"joint":0.6,"rgb":0.4},"thresholds":{"probability":0.6,"margin":0.2,"agreeing":2},
 "raw":{"joint":{"class":2,"logit":4.5},"rgb":{"class":0,"logit":1.5}}})";

constexpr const char* kCmpl = R"({"method":"cross-modal pseudo-labels","model":"track1","digest":"d1",
 "recipe":"small 3","accepted":true,"label":1,"name":"b","round":2,"adapted":"transductive","score":0.8,
 "votes":{"heatmap":{"class":1,"probability":0.6},"joint":{"class":1,"probability":0.7}},
 "raw":{"heatmap":[0,1,0],"joint":[]},"voters":["heatmap"],
 "scores":{"streams":{"heatmap":{"calibrated":[],"logits":[],"weight":0.25}},"teacher":[]},
 "thresholds":{"student":"joint","decided":false,"q":0.75,"threshold":0.65},
 "models":{"heatmap":"h1","joint":"j1"},
 "detector":{"method":"temporal detector","model":"track2","label":1,"score":0.4}})";

} // namespace

TEST(BirthRecord, TellsWhatEachModalitySaidAndWhatWasInForce)
{
    const BirthRecord record = readBirth(kConsensus);
    EXPECT_FALSE(record.empty());
    EXPECT_EQ(record.method, "leave-one-out consensus");
    EXPECT_EQ(record.digest, "abc");
    EXPECT_EQ(record.label, 2);
    EXPECT_EQ(record.accepted, true);
    ASSERT_EQ(record.votes.size(), 2U);
    const BirthVote& joint = record.votes[0];
    EXPECT_EQ(joint.modality, "joint");
    EXPECT_EQ(joint.classId, 2);
    EXPECT_DOUBLE_EQ(joint.probability, 0.9);
    EXPECT_EQ(joint.logit, 4.5);
    EXPECT_FALSE(joint.raw) << "of one class alone no probability follows";
    EXPECT_EQ(joint.weight, 0.6);
    EXPECT_EQ(joint.teacher, 0.7);
    EXPECT_TRUE(joint.agrees);
    EXPECT_FALSE(record.votes[1].agrees);
    EXPECT_FALSE(record.votes[1].logit) << "the logit is of another class than the vote";
    EXPECT_THAT(record.thresholds,
        testing::ElementsAre(
            BirthNumber{"agreeing", 2}, BirthNumber{"margin", 0.2}, BirthNumber{"probability", 0.6}));
}

TEST(BirthRecord, OfAPseudoLabelHasRoundStudentModelsAndTheDetector)
{
    const BirthRecord record = readBirth(kCmpl);
    EXPECT_EQ(record.round, 2);
    EXPECT_EQ(record.student, "joint");
    EXPECT_EQ(record.adapted, "transductive");
    EXPECT_THAT(record.models, testing::ElementsAre(BirthModel{"heatmap", "h1"}, BirthModel{"joint", "j1"}));
    ASSERT_EQ(record.votes.size(), 2U);
    EXPECT_TRUE(record.votes[0].agrees);
    EXPECT_FALSE(record.votes[1].agrees) << "names the label, yet is the student: only voters count";
    ASSERT_TRUE(record.votes[0].raw);
    EXPECT_NEAR(*record.votes[0].raw, std::exp(1.0) / (2 + std::exp(1.0)), 1e-12);
    EXPECT_EQ(record.votes[0].weight, 0.25);
    EXPECT_FALSE(record.votes[1].logit);
    ASSERT_TRUE(record.detector);
    EXPECT_EQ(record.detector->model, "track2");
    EXPECT_EQ(record.detector->score, 0.4);
}

TEST(BirthRecord, OddTextsGiveWhatCanBeRead)
{
    for (const char* text : {"", "{", "[]", "null", "3", "{}"})
        EXPECT_TRUE(readBirth(text).empty()) << text;
    const BirthRecord odd = readBirth(
        R"({"votes":2,"thresholds":"high","label":"x","score":null,"models":[1],"raw":7,"detector":"d",
            "method":"m","round":1.5,"teacher":[0.5]})");
    EXPECT_FALSE(odd.empty());
    EXPECT_EQ(odd.label, -1);
    EXPECT_EQ(odd.round, 0);
    EXPECT_TRUE(odd.votes.empty());
    EXPECT_FALSE(odd.score);
    EXPECT_FALSE(odd.detector);
    const BirthRecord holes
        = readBirth(R"({"votes":{"joint":null,"rgb":{"class":5}},"raw":{"rgb":[1,"x"]}})");
    ASSERT_EQ(holes.votes.size(), 2U);
    EXPECT_EQ(holes.votes[1].classId, 5);
    EXPECT_FALSE(holes.votes[1].raw);
}

TEST(BirthRecord, RawScoresAreReadWhereTheyAreWhole)
{
    const RawScores scores = readRawScores(
        R"({"raw":{"joint":[1,-2.5],"rgb":{"class":1,"logit":3},"heatmap":[1,"x"]},
            "temperatures":{"joint":2,"rgb":1.5,"heatmap":null},"weights":{"rgb":0.25}})");
    ASSERT_EQ(scores.logits.size(), 1U);
    EXPECT_EQ(scores.logits.at("joint"), (std::vector<double>{1, -2.5}));
    EXPECT_EQ(scores.temperatures, (std::map<std::string, double>{{"joint", 2}, {"rgb", 1.5}}));
    EXPECT_EQ(scores.weights, (std::map<std::string, double>{{"rgb", 0.25}}));
    for (const char* odd : {"", "[]", "7", R"({"raw":3,"temperatures":[1]})"})
        EXPECT_TRUE(readRawScores(odd).logits.empty() && readRawScores(odd).temperatures.empty()) << odd;
}

TEST(BirthRecord, AnImportSaysItsFile)
{
    const BirthRecord record = readBirth(R"({"source":"import","file":"x.json","score":0.5})");
    EXPECT_EQ(record.source, "import");
    EXPECT_EQ(record.file, "x.json");
    EXPECT_EQ(record.score, 0.5);
}

TEST(BirthRecord, GoesIntoTheTableOfPseudoLabels)
{
    const PseudoLabel label = pseudoLabelOf(kConsensus);
    EXPECT_EQ(label.classId, 2);
    EXPECT_EQ(label.round, 0);
    EXPECT_EQ(label.voters, R"(["joint"])");
    EXPECT_EQ(label.models, R"(["abc"])");
    EXPECT_EQ(label.thresholds, R"({"agreeing":2,"margin":0.2,"probability":0.6})");
    EXPECT_EQ(pseudoLabelOf("nothing").classId, -1);
}

TEST(BirthRecord, KeepsTheDetectorWhenAnotherSystemNamesTheSpan)
{
    const std::string detector = R"({"method":"temporal detector","score":0.4})";
    const std::string named = withDetector(R"({"method":"m"})", detector);
    EXPECT_EQ(readBirth(named).detector->score, 0.4);
    const std::string again = withDetector(R"({"method":"n"})", named);
    EXPECT_EQ(readBirth(again).detector->score, 0.4);
    EXPECT_FALSE(readBirth(again).detector->detector) << "not one record in another";
}

} // namespace telltale
