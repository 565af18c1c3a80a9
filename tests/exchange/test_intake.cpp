// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// What becomes of the spans of a file in a project that has some already.
#include "exchangetest.h"
#include <QUndoStack>

using namespace telltale;
using testing::Contains;
using testing::HasSubstr;

namespace {

class Intake : public ExchangeTest {
protected:
    std::filesystem::path csv(const std::string& name, const std::string& rows)
    {
        return write(name, "video_id,class_id,start_frame,end_frame,score\n" + rows);
    }
    static int64_t proposals(const Document& document)
    {
        const auto all = document.allAnnotations();
        return std::ranges::count(all, SpanState::Proposed, &Annotation::state);
    }
};

} // namespace

TEST_F(Intake, ProposalsStayWhereAnotherFileBringsMore)
{
    auto document = project("p", "smg");
    addOffline(*document, "v", 500, 25);
    ASSERT_TRUE(import(*document, "csv", csv("a.csv", "v,1,10,20,0.9\nv,2,30,40,0.8\n")).ok());
    ASSERT_EQ(proposals(*document), 2);
    const auto more = import(*document, "csv", csv("b.csv", "v,1,10,20,0.9\nv,3,31,41,0.7\nv,3,60,70,0.7\n"));
    ASSERT_TRUE(more.ok()) << more.error().message;
    EXPECT_EQ(more->spansAdded, 2);
    EXPECT_EQ(
        flat(*document), (Flat{{"v", 10, 20, 1}, {"v", 30, 40, 2}, {"v", 31, 41, 3}, {"v", 60, 70, 3}}));
}

TEST_F(Intake, ProposalsAreNoNewsWhereSomebodyHasDecided)
{
    auto document = project("p", "smg");
    const int64_t video = addOffline(*document, "v", 500, 25);
    ASSERT_TRUE(document->addAnnotations({span(video, {100, 140}, 4)}, QStringLiteral("test")).ok());
    const auto report = import(
        *document, "csv", csv("a.csv", "v,1,105,145,0.9\nv,1,139,170,0.9\nv,1,300,340,\nv,2,301,341,0.5\n"));
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(report->spansAdded, 3);
    EXPECT_THAT(
        report->notes, Contains(HasSubstr("somebody has decided about that part of the video already: 1")));
    // What one file says of one place is all of it news.
    EXPECT_EQ(flat(*document),
        (Flat{{"v", 100, 140, 4}, {"v", 139, 170, 1}, {"v", 300, 340, 1}, {"v", 301, 341, 2}}));
}

TEST_F(Intake, AFileThatHasAProposalAsADecidedSpanConfirmsIt)
{
    auto document = project("p", "smg");
    ASSERT_TRUE(import(*document, "csv", csv("a.csv", "v,1,10,20,0.9\nv,2,30,40,0.8\n")).ok());
    const auto report = import(*document, "csv", csv("b.csv", "v,1,10,20,\nv,2,31,40,\n"));
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(report->spansAdded, 1);
    ASSERT_EQ(report->videos.size(), 1U);
    EXPECT_EQ(report->videos[0].confirmed, 1);
    EXPECT_EQ(flat(*document), (Flat{{"v", 10, 20, 1}, {"v", 30, 40, 2}, {"v", 31, 40, 2}}));
    EXPECT_EQ(proposals(*document), 1);
    document->undoStack()->undo();
    EXPECT_EQ(proposals(*document), 2);
}

TEST_F(Intake, AProposalKeepsItsClassWhateverItsScore)
{
    auto document = project("p", "smg");
    ASSERT_TRUE(import(*document, "csv", csv("a.csv", "v,5,10,20,0\nv,6,30,40,-2.5\n")).ok());
    EXPECT_EQ(flat(*document), (Flat{{"v", 10, 20, 5}, {"v", 30, 40, 6}}));
}

TEST_F(Intake, AVideoThatIsNotThereGrowsWithWhatIsKnownOfIt)
{
    auto document = project("p", "smg");
    ASSERT_TRUE(import(*document, "csv", csv("a.csv", "v,1,10,20,\n")).ok());
    ASSERT_TRUE(import(*document, "csv", csv("b.csv", "v,2,900,950,\nv,3,960,970,0.5\n")).ok());
    EXPECT_EQ(flat(*document), (Flat{{"v", 10, 20, 1}, {"v", 900, 950, 2}, {"v", 960, 970, 3}}));
    EXPECT_EQ(document->videos().front().frameCount, 970);
    document->undoStack()->undo();
    EXPECT_EQ(flat(*document), (Flat{{"v", 10, 20, 1}}));
    EXPECT_EQ(document->videos().front().frameCount, 20);
}

TEST_F(Intake, ProposalsOfAVideoThatIsNotThereAreAlignedOnceItIsFound)
{
    auto document = project("p", "smg");
    const auto times = FrameTimes::nominal(400, 30000.0 / 1001.0);
    const std::string name = (*loadLabelScheme("smg")).classes[7].name;
    const auto file = write("x.json",
        R"({"results": {"v": [{"label": ")" + name + R"(", "segment": [)" + std::to_string(times.seconds(123))
            + ", " + std::to_string(times.seconds(187)) + R"(], "score": 0.4}]}})");
    const auto report = import(*document, "activitynet", file);
    ASSERT_TRUE(report.ok()) << report.error().message;
    ASSERT_EQ(proposals(*document), 1);
    ASSERT_TRUE(document->videos().front().offline);
    VideoEntry found = document->videos().front();
    found.path = path("v.mp4").string();
    found.frameCount = times.frameCount();
    found.fps = 30000.0 / 1001.0;
    ASSERT_TRUE(document->findVideo(found.id, found, times).ok());
    EXPECT_EQ(flat(*document), (Flat{{"v", 123, 187, 7}}));
}

TEST_F(Intake, ReviewedPartsComeBackAndAreAlignedOnceTheVideoIsFound)
{
    auto source = project("a", "smg");
    const int64_t video = addOffline(*source, "v", 500, 25);
    ASSERT_TRUE(source->addAnnotations({span(video, {110, 120}, 4)}, QStringLiteral("test")).ok());
    ASSERT_TRUE(source->markReviewed(video, {100, 200}).ok());
    ASSERT_TRUE(source->markReviewed(video, {300, 500}).ok());
    ASSERT_TRUE(exportTo(*source, "activitynet", path("x.json")).ok());

    auto target = project("b", "smg");
    const auto report = import(*target, "activitynet", path("x.json"));
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(report->videos.at(0).reviewed, 2);
    const auto spans = [&target] {
        std::vector<std::pair<int64_t, int64_t>> list;
        for (const ReviewedRange& one : target->reviewed(target->videos().front().id))
            list.emplace_back(one.span.first, one.span.last);
        return list;
    };
    using Spans = std::vector<std::pair<int64_t, int64_t>>;
    EXPECT_EQ(spans(), (Spans{{100, 200}, {300, 500}}));
    // The same again is no news.
    const auto again = import(*target, "activitynet", path("x.json"));
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again->videos.at(0).reviewed, 0);
    // The file has twice as many frames in the same time.
    VideoEntry found = target->videos().front();
    found.path = path("v.mp4").string();
    found.frameCount = 1000;
    found.fps = 50;
    ASSERT_TRUE(target->findVideo(found.id, found, FrameTimes::nominal(1000, 50)).ok());
    EXPECT_EQ(spans(), (Spans{{200, 400}, {600, 1000}}));
    target->undoStack()->undo();
    EXPECT_EQ(spans(), (Spans{{100, 200}, {300, 500}}));
}

TEST_F(Intake, ClassesThatThereAreNotAreAProblemEach)
{
    auto document = project("p", "smg");
    ImportOptions options;
    options.dryRun = true;
    const auto plan
        = (*findFormat("csv"))
              ->plan(*document, {csv("a.csv", "v,40,0,9,\nv,40,10,19,\nv,1,20,29,\nv,50,30,39,\n")}, options,
                  m_quiet);
    ASSERT_TRUE(plan.ok()) << plan.error().message;
    const auto& problems = plan->report.problems.kept();
    ASSERT_EQ(problems.size(), 2U);
    EXPECT_EQ(problems[0].place.line, 2);
    EXPECT_THAT(problems[0].what, HasSubstr("no class 40, the scheme 'smg' has 17 (2 spans)"));
    EXPECT_EQ(problems[1].place.line, 5);
    EXPECT_EQ(plan->report.spansAdded, 1);
}

TEST_F(Intake, FreeTextIsNoClassScheme)
{
    auto document = project("p", "own");
    std::string rows;
    for (int i = 0; i < 20'000; ++i)
        rows += "v,sentence " + std::to_string(i) + "," + std::to_string(i) + "," + std::to_string(i + 1)
            + ",\n";
    ImportOptions options;
    options.skipBad = true;
    const auto report = import(*document, "csv", csv("a.csv", rows), options);
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(report->spansAdded, 2000);
    EXPECT_EQ(document->scheme().classCount(), 2000);
    ASSERT_EQ(report->problems.count(), 1);
    EXPECT_THAT(report->problems.kept().front().what, HasSubstr("18000 spans"));
}

TEST_F(Intake, PeopleBeyondAnyNumberAreAProblem)
{
    auto document = project("p", "smg");
    const auto file = write("x.csv",
        "video_id,class_id,start_frame,end_frame,score,person\nv,1,0,9,,2\nv,1,10,19,,-3\nv,1,20,29,,"
        "2000000000\n");
    ImportOptions options;
    options.skipBad = true;
    const auto report = import(*document, "csv", file, options);
    ASSERT_TRUE(report.ok()) << report.error().message;
    for (const Annotation& one : document->allAnnotations()) {
        EXPECT_GE(one.person, 0);
        EXPECT_LE(one.person, 1000);
    }
}
