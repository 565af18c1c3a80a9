// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "tests/pipeline/clipproject.h"
#include <cmath>
#include <cstring>
#include <limits>

using namespace telltale;
using testing::Contains;
using testing::HasSubstr;

namespace {

TEST_F(ClipProject, ASpanHasThePointsOfEachOfItsFramesAndPicturesOfWhatMoves)
{
    const int64_t video = addVideo("a", "anna", SubjectRole::Train);
    addSpan(video, {5, 25}, 3);
    const auto made = cut();
    ASSERT_TRUE(made.ok()) << made.error().message;
    EXPECT_EQ(made->labelled, 1);
    EXPECT_EQ(made->withPoints, 1);
    EXPECT_EQ(made->withPictures, 1);
    const auto set = ClipSet::open(out());
    ASSERT_TRUE(set.ok()) << set.error().message;
    ASSERT_EQ((*set)->clips().size(), 1U);
    const ClipInfo& clip = (*set)->clips()[0];
    EXPECT_EQ(clip.subject, "anna");
    EXPECT_EQ(clip.video, "a");
    EXPECT_EQ(clip.role, ClipRole::Train);
    EXPECT_EQ(clip.label, 3);
    EXPECT_EQ(clip.span, (FrameSpan{5, 25}));
    ASSERT_EQ((*set)->rows(0), 20);
    for (int64_t row = 0; row < 20; ++row)
        EXPECT_EQ((*set)->points(0)[static_cast<size_t>(row * kPointCount * 3 + 1)],
            45.0f + static_cast<float>(row));
    const auto rgb = (*set)->rgb(0);
    ASSERT_EQ(rgb.size(), 8U * 64 * 64 * 3);
    int red = 0;
    for (size_t i = 0; i < rgb.size(); i += 3)
        red += rgb[i] > 150 && rgb[i + 2] < 120 ? 1 : 0;
    EXPECT_GT(red, 8 * 64 * 64 / 100) << "the square that moves is red";
}

TEST_F(ClipProject, WhatAPersonDecidedWeighsMoreThanWhatWasImported)
{
    const int64_t video = addVideo("a", "anna", SubjectRole::Test);
    const int64_t imported = addSpan(video, {0, 10}, 1, SpanOrigin::Import);
    const int64_t own = addSpan(video, {10, 20}, 2);
    ASSERT_TRUE(cut({.pictures = false}).ok());
    const auto set = ClipSet::open(out());
    ASSERT_TRUE(set.ok());
    ASSERT_EQ((*set)->clips().size(), 2U);
    EXPECT_EQ((*set)->clips()[0].annotation, imported);
    EXPECT_FALSE((*set)->clips()[0].decided);
    EXPECT_EQ((*set)->clips()[0].weight, 1);
    EXPECT_EQ((*set)->clips()[1].annotation, own);
    EXPECT_TRUE((*set)->clips()[1].decided);
    EXPECT_GT((*set)->clips()[1].weight, 1);
    EXPECT_EQ((*set)->clips()[1].role, ClipRole::Test);
}

TEST_F(ClipProject, AnExportShowsTheProjectAsItWasWhenItWasAskedFor)
{
    const int64_t video = addVideo("a", "anna", SubjectRole::Train);
    const int64_t span = addSpan(video, {0, 10}, 1);
    const auto request = makeClipExport(*m_document, out(), {.pictures = false});
    ASSERT_TRUE(request.ok());
    ASSERT_TRUE(m_document->relabel(span, 5).ok());
    ASSERT_TRUE(exportClips(*request, m_quiet).ok());
    const auto set = ClipSet::open(out());
    ASSERT_TRUE(set.ok());
    EXPECT_EQ((*set)->clips()[0].label, 1);
}

TEST_F(ClipProject, OpenProposalsComeOnlyWhenAskedForAndWithoutALabel)
{
    const int64_t video = addVideo("a", "anna", SubjectRole::Train);
    addSpan(video, {0, 10}, 1);
    Prediction found;
    found.videoId = video;
    found.span = {20, 30};
    found.fused.assign(17, 1.0f / 17);
    PredictionRun run;
    run.videoId = video;
    ASSERT_TRUE(m_document->importRun(run, {found}).ok());
    auto made = cut({.pictures = false});
    ASSERT_TRUE(made.ok());
    EXPECT_EQ(made->unlabelled, 0);
    made = cut({.unlabelled = true, .pictures = false});
    ASSERT_TRUE(made.ok()) << made.error().message;
    EXPECT_EQ(made->labelled, 1);
    EXPECT_EQ(made->unlabelled, 1);
    const auto set = ClipSet::open(out());
    ASSERT_TRUE(set.ok());
    EXPECT_EQ((*set)->clips()[1].role, ClipRole::Unlabelled);
    EXPECT_EQ((*set)->clips()[1].label, -1);
    EXPECT_GT((*set)->clips()[1].prediction, 0);
}

TEST_F(ClipProject, CorrectedPointsAndRectanglesAreWhatIsLearned)
{
    const int64_t video = addVideo("a", "anna", SubjectRole::Train);
    addSpan(video, {5, 25}, 3);
    auto made = cut();
    ASSERT_TRUE(made.ok());
    ASSERT_EQ(made->crops.size(), 1U) << "crops that were missing are found";
    ASSERT_TRUE(keepFoundCrops(*m_document, made->crops).ok());
    EXPECT_FALSE(m_document->crops(video).empty());
    std::vector<uint8_t> before;
    {
        const auto set = ClipSet::open(out());
        ASSERT_TRUE(set.ok());
        before.assign((*set)->rgb(0).begin(), (*set)->rgb(0).end());
    }
    PoseCorrection row;
    row.frame = 7;
    row.points = {{3, 11.5, 22.5, 1}};
    ASSERT_TRUE(m_document->correctPoses(video, {row}).ok());
    for (const int64_t frame : {0, 20, 39}) {
        CropCorrection moved;
        moved.videoId = video;
        moved.kind = "motion";
        moved.frame = frame;
        moved.rectangle = {100, 80, 30, 30};
        ASSERT_TRUE(m_document->correctCrop(moved).ok());
    }
    made = cut();
    ASSERT_TRUE(made.ok());
    EXPECT_TRUE(made->crops.empty()) << "those that the project keeps are used";
    const auto set = ClipSet::open(out());
    ASSERT_TRUE(set.ok());
    const size_t place = (2 * kPointCount + 3) * 3;
    EXPECT_EQ((*set)->points(0)[place], 11.5f);
    EXPECT_EQ((*set)->points(0)[place + 1], 22.5f);
    EXPECT_NE(before, std::vector<uint8_t>((*set)->rgb(0).begin(), (*set)->rgb(0).end()));
}

TEST_F(ClipProject, ASecondExportDecodesNothingAndGivesTheSameSet)
{
    const int64_t video = addVideo("a", "anna", SubjectRole::Train);
    addSpan(video, {5, 25}, 3);
    addSpan(video, {28, 38}, 4);
    const auto first = cut();
    ASSERT_TRUE(first.ok());
    EXPECT_EQ(first->fromCache, 0);
    const std::string digest = (*ClipSet::open(out()))->digest();
    const auto second = cut();
    ASSERT_TRUE(second.ok());
    EXPECT_EQ(second->fromCache, 2);
    EXPECT_EQ((*ClipSet::open(out()))->digest(), digest);
    const auto person = cut({.crop = "person"});
    ASSERT_TRUE(person.ok());
    EXPECT_EQ(person->fromCache, 0) << "another crop is another picture";
}

TEST_F(ClipProject, AVideoThatIsAwayGivesItsSkeletonsAndSaysSo)
{
    const int64_t video = addVideo("a", "anna", SubjectRole::Train);
    addSpan(video, {5, 25}, 3);
    std::filesystem::remove(m_folder / "a.mp4");
    const auto made = cut();
    ASSERT_TRUE(made.ok()) << made.error().message;
    EXPECT_EQ(made->withPoints, 1);
    EXPECT_EQ(made->withPictures, 0);
    EXPECT_THAT(made->notes, Contains(HasSubstr("a is not there")));
}

TEST_F(ClipProject, NothingLeftOfAnySpanIsRefusedAndLeavesNoFile)
{
    const int64_t video = addVideo("a", "anna", SubjectRole::Train);
    addSpan(video, {5, 25}, 3);
    std::filesystem::remove(m_folder / "a.mp4");
    std::filesystem::remove(m_folder / "p/a.npz");
    const auto made = cut();
    ASSERT_FALSE(made.ok());
    EXPECT_THAT(made.error().message, HasSubstr("neither the pictures nor the poses"));
    EXPECT_FALSE(std::filesystem::exists(out()));
}

TEST_F(ClipProject, AShortSpanIsTakenAndNamed)
{
    const int64_t video = addVideo("a", "anna", SubjectRole::Train);
    addSpan(video, {5, 7}, 3);
    const auto made = cut();
    ASSERT_TRUE(made.ok()) << made.error().message;
    EXPECT_EQ(made->withPictures, 1);
    EXPECT_THAT(made->notes, Contains(HasSubstr("1 span is shorter than 8 frames")));
    EXPECT_EQ((*ClipSet::open(out()))->rows(0), 2);
}

TEST_F(ClipProject, WithoutALabelledSpanItSaysWhatToDo)
{
    addVideo("a", "anna", SubjectRole::Train);
    const auto made = cut();
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().code, ErrorCode::InvalidArgument);
    EXPECT_THAT(made.error().message, HasSubstr("accept or correct"));
}

TEST_F(ClipProject, APointThatIsNoNumberIsNamedWithVideoAndFrame)
{
    const int64_t video = addVideo("a", "anna", SubjectRole::Train);
    addSpan(video, {5, 25}, 3);
    // Frame 9 is the only one whose points lie at y = 49; the file is mapped as it is.
    const std::filesystem::path file = m_folder / "p/a.npz";
    std::string bytes = *readFile(file);
    const float wanted[] = {60.25f, 49.0f, 0.5f};
    const size_t at = bytes.find(std::string(reinterpret_cast<const char*>(wanted), sizeof wanted));
    ASSERT_NE(at, std::string::npos);
    const float none = std::numeric_limits<float>::quiet_NaN();
    std::memcpy(bytes.data() + at, &none, sizeof none);
    ASSERT_TRUE(writeFileAtomically(file, bytes).ok());
    const auto made = cut({.pictures = false});
    ASSERT_FALSE(made.ok());
    EXPECT_THAT(made.error().message, HasSubstr("track of a "));
    EXPECT_THAT(made.error().message, HasSubstr("nose"));
    EXPECT_THAT(made.error().message, HasSubstr("frame 9"));
    EXPECT_FALSE(std::filesystem::exists(out()));
}

TEST_F(ClipProject, APersonWhoIsSomebodyElseHasTheRoleOfThatSubject)
{
    const int64_t first = addVideo("a", "anna", SubjectRole::Train);
    const int64_t second = addVideo("b", "bert", SubjectRole::Test);
    addSpan(first, {5, 25}, 3);
    addSpan(second, {5, 25}, 3);
    Person guest;
    guest.videoId = first;
    guest.number = 0;
    guest.subjectId = m_document->video(second)->subjectId;
    ASSERT_TRUE(m_document->setPerson(guest).ok());
    ASSERT_TRUE(cut({.pictures = false}).ok());
    const auto set = ClipSet::open(out());
    ASSERT_TRUE(set.ok());
    for (const ClipInfo& clip : (*set)->clips()) {
        EXPECT_EQ(clip.subject, "bert");
        EXPECT_EQ(clip.role, ClipRole::Test);
    }
}

TEST_F(ClipProject, ACancelledExportLeavesNothingBehind)
{
    const int64_t video = addVideo("a", "anna", SubjectRole::Train);
    addSpan(video, {5, 25}, 3);
    const auto request = makeClipExport(*m_document, out(), {});
    ASSERT_TRUE(request.ok());
    CancelFlag cancelled;
    cancelled.cancel();
    const auto made = exportClips(*request, cancelled);
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().code, ErrorCode::Cancelled);
    EXPECT_FALSE(std::filesystem::exists(out()));
}

TEST(ClipSplits, UnlabelledClipsOfAMeasuredSubjectAreNoLeakButTrainingOnesAre)
{
    ClipInfo test;
    test.id = "1";
    test.subject = "anna";
    test.role = ClipRole::Test;
    ClipInfo other = test;
    other.id = "2";
    other.role = ClipRole::Unlabelled;
    EXPECT_TRUE(checkSplits({other, test}).ok());
    other.role = ClipRole::Train;
    const Status refused = checkSplits({test, other});
    ASSERT_FALSE(refused.ok());
    EXPECT_THAT(refused.error().message, HasSubstr("anna"));
}

} // namespace
