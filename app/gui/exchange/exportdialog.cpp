// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/exchange/exportdialog.h"
#include "app/gui/exchange/formatbox.h"
#include "app/gui/exchange/formatsettings.h"
#include "app/gui/jobdialog.h"
#include "app/gui/pathedit.h"
#include "data/document.h"
#include "exchange/exchangelog.h"
#include "widgets/models/texts.h"
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace telltale {
namespace {

constexpr SpanState kStates[] = {SpanState::Accepted, SpanState::Corrected, SpanState::Proposed,
    SpanState::Rejected, SpanState::Skipped, SpanState::Flagged};

} // namespace

ExportDialog::ExportDialog(
    const Document& document, QThreadPool& pool, const QString& startFolder, QWidget* parent)
    : QDialog(parent)
    , m_document(document)
    , m_format(new QComboBox)
    , m_path(new PathEdit(PathEdit::Kind::SaveFile, tr("File or folder to write")))
    , m_settings(new FormatSettingsForm)
    , m_count(new QLabel)
    , m_progress(makeProgress())
    , m_report(makeOutcome(tr("Report"), tr("What was written will be listed here.")))
    , m_job(pool)
{
    setWindowTitle(tr("Export"));
    auto* layout = new QVBoxLayout(this);
    auto* form = new QFormLayout;
    fillFormats(*m_format, &ExchangeFormat::canExport);
    m_format->setAccessibleName(tr("Format"));
    m_path->setStartFolder(startFolder);
    form->addRow(tr("F&ormat:"), m_format);
    form->addRow(tr("&Path:"), m_path);
    auto* grid = new QGridLayout;
    const ExportOptions standard;
    for (const SpanState state : kStates) {
        auto* box = new QCheckBox(stateText(state));
        // What nobody has looked at leaves only where somebody wants it.
        box->setChecked(standard.states.contains(state) && state != SpanState::Proposed);
        connect(box, &QCheckBox::toggled, this, &ExportDialog::check);
        grid->addWidget(box, static_cast<int>(m_states.size()) / 3, static_cast<int>(m_states.size()) % 3);
        m_states.insert(static_cast<int>(state), box);
    }
    form->addRow(tr("Spans that are:"), grid);
    form->addRow({}, m_count);
    layout->addLayout(form);
    layout->addWidget(m_settings);
    layout->addWidget(m_progress);
    layout->addWidget(m_report, 1);
    m_buttons = addJobButtons(*this, *layout, tr("Export"));
    connect(m_buttons, &QDialogButtonBox::accepted, this, &ExportDialog::run);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::showFormat);
    connect(m_path, &PathEdit::changed, this, &ExportDialog::check);
    resize(fontMetrics().averageCharWidth() * 90, fontMetrics().height() * 22);
    showFormat();
}

QString ExportDialog::path() const { return m_path->path(); }

const ExchangeFormat* ExportDialog::format() const { return formatOf(*m_format); }

ExportOptions ExportDialog::options() const
{
    ExportOptions options;
    options.settings = m_settings->values();
    options.states.clear();
    for (auto box = m_states.begin(); box != m_states.end(); ++box) {
        if (box.value()->isChecked())
            options.states.insert(static_cast<SpanState>(box.key()));
    }
    return options;
}

void ExportDialog::showFormat()
{
    const ExchangeFormat* chosen = format();
    if (!chosen)
        return;
    const QString filter = QString::fromStdString(chosen->fileFilter());
    m_path->setKind(chosen->exportsFolder() ? PathEdit::Kind::Folder : PathEdit::Kind::SaveFile);
    m_path->setFilter(filter);
    m_path->setPlaceholder(filter.isEmpty() ? tr("A new folder")
            : chosen->exportsFolder()
            ? tr("A new folder with a file for each video, or one file (%1) for one video").arg(filter)
            : filter);
    m_settings->show(chosen->exportSettings());
    for (QCheckBox* box : std::as_const(m_states))
        box->setEnabled(chosen->kind() != FormatKind::Poses);
    check();
}

void ExportDialog::check()
{
    const ExportOptions chosen = options();
    int64_t count = 0;
    for (const Annotation& span : m_document.allAnnotations())
        count += chosen.states.contains(span.state) ? 1 : 0;
    const bool poses = format() && format()->kind() == FormatKind::Poses;
    m_count->setText(poses ? tr("The skeletons of all videos will be written.")
                           : tr("%n span(s) will be written.", nullptr, static_cast<int>(count)));
    m_buttons->button(QDialogButtonBox::Ok)
        ->setEnabled(format() && !path().isEmpty() && (poses || !chosen.states.empty()));
}

void ExportDialog::run()
{
    const QString question = tr("%1 is there already. Write over it?").arg(QDir::toNativeSeparators(path()));
    if (QFileInfo(path()).isFile() && QMessageBox::question(this, tr("Export"), question) != QMessageBox::Yes)
        return;
    const QString file = path();
    const auto work = [format = format(), folder = m_document.folder(), file = toPath(file),
                          options = options()](ProgressSink& sink) -> Result<std::vector<std::string>> {
        const auto document = Document::open(folder);
        if (!document)
            return document.error();
        return exportProject(*format, **document, file, options, sink);
    };
    m_job.start(
        work, [this, file](const Result<std::vector<std::string>>& lines) { finish(file, lines); },
        [this](int permille, const QString& what) { showProgress(*m_progress, permille, what); });
    setBusy(true);
}

void ExportDialog::setBusy(bool busy)
{
    markBusy(*m_buttons, *m_progress, busy);
    if (!busy)
        check();
}

void ExportDialog::reject()
{
    if (!m_job.running()) {
        QDialog::reject();
        return;
    }
    m_job.cancel();
    setBusy(false);
    m_report->setPlainText(tr("The export was stopped, nothing was written."));
}

void ExportDialog::finish(const QString& file, const Result<std::vector<std::string>>& lines)
{
    setBusy(false);
    if (!lines) {
        m_report->setPlainText(
            tr("Nothing was exported: %1").arg(QString::fromStdString(lines.error().message)));
        return;
    }
    QStringList text{tr("Exported to %1").arg(QDir::toNativeSeparators(file))};
    for (const std::string& line : *lines)
        text.append(QString::fromStdString(line));
    m_report->setPlainText(text.join(QLatin1Char('\n')));
}

} // namespace telltale
