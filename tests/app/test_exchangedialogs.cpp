// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/exchange/exportdialog.h"
#include "app/gui/exchange/formatsettings.h"
#include "app/gui/exchange/formatwords.h"
#include "app/gui/exchange/importdialog.h"
#include "app/gui/exchange/importpreview.h"
#include "app/gui/pathedit.h"
#include "sampleproject.h"
#include "widgets/models/texts.h"
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFile>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSemaphore>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QTreeWidget>
#include <QUndoStack>
#include <algorithm>

namespace telltale {

class TestExchangeDialogs : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        const Status made = sample::makeProject(folder() / "project");
        QVERIFY2(made.ok(), made ? "" : made.error().message.c_str());
        auto opened = Document::open(folder() / "project");
        QVERIFY(opened.ok());
        m_document = std::move(*opened);
    }

    void whatOneProjectExportsAnotherImportsAsOneUndoStep()
    {
        const QString file = m_folder->filePath(QStringLiteral("spans.json"));
        ExportDialog out(*m_document, m_pool, m_folder->path());
        choose(out, "activitynet", file);
        const auto boxes = out.findChildren<QCheckBox*>();
        const auto open = std::ranges::find(boxes, stateText(SpanState::Proposed), &QCheckBox::text);
        QVERIFY(
            open != boxes.end() && !(*open)->isChecked()); // what nobody looked at only where it is wanted
        (*open)->setChecked(true);
        start(out);
        QTRY_VERIFY2(QFile::exists(file), qPrintable(reportOf(out)));
        QTRY_VERIFY(reportOf(out).contains(file));
        QVERIFY2(reportOf(out).contains(QStringLiteral("4 spans of 1 videos")), qPrintable(reportOf(out)));

        auto other = Document::create(folder() / "other", m_document->scheme());
        QVERIFY(other.ok());
        ImportDialog in(**other, m_pool, m_folder->path());
        choose(in, "activitynet", file);
        start(in);
        QTRY_COMPARE((*other)->allAnnotations().size(), size_t{4});
        QCOMPARE((*other)->videos().front().name, std::string("clip"));
        QCOMPARE((*other)->undoStack()->count(), 1);
        (*other)->undoStack()->undo();
        QVERIFY((*other)->allAnnotations().empty());
        QVERIFY((*other)->videos().empty());
    }

    void aFileThatIsNoneSaysSoAndChangesNothing()
    {
        const QString file = m_folder->filePath(QStringLiteral("broken.json"));
        QFile broken(file);
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("{ \"database\": ");
        broken.close();
        const size_t before = m_document->allAnnotations().size();
        const int steps = m_document->undoStack()->count();
        ImportDialog in(*m_document, m_pool, m_folder->path());
        choose(in, "activitynet", file);
        start(in);
        QTRY_VERIFY(reportOf(in).contains(QStringLiteral("broken.json")));
        QCOMPARE(m_document->allAnnotations().size(), before);
        QCOMPARE(m_document->undoStack()->count(), steps);
        QVERIFY(in.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->isEnabled());
    }

    void whatAnImportWouldChangeIsListedBeforeItHappens()
    {
        const QString file = halfGood();
        const size_t before = m_document->allAnnotations().size();
        ImportDialog in(*m_document, m_pool, m_folder->path());
        in.show();
        // No format is chosen: the file says what it is.
        in.findChild<PathEdit*>()->findChild<QLineEdit*>()->setText(file);
        auto* tabs = in.findChild<ImportPreview*>();
        QTRY_COMPARE(tabs->tabText(1), QStringLiteral("Changes (1)"));
        QCOMPARE(tabs->tabText(2), QStringLiteral("Problems (1)"));
        const auto* problems = listOf(in, QStringLiteral("Problems"));
        QCOMPARE(problems->topLevelItem(0)->text(0), QStringLiteral("half.csv"));
        QCOMPARE(problems->topLevelItem(0)->text(1), QStringLiteral("3"));
        QVERIFY(problems->topLevelItem(0)->text(3).contains(QStringLiteral("whole frame numbers")));
        const auto* changes = listOf(in, QStringLiteral("Changes"));
        QCOMPARE(changes->topLevelItem(0)->text(0), QStringLiteral("another"));
        QCOMPARE(changes->topLevelItem(0)->text(2), QStringLiteral("2"));
        QVERIFY(reportOf(in).contains(QStringLiteral("Nothing has changed yet")));
        QCOMPARE(m_document->allAnnotations().size(), before);
    }

    void goodPartsAreImportedOnlyWhereThatIsWanted()
    {
        const QString file = halfGood();
        const size_t before = m_document->allAnnotations().size();
        const int steps = m_document->undoStack()->count();
        ImportDialog in(*m_document, m_pool, m_folder->path());
        choose(in, "csv", file);
        start(in);
        QTRY_VERIFY(reportOf(in).contains(QStringLiteral("Nothing was imported")));
        QCOMPARE(m_document->allAnnotations().size(), before);
        const auto boxes = in.findChildren<QCheckBox*>();
        const auto skip = std::ranges::find_if(
            boxes, [](const QCheckBox* box) { return box->text().contains(QStringLiteral("Leave")); });
        QVERIFY(skip != boxes.end());
        (*skip)->setChecked(true);
        start(in);
        QTRY_COMPARE(m_document->allAnnotations().size(), before + 2);
        QTRY_VERIFY(reportOf(in).contains(QStringLiteral("1 element(s) left out")));
        QCOMPARE(m_document->undoStack()->count(), steps + 1);
    }

    void settingsOfAFormatAreRowsAndReachIt()
    {
        const QString file = m_folder->filePath(QStringLiteral("wide.csv"));
        ExportDialog out(*m_document, m_pool, m_folder->path());
        choose(out, "csv", file);
        auto* form = out.findChild<FormatSettingsForm*>();
        QVERIFY(!form->isHidden());
        auto* columns = form->findChild<QComboBox*>();
        columns->setCurrentIndex(columns->findData(QStringLiteral("wide")));
        start(out);
        QTRY_VERIFY(reportOf(out).contains(file));
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QVERIFY(written.readLine().startsWith("video,person,class_id"));
    }

    void translatorsFindTheWordsOfEveryFormat()
    {
        const auto words = formatWords();
        const auto known = [&](const std::string& text) {
            return std::ranges::any_of(words, [&](const char* word) { return text == word; });
        };
        for (const auto& format : exchangeFormats()) {
            QVERIFY2(known(format->title()), format->title().c_str());
            for (const auto& settings : {format->importSettings(), format->exportSettings()})
                for (const FormatSetting& setting : settings)
                    QVERIFY2(known(setting.title), setting.title.c_str());
        }
    }

    void closingWhileSomethingRunsStopsItAndKeepsTheDialog()
    {
        const QString file = m_folder->filePath(QStringLiteral("spans.csv"));
        ExportDialog out(*m_document, m_pool, m_folder->path());
        choose(out, "csv", file);
        out.show();
        // The pool has one thread, which waits here until the dialog has been told to stop.
        QSemaphore go;
        m_pool.setMaxThreadCount(1);
        m_pool.start([&go] { go.acquire(); });
        start(out);
        QSignalSpy closed(&out, &QDialog::finished);
        out.reject();
        go.release();
        m_pool.waitForDone();
        QCOMPARE(closed.count(), 0);
        QVERIFY(reportOf(out).contains(QStringLiteral("stopped")));
        QVERIFY(!QFile::exists(file));
        out.reject();
        QCOMPARE(closed.count(), 1);
    }

private:
    QString halfGood() const
    {
        const QString name = m_folder->filePath(QStringLiteral("half.csv"));
        QFile file(name);
        if (file.open(QIODevice::WriteOnly))
            file.write("video_id,class_id,start_frame,end_frame,score\n"
                       "another,1,0,9,\nanother,1,nine,12,\nanother,2,50,60,\n");
        return name;
    }
    static const QTreeWidget* listOf(const QDialog& dialog, const QString& name)
    {
        for (const auto* list : dialog.findChildren<QTreeWidget*>())
            if (list->accessibleName() == name)
                return list;
        return nullptr;
    }
    std::filesystem::path folder() const { return m_folder->path().toStdString(); }
    static void choose(QDialog& dialog, const char* format, const QString& file)
    {
        auto* box = dialog.findChild<QComboBox*>(QString(), Qt::FindDirectChildrenOnly);
        box->setCurrentIndex(box->findData(QString::fromLatin1(format)));
        dialog.findChild<PathEdit*>()->findChild<QLineEdit*>()->setText(file);
    }
    static void start(QDialog& dialog)
    {
        auto* button = dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
        QVERIFY(button->isEnabled());
        button->click();
    }
    static QString reportOf(const QDialog& dialog)
    {
        return dialog.findChild<QPlainTextEdit*>()->toPlainText();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Document> m_document;
    QThreadPool m_pool; ///< last, so that its work ends first
};

} // namespace telltale

QTEST_MAIN(telltale::TestExchangeDialogs)
#include "test_exchangedialogs.moc"
