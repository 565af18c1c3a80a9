// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/cmpl/roundrecord.h"
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

namespace {

std::vector<double> sure(int label, double p)
{
    std::vector<double> row(3, (1 - p) / 2);
    row[static_cast<size_t>(label)] = p;
    return row;
}

/// Three streams that weigh alike; four clips: all agree on 0; "rgb" alone says 1 where the others say 2; no
/// two agree; and one that a person decided.
struct Example {
    CmplPool pool;
    std::vector<ClipInfo> clips{7};
    std::vector<size_t> places{2, 3, 5, 6};
    CmplOptions options;
    CmplRound round;

    Example()
    {
        pool.streams = {"joint", "heatmap", "rgb"};
        pool.weights = {1, 1, 1};
        pool.trainingCounts = {40, 30, 20};
        pool.clips = {{"a", {sure(0, 0.9), sure(0, 0.95), sure(0, 0.99)}, {}, {}},
            {"b", {sure(2, 0.97), sure(2, 0.97), sure(1, 0.97)}, {}, {}},
            {"c", {sure(0, 0.5), sure(1, 0.6), sure(2, 0.7)}, {}, {}},
            {"d", {sure(0, 0.9), sure(0, 0.9), sure(0, 0.9)}, {}, ClipDecision{1, 2}}};
        for (size_t i = 0; i < places.size(); ++i) {
            ClipInfo& info = clips[places[i]];
            info.video = "video " + pool.clips[i].id;
            info.person = static_cast<int>(i);
            info.span = {static_cast<int64_t>(i) * 10, static_cast<int64_t>(i) * 10 + 5};
        }
        round = *selectPseudoClips(pool, options, 1);
    }
    RecordedRound record() const { return recordOf(pool, round, summarise(pool, round), clips, places); }
};

} // namespace

TEST(RoundRecord, SaysWhereEachPseudoLabelLiesAndWhoLearnsFromIt)
{
    const RecordedRound record = Example().record();
    EXPECT_EQ(record.round, 1);
    EXPECT_EQ(record.pool, 4);
    ASSERT_THAT(record.labels, SizeIs(3));
    // The surest teacher of a is that of joint, (0.95 + 0.99) / 2; all three learn from it.
    EXPECT_EQ(record.labels[0].video, "video a");
    EXPECT_EQ(record.labels[0].classId, 0);
    EXPECT_NEAR(record.labels[0].probability, 0.97, 1e-12);
    EXPECT_THAT(record.labels[0].students, ElementsAre("joint", "heatmap", "rgb"));
    // Only rgb has two teachers that agree on b.
    EXPECT_EQ(record.labels[1].span, (FrameSpan{10, 15}));
    EXPECT_EQ(record.labels[1].person, 1);
    EXPECT_EQ(record.labels[1].classId, 2);
    EXPECT_THAT(record.labels[1].students, ElementsAre("rgb"));
    EXPECT_FALSE(record.labels[1].decided);
    EXPECT_EQ(record.labels[2].video, "video d");
    EXPECT_EQ(record.labels[2].classId, 1);
    EXPECT_TRUE(record.labels[2].decided);
}

TEST(RoundRecord, CountsWhatTeachersWouldNameWithoutWhatPeopleDecided)
{
    const RecordedRound record = Example().record();
    // a: 0. b: 2 for rgb; joint's teacher halves between 2 and 1, as heatmap's does, and the first wins: 1.
    // c: joint hears 1 and 2 (2), heatmap 0 and 2 (2), rgb 0 and 1 (1). d does not count.
    EXPECT_THAT(record.named, ElementsAre(1, 2, 2));
    EXPECT_THAT(record.students, SizeIs(3));
    EXPECT_EQ(record.students[2].stream, "rgb");
    EXPECT_EQ(record.students[2].offered, 4);
    EXPECT_EQ(record.students[2].accepted, 3);
    EXPECT_DOUBLE_EQ(record.agreement[0][1], 0.75) << "joint and heatmap agree on a, b and d";
    EXPECT_DOUBLE_EQ(record.agreement[0][2], 0.5);
}

TEST(RoundRecord, OfSeveralStudentsTheSurestStandsForTheClip)
{
    CmplRound round;
    round.students.resize(2);
    const auto take = [](size_t clip, int label, double q) {
        PseudoClip taken;
        taken.clip = clip;
        taken.label = label;
        taken.probability = q;
        return taken;
    };
    round.students[0].accepted = {take(1, 0, 0.8), take(4, 2, 0.9), take(7, 1, 0.9)};
    round.students[1].accepted = {take(1, 3, 0.85), take(4, 0, 0.9)};
    using Which = std::pair<size_t, size_t>;
    EXPECT_THAT(surestAcceptances(round), ElementsAre(Which{1, 0}, Which{0, 1}, Which{0, 2}));
}

TEST(RoundRecord, ComesBackFromItsFile)
{
    RecordedRun run;
    run.protocol = "inductive";
    run.base = "0123456789abcdef";
    run.scheme = "smg";
    run.classes = {"one", "two", "three"};
    run.trainingCounts = {40, 30, 20};
    run.rounds = {Example().record()};
    run.rounds[0].agreement[1][2] = run.rounds[0].agreement[2][1] = std::nan("");
    const auto back = recordedRunFromJson(toJson(run), "rounds.json");
    ASSERT_TRUE(back.ok()) << back.error().message;
    EXPECT_EQ(back->protocol, run.protocol);
    EXPECT_EQ(back->base, run.base);
    EXPECT_EQ(back->classes, run.classes);
    EXPECT_EQ(back->trainingCounts, run.trainingCounts);
    ASSERT_THAT(back->rounds, SizeIs(1));
    EXPECT_EQ(back->rounds[0].labels, run.rounds[0].labels);
    EXPECT_EQ(back->rounds[0].students, run.rounds[0].students);
    EXPECT_EQ(back->rounds[0].named, run.rounds[0].named);
    EXPECT_DOUBLE_EQ(back->rounds[0].agreement[0][1], 0.75);
    EXPECT_TRUE(std::isnan(back->rounds[0].agreement[1][2]));
}

TEST(RoundRecord, ADamagedFileIsNamedWithWhatDoesNotFit)
{
    RecordedRun run;
    run.classes = {"one", "two", "three"};
    run.trainingCounts = {40, 30, 20};
    run.rounds = {Example().record()};
    run.rounds[0].labels[0].classId = 3;
    const auto wrongClass = recordedRunFromJson(toJson(run), "x/rounds.json");
    ASSERT_FALSE(wrongClass.ok());
    EXPECT_THAT(wrongClass.error().message, testing::AllOf(HasSubstr("x/rounds.json"), HasSubstr("a class")));
    run.rounds[0].labels[0].classId = 0;
    run.rounds[0].named.pop_back();
    EXPECT_FALSE(recordedRunFromJson(toJson(run), "x").ok());
    for (const char* text : {"", "{", "[]", R"({"format": "telltale-track1/1"})"})
        EXPECT_FALSE(recordedRunFromJson(text, "x").ok()) << text;
}
