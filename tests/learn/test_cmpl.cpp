// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "learn/cmpl/cmpl.h"
#include "learn/cmpl/rounds.h"
#include <algorithm>
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <nlohmann/json.hpp>

using namespace telltale;
using testing::DoubleNear;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

using nlohmann::json;

/// A row of `classes` probabilities with `p` at `label` and the rest shared.
std::vector<double> sure(int label, double p, int classes = 3)
{
    std::vector<double> row(static_cast<size_t>(classes), (1 - p) / (classes - 1));
    row[static_cast<size_t>(label)] = p;
    return row;
}

CmplPool threeStreams()
{
    CmplPool pool;
    pool.streams = {"joint", "heatmap", "rgb"};
    pool.weights = {0.5, 0.3, 0.2};
    pool.trainingCounts = {100, 100, 100};
    return pool;
}

void add(CmplPool& pool, const std::string& id, std::vector<std::vector<double>> rows,
    std::optional<ClipDecision> decision = {})
{
    pool.clips.push_back({id, std::move(rows), {}, decision});
}

/// Streams that mostly agree, with noise.
CmplPool noisyPool(int clips, uint64_t seed)
{
    CmplPool pool = threeStreams();
    Random random(seed);
    for (int i = 0; i < clips; ++i) {
        const int label = static_cast<int>(random.below(3));
        std::vector<std::vector<double>> rows;
        for (int m = 0; m < 3; ++m)
            rows.push_back(sure(
                random.chance(0.85) ? label : static_cast<int>(random.below(3)), random.uniform(0.5, 0.999)));
        add(pool, "clip" + std::to_string(i), std::move(rows));
    }
    return pool;
}

std::vector<std::string> idsOf(const CmplPool& pool, const StudentSelection& student)
{
    std::vector<std::string> ids;
    for (const PseudoClip& clip : student.accepted)
        ids.push_back(pool.clips[clip.clip].id);
    return ids;
}

bool sameClips(const StudentSelection& a, const StudentSelection& b)
{
    return std::equal(a.accepted.begin(), a.accepted.end(), b.accepted.begin(), b.accepted.end(),
        [](const PseudoClip& x, const PseudoClip& y) {
            return x.clip == y.clip && x.label == y.label && x.probability == y.probability
                && x.votes == y.votes && x.weight == y.weight;
        });
}

} // namespace

TEST(Cmpl, AStudentsOwnScoresNeverEnterItsTeacher)
{
    const CmplPool pool = noisyPool(300, 1);
    const auto selected = selectPseudoClips(pool, {}, 1);
    ASSERT_TRUE(selected) << selected.error().message;
    for (size_t student = 0; student < 3; ++student) {
        CmplPool other = pool;
        Random random(7);
        for (CmplClip& clip : other.clips)
            clip.probabilities[student] = sure(static_cast<int>(random.below(3)), random.uniform(0.4, 1));
        other.weights[student] = 0.9;
        const auto again = selectPseudoClips(other, {}, 1);
        ASSERT_TRUE(again);
        EXPECT_FALSE(selected->students[student].accepted.empty());
        EXPECT_TRUE(sameClips(selected->students[student], again->students[student]))
            << pool.streams[student];
        EXPECT_FALSE(sameClips(selected->students[(student + 1) % 3], again->students[(student + 1) % 3]))
            << "the others learn from it";
        for (size_t i = 0; i < pool.clips.size(); ++i)
            EXPECT_EQ(teacherOf(pool, i, student), teacherOf(other, i, student));
    }
}

TEST(Cmpl, TheTeacherIsTheWeightedMeanOfTheOthers)
{
    CmplPool pool = threeStreams();
    add(pool, "a", {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
    EXPECT_THAT(teacherOf(pool, 0, 0), ElementsAre(0, DoubleNear(0.6, 1e-12), DoubleNear(0.4, 1e-12)));
    pool.weights = {1, 0, 0};
    EXPECT_THAT(teacherOf(pool, 0, 0), ElementsAre(0, 0.5, 0.5))
        << "teachers that all weigh 0 weigh the same";
}

TEST(Cmpl, NeedsThresholdMarginAndVotes)
{
    CmplPool pool = threeStreams();
    add(pool, "good", {sure(0, 0.99), sure(0, 0.99), sure(0, 0.99)});
    add(pool, "unsure", {sure(1, 0.85), sure(1, 0.85), sure(1, 0.85)});
    add(pool, "split", {sure(2, 0.99), sure(2, 0.99), sure(0, 0.99)});
    CmplOptions flat;
    flat.thresholdFloor = 1;
    flat.thresholdSlope = 0;
    const auto strict = selectPseudoClips(pool, flat, 1);
    ASSERT_TRUE(strict);
    for (const auto& student : strict->students) {
        const bool seesAgreement = student.stream == "rgb"; // its teachers joint and heatmap agree on "split"
        EXPECT_THAT(idsOf(pool, student),
            seesAgreement ? std::vector<std::string>({"good", "split"}) : std::vector<std::string>({"good"}));
    }
    EXPECT_THAT(idsOf(pool, selectPseudoClips(pool, flat, 2)->students[0]), ElementsAre("good", "unsure"))
        << "0.80 in the second round";
    EXPECT_THAT(idsOf(pool, selectPseudoClips(pool, flat, 9)->students[0]), ElementsAre("good", "unsure"));
    flat.margin = 0.99;
    EXPECT_THAT(selectPseudoClips(pool, flat, 1)->students[0].accepted, IsEmpty());
    const PseudoClip& clip = strict->students[0].accepted.front();
    EXPECT_EQ(clip.label, 0);
    EXPECT_EQ(clip.votes, 2);
    EXPECT_EQ(clip.teachers, 2);
    EXPECT_NEAR(clip.probability, 0.99, 1e-12);
    EXPECT_NEAR(clip.margin, 0.985, 1e-12);
    EXPECT_NEAR(clip.weight, 0.5 * 0.99, 1e-12);
    EXPECT_DOUBLE_EQ(clip.threshold, 0.9);
}

TEST(Cmpl, ClassesOfWhichFewPassedGetALowerBar)
{
    CmplPool pool = threeStreams();
    for (int i = 0; i < 8; ++i)
        add(pool, "head" + std::to_string(i), {sure(0, 0.95), sure(0, 0.95), sure(0, 0.95)});
    for (int i = 0; i < 2; ++i)
        add(pool, "tail" + std::to_string(i), {sure(1, 0.95), sure(1, 0.95), sure(1, 0.95)});
    add(pool, "weak head", {sure(0, 0.7), sure(0, 0.7), sure(0, 0.7)});
    add(pool, "weak tail", {sure(1, 0.7), sure(1, 0.7), sure(1, 0.7)});
    add(pool, "weak new", {sure(2, 0.64), sure(2, 0.64), sure(2, 0.64)});
    const auto first = selectPseudoClips(pool, {}, 1);
    ASSERT_TRUE(first);
    const auto& joint = first->students[0];
    EXPECT_THAT(joint.thresholds,
        ElementsAre(
            DoubleNear(0.9, 1e-12), DoubleNear(0.9 * (0.7 + 0.3 * 0.25), 1e-12), DoubleNear(0.63, 1e-12)));
    EXPECT_THAT(joint.passed, ElementsAre(8, 3, 1));
    const auto second = selectPseudoClips(pool, {}, 2, &*first);
    ASSERT_TRUE(second);
    EXPECT_NEAR(second->students[0].thresholds[1], 0.8 * (0.7 + 0.3 * 3 / 8), 1e-12);
    EXPECT_NEAR(second->students[0].thresholds[2], 0.8 * (0.7 + 0.3 * 1 / 8), 1e-12);
}

TEST(Cmpl, EachClassHasACapAndTheSurestGoFirst)
{
    CmplPool pool = threeStreams();
    pool.trainingCounts = {50, 7, 0};
    for (int i = 0; i < 60; ++i)
        for (int label = 0; label < 3; ++label) {
            const double p = 0.92 + 0.001 * ((i * 7) % 60);
            add(pool, std::to_string(label) + "-" + std::to_string(100 + i),
                {sure(label, p), sure(label, p), sure(label, p)});
        }
    const auto selected = selectPseudoClips(pool, {}, 1);
    ASSERT_TRUE(selected);
    const auto& student = selected->students[1];
    EXPECT_THAT(student.passed, Each(60));
    EXPECT_THAT(student.kept, ElementsAre(25, 10, 10)) << "half of 50; else at least 10";
    for (const PseudoClip& clip : student.accepted)
        EXPECT_GT(clip.probability, 0.92 + 0.001 * (clip.label == 0 ? 34.5 : 49.5));
    EXPECT_TRUE(std::is_sorted(student.accepted.begin(), student.accepted.end(),
        [](const PseudoClip& a, const PseudoClip& b) { return a.clip < b.clip; }));
}

TEST(Cmpl, OfEquallySureClipsTheSmallerNameGoesFirstInWhateverOrderTheyCome)
{
    CmplPool pool = threeStreams();
    pool.trainingCounts = {4, 4, 4};
    for (const char* id : {"d", "b", "e", "a", "c"})
        add(pool, id, {sure(0, 0.95), sure(0, 0.95), sure(0, 0.95)});
    CmplOptions options;
    options.capLeast = 3;
    auto ids = idsOf(pool, selectPseudoClips(pool, options, 1)->students[0]);
    EXPECT_THAT(ids, testing::UnorderedElementsAre("a", "b", "c"));
    std::reverse(pool.clips.begin(), pool.clips.end());
    EXPECT_THAT(idsOf(pool, selectPseudoClips(pool, options, 1)->students[0]),
        testing::UnorderedElementsAre("a", "b", "c"));
}

TEST(Cmpl, WhatAPersonDecidedStandsAndWeighsMore)
{
    CmplPool pool = threeStreams();
    add(pool, "corrected", {sure(0, 0.99), sure(0, 0.99), sure(0, 0.99)}, ClipDecision{2, 3});
    add(pool, "rejected", {sure(0, 0.99), sure(0, 0.99), sure(0, 0.99)}, ClipDecision{-1, 3});
    add(pool, "plain", {sure(0, 0.99), sure(0, 0.99), sure(0, 0.99)});
    add(pool, "doubtful", {sure(0, 0.4), sure(1, 0.4), sure(2, 0.4)}, ClipDecision{1, 3});
    CmplOptions options;
    options.capLeast = 1;
    options.capShare = 0;
    const auto selected = selectPseudoClips(pool, options, 1);
    ASSERT_TRUE(selected);
    const auto& student = selected->students[0];
    EXPECT_THAT(idsOf(pool, student), ElementsAre("corrected", "plain", "doubtful"));
    EXPECT_EQ(student.accepted[0].label, 2);
    EXPECT_TRUE(student.accepted[0].decided);
    EXPECT_DOUBLE_EQ(student.accepted[0].weight, 3);
    EXPECT_EQ(student.accepted[0].votes, 0) << "nobody agreed with the person";
    EXPECT_NEAR(student.accepted[0].probability, 0.005, 1e-12);
    EXPECT_LT(student.accepted[1].weight, 1);
    EXPECT_EQ(student.accepted[2].label, 1);
    EXPECT_THAT(student.kept, ElementsAre(1, 0, 0)) << "decisions count towards no cap";
}

TEST(Cmpl, ClipsThatLackAStreamTeachAndLearnWithWhatTheyHave)
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CmplPool pool = threeStreams();
    add(pool, "no joint", {{}, sure(0, 0.99), sure(0, 0.99)});
    add(pool, "broken rgb", {sure(0, 0.99), sure(0, 0.99), {nan, 0, 0}});
    add(pool, "nothing", {{}, {}, {}});
    add(pool, "decided", {{}, sure(0, 0.99), {}}, ClipDecision{1, 2});
    CmplOptions options;
    auto selected = selectPseudoClips(pool, options, 1);
    ASSERT_TRUE(selected);
    EXPECT_THAT(selected->students[0].accepted, IsEmpty()) << "one teacher is left for each clip";
    EXPECT_EQ(selected->students[0].offered, 1);
    options.agreeing = 1;
    selected = selectPseudoClips(pool, options, 1);
    EXPECT_THAT(idsOf(pool, selected->students[0]), ElementsAre("broken rgb"));
    EXPECT_THAT(idsOf(pool, selected->students[1]), ElementsAre("no joint", "broken rgb", "decided"));
    EXPECT_THAT(idsOf(pool, selected->students[2]), ElementsAre("no joint"));
    EXPECT_EQ(selected->students[1].accepted[1].teachers, 1);
}

TEST(Cmpl, HasNoPlaceForTheLabelsOfAnEvaluation)
{
    // A clip is its name, scores and a person's decision. If somebody adds a field, this no longer compiles,
    // and whoever does so has to show here that it is no answer.
    const auto& [id, probabilities, logits, decision] = CmplClip{"a", {}, {}, std::nullopt};
    EXPECT_EQ(id, "a");
    EXPECT_THAT(probabilities, IsEmpty());
    EXPECT_THAT(logits, IsEmpty());
    EXPECT_FALSE(decision.has_value());
    const auto& [streams, weights, trainingCounts, clips] = threeStreams();
    EXPECT_EQ(streams.size(), weights.size());
    EXPECT_THAT(trainingCounts, SizeIs(3));
    EXPECT_THAT(clips, IsEmpty());
}

TEST(Cmpl, RefusesWhatDoesNotFit)
{
    const auto message = [](const CmplPool& pool, const CmplOptions& options = {}) {
        const auto selected = selectPseudoClips(pool, options, 1);
        return selected ? std::string("selected") : selected.error().message;
    };
    CmplPool pool = threeStreams();
    EXPECT_EQ(message(pool), "selected") << "an empty pool is no mistake";
    CmplOptions greedy;
    greedy.agreeing = 3;
    EXPECT_THAT(message(pool, greedy), HasSubstr("3 teachers cannot agree"));
    add(pool, "short", {sure(0, 0.9, 2), {}, {}});
    EXPECT_THAT(
        message(pool), testing::AllOf(HasSubstr("short"), HasSubstr("joint"), HasSubstr("3 classes")));
    pool.clips = {{"few", {{}}, {}, {}}};
    EXPECT_THAT(message(pool), HasSubstr("few"));
    pool.clips = {{"twin", {{}, {}, {}}, {}, {}}, {"twin", {{}, {}, {}}, {}, {}}};
    EXPECT_THAT(message(pool), HasSubstr("twin is in the pool twice"));
    pool.clips = {{"odd", {{}, {}, {}}, {}, ClipDecision{3, 1}}};
    EXPECT_THAT(message(pool), HasSubstr("class 3"));
    pool = threeStreams();
    pool.weights.pop_back();
    EXPECT_THAT(message(pool), HasSubstr("2 weights"));
    pool.streams.resize(1);
    EXPECT_THAT(message(pool), HasSubstr("two streams"));
    EXPECT_FALSE(selectPseudoClips(threeStreams(), {}, 0));
}

TEST(CmplBirth, SaysWhoVotedHowSureAllWereAndWhatWasAsked)
{
    CmplPool pool = threeStreams();
    add(pool, "a", {sure(1, 0.97), sure(1, 0.98), sure(1, 0.99)});
    pool.clips[0].logits = {{0, 3, 0}, {0, 4, 0}, {0, 5, 0}};
    const auto selected = selectPseudoClips(pool, {}, 1);
    ASSERT_TRUE(selected);
    const auto& student = selected->students[2];
    ASSERT_THAT(student.accepted, SizeIs(1));
    const auto birth = birthOf(pool, {}, *selected, student, student.accepted[0], {{"joint", "abc"}});
    EXPECT_EQ(birth.clip, "a");
    EXPECT_EQ(birth.student, "rgb");
    EXPECT_EQ(birth.label, 1);
    EXPECT_EQ(birth.round, 1);
    EXPECT_EQ(json::parse(birth.voters), json({"joint", "heatmap"}));
    const json scores = json::parse(birth.scores);
    EXPECT_EQ(scores["streams"]["heatmap"]["logits"][1], 4);
    EXPECT_EQ(scores["streams"]["heatmap"]["calibrated"][1], 0.98);
    EXPECT_NEAR(scores["teacher"][1].get<double>(), (0.5 * 0.97 + 0.3 * 0.98) / 0.8, 1e-12);
    EXPECT_EQ(json::parse(birth.thresholds)["threshold"], student.thresholds[1]);
    EXPECT_EQ(json::parse(birth.models)["joint"], "abc");
    EXPECT_EQ(json::parse(birth.recipe)["agreeing"], 2);
}

TEST(CmplOptions, ComeBackFromTextAndNameWhatIsWrong)
{
    CmplOptions options;
    options.threshold = {0.7};
    options.agreeing = 1;
    options.capShare = 2;
    const auto back = cmplOptionsFromJson(toJson(options), "recipe.json");
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(toJson(*back), toJson(options));
    EXPECT_EQ(toJson(*cmplOptionsFromJson("{}", "")), toJson(CmplOptions()));
    for (const auto& [text, key] :
        std::vector<std::pair<std::string, std::string>>{{R"({"margin": 2})", "margin"},
            {R"({"margin": "x"})", "margin"}, {R"({"agreeing": 1.5})", "agreeing"},
            {R"({"rounds": 0})", "rounds"}, {R"({"threshold": 0.9})", "threshold"},
            {R"({"threshold": []})", "threshold"}, {R"({"threshold": [1.1]})", "threshold"}}) {
        const auto read = cmplOptionsFromJson(text, "recipe.json");
        ASSERT_FALSE(read) << text;
        EXPECT_THAT(read.error().message, testing::AllOf(HasSubstr("recipe.json"), HasSubstr(key)));
    }
    EXPECT_FALSE(cmplOptionsFromJson("nonsense", "recipe.json"));
}

TEST(CmplRounds, SayWhatChanged)
{
    const auto clip = [](size_t index, int label) {
        PseudoClip one;
        one.clip = index;
        one.label = label;
        return one;
    };
    StudentSelection before;
    before.accepted = {clip(0, 0), clip(1, 1), clip(2, 2)};
    StudentSelection after;
    after.accepted = {clip(0, 0), clip(2, 1), clip(5, 2), clip(6, 2)};
    const auto diff = compareSelections(before, after);
    EXPECT_EQ(diff.kept, 1);
    EXPECT_EQ(diff.relabelled, 1);
    EXPECT_EQ(diff.added, 2);
    EXPECT_EQ(diff.dropped, 1);
}

TEST(CmplRounds, CountAcceptanceAndAgreement)
{
    CmplPool pool = threeStreams();
    add(pool, "a", {sure(0, 0.99), sure(0, 0.99), sure(0, 0.99)});
    add(pool, "b", {sure(1, 0.99), sure(0, 0.99), {}});
    add(pool, "c", {sure(0, 0.99), sure(0, 0.99), {}}, ClipDecision{2, 2});
    const auto round = selectPseudoClips(pool, {}, 1);
    ASSERT_TRUE(round);
    const auto summary = summarise(pool, *round);
    EXPECT_EQ(summary.students[0].offered, 3);
    EXPECT_EQ(summary.students[0].accepted, 2);
    EXPECT_EQ(summary.students[0].decided, 1);
    EXPECT_EQ(summary.students[0].change.added, 2);
    EXPECT_NEAR(summary.students[0].meanProbability, 0.99, 1e-12);
    EXPECT_THAT(summary.students[0].perClass, ElementsAre(1, 0, 1));
    EXPECT_NEAR(summary.agreement[0][1], 2.0 / 3, 1e-12);
    EXPECT_DOUBLE_EQ(summary.agreement[0][2], 1);
    EXPECT_EQ(summarise(pool, *round, &*round).students[0].change.kept, 2);
    EXPECT_EQ(json::parse(toJson(summary))["students"][0]["accepted"], 2);
}

TEST(CmplAudit, SamplesUndecidedClipsAndCountsThoseThatAreKnown)
{
    CmplPool pool = noisyPool(200, 3);
    pool.clips[0].decision = ClipDecision{1, 2};
    const auto round = selectPseudoClips(pool, {}, 1);
    ASSERT_TRUE(round);
    const auto& student = round->students[0];
    const auto sample = auditSample(student, 20, 5);
    EXPECT_THAT(sample, SizeIs(20));
    EXPECT_EQ(sample, auditSample(student, 20, 5));
    EXPECT_NE(sample, auditSample(student, 20, 6));
    EXPECT_TRUE(std::is_sorted(sample.begin(), sample.end()));
    EXPECT_EQ(std::count(sample.begin(), sample.end(), 0U), 0);
    EXPECT_EQ(auditSample(student, 100'000, 5).size(), student.accepted.size() - 1);
    std::map<size_t, int> known;
    for (const PseudoClip& clip : student.accepted)
        if (known.size() < 21)
            known[clip.clip] = known.size() % 4 == 3 ? 99 : clip.label;
    const auto estimate = estimatePrecision(student, known);
    EXPECT_EQ(estimate.clips, 20) << "the decided clip does not count";
    EXPECT_EQ(estimate.correct, 15);
}
