// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/analysis/reportdialog.h"
#include "app/gui/pathedit.h"
#include "app/report/augmentationfigures.h"
#include "app/report/writereport.h"
#include "widgets/plot/courseplot.h"
#include "windowtest.h"
#include <QDialogButtonBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>

namespace telltale {

/// Figures on paper, the report's files, and the dialog that writes them.
class TestReportDialog : public WindowTest {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void cleanup() { close(); }

    void aFigureIsSavedAsLinesAndLettersAndTheScreenStaysAsItIs()
    {
        const QTemporaryDir folder;
        applyTheme(ThemeChoice::Dark);
        CoursePlot plot;
        fill(plot);
        plot.resize(300, 200);
        plot.show();
        const QImage before = plot.grab().toImage();
        for (const char* suffix : {"svg", "pdf", "png"}) {
            const Status saved = plot.save(folder.filePath(QStringLiteral("f.") + QLatin1String(suffix)));
            QVERIFY2(saved.ok(), saved ? "" : saved.error().message.c_str());
        }
        QCOMPARE(plot.grab().toImage(), before);
        applyTheme(ThemeChoice::Light);
        const QByteArray svg = bytesOf(folder.filePath(QStringLiteral("f.svg")));
        QVERIFY(svg.contains("<svg"));
        QVERIFY2(svg.contains(">rare<"), "letters, not their outlines");
        QVERIFY2(!svg.contains("<image"), "no pixels");
        QVERIFY(bytesOf(folder.filePath(QStringLiteral("f.pdf"))).startsWith("%PDF"));
        const QImage png(folder.filePath(QStringLiteral("f.png")));
        QCOMPARE(png.size(), plot.paperSize() * 300 / 96);
        QCOMPARE(png.pixelColor(0, 0), QColor(Qt::white));
    }

    void anotherEndOfTheNameIsRefusedByName()
    {
        CoursePlot plot;
        fill(plot);
        const Status saved = plot.save(QStringLiteral("/tmp/figure.bmp"));
        QVERIFY(!saved);
        QVERIFY(QString::fromStdString(saved.error().message).contains(QStringLiteral("figure.bmp")));
        QVERIFY(!checkReportName("report.doc"));
        QVERIFY(checkReportName("Report.PDF"));
    }

    void anHtmlReportNeedsNothingBesideItAndTrustsNoName()
    {
        const QString html = QString::fromUtf8(reportHtml(sampleReport(3)));
        QVERIFY(html.contains(QStringLiteral("&lt;script&gt;alert(1)")));
        QVERIFY(!html.contains(QStringLiteral("<script")));
        // Names of vocabularies are no addresses to fetch.
        QString without = html;
        without.remove(QRegularExpression(QStringLiteral("xmlns(:\\w+)?=\"[^\"]*\"")));
        QVERIFY(!without.contains(QStringLiteral("http")));
        QVERIFY(!without.contains(QStringLiteral("src=")));
        QCOMPARE(html.count(QStringLiteral("<svg")), 2);
        static const QRegularExpression ids(QStringLiteral(" id=\"([^\"]*)\""));
        QStringList seen;
        for (auto at = ids.globalMatch(html); at.hasNext();)
            seen.append(at.next().captured(1));
        QCOMPARE(seen.removeDuplicates(), 0);
        QVERIFY(html.contains(QString::fromLatin1(
            QByteArray::fromStdString(tableCsv(sampleReport(3).sections[0].tables[0])).toBase64())));
    }

    void aLongTableGoesOverThePagesOfAPdf()
    {
        const auto pages = [](const QByteArray& pdf) {
            static const QRegularExpression count(QStringLiteral("/Count (\\d+)"));
            return count.match(QString::fromLatin1(pdf)).captured(1).toInt();
        };
        const QByteArray little = reportPdf(sampleReport(3));
        QVERIFY(little.startsWith("%PDF"));
        QVERIFY(pages(little) >= 1);
        QVERIFY(pages(reportPdf(sampleReport(300))) > pages(little));
    }

    void tablesOfAnEarlierReportGo()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = toPath(folder.filePath(QStringLiteral("report.html")));
        Report report = sampleReport(3);
        QVERIFY(writeReport(report, file));
        QVERIFY(std::filesystem::exists(tablesFolder(file) / "classes.csv"));
        report.sections[0].tables[0].key = "others";
        QVERIFY(writeReport(report, file));
        QVERIFY(!std::filesystem::exists(tablesFolder(file) / "classes.csv"));
        QCOMPARE(bytesOf(toQString(tablesFolder(file) / "others.csv")),
            QByteArray::fromStdString(tableCsv(report.sections[0].tables[0])));
    }

    void theDialogWritesTheProjectAsItIsAndSaysWhatIsMissing()
    {
        makeProject();
        openWindow();
        const QString file = m_folder->filePath(QStringLiteral("out.html"));
        auto* dialog = qobject_cast<ReportDialog*>(m_window->commands().writeReport());
        QVERIFY(dialog);
        auto* write = dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
        QVERIFY2(!write->isEnabled(), "no name yet");
        auto* path = dialog->findChild<PathEdit*>();
        auto* outcome = dialog->findChild<QPlainTextEdit*>();
        path->setPath(m_folder->filePath(QStringLiteral("out.txt")));
        write->click();
        QVERIFY(outcome->toPlainText().contains(QStringLiteral(".html or .pdf")));
        path->setPath(file);
        write->click();
        QTRY_VERIFY_WITH_TIMEOUT(outcome->toPlainText().contains(QStringLiteral("out_tables")), 60000);
        QVERIFY(outcome->toPlainText().contains(QStringLiteral("No detector is in use")));
        const QByteArray html = bytesOf(file);
        QVERIFY(html.contains("Entry of the edit log"));
        QVERIFY(html.contains(QByteArray::number(static_cast<qlonglong>(document()->sequence()))));
        dialog->close();
    }

private:
    static AugmentationCourse course()
    {
        AugmentationCourse made;
        made.recipe = "sample";
        made.epochs = {1, 2, 3};
        made.bestEpoch = 2;
        made.tail = {2, {0.2, 0.5, 0.9}};
        made.head = {3, {0.1, 0.1, 0.05}};
        return made;
    }

    static void fill(CoursePlot& plot) { showGroups(plot, course()); }

    static Report sampleReport(int rows)
    {
        Table table{"classes", "Classes", {}, {{"class", "Class"}, {"clips", "Clips"}}, {}};
        for (int row = 0; row < rows; ++row)
            table.rows.push_back({std::string("<script>alert(1)</script>"), int64_t{row}});
        CoursePlot plot;
        fill(plot);
        ReportFigure first = figureOf(plot, QStringLiteral("a < b"));
        ReportFigure second = first;
        second.key = QStringLiteral("second");
        return {QStringLiteral("A & B"), {},
            {{QStringLiteral("tail"), QStringLiteral("Long tail"), {QStringLiteral("Words.")}, {},
                {first, second}, {table}}}};
    }

    static QByteArray bytesOf(const QString& file)
    {
        QFile in(file);
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
};

} // namespace telltale

QTEST_MAIN(telltale::TestReportDialog)
#include "test_reportdialog.moc"
