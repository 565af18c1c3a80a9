// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// The project at one moment, for other threads.
#include "data/document.h"
#include "data/sharedrows.h"
#include "editstream.h"
#include <QUndoStack>
#include <algorithm>
#include <atomic>
#include <gtest/gtest.h>
#include <map>
#include <thread>

using namespace telltale;

TEST(SharedRows, CopiesStayAsTheyWereWhateverBecomesOfTheOriginal)
{
    Random random(3);
    SharedRows<std::string> rows;
    std::map<int64_t, std::string> expected;
    std::vector<std::pair<SharedRows<std::string>, std::map<int64_t, std::string>>> copies;
    for (int step = 0; step < 4000; ++step) {
        const int64_t id = 1 + random.below(700);
        if (random.below(4) == 0) {
            rows.remove(id);
            expected.erase(id);
        } else {
            rows.put(id, std::to_string(step));
            expected[id] = std::to_string(step);
        }
        if (step % 400 == 0)
            copies.emplace_back(rows, expected);
    }
    copies.emplace_back(rows, expected);
    for (const auto& [copy, then] : copies) {
        EXPECT_EQ(copy.size(), then.size());
        size_t seen = 0;
        copy.forEach([&](const std::string&) { ++seen; });
        EXPECT_EQ(seen, then.size());
        for (int64_t id = 1; id <= 700; ++id) {
            const std::string* found = copy.find(id);
            const auto wanted = then.find(id);
            ASSERT_EQ(found != nullptr, wanted != then.end()) << id;
            if (found) {
                EXPECT_EQ(*found, wanted->second);
            }
        }
    }
}

TEST(FrozenProject, GivesWhatTheDocumentGaveAndNoLaterEdit)
{
    const ScratchFolder scratch;
    const auto document = makeSmallProject(scratch / "p");
    PredictionRun run;
    run.videoId = 1;
    Prediction one;
    one.span = {50, 90};
    one.fused = {0.1F, 0.2F, 0.3F, 0.2F, 0.2F};
    one.modalities["joint"] = {{0.5F, 0.5F, 0, 0, 0}, {1, 2, 3}};
    one.birth = R"({"digest": "d"})";
    Prediction two = one;
    two.span = {10, 30};
    ASSERT_TRUE(document->importRun(run, {one, two}));
    ASSERT_TRUE(document->addAnnotation(makeSpan(1, {100, 200}, 1)));
    const FrozenProject frozen = document->freeze();
    const std::vector<Annotation> then = document->allAnnotations();
    ASSERT_EQ(then.size(), 3U);
    EXPECT_EQ(frozen.sequence(), document->sequence());
    EXPECT_EQ(frozen.folder(), document->folder());

    const int64_t accepted = then.front().id;
    ASSERT_TRUE(document->setState(accepted, SpanState::Accepted));
    ASSERT_TRUE(document->removeAnnotation(then.back().id));
    ASSERT_TRUE(document->addAnnotation(makeSpan(1, {300, 400}, 2)));
    EXPECT_EQ(frozen.annotations(), then);
    EXPECT_NE(document->allAnnotations(), then);
    EXPECT_EQ(document->freeze().annotations(), document->allAnnotations());

    PredictionReader reader(frozen);
    for (const Annotation& span : then) {
        const auto wanted = span.predictionId > 0 ? document->prediction(span.predictionId) : nullptr;
        const auto found = reader.prediction(span.predictionId);
        ASSERT_EQ(found != nullptr, wanted != nullptr);
        if (!found)
            continue;
        EXPECT_EQ(found->id, span.predictionId);
        EXPECT_EQ(found->span, wanted->span);
        EXPECT_EQ(found->fused, wanted->fused);
        EXPECT_EQ(found->modalities.at("joint").embedding, (std::vector<float>{1, 2, 3}));
        EXPECT_EQ(found->birth, wanted->birth);
        EXPECT_EQ(reader.runOf(span.predictionId)->id, wanted->runId);
    }
    EXPECT_EQ(reader.prediction(9999), nullptr);
    EXPECT_EQ(reader.runOf(9999), nullptr);
}

TEST(FrozenProject, ShowsTheWorkingLayerOnly)
{
    const ScratchFolder scratch;
    makeSmallProject(scratch / "p").reset();
    DocumentOptions options;
    options.annotator = "olga";
    auto document = Document::open(scratch / "p", options);
    ASSERT_TRUE(document);
    ASSERT_TRUE((*document)->setMember("olga", MemberRole::Owner).ok());
    ASSERT_TRUE((*document)->setMember("anna", MemberRole::Annotator).ok());
    ASSERT_TRUE((*document)->assign(1, {"anna"}).ok());
    (*document)->setAnnotator("anna");
    ASSERT_TRUE((*document)->addAnnotation(makeSpan(1, {100, 200}, 1)).ok());
    EXPECT_EQ((*document)->freeze().annotations().size(), 1U);
    (*document)->setAnnotator("olga");
    EXPECT_EQ((*document)->freeze().annotations(), (*document)->allAnnotations());
    EXPECT_TRUE((*document)->freeze().annotations().empty());
}

TEST(FrozenProject, IsReadByAnotherThreadWhileTheDocumentIsEdited)
{
    const ScratchFolder scratch;
    const auto document = makeSmallProject(scratch / "p");
    std::vector<Annotation> spans;
    for (int64_t i = 0; i < 400; ++i)
        spans.push_back(makeSpan(1, {i * 10, i * 10 + 8}, 1));
    ASSERT_TRUE(document->addAnnotations(spans, QStringLiteral("import")));
    const std::vector<Annotation> then = document->allAnnotations();
    std::atomic<int> same = 0;
    std::thread reader([frozen = document->freeze(), &then, &same] {
        for (int i = 0; i < 50; ++i)
            same += frozen.annotations() == then ? 1 : 0;
    });
    for (size_t i = 0; i < 60; ++i)
        EXPECT_TRUE(document->relabel(then[i].id, 2));
    reader.join();
    EXPECT_EQ(same, 50);
    EXPECT_NE(document->allAnnotations(), then);
}
