// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/exchangedialogs.h"
#include "app/gui/jobdialog.h"
#include "app/gui/pathedit.h"
#include "widgets/models/texts.h"
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace telltale {
namespace {

constexpr SpanState kStates[] = {SpanState::Accepted, SpanState::Corrected, SpanState::Proposed,
    SpanState::Rejected, SpanState::Skipped, SpanState::Flagged};

void fillFormats(QComboBox& box, bool forImport)
{
    for (const auto& format : exchangeFormats()) {
        if (forImport ? format->canImport() : format->canExport())
            box.addItem(QString::fromStdString(format->title()), QString::fromStdString(format->name()));
    }
}

const ExchangeFormat* formatOf(const QComboBox& box)
{
    const auto found = findFormat(box.currentData().toString().toStdString());
    return found ? *found : nullptr;
}

} // namespace

ImportDialog::ImportDialog(Document& document, QThreadPool& pool, const QString& startFolder, QWidget* parent)
    : QDialog(parent)
    , m_document(document)
    , m_format(new QComboBox)
    , m_path(new PathEdit(PathEdit::Kind::OpenFile, tr("File or folder to import")))
    , m_addLabels(new QCheckBox(tr("Add &labels that the project does not know")))
    , m_fps(new QDoubleSpinBox)
    , m_base(new QSpinBox)
    , m_progress(makeProgress())
    , m_report(
          makeOutcome(tr("Report"), tr("What was read, and what to know about it, will be listed here.")))
    , m_job(pool)
{
    setWindowTitle(tr("Import"));
    auto* layout = new QVBoxLayout(this);
    auto* form = new QFormLayout;
    fillFormats(*m_format, true);
    m_format->setAccessibleName(tr("Format"));
    m_path->setStartFolder(startFolder);
    m_fps->setRange(1, 1000);
    m_fps->setDecimals(3);
    m_fps->setValue(ImportOptions().nominalFps);
    m_fps->setToolTip(tr("Frames a second for videos that are not there"));
    m_fps->setAccessibleName(m_fps->toolTip());
    m_base->setRange(-1, 1);
    m_base->setSpecialValueText(tr("as the format says"));
    m_base->setValue(ImportOptions().frameBase);
    m_base->setToolTip(tr("Number of the first frame in the file"));
    m_base->setAccessibleName(m_base->toolTip());
    form->addRow(tr("F&ormat:"), m_format);
    form->addRow(tr("&Path:"), m_path);
    form->addRow(tr("Frame rate of &missing videos:"), m_fps);
    m_fps->setSuffix(tr(" frames a second"));
    form->addRow(tr("First &frame number:"), m_base);
    form->addRow({}, m_addLabels);
    layout->addLayout(form);
    layout->addWidget(m_progress);
    layout->addWidget(m_report, 1);
    m_buttons = addJobButtons(*this, *layout, tr("Import"));
    connect(m_buttons, &QDialogButtonBox::accepted, this, &ImportDialog::run);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ImportDialog::showFormat);
    connect(m_path, &PathEdit::changed, this, &ImportDialog::check);
    resize(fontMetrics().averageCharWidth() * 90, fontMetrics().height() * 26);
    showFormat();
}

QString ImportDialog::path() const { return m_path->path(); }

const ExchangeFormat* ImportDialog::format() const { return formatOf(*m_format); }

void ImportDialog::showFormat()
{
    const ExchangeFormat* chosen = format();
    const QString filter = chosen ? QString::fromStdString(chosen->fileFilter()) : QString();
    m_path->setKind(filter.isEmpty() ? PathEdit::Kind::Folder : PathEdit::Kind::OpenFile);
    m_path->setFilter(filter);
    m_path->setPlaceholder(filter.isEmpty() ? tr("A folder") : filter);
    check();
}

void ImportDialog::check()
{
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(format() && QFileInfo::exists(path()));
}

void ImportDialog::setBusy(bool busy)
{
    markBusy(*m_buttons, *m_progress, busy);
    if (!busy)
        check();
}

void ImportDialog::reject()
{
    if (!m_job.running()) {
        QDialog::reject();
        return;
    }
    m_job.cancel();
    setBusy(false);
    m_report->setPlainText(tr("The import was stopped, nothing was changed."));
}

void ImportDialog::run()
{
    ImportOptions options;
    options.nominalFps = m_fps->value();
    options.frameBase = m_base->value();
    options.addLabels = m_addLabels->isChecked();
    const auto work = [format = format(), folder = m_document.folder(), file = toPath(path()), options](
                          ProgressSink& sink) -> Result<ImportPlan> {
        const auto document = Document::open(folder);
        if (!document)
            return document.error();
        return format->plan(**document, {file}, options, sink);
    };
    m_job.start(
        work, [this](const Result<ImportPlan>& plan) { finish(plan); },
        [this](int permille, const QString& what) { showProgress(*m_progress, permille, what); });
    setBusy(true);
}

void ImportDialog::finish(const Result<ImportPlan>& plan)
{
    setBusy(false);
    const Result<ImportReport> report
        = plan ? applyImport(m_document, *plan) : Result<ImportReport>(plan.error());
    if (!report) {
        m_report->setPlainText(
            tr("Nothing was imported: %1").arg(QString::fromStdString(report.error().message)));
        return;
    }
    QStringList lines{tr("Imported: %1, %2, %3.")
                          .arg(tr("%n span(s)", nullptr, static_cast<int>(report->spansAdded)),
                              tr("%n video(s)", nullptr, static_cast<int>(report->videosAdded)),
                              tr("%n skeleton(s)", nullptr, static_cast<int>(report->tracksAdded)))};
    for (const std::string& note : report->notes)
        lines.append(QString::fromStdString(note));
    m_report->setPlainText(lines.join(QLatin1Char('\n')));
}

ExportDialog::ExportDialog(
    const Document& document, QThreadPool& pool, const QString& startFolder, QWidget* parent)
    : QDialog(parent)
    , m_document(document)
    , m_format(new QComboBox)
    , m_path(new PathEdit(PathEdit::Kind::SaveFile, tr("File or folder to write")))
    , m_count(new QLabel)
    , m_progress(makeProgress())
    , m_report(makeOutcome(tr("Report"), tr("What was written will be listed here.")))
    , m_job(pool)
{
    setWindowTitle(tr("Export"));
    auto* layout = new QVBoxLayout(this);
    auto* form = new QFormLayout;
    fillFormats(*m_format, false);
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
    const QString filter = chosen ? QString::fromStdString(chosen->fileFilter()) : QString();
    m_path->setKind(filter.isEmpty() ? PathEdit::Kind::Folder : PathEdit::Kind::SaveFile);
    m_path->setFilter(filter);
    m_path->setPlaceholder(filter.isEmpty() ? tr("A folder") : filter);
    check();
}

void ExportDialog::check()
{
    const ExportOptions chosen = options();
    int64_t count = 0;
    for (const Annotation& span : m_document.allAnnotations())
        count += chosen.states.contains(span.state) ? 1 : 0;
    m_count->setText(tr("%n span(s) will be written.", nullptr, static_cast<int>(count)));
    m_buttons->button(QDialogButtonBox::Ok)
        ->setEnabled(format() && !path().isEmpty() && !chosen.states.empty());
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
        return format->write(**document, file, options, sink);
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
