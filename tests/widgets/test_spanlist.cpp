// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "widgets/models/spanlistfilter.h"
#include "widgets/models/spanlistmodel.h"
#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

constexpr int64_t kFrames = 20000;
using Order = SpanListFilter::Order;
constexpr Order kOrders[] = {Order::MostCertain, Order::LeastCertain, Order::Time, Order::Detector,
    Order::Ensemble, Order::Together, Order::Gain, Order::TailHunt, Order::BoundaryFix, Order::ConfusionPair,
    Order::Audit};

std::vector<float> randomShares(Random& random, int classes)
{
    std::vector<float> shares(static_cast<size_t>(classes));
    double sum = 0;
    for (float& share : shares) {
        share = static_cast<float>(std::pow(random.uniform(), 6));
        sum += static_cast<double>(share);
    }
    for (float& share : shares)
        share = static_cast<float>(static_cast<double>(share) / sum);
    return shares;
}

Prediction randomPrediction(Random& random, int64_t video, int classes)
{
    Prediction made;
    made.videoId = video;
    made.span.first = random.below(kFrames - 100);
    made.span.last = made.span.first + 5 + random.below(90);
    made.detectorScore = static_cast<double>(random.below(8)) / 8;
    if (!random.chance(0.1)) // some are found by a detector alone
        made.fused = randomShares(random, classes);
    for (const char* modality : {"joint", "rgb"})
        if (!made.fused.empty())
            made.modalities[modality] = {randomShares(random, classes), {}};
    made.pseudoLabel = random.chance(0.2);
    return made;
}

std::vector<Prediction> randomPredictions(Random& random, int64_t video, int classes, int count)
{
    std::vector<Prediction> made;
    for (int i = 0; i < count; ++i)
        made.push_back(randomPrediction(random, video, classes));
    return made;
}

/// A real project with videos that are not there and proposals on them.
struct Project {
    QTemporaryDir folder;
    std::unique_ptr<Document> document;
    std::vector<int64_t> videos;
    int classes = 0;

    Project(Random& random, int videoCount, int proposals)
    {
        auto scheme = loadLabelScheme("smg");
        scheme->classes[0].excludes = {1, 2, 3, 4, 5, 6};
        scheme->classes[7].excludes = {8, 9};
        classes = scheme->classCount();
        document
            = std::move(*Document::create(std::filesystem::path(folder.path().toStdString()) / "p", *scheme));
        for (int i = 0; i < videoCount; ++i) {
            VideoEntry video;
            video.name = std::string("v").append(std::to_string(i));
            video.path = std::string(video.name).append(".mp4");
            video.subject = "s";
            video.frameCount = kFrames;
            video.fps = 25;
            video.offline = true;
            videos.push_back(*document->addVideo(video));
            analyze(random, videos.back(), proposals);
        }
    }

    void analyze(Random& random, int64_t video, int count)
    {
        PredictionRun run;
        run.videoId = video;
        run.model = "by hand";
        const auto made = document->importRun(run, randomPredictions(random, video, classes, count));
        QVERIFY2(made.ok(), made ? "" : made.error().message.c_str());
    }
};

/// One random edit, as people, undo and analyses make them; what is refused changes nothing.
void edit(Project& project, Random& random)
{
    Document& document = *project.document;
    const std::vector<Annotation> all = document.allAnnotations();
    const Annotation some = all.empty()
        ? Annotation()
        : all[static_cast<size_t>(random.below(static_cast<int64_t>(all.size())))];
    const auto state = static_cast<SpanState>(random.below(6));
    const int classId = static_cast<int>(random.below(project.classes));
    switch (random.below(14)) {
    case 0:
        (void)document.removeAnnotation(some.id);
        break;
    case 1: {
        Annotation made;
        made.videoId = project.videos.front();
        made.span = {random.below(1000), 1100};
        made.classId = classId;
        (void)document.addAnnotation(made);
        break;
    }
    case 2:
        document.undoStack()->undo();
        break;
    case 3:
        document.undoStack()->redo();
        break;
    case 4:
        (void)document.setSpan(
            some.id, {some.span.first + random.below(9), some.span.last + random.below(50)});
        break;
    case 5:
        (void)document.splitAnnotation(some.id, some.span.first + 3);
        break;
    case 6: {
        std::vector<int64_t> ids;
        for (const Annotation& one : all)
            if (random.chance(random.chance(0.5) ? 0.05 : 0.9))
                ids.push_back(one.id);
        (void)document.setStates(ids, state);
        break;
    }
    case 7:
        if (random.chance(0.2) && document.video(project.videos.back())) // an undo may have taken it away
            project.analyze(random, project.videos.back(), static_cast<int>(random.below(120)));
        break;
    case 8:
        if (random.chance(0.2)) {
            LabelScheme scheme = document.scheme();
            scheme.classes[static_cast<size_t>(classId)].excludes = {(classId + 1) % project.classes};
            (void)document.setScheme(scheme);
        }
        break;
    default:
        if (random.chance(0.5))
            (void)document.setState(some.id, state);
        else
            (void)document.relabel(some.id, classId);
    }
}

std::vector<int64_t> idsOf(const SpanListFilter& queue)
{
    std::vector<int64_t> ids;
    for (int row = 0; row < queue.rowCount(); ++row)
        ids.push_back(queue.idAt(row));
    return ids;
}

QStringList textsOf(const QAbstractItemModel& model)
{
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row) {
        for (int column = 0; column < model.columnCount(); ++column)
            texts += model.index(row, column).data().toString();
        texts += model.index(row, 0).data(Qt::ToolTipRole).toString();
    }
    return texts;
}

} // namespace

class TestSpanList : public QObject {
    Q_OBJECT
private slots:
    void followsRandomEditsAsIfItWasReadAnew_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 8; ++seed)
            QTest::addRow("seed %d", seed) << seed;
    }

    void followsRandomEditsAsIfItWasReadAnew()
    {
        QFETCH(int, seed);
        Random random(static_cast<uint64_t>(seed));
        Project project(random, 2, 40);
        SpanListModel spans;
        SpanListFilter queue;
        queue.setSourceModel(&spans);
        const QAbstractItemModelTester spanTester(&spans);
        const QAbstractItemModelTester queueTester(&queue);
        spans.setDocument(project.document.get());
        connect(project.document.get(), &Document::changed, &spans, &SpanListModel::refresh);
        std::map<int64_t, std::vector<float>> rescored;
        std::unordered_map<int64_t, SpanFacts> facts;
        int64_t pinned = 0;
        int classId = SpanListFilter::kAnyClass;
        auto show = SpanListFilter::Show::Open;
        for (int step = 0; step < 120; ++step) {
            edit(project, random);
            if (random.chance(0.3)) {
                pinned = queue.idAt(static_cast<int>(random.below(40)));
                queue.setPinned(pinned);
            }
            if (random.chance(0.25))
                queue.setOrder(random.chance(0.5) ? kOrders[random.below(std::ssize(kOrders))]
                        : random.chance(0.5)      ? Order::Gain
                                                  : Order::TailHunt); // these hang on all decisions
            if (random.chance(0.1)) {
                show = static_cast<SpanListFilter::Show>(random.below(3));
                queue.setShow(show);
            }
            if (random.chance(0.1)) {
                classId = random.chance(0.7) ? SpanListFilter::kAnyClass : static_cast<int>(random.below(4));
                queue.setClass(classId);
            }
            if (random.chance(0.1)) {
                rescored.clear();
                for (int64_t id = 1; id < 30; ++id)
                    if (random.chance(0.4))
                        rescored[id] = randomShares(random, project.classes);
                spans.setRescored(rescored);
            }
            if (random.chance(0.1)) {
                facts.clear();
                for (int64_t id = 1; id < 90; ++id)
                    facts[id] = {static_cast<float>(random.uniform()), static_cast<float>(random.uniform())};
                spans.setFacts(facts);
            }
            if (random.chance(0.05))
                queue.setWeights({random.uniform(0, 2), random.uniform(0, 2), 1, 1, random.uniform(0, 2)});
            if (random.chance(0.05))
                spans.setAuditShare(random.uniform(0, 0.3));
            SpanListModel fresh;
            fresh.setDocument(project.document.get());
            fresh.setRescored(rescored);
            fresh.setFacts(facts);
            fresh.setAuditShare(spans.auditShare());
            SpanListFilter freshQueue;
            freshQueue.setOrder(queue.order());
            freshQueue.setShow(show);
            freshQueue.setClass(classId);
            freshQueue.setPinned(pinned);
            freshQueue.setWeights(queue.weights());
            // The most frequent pair is chosen when the order is, and kept while people work on it.
            freshQueue.setPair(queue.pair());
            freshQueue.setSourceModel(&fresh);
            QCOMPARE(textsOf(spans), textsOf(fresh));
            QCOMPARE(idsOf(queue), idsOf(freshQueue));
            int open = 0;
            for (const Annotation& one : project.document->allAnnotations())
                open += one.state == SpanState::Proposed ? 1 : 0;
            QCOMPARE(spans.openCount(), open);
        }
    }

    void theDocumentSaysWhichSpansAnEditTouched()
    {
        Random random(3);
        Project project(random, 1, 20);
        Document& document = *project.document;
        const std::vector<Annotation> all = document.allAnnotations();
        std::vector<int64_t> told;
        connect(&document, &Document::changed, &document, [&] { told = document.changedSpans(); });
        QVERIFY(document.setState(all[4].id, SpanState::Accepted));
        QCOMPARE(told, std::vector<int64_t>{all[4].id});
        QVERIFY(document.changedSpans().empty());
        QVERIFY(document.setStates({all[9].id, all[2].id}, SpanState::Rejected));
        QCOMPARE(
            told, (std::vector<int64_t>{std::min(all[2].id, all[9].id), std::max(all[2].id, all[9].id)}));
        document.undoStack()->undo();
        QCOMPARE(told.size(), size_t(2));
        QVERIFY(document.markReviewed(project.videos.front(), {0, 10}));
        QVERIFY(told.empty());
    }

    void whatIsPinnedStaysInSightAndGoesWhenItIsLetGo()
    {
        Random random(5);
        Project project(random, 1, 30);
        SpanListModel spans;
        SpanListFilter queue;
        queue.setSourceModel(&spans);
        spans.setDocument(project.document.get());
        connect(project.document.get(), &Document::changed, &spans, &SpanListModel::refresh);
        queue.setOrder(Order::Gain);
        const int64_t id = queue.idAt(3);
        queue.setPinned(id);
        QSignalSpy resets(&queue, &QAbstractItemModel::modelReset);
        QVERIFY(project.document->setState(id, SpanState::Rejected));
        QVERIFY(queue.rowOfId(id) >= 0);
        QCOMPARE(queue.rowCount(), 30);
        QVERIFY(project.document->setState(
            queue.idAt(0) == id ? queue.idAt(1) : queue.idAt(0), SpanState::Rejected));
        QCOMPARE(queue.rowCount(), 29);
        QVERIFY(queue.rowOfId(id) >= 0);
        queue.setPinned(queue.idAt(10));
        QCOMPARE(queue.rowOfId(id), -1);
        QCOMPARE(queue.rowCount(), 28);
        QCOMPARE(resets.count(), 0);
    }

    void theSelectionSurvivesReRanking()
    {
        Random random(7);
        Project project(random, 1, 60);
        SpanListModel spans;
        SpanListFilter queue;
        queue.setSourceModel(&spans);
        spans.setDocument(project.document.get());
        connect(project.document.get(), &Document::changed, &spans, &SpanListModel::refresh);
        queue.setOrder(Order::Gain);
        QItemSelectionModel selection(&queue);
        const int64_t id = queue.idAt(20);
        selection.setCurrentIndex(
            queue.index(20, 0), QItemSelectionModel::SelectCurrent | QItemSelectionModel::Rows);
        int moved = 0;
        for (int i = 0; i < 15; ++i) {
            const int64_t other = queue.idAt(i % 3) == id ? queue.idAt(5) : queue.idAt(i % 3);
            const int before = queue.rowOfId(id);
            QVERIFY(project.document->relabel(other, spans.annotationAt(spans.rowOf(id))->classId));
            moved += queue.rowOfId(id) > before ? 1 : 0; // its class is less rare now, although one went
            QCOMPARE(queue.idAt(selection.currentIndex().row()), id);
            QVERIFY(selection.isRowSelected(queue.rowOfId(id)));
        }
        QVERIFY2(moved > 0, "nothing was re-ranked");
    }

    void manyDecisionsAreOneSignal()
    {
        Random random(11);
        Project project(random, 1, 300);
        SpanListModel spans;
        SpanListFilter queue;
        queue.setSourceModel(&spans);
        spans.setDocument(project.document.get());
        connect(project.document.get(), &Document::changed, &spans, &SpanListModel::refresh);
        std::vector<int64_t> ids;
        for (int row = 0; row < 200; ++row)
            ids.push_back(queue.idAt(row));
        QSignalSpy rows(&spans, &QAbstractItemModel::dataChanged);
        QSignalSpy removed(&queue, &QAbstractItemModel::rowsRemoved);
        QVERIFY(project.document->setStates(ids, SpanState::Accepted));
        QCOMPARE(rows.count(), 1);
        QCOMPARE(removed.count(), 0); // one reset instead
        QCOMPARE(queue.rowCount(), 100);
        QCOMPARE(spans.openCount(), 100);
        QVERIFY(project.document->setState(queue.idAt(0), SpanState::Accepted));
        QCOMPARE(rows.count(), 2);
        QCOMPARE(removed.count(), 1);
    }

    void gainBringsAuditItemsInTheirTurnAndMarksThem()
    {
        Random random(13);
        Project project(random, 2, 150);
        SpanListModel spans;
        SpanListFilter queue;
        queue.setSourceModel(&spans);
        spans.setDocument(project.document.get());
        connect(project.document.get(), &Document::changed, &spans, &SpanListModel::refresh);
        spans.setAuditShare(0.1);
        queue.setOrder(Order::Audit);
        const std::vector<int64_t> audits = idsOf(queue);
        QVERIFY(audits.size() > 5);
        QVERIFY(queue.index(0, 0).data().toString().contains(QStringLiteral("(audit)")));
        queue.setOrder(Order::Gain);
        QCOMPARE(queue.rowCount(), 300);
        QVERIFY(!queue.index(0, 0).data(SpanListModel::AuditRole).toBool());
        // One of the first ten, and they come in the order in which they count.
        QCOMPARE(queue.rowOfId(audits[0]), 9);
        QCOMPARE(queue.rowOfId(audits[1]), 19);
        size_t met = 0;
        for (int i = 0; i < 60; ++i) {
            const int64_t first = queue.idAt(0);
            if (queue.index(0, 0).data(SpanListModel::AuditRole).toBool())
                QCOMPARE(first, audits[met++]);
            QVERIFY(project.document->setState(first, SpanState::Accepted));
        }
        QCOMPARE(met, size_t(6));
        const auto estimates = spans.stopEstimates();
        const StopEstimate& all = estimates.at(SpanListModel::kAllClasses);
        QCOMPARE(all.proposals, int64_t(300));
        QCOMPARE(all.open, int64_t(240));
        QCOMPARE(all.audits, static_cast<int64_t>(audits.size()));
        QCOMPARE(all.precision.clips, int64_t(6));
        QCOMPARE(all.precision.correct, int64_t(6));
        int64_t sum = 0;
        for (const auto& [classId, one] : estimates)
            sum += classId == SpanListModel::kAllClasses ? 0 : one.proposals;
        QCOMPARE(sum, int64_t(300));
    }

    void aVerdictIsAboutTheClassThatWasProposed()
    {
        Random random(17);
        Project project(random, 1, 12);
        Document& document = *project.document;
        SpanListModel spans;
        spans.setDocument(&document);
        connect(&document, &Document::changed, &spans, &SpanListModel::refresh);
        std::vector<Annotation> named;
        for (const Annotation& one : document.allAnnotations())
            if (one.classId >= 0)
                named.push_back(one);
        QVERIFY(named.size() >= 5);
        const auto verdict = [&spans](const Annotation& one) {
            return spans.verdict(*spans.annotationAt(spans.rowOf(one.id)));
        };
        QVERIFY(document.setState(named[0].id, SpanState::Accepted));
        QVERIFY(document.relabel(named[1].id, (named[1].classId + 1) % project.classes));
        QVERIFY(document.setSpan(named[2].id, {named[2].span.first, named[2].span.last + 1}));
        QVERIFY(document.setState(named[3].id, SpanState::Skipped));
        QCOMPARE(verdict(named[0]), Verdict::Right);
        QCOMPARE(verdict(named[1]), Verdict::Wrong);
        QCOMPARE(verdict(named[2]), Verdict::Right);
        QCOMPARE(verdict(named[3]), Verdict::Unclear);
        QCOMPARE(verdict(named[4]), Verdict::Open);
        // A wrong one counts for the class that was proposed, not for the one that it got.
        const StopEstimate estimate = spans.stopEstimates().at(named[1].classId);
        QVERIFY(estimate.proposals > estimate.open);
        // Another run takes the open ones' place, and what is decided was proposed by the run before.
        project.analyze(random, project.videos.front(), 7);
        QCOMPARE(spans.stopEstimates().at(SpanListModel::kAllClasses).proposals, spans.openCount());
    }

    void tailHuntBringsTheClassesWithTheFewestExamplesFirst()
    {
        Random random(19);
        Project project(random, 1, 80);
        Document& document = *project.document;
        SpanListModel spans;
        SpanListFilter queue;
        queue.setSourceModel(&spans);
        spans.setDocument(&document);
        connect(&document, &Document::changed, &spans, &SpanListModel::refresh);
        for (int i = 0; i < 30; ++i)
            QVERIFY(document.setState(queue.idAt(0), SpanState::Accepted));
        queue.setOrder(Order::TailHunt);
        std::map<int, int> examples;
        for (const Annotation& one : document.allAnnotations())
            examples[one.classId] += one.state == SpanState::Accepted ? 1 : 0;
        int last = 0;
        int seen = 0;
        for (const int64_t id : idsOf(queue)) {
            const int classId = document.annotation(id)->classId;
            if (classId < 0)
                continue; // stands where the average class does
            QVERIFY(examples[classId] >= last);
            seen += examples[classId] > last ? 1 : 0;
            last = examples[classId];
        }
        QVERIFY(seen > 1);
    }

    void aConfusedPairIsShownClosestFirst()
    {
        Random random(23);
        Project project(random, 1, 200);
        SpanListModel spans;
        SpanListFilter queue;
        queue.setSourceModel(&spans);
        spans.setDocument(project.document.get());
        queue.setOrder(Order::ConfusionPair);
        const auto pairs = queue.pairs();
        QVERIFY(pairs.size() > 3);
        int most = 0;
        for (const auto& [pair, count] : pairs)
            most = std::max(most, count);
        QVERIFY(queue.pair());
        QCOMPARE(pairs.at(*queue.pair()), most);
        QCOMPARE(queue.rowCount(), most);
        const ClassPair other = pairs.begin()->first;
        queue.setPair(other);
        QCOMPARE(queue.rowCount(), pairs.at(other));
        double last = 0;
        for (const int64_t id : idsOf(queue)) {
            const auto best = spans.candidates(id, 2);
            QVERIFY(ClassPair(std::minmax(best[0].classId, best[1].classId)) == other);
            QVERIFY(best[0].probability - best[1].probability >= last);
            last = best[0].probability - best[1].probability;
        }
    }
};

} // namespace telltale

QTEST_GUILESS_MAIN(telltale::TestSpanList)
#include "test_spanlist.moc"
