// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/document.h"
#include "pipeline/analysis/effortanalysis.h"
#include <QUndoStack>
#include <cmath>
#include <filesystem>
#include <gtest/gtest.h>

using namespace telltale;
namespace fs = std::filesystem;

namespace {

LabelScheme threeClasses()
{
    LabelScheme scheme;
    scheme.name = "test";
    for (const char* name : {"neck", "lips", "fingers"}) {
        LabelClass one;
        one.name = name;
        scheme.classes.push_back(one);
    }
    return scheme;
}

/// A project whose edits cost what the test says.
class EffortAnalysisTest : public testing::Test {
protected:
    void SetUp() override
    {
        m_folder = fs::temp_directory_path()
            / ("telltale_effort_"
                + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
        fs::remove_all(m_folder);
        auto made = Document::create(m_folder, threeClasses());
        ASSERT_TRUE(made.ok()) << made.error().message;
        m_document = std::move(*made);
        VideoEntry video;
        video.name = "one";
        video.path = "one.mp4";
        video.subject = "s";
        video.frameCount = 1000;
        video.fps = 25;
        const auto id = m_document->addVideo(video);
        ASSERT_TRUE(id.ok()) << id.error().message;
        m_video = *id;
        m_document->setEffortSource([this](const std::string&) { return formatEffort(m_next); });
    }
    void TearDown() override
    {
        m_document.reset();
        fs::remove_all(m_folder);
    }

    int64_t add(int classId, EditEffort cost)
    {
        m_next = cost;
        Annotation span;
        span.videoId = m_video;
        span.span = {m_frame, m_frame + 5};
        m_frame += 10;
        span.classId = classId;
        const auto id = m_document->addAnnotation(span);
        EXPECT_TRUE(id.ok());
        return id ? *id : 0;
    }

    EffortAnalysis analyze()
    {
        ProgressSink quiet;
        EXPECT_TRUE(readEffort(*m_document, m_ledger, quiet).ok());
        return analyzeEffort(m_ledger, m_document->freeze());
    }

    fs::path m_folder;
    std::unique_ptr<Document> m_document;
    EffortLedger m_ledger;
    EditEffort m_next;
    int64_t m_video = 0;
    int64_t m_frame = 10;
};

EditEffort cost(int64_t milliseconds, int64_t keys, EffortMode mode)
{
    return {{milliseconds, keys, 0}, {}, mode};
}

const EffortRow* rowOf(const std::vector<EffortRow>& rows, int id)
{
    const auto at = std::ranges::find(rows, id, &EffortRow::id);
    return at != rows.end() ? &*at : nullptr;
}

} // namespace

TEST_F(EffortAnalysisTest, SaysWhatIsMissingInsteadOfZeros)
{
    EXPECT_EQ(analyze().missing, EffortMissing::Decisions);
    m_document->setEffortSource({});
    add(1, {});
    const EffortAnalysis before = analyze();
    EXPECT_EQ(before.missing, EffortMissing::Recording);
    EXPECT_EQ(before.unrecorded, 1);
    EXPECT_TRUE(tables(before, m_document->scheme()).empty());
    EXPECT_FALSE(missingText(before).empty());
}

TEST_F(EffortAnalysisTest, AddsUpASpansStepsByItsPresentClassAndByMode)
{
    const int64_t first = add(0, cost(4000, 3, EffortMode::Timeline));
    const int64_t second = add(1, cost(2000, 1, EffortMode::Paint));
    m_next = {{1500, 1, 2}, {500, 2, 0}, EffortMode::Gain};
    ASSERT_TRUE(m_document->relabel(first, 1).ok());
    m_next = cost(6000, 2, EffortMode::Bulk);
    ASSERT_TRUE(m_document->setStates({first, second}, SpanState::Flagged).ok());
    m_next = cost(30000, 9, EffortMode::Other);
    ASSERT_TRUE(m_document->markReviewed(m_video, {0, 100}).ok());

    const EffortAnalysis analysis = analyze();
    EXPECT_EQ(analysis.missing, EffortMissing::Nothing);
    EXPECT_EQ(analysis.all.seconds.count, 2);
    EXPECT_DOUBLE_EQ(analysis.all.seconds.mean, (4 + 1.5 + 3 + 2 + 3) / 2);
    EXPECT_DOUBLE_EQ(analysis.elsewhere, 30);
    ASSERT_EQ(analysis.all.costliest.size(), 2U);
    EXPECT_EQ(analysis.all.costliest[0].span, first) << "4 + 1.5 + 0.5 + 3 seconds against 2 + 3";
    EXPECT_EQ(analysis.all.costliest[1].span, second);
    ASSERT_EQ(analysis.classes.size(), 1U) << "the first one is named as the second now";
    EXPECT_EQ(analysis.classes[0].id, 1);
    EXPECT_DOUBLE_EQ(analysis.classes[0].presses.mean, (3 + 3 + 1 + 1 + 1) / 2.0);
    EXPECT_DOUBLE_EQ(analysis.classes[0].searchSeconds, 0.25);
    EXPECT_DOUBLE_EQ(analysis.classes[0].searchPresses, 1);
    const EffortRow* bulk = rowOf(analysis.modes, static_cast<int>(EffortMode::Bulk));
    ASSERT_TRUE(bulk);
    EXPECT_EQ(bulk->seconds.count, 2);
    EXPECT_DOUBLE_EQ(bulk->seconds.median, 3);
    EXPECT_EQ(bulk->work.decisions, 1);
    EXPECT_DOUBLE_EQ(bulk->work.perMinute(), 10);
    EXPECT_FALSE(rowOf(analysis.modes, static_cast<int>(EffortMode::Other)));
    EXPECT_EQ(analysis.all.work.decisions, 4);

    const auto made = tables(analysis, m_document->scheme());
    ASSERT_EQ(made.size(), 2U);
    EXPECT_EQ(made[0].key, "effort_modes");
    EXPECT_EQ(made[0].rows.size(), 5U) << "all, and four ways of working";
    ASSERT_EQ(made[1].rows.size(), 1U);
    EXPECT_EQ(std::get<std::string>(made[1].rows[0][0]), "lips");
    for (const Table& table : made)
        for (const auto& row : table.rows)
            EXPECT_EQ(row.size(), table.columns.size());
}

TEST_F(EffortAnalysisTest, ADragIsOneDecisionAndWhatIsTakenBackIsCountedOnce)
{
    const int64_t id = add(0, cost(1000, 1, EffortMode::Timeline));
    m_next = cost(2000, 0, EffortMode::Timeline);
    for (const int64_t end : {16, 17, 18})
        ASSERT_TRUE(m_document->setSpan(id, {10, end}, 7).ok());
    EXPECT_EQ(analyze().all.work.decisions, 2);
    m_next = cost(500, 1, EffortMode::Timeline);
    m_document->undoStack()->undo();
    m_document->undoStack()->redo();
    m_document->undoStack()->undo();
    const EffortAnalysis after = analyze(); // goes on where it was
    EXPECT_EQ(after.all.work.decisions, 2);
    EXPECT_EQ(after.all.work.undone, 1);
    EXPECT_DOUBLE_EQ(after.all.work.undoneShare(), 0.5);
    EXPECT_DOUBLE_EQ(after.all.seconds.mean, 1 + 6 + 1.5);

    EffortLedger anew;
    ProgressSink quiet;
    ASSERT_TRUE(readEffort(*m_document, anew, quiet).ok());
    const EffortAnalysis whole = analyzeEffort(anew, m_document->freeze());
    EXPECT_EQ(whole.all.work.undone, after.all.work.undone);
    EXPECT_EQ(whole.sequence, after.sequence);
    EffortLedger beside; // as a report reads it, beside the open document
    const FrozenProject then = m_document->freeze();
    m_next = cost(9000, 1, EffortMode::Gain);
    ASSERT_TRUE(m_document->relabel(id, 2).ok());
    ASSERT_TRUE(readEffort(then, beside, quiet).ok());
    EXPECT_EQ(beside.sequence(), after.sequence) << "later edits are not in it";
    EXPECT_DOUBLE_EQ(analyzeEffort(beside, then).all.seconds.mean, after.all.seconds.mean);
    EXPECT_DOUBLE_EQ(whole.all.seconds.mean, after.all.seconds.mean);
}

TEST_F(EffortAnalysisTest, ASpanThatIsGoneCountsForItsLastClass)
{
    const int64_t id = add(2, cost(1000, 1, EffortMode::Gain));
    m_next = cost(3000, 1, EffortMode::Gain);
    ASSERT_TRUE(m_document->removeAnnotation(id).ok());
    const EffortAnalysis analysis = analyze();
    ASSERT_EQ(analysis.classes.size(), 1U);
    EXPECT_EQ(analysis.classes[0].id, 2);
    EXPECT_DOUBLE_EQ(analysis.classes[0].seconds.median, 4);
    EXPECT_TRUE(analysis.classes[0].costliest.empty()) << "nobody can look at it";
}
