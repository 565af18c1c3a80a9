// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/cmpl/protocol.h"
#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

using namespace telltale;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

ClipInfo clip(const std::string& subject, ClipRole role, int number, int label = 0)
{
    ClipInfo info;
    info.id = subject + "/" + std::to_string(number);
    info.video = subject;
    info.subject = subject;
    info.role = role;
    info.span = {number * 10, number * 10 + 10};
    info.label = label;
    return info;
}

/// Two subjects with ten test clips each, one to train on, one unlabelled clip of each.
std::vector<ClipInfo> fewClips()
{
    std::vector<ClipInfo> clips;
    for (int i = 0; i < 10; ++i) {
        clips.push_back(clip("p1", ClipRole::Train, i));
        clips.push_back(clip("p2", ClipRole::Test, i));
        clips.push_back(clip("p3", ClipRole::Test, i));
    }
    for (const char* subject : {"p1", "p2", "p3"})
        clips.push_back(clip(subject, ClipRole::Unlabelled, 20, -1));
    return clips;
}

std::set<std::string> idsOf(const std::vector<ClipInfo>& clips, const std::vector<size_t>& indices)
{
    std::set<std::string> ids;
    for (const size_t index : indices)
        ids.insert(clips[index].id);
    return ids;
}

} // namespace

TEST(Adaptation, TransductiveAdaptsOnTheEvaluatedClips)
{
    const auto clips = fewClips();
    const auto split = adaptationSplit(clips, AdaptationProtocol::Transductive);
    ASSERT_TRUE(split) << split.error().message;
    EXPECT_THAT(split->evaluation, SizeIs(20));
    EXPECT_THAT(split->pool, SizeIs(22)) << "and the unlabelled ones of the same subjects, not of p1";
    EXPECT_TRUE(std::is_sorted(split->pool.begin(), split->pool.end()));
    EXPECT_TRUE(std::includes(
        split->pool.begin(), split->pool.end(), split->evaluation.begin(), split->evaluation.end()));
}

TEST(Adaptation, InductiveAdaptsOnOtherClipsOfEachEvaluatedSubject)
{
    const auto clips = fewClips();
    const auto split = adaptationSplit(clips, AdaptationProtocol::Inductive, 0.4, 3);
    ASSERT_TRUE(split) << split.error().message;
    EXPECT_THAT(split->pool, SizeIs(10));
    EXPECT_THAT(split->evaluation, SizeIs(12));
    const auto pool = idsOf(clips, split->pool);
    for (const std::string& id : idsOf(clips, split->evaluation))
        EXPECT_EQ(pool.count(id), 0U);
    for (const char* subject : {"p2", "p3"})
        EXPECT_EQ(std::count_if(split->evaluation.begin(), split->evaluation.end(),
                      [&](size_t i) { return clips[i].subject == subject; }),
            6);
    EXPECT_NE(adaptationSplit(clips, AdaptationProtocol::Inductive, 0.4, 4)->pool, split->pool);
    EXPECT_THAT(adaptationSplit(clips, AdaptationProtocol::Inductive, 0)->pool, SizeIs(2))
        << "the unlabelled clips alone";
}

TEST(Adaptation, LabelsAndTheOrderOfTheListPlayNoPartInTheDraw)
{
    auto clips = fewClips();
    const auto split = adaptationSplit(clips, AdaptationProtocol::Inductive, 0.5, 3);
    ASSERT_TRUE(split);
    auto relabelled = clips;
    for (size_t i = 0; i < relabelled.size(); ++i)
        if (relabelled[i].label >= 0)
            relabelled[i].label = static_cast<int>(i % 7);
    EXPECT_EQ(adaptationSplit(relabelled, AdaptationProtocol::Inductive, 0.5, 3)->pool, split->pool);
    const auto pool = idsOf(clips, split->pool);
    std::reverse(clips.begin(), clips.end());
    EXPECT_EQ(idsOf(clips, adaptationSplit(clips, AdaptationProtocol::Inductive, 0.5, 3)->pool), pool);
}

TEST(Adaptation, ClipsThatShareFramesWithAnEvaluatedOneAreInNoInductivePool)
{
    auto clips = fewClips();
    for (ClipInfo& info : clips)
        if (info.role == ClipRole::Unlabelled)
            info.span = {35, 45};
    const auto split = adaptationSplit(clips, AdaptationProtocol::Inductive, 0.3, 1);
    ASSERT_TRUE(split) << split.error().message;
    for (const size_t pooled : split->pool)
        for (const size_t evaluated : split->evaluation)
            EXPECT_FALSE(clips[pooled].video == clips[evaluated].video
                && clips[pooled].span.overlaps(clips[evaluated].span));
    for (ClipInfo& info : clips)
        info.video.clear();
    EXPECT_THAT(adaptationSplit(clips, AdaptationProtocol::Inductive, 0.3, 1)->pool, SizeIs(8))
        << "without a video there are no common frames";
}

TEST(Adaptation, LeaksAreNamed)
{
    auto clips = fewClips();
    clips[0].subject = "p2";
    const auto split = adaptationSplit(clips, AdaptationProtocol::Transductive);
    ASSERT_FALSE(split);
    EXPECT_THAT(
        split.error().message, testing::AllOf(HasSubstr("p2"), HasSubstr("p1/0"), HasSubstr("train")));
    clips = fewClips();
    AdaptationSplit twice;
    twice.pool = {1, 2};
    twice.evaluation = {2};
    EXPECT_THAT(
        checkAdaptation(clips, twice, AdaptationProtocol::Inductive).error().message, HasSubstr("p3/0"));
    EXPECT_TRUE(checkAdaptation(clips, twice, AdaptationProtocol::Transductive));
    twice.evaluation = {4};
    clips[4].span = clips[1].span;
    EXPECT_THAT(checkAdaptation(clips, twice, AdaptationProtocol::Inductive).error().message,
        testing::AllOf(HasSubstr("p2/0"), HasSubstr("p2/1"), HasSubstr("shares frames")));
}

TEST(Adaptation, NeedsSomebodyToAdaptToAndSomethingLeftToEvaluate)
{
    EXPECT_THAT(
        adaptationSplit({}, AdaptationProtocol::Transductive).error().message, HasSubstr("no test clips"));
    auto clips = fewClips();
    EXPECT_FALSE(adaptationSplit(clips, AdaptationProtocol::Inductive, 1));
    EXPECT_FALSE(adaptationSplit(clips, AdaptationProtocol::Inductive, -0.1));
    EXPECT_THAT(
        adaptationSplit(clips, AdaptationProtocol::Inductive, 0.99).error().message, HasSubstr("evaluate"));
    for (ClipInfo& info : clips)
        info.label = -1;
    EXPECT_FALSE(adaptationSplit(clips, AdaptationProtocol::Transductive));
    std::erase_if(clips, [](const ClipInfo& info) { return info.role == ClipRole::Unlabelled; });
    for (ClipInfo& info : clips)
        info.label = 0;
    EXPECT_THAT(
        adaptationSplit(clips, AdaptationProtocol::Inductive, 0).error().message, HasSubstr("adapt on"));
}

TEST(Adaptation, DecisionsOfPersonsCountUnlessTheClipIsEvaluated)
{
    auto clips = fewClips();
    for (ClipInfo& info : clips) {
        info.decided = true;
        info.weight = 4;
        if (info.role == ClipRole::Unlabelled)
            info.label = 5;
    }
    const auto transductive = adaptationSplit(clips, AdaptationProtocol::Transductive);
    ASSERT_TRUE(transductive);
    const auto decisions = poolDecisions(clips, *transductive);
    ASSERT_EQ(decisions.size(), transductive->pool.size());
    int open = 0;
    for (size_t i = 0; i < decisions.size(); ++i) {
        if (!decisions[i])
            continue;
        ++open;
        EXPECT_EQ(clips[transductive->pool[i]].role, ClipRole::Unlabelled);
        EXPECT_EQ(decisions[i]->label, 5);
        EXPECT_DOUBLE_EQ(decisions[i]->weight, 4);
    }
    EXPECT_EQ(open, 2);
    clips.back().decided = false;
    const auto inductive = adaptationSplit(clips, AdaptationProtocol::Inductive, 0.5, 1);
    const auto others = poolDecisions(clips, *inductive);
    EXPECT_EQ(std::count_if(others.begin(), others.end(), [](const auto& d) { return d.has_value(); }), 11);
}

TEST(Adaptation, ProtocolsHaveNames)
{
    for (const auto protocol : {AdaptationProtocol::Transductive, AdaptationProtocol::Inductive})
        EXPECT_EQ(adaptationProtocolFromName(nameOf(protocol)), protocol);
    EXPECT_FALSE(adaptationProtocolFromName("both"));
}
