// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/messagebar.h"
#include "app/gui/review/queuefacts.h"
#include "app/gui/review/queueweights.h"
#include "app/gui/review/stopview.h"
#include "app/gui/reviewpanel.h"
#include "windowtest.h"
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QSettings>
#include <QSlider>
#include <QSpinBox>
#include <QTableView>
#include <QTableWidget>
#include <cmath>

namespace telltale {

/// The order of the review in the real window: ways to work, weights, audits and when to stop.
class TestReviewQueue : public WindowTest {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }

    void init()
    {
        makeProject();
        openWindow();
    }

    void cleanup() { close(); }

    void gainBringsWhatTheModelsAreLeastSureOfFirst()
    {
        QCOMPARE(starts(), (QList<int>{10, 40, 60, 90}));
        choose(QStringLiteral("By expected gain"));
        QCOMPARE(starts(), (QList<int>{90, 60, 40, 10})); // probabilities 0.6, 0.7, 0.8, 0.9
    }

    void weightsTakeEffectAtOnceAndAreKept()
    {
        choose(QStringLiteral("By expected gain"));
        auto* dialog = qobject_cast<QueueWeights*>(panel().openWeights());
        QVERIFY(dialog);
        QSpinBox* share = nullptr;
        for (QSpinBox* box : dialog->findChildren<QSpinBox*>())
            share = box;
        QVERIFY(share);
        weight(*dialog, QStringLiteral("Uncertainty"))->setValue(0);
        weight(*dialog, QStringLiteral("Time it takes"))->setValue(2.5);
        share->setValue(5);
        QCOMPARE(slider(*dialog, QStringLiteral("Time it takes"))->value(), 25);
        QTRY_COMPARE(review().queue().weights().seconds, 2.5);
        QCOMPARE(review().spans().auditShare(), 0.05);
        QCOMPARE(starts().front(), 40); // 15 frames, the others 20
        slider(*dialog, QStringLiteral("Uncertainty"))->setValue(30);
        QTRY_COMPARE(review().queue().weights().uncertainty, 3.0);
        dialog->setWeights({});
        QTRY_VERIFY(review().queue().weights() == GainWeights());
    }

    void theWayToWorkComesBackAsItWasLeft()
    {
        const QString file = m_folder->filePath(QStringLiteral("queue.ini"));
        QueueSettings saved;
        saved.order = QueueOrder::BoundaryFix;
        saved.weights = {0, 0.5, 1, 2, 3};
        saved.auditShare = 0.1;
        {
            QSettings stored(file, QSettings::IniFormat);
            saved.save(stored);
        }
        QSettings stored(file, QSettings::IniFormat);
        const QueueSettings loaded = QueueSettings::load(stored);
        QCOMPARE(loaded.order, QueueOrder::BoundaryFix);
        QVERIFY(loaded.weights == saved.weights);
        QCOMPARE(loaded.auditShare, 0.1);
        stored.setValue(QStringLiteral("queue/rarity"), -3);
        stored.setValue(QStringLiteral("queue/auditShare"), QStringLiteral("much"));
        stored.setValue(QStringLiteral("queue/order"), QStringLiteral("none"));
        const QueueSettings odd = QueueSettings::load(stored);
        QCOMPARE(odd.weights.rarity, 1.0);
        QCOMPARE(odd.auditShare, kAuditShare);
        QCOMPARE(odd.order, QueueOrder::Gain);
    }

    void theEstimateIsALineUnderTheQueueAndATableByClass()
    {
        auto* line = m_window->findChild<QLabel*>(QStringLiteral("stopLine"));
        QVERIFY(line);
        review().spans().setAuditShare(1); // all four
        QTRY_COMPARE(line->text(), QStringLiteral("Audited: 0 of 4"));
        choose(QStringLiteral("Random audit"));
        review().step(1);
        const int64_t first = review().queue().idAt(0);
        review().select(first, true);
        press(Qt::Key_X);
        // One of one is wrong: of three left all, and Wilson's interval says at the least.
        const double looks = 1.0 * 3 / 4;
        const double z2 = 1.959963984540054 * 1.959963984540054;
        const double leastWrong = 3 * (1 - (z2 / looks) / (1 + z2 / looks));
        QTRY_VERIFY2(line->text().endsWith(QStringLiteral(" of 3 left wrong")), qPrintable(line->text()));
        QVERIFY2(line->text().startsWith(
                     QStringLiteral("%1\u20133 ").arg(static_cast<int>(std::floor(leastWrong)))),
            qPrintable(line->text()));
        auto* dialog = qobject_cast<StopDialog*>(panel().openEstimates());
        QVERIFY(dialog);
        auto* table = dialog->findChild<QTableWidget*>();
        QCOMPARE(table->rowCount(), 5); // all, and four classes
        QCOMPARE(table->item(0, 1)->text(), QStringLiteral("3"));
        QCOMPARE(table->item(0, 2)->text(), QStringLiteral("1 of 4"));
        press(Qt::Key_A);
        QTRY_COMPARE(table->item(0, 1)->text(), QStringLiteral("2"));
        dialog->close();
    }

    void anEmptyEstimateExplainsItself()
    {
        std::vector<int64_t> ids;
        for (const Annotation& one : document()->allAnnotations())
            ids.push_back(one.id);
        QVERIFY(document()->setStates(ids, SpanState::Rejected));
        auto* dialog = panel().openEstimates();
        const auto says = [dialog](const QString& text) {
            for (const QLabel* label : dialog->findChildren<QLabel*>())
                if (label->text().contains(text))
                    return true;
            return false;
        };
        QTRY_VERIFY(says(QStringLiteral("Everything is decided.")));
        QVERIFY(document()->removeAnnotations(ids));
        QTRY_VERIFY(says(QStringLiteral("There are no proposals yet")));
        dialog->close();
    }

    void aPairIsChosenWhereTwoClassesAreClose()
    {
        QComboBox* pairs = nullptr;
        for (QComboBox* box : m_window->findChildren<QComboBox*>())
            if (box->accessibleName().startsWith(QStringLiteral("Which two classes")))
                pairs = box;
        QVERIFY(pairs && !pairs->isVisible());
        choose(QStringLiteral("Confusion pair"));
        QVERIFY(pairs->isVisible());
        QCOMPARE(pairs->count(), 1); // 0.6 beside 0.2; the others are further apart than a half
        QCOMPARE(starts().first(), 90); // and behind it the span that is being worked on
        choose(QStringLiteral("By time"));
        QVERIFY(!pairs->isVisible());
    }

    void whatIsFoundInTheBackgroundReachesTheQueue()
    {
        press(Qt::Key_A); // embedding 0.9, 0.1
        QVERIFY(document()->flush());
        const auto facts = panel().findChild<QueueFacts*>();
        QVERIFY(facts);
        m_window->commands().openProject(
            toQString(m_project)); // few decisions are taken up when it is opened
        const auto cosine = [](double a, double b) {
            return (a * b + (1 - a) * (1 - b)) / std::hypot(a, 1 - a) / std::hypot(b, 1 - b);
        };
        const auto noveltyAt = [this](int64_t start) {
            for (const Annotation& one : document()->allAnnotations())
                if (one.span.first == start)
                    return static_cast<double>(review().spans().facts(one).novelty);
            return -1.0;
        };
        QTRY_VERIFY(!facts->working());
        QVERIFY(std::abs(noveltyAt(40) - (1 - cosine(0.9, 0.8))) < 1e-5);
        QVERIFY(std::abs(noveltyAt(90) - (1 - cosine(0.9, 0.6))) < 1e-5);
        // The detector's curve is flat, so it speaks for no end at all.
        for (const Annotation& one : document()->allAnnotations())
            if (one.state == SpanState::Proposed)
                QCOMPARE(review().spans().facts(one).boundaryDoubt, 1.0F);
    }

private:
    ReviewPanel& panel() { return *m_window->findChild<ReviewPanel*>(); }

    QList<int> starts()
    {
        SpanListFilter& queue = review().queue();
        QList<int> all;
        for (int row = 0; row < queue.rowCount(); ++row)
            all.append(queue.index(row, 0).data(SpanListModel::StartRole).toInt());
        return all;
    }

    void choose(const QString& text)
    {
        for (QComboBox* box : m_window->findChildren<QComboBox*>())
            if (const int index = box->findText(text); index >= 0)
                box->setCurrentIndex(index);
    }

    template <typename Control> static Control* named(QWidget& parent, const QString& name)
    {
        for (Control* one : parent.findChildren<Control*>())
            if (one->accessibleName().endsWith(name))
                return one;
        return nullptr;
    }
    static QDoubleSpinBox* weight(QWidget& parent, const QString& name)
    {
        return named<QDoubleSpinBox>(parent, name);
    }
    static QSlider* slider(QWidget& parent, const QString& name) { return named<QSlider>(parent, name); }
};

} // namespace telltale

QTEST_MAIN(telltale::TestReviewQueue)
#include "test_reviewqueue.moc"
