// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/analysis/reportdialog.h"
#include "app/gui/jobdialog.h"
#include "app/gui/pathedit.h"
#include "app/report/writereport.h"
#include "data/document.h"
#include "widgets/models/texts.h"
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

namespace telltale {

ReportDialog::ReportDialog(
    const Document& document, QThreadPool& pool, const QString& startFolder, QWidget* parent)
    : QDialog(parent)
    , m_document(document)
    , m_path(new PathEdit(PathEdit::Kind::SaveFile, tr("File of the report")))
    , m_progress(makeProgress())
    , m_outcome(makeOutcome(tr("Outcome"), tr("What was written will be listed here.")))
    , m_job(pool)
{
    setWindowTitle(tr("Report"));
    auto* layout = new QVBoxLayout(this);
    auto* about = new QLabel(tr("Every view of the analysis as one HTML or PDF file, with what it was made "
                                "from. The tables are also written as CSV files beside it."));
    about->setWordWrap(true);
    layout->addWidget(about);
    auto* form = new QFormLayout;
    m_path->setStartFolder(startFolder);
    m_path->setFilter(QStringLiteral("*.html *.pdf"));
    m_path->setPlaceholder(QStringLiteral("report.html, report.pdf"));
    form->addRow(tr("&Path:"), m_path);
    layout->addLayout(form);
    layout->addWidget(m_progress);
    layout->addWidget(m_outcome, 1);
    m_buttons = addJobButtons(*this, *layout, tr("Write report"));
    m_open = m_buttons->addButton(tr("Open report"), QDialogButtonBox::ActionRole);
    m_open->setEnabled(false);
    connect(m_open, &QPushButton::clicked, this,
        [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(m_written).absoluteFilePath())); });
    connect(m_buttons, &QDialogButtonBox::accepted, this, &ReportDialog::run);
    connect(m_path, &PathEdit::changed, this, &ReportDialog::check);
    resize(fontMetrics().averageCharWidth() * 80, fontMetrics().height() * 16);
    check();
}

QString ReportDialog::path() const { return m_path->path(); }

void ReportDialog::check()
{
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(!path().isEmpty() && !m_job.running());
}

void ReportDialog::run()
{
    if (const Status named = checkReportName(toPath(path())); !named) {
        m_outcome->setPlainText(QString::fromStdString(named.error().message));
        return;
    }
    const QString question = tr("%1 is there already. Write over it?").arg(QDir::toNativeSeparators(path()));
    if (QFileInfo(path()).isFile() && QMessageBox::question(this, tr("Report"), question) != QMessageBox::Yes)
        return;
    m_outcome->clear();
    m_job.start(
        [project = m_document.freeze()](ProgressSink& sink) { return analyseForReport(project, sink); },
        [this, file = path()](const Result<std::vector<SectionMaker>>& sections) { finish(file, sections); },
        [this](int permille, const QString& what) { showProgress(*m_progress, permille, what); });
    setBusy(true);
}

void ReportDialog::setBusy(bool busy)
{
    markBusy(*m_buttons, *m_progress, busy);
    if (!busy)
        check();
}

void ReportDialog::reject()
{
    if (!m_job.running()) {
        QDialog::reject();
        return;
    }
    m_job.cancel();
    setBusy(false);
    m_outcome->setPlainText(tr("The report was stopped, nothing was written."));
}

void ReportDialog::finish(const QString& file, const Result<std::vector<SectionMaker>>& sections)
{
    setBusy(false);
    Status written = sections ? Status() : Status(sections.error());
    QStringList lines;
    if (sections) {
        const Report report = makeReport(toQString(m_document.folder().filename()), *sections);
        written = writeReport(report, toPath(file));
        for (const ReportSection& section : report.sections)
            if (!section.missing.isEmpty())
                lines.append(QStringLiteral("%1: %2").arg(section.title, section.missing));
    }
    if (!written) {
        m_outcome->setPlainText(
            tr("No report was written: %1").arg(QString::fromStdString(written.error().message)));
        return;
    }
    m_written = file;
    m_open->setEnabled(true);
    lines.prepend(
        tr("Tables are in %1").arg(QDir::toNativeSeparators(toQString(tablesFolder(toPath(file))))));
    lines.prepend(tr("Written: %1").arg(QDir::toNativeSeparators(file)));
    m_outcome->setPlainText(lines.join(QLatin1Char('\n')));
}

} // namespace telltale
