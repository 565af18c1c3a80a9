// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "clipproject.h"
#include "learn/untrimmed/untrimmedset.h"
#include "pipeline/untrimmedsets/projectvideos.h"

using namespace telltale;
using testing::Contains;
using testing::Each;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

namespace {

class ProjectVideos : public ClipProject {
protected:
    Result<VideoExportResult> exported(const VideoExportOptions& options = {})
    {
        const auto request = makeVideoExport(*m_document, out(), options);
        return request ? exportVideos(*request, m_quiet) : Result<VideoExportResult>(request.error());
    }
    std::shared_ptr<const UntrimmedSet> set() const
    {
        const auto opened = UntrimmedSet::open(out());
        EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.error().message);
        return opened.ok() ? *opened : nullptr;
    }
};

TEST_F(ProjectVideos, AWholeVideoComesWithItsPointsPicturesAndDecidedSpans)
{
    const int64_t a = addVideo("a", "anna", SubjectRole::Train);
    const int64_t b = addVideo("b", "ben", SubjectRole::Test);
    addVideo("c", "cleo", SubjectRole::Train); // nobody decided anything
    addSpan(a, {20, 30}, 3);
    addSpan(a, {5, 12}, 1, SpanOrigin::Import);
    addSpan(b, {0, 40}, 2);
    ASSERT_TRUE(m_document->markReviewed(a, {0, 35}).ok());
    const auto made = exported();
    ASSERT_TRUE(made.ok()) << made.error().message;
    EXPECT_EQ(made->videos, 2);
    EXPECT_EQ(made->withPictures, 2);
    const auto videos = set();
    ASSERT_TRUE(videos);
    const UntrimmedVideo& first = videos->videos()[0];
    EXPECT_EQ(first.id, "a");
    EXPECT_EQ(first.subject, "anna");
    EXPECT_EQ(first.frames, kFrames);
    EXPECT_EQ(first.rate, 25);
    ASSERT_EQ(first.truth.size(), 2U);
    EXPECT_EQ(first.truth[0], (TruthSpan{{5, 12}, 1, 1})) << "imported";
    EXPECT_EQ(first.truth[1], (TruthSpan{{20, 30}, 3, 2})) << "a person's";
    EXPECT_EQ(first.reviewed, (std::vector<FrameSpan>{{0, 35}}));
    EXPECT_THAT(made->notes, Contains(HasSubstr("1 video with spans is not marked as reviewed")));
    EXPECT_TRUE(videos->videos()[1].reviewed.empty()) << "nobody says where he has looked";
    EXPECT_EQ(videos->videos()[1].role, ClipRole::Test);
    ASSERT_EQ(videos->points(0).size(), static_cast<size_t>(kFrames) * kPointCount * 3);
    EXPECT_EQ(videos->points(0)[size_t{7} * kPointCount * 3 + 1], 47) << "y says its frame";
    ASSERT_EQ(videos->pictures(0).size(), size_t{kFrames / 2} * 64 * 64 * 3);
    const auto pictures = videos->pictures(0);
    const auto firstPicture = pictures.first(64 * 64 * 3);
    EXPECT_THAT(std::vector<uint8_t>(firstPicture.begin(), firstPicture.end()), Contains(testing::Gt(150)))
        << "the square in the picture";
    EXPECT_FALSE(std::ranges::equal(firstPicture, pictures.subspan(64 * 64 * 3 * 2, 64 * 64 * 3)))
        << "it moves";
}

TEST_F(ProjectVideos, AVideoThatIsAwayGivesItsSkeletonOnly)
{
    addSpan(addVideo("a", "anna", SubjectRole::Train), {5, 12}, 1);
    fs::rename(m_folder / "a.mp4", m_folder / "away.mp4");
    const auto made = exported();
    ASSERT_TRUE(made.ok()) << made.error().message;
    EXPECT_EQ(made->withPictures, 0);
    EXPECT_EQ(made->withPoints, 1);
    EXPECT_THAT(made->notes, Contains(HasSubstr("a is not there")));
    EXPECT_TRUE(set()->pictures(0).empty());
}

TEST_F(ProjectVideos, CorrectedPointsAreTheOnesThatCount)
{
    const int64_t a = addVideo("a", "anna", SubjectRole::Train);
    addSpan(a, {5, 12}, 1);
    PoseCorrection moved;
    moved.videoId = a;
    moved.frame = 7;
    moved.points = {{.point = 0, .x = 11, .y = 13}};
    ASSERT_TRUE(m_document->correctPoses(a, {moved}).ok());
    ASSERT_TRUE(exported({.pictures = false}).ok());
    EXPECT_EQ(set()->points(0)[size_t{7} * kPointCount * 3], 11);
    EXPECT_EQ(set()->info().pictureSide, 0);
}

TEST_F(ProjectVideos, VideosThatNobodyLookedThroughComeOnRequestAndWithoutTruth)
{
    addVideo("a", "anna", SubjectRole::Train);
    const auto refused = exported();
    ASSERT_FALSE(refused.ok());
    EXPECT_THAT(refused.error().message, HasSubstr("accept or correct"));
    ASSERT_TRUE(exported({.unlabelled = true, .pictures = false}).ok());
    EXPECT_EQ(set()->videos()[0].role, ClipRole::Unlabelled);
    EXPECT_TRUE(set()->videos()[0].truth.empty());
}

TEST_F(ProjectVideos, OpenProposalsAreCountedForThePersonWhoDecides)
{
    const int64_t a = addVideo("a", "anna", SubjectRole::Train);
    addSpan(a, {5, 12}, 1);
    Annotation open;
    open.videoId = a;
    open.span = {20, 30};
    open.classId = 2;
    open.state = SpanState::Proposed;
    ASSERT_TRUE(m_document->addAnnotation(open).ok());
    const auto made = exported({.pictures = false});
    ASSERT_TRUE(made.ok());
    EXPECT_EQ(made->spans, 1);
    EXPECT_THAT(made->notes, Contains(HasSubstr("1 proposal of a")));
    ASSERT_TRUE(m_document->markReviewed(a, {0, 15}).ok());
    const auto beside = exported({.pictures = false});
    ASSERT_TRUE(beside.ok());
    EXPECT_THAT(beside->notes, Not(Contains(HasSubstr("1 proposal of a")))) << "nothing is learned there";
}

TEST_F(ProjectVideos, CancellingLeavesNothing)
{
    addSpan(addVideo("a", "anna", SubjectRole::Train), {5, 12}, 1);
    const auto request = makeVideoExport(*m_document, out());
    ASSERT_TRUE(request.ok());
    CancelFlag cancelled;
    cancelled.cancel();
    const auto made = exportVideos(*request, cancelled);
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().code, ErrorCode::Cancelled);
    EXPECT_FALSE(fs::exists(out()));
}

TEST_F(ProjectVideos, ACropThatIsUnknownIsRefusedWithTheKnownOnes)
{
    addSpan(addVideo("a", "anna", SubjectRole::Train), {5, 12}, 1);
    const auto made = exported({.crop = "feet"});
    ASSERT_FALSE(made.ok());
    EXPECT_THAT(made.error().message, HasSubstr("motion, person, hands and face"));
}

} // namespace
