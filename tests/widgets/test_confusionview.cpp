// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/plot/confusionview.h"
#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <numeric>

using namespace telltale;

namespace {

using Counts = std::vector<std::vector<int64_t>>;

ConfusionMatrix matrixOf(Counts counts, bool background)
{
    ConfusionMatrix matrix;
    matrix.classes = static_cast<int>(counts.size()) - (background ? 1 : 0);
    matrix.background = background;
    matrix.counts = std::move(counts);
    return matrix;
}

ConfusionContent contentOf(const Counts& counts, bool background = false)
{
    ConfusionContent content;
    content.panels.push_back({{}, matrixOf(counts, background)});
    const int classes = content.panels.front().matrix.classes;
    for (int c = 0; c < classes; ++c)
        content.classes.append(QString(QLatin1Char(static_cast<char>('a' + c))));
    content.order.resize(static_cast<size_t>(classes));
    std::iota(content.order.begin(), content.order.end(), 0);
    return content;
}

ConfusionContent twoOf(const Counts& first, const Counts& second)
{
    ConfusionContent content = contentOf(first);
    content.panels.push_back({{}, matrixOf(second, false)});
    return content;
}

bool showsText(const QWidget& widget, const QString& part)
{
    const auto labels = widget.findChildren<QLabel*>();
    return std::ranges::any_of(
        labels, [&part](const QLabel* label) { return label->isVisible() && label->text().contains(part); });
}

QColor colorOf(ConfusionView& view, int panel, int truth, int predicted)
{
    const QRect cell = view.cellRect(panel, truth, predicted);
    return view.grab().toImage().pixelColor(cell.topLeft() + QPoint(5, 5));
}

int darkness(const QColor& color) { return 765 - color.red() - color.green() - color.blue(); }

} // namespace

class TestConfusionView : public QObject {
    Q_OBJECT
private:
    void show(ConfusionView& view, const ConfusionContent& content)
    {
        QPalette light;
        light.setColor(QPalette::Base, Qt::white);
        light.setColor(QPalette::Text, Qt::black);
        view.setPalette(light);
        view.resize(700, 480);
        view.setContent(content);
        view.show();
        QVERIFY(QTest::qWaitForWindowActive(&view));
    }

private slots:
    void onlyClassesThatOccurAreShownInTheOrderThatIsAskedFor()
    {
        ConfusionView view;
        ConfusionContent content = contentOf({{5, 0, 1, 0}, {0, 0, 0, 0}, {2, 0, 3, 0}, {0, 0, 0, 0}});
        show(view, content);
        QCOMPARE(view.shownClasses(), (QStringList{QStringLiteral("a"), QStringLiteral("c")}));
        QVERIFY(view.cellRect(0, 1, 1).isEmpty());
        QVERIFY(view.cellRect(0, 2, 0).top() > view.cellRect(0, 0, 0).top());
        content.order = {3, 2, 1, 0};
        view.setContent(content);
        QCOMPARE(view.shownClasses(), (QStringList{QStringLiteral("c"), QStringLiteral("a")}));
        QVERIFY(view.cellRect(0, 2, 0).top() < view.cellRect(0, 0, 0).top());
    }

    void theBackgroundComesLastWhateverTheOrder()
    {
        ConfusionView view;
        ConfusionContent content = contentOf({{5, 1, 2}, {0, 3, 4}, {6, 0, 0}}, true);
        content.order = {1, 0};
        show(view, content);
        QCOMPARE(view.shownClasses(),
            (QStringList{QStringLiteral("b"), QStringLiteral("a"), QStringLiteral("nothing")}));
        QVERIFY(view.cellText(0, 2, 0).contains(QStringLiteral("6 of 6")));
        QVERIFY(view.cellText(0, 0, 2).contains(QStringLiteral("2 of 8")));
    }

    void aClickOnACellNamesItsClasses()
    {
        ConfusionView view;
        show(view, contentOf({{5, 0, 1, 0}, {0, 0, 0, 0}, {2, 0, 3, 0}, {0, 0, 0, 0}}));
        QSignalSpy clicked(&view, &ConfusionView::cellActivated);
        const QPoint at = view.cellRect(0, 2, 0).center();
        QWidget* under = view.childAt(at);
        QVERIFY(under);
        QTest::mouseClick(under, Qt::LeftButton, {}, under->mapFrom(&view, at));
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(clicked.at(0), (QVariantList{0, 2, 0}));
    }

    void theKeyboardWalksOverTheCellsOfBothMatrices()
    {
        ConfusionView view;
        show(view, twoOf({{5, 1}, {2, 3}}, {{4, 2}, {1, 4}}));
        QSignalSpy opened(&view, &ConfusionView::cellActivated);
        view.setFocus();
        QTRY_COMPARE(view.focusCell(), (std::array<int, 3>{0, 0, 0}));
        QTest::keyClick(&view, Qt::Key_Right);
        QTest::keyClick(&view, Qt::Key_Down);
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(opened.takeFirst(), (QVariantList{0, 1, 1}));
        QVERIFY(view.accessibleDescription().contains(QStringLiteral("decided: b")));
        QTest::keyClick(&view, Qt::Key_Right); // into the second matrix
        QCOMPARE(view.focusCell(), (std::array<int, 3>{1, 1, 0}));
        QTest::keyClick(&view, Qt::Key_End);
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(view.focusCell(), (std::array<int, 3>{1, 1, 1}));
        QTest::keyClick(&view, Qt::Key_Home);
        QTest::keyClick(&view, Qt::Key_PageUp);
        QTest::keyClick(&view, Qt::Key_Enter);
        QCOMPARE(opened.takeFirst(), (QVariantList{0, 0, 0}));
    }

    void keysThatTheWindowUsesAreTheMatrixsWhileItHasThem()
    {
        ConfusionView view;
        show(view, contentOf({{5, 1}, {2, 3}}));
        for (const auto& [key, taken] :
            {std::pair(Qt::Key_Left, true), std::pair(Qt::Key_Return, true), std::pair(Qt::Key_A, false)}) {
            QKeyEvent asked(QEvent::ShortcutOverride, key, Qt::NoModifier);
            asked.ignore();
            QCoreApplication::sendEvent(&view, &asked);
            QCOMPARE(asked.isAccepted(), taken);
        }
        view.setContent({});
        QKeyEvent asked(QEvent::ShortcutOverride, Qt::Key_Left, Qt::NoModifier);
        asked.ignore();
        QCoreApplication::sendEvent(&view, &asked);
        QVERIFY(!asked.isAccepted());
    }

    void theStrongerTheShareTheStrongerTheCell()
    {
        ConfusionView view;
        ConfusionContent content = contentOf({{90, 10}, {45, 55}});
        show(view, content);
        QVERIFY(darkness(colorOf(view, 0, 0, 0)) > darkness(colorOf(view, 0, 1, 1)));
        QVERIFY(darkness(colorOf(view, 0, 1, 0)) > darkness(colorOf(view, 0, 0, 1)));
        // Of the columns 55 of 65 are right, more than 90 of 135.
        content.scale = ConfusionScale::Column;
        view.setContent(content);
        QVERIFY(darkness(colorOf(view, 0, 1, 1)) > darkness(colorOf(view, 0, 0, 0)));
    }

    void aDifferenceIsBlueWhereTheSecondHasMoreAndOrangeWhereItHasLess()
    {
        ConfusionView view;
        ConfusionContent content = twoOf({{8, 2}, {5, 5}}, {{2, 8}, {5, 5}});
        content.difference = true;
        show(view, content);
        const QColor more = colorOf(view, 0, 0, 1);
        const QColor less = colorOf(view, 0, 0, 0);
        QVERIFY(more.blue() > more.red());
        QVERIFY(less.red() > less.blue());
        QVERIFY(darkness(colorOf(view, 0, 1, 1)) < 60);
        QVERIFY(view.cellRect(1, 0, 0).isEmpty()); // one matrix in place of both
        QSignalSpy opened(&view, &ConfusionView::cellActivated);
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(opened.takeFirst(), (QVariantList{1, 0, 0}));
        QVERIFY(view.cellText(0, 0, 1).contains(QStringLiteral("2 of 10")));
        QVERIFY(view.cellText(0, 0, 1).contains(QStringLiteral("8 of 10")));
    }

    void emptyViewsSayWhatIsMissing()
    {
        ConfusionView view;
        show(view, contentOf({{0, 0}, {0, 0}}));
        QVERIFY(view.isEmpty());
        QVERIFY(showsText(view, QStringLiteral("no confusion matrix")));
        view.setEmptyText(QStringLiteral("Retrain first"));
        QVERIFY(showsText(view, QStringLiteral("Retrain first")));
        QSignalSpy opened(&view, &ConfusionView::cellActivated);
        QTest::keyClick(&view, Qt::Key_Return);
        QTest::keyClick(&view, Qt::Key_Down);
        QVERIFY(opened.isEmpty());
    }

    void aFocusedCellOutlivesASmallerMatrix()
    {
        ConfusionView view;
        show(view, contentOf({{1, 1, 1}, {1, 1, 1}, {1, 1, 1}}));
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_End);
        QTest::keyClick(&view, Qt::Key_PageDown);
        QCOMPARE(view.focusCell(), (std::array<int, 3>{0, 2, 2}));
        view.setContent(contentOf({{1, 1}, {1, 1}}));
        QCOMPARE(view.focusCell(), (std::array<int, 3>{0, 1, 1}));
        view.setContent({});
        QCOMPARE(view.focusCell(), (std::array<int, 3>{-1, -1, -1}));
        view.setContent(twoOf({{1, 1}, {1, 1}}, {{1, 1}, {1, 1}}));
        QVERIFY(!view.grab().isNull());
    }

    void aFigureHasTheNamesOfTheClassesAndNoFocus()
    {
        ConfusionView view;
        show(view, contentOf({{5, 1}, {2, 3}}));
        view.setFocus();
        QTRY_COMPARE(view.focusCell(), (std::array<int, 3>{0, 0, 0}));
        QTemporaryDir folder;
        for (const char* suffix : {"svg", "pdf", "png"}) {
            const QString file = folder.filePath(QStringLiteral("matrix.") + QLatin1String(suffix));
            const Status saved = view.save(file);
            QVERIFY2(saved.ok(), saved ? "" : saved.error().message.c_str());
            QVERIFY(QFileInfo(file).size() > 500);
        }
        QFile svg(folder.filePath(QStringLiteral("matrix.svg")));
        QVERIFY(svg.open(QIODevice::ReadOnly));
        QVERIFY(svg.readAll().contains("decided"));
        QCOMPARE(view.focusCell(), (std::array<int, 3>{0, 0, 0}));
    }
};

QTEST_MAIN(TestConfusionView)
#include "test_confusionview.moc"
