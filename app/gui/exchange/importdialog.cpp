// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/exchange/importdialog.h"
#include "app/gui/exchange/formatbox.h"
#include "app/gui/exchange/formatsettings.h"
#include "app/gui/exchange/importpreview.h"
#include "app/gui/jobdialog.h"
#include "app/gui/pathedit.h"
#include "widgets/models/texts.h"
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

namespace telltale {
namespace {

constexpr int kPauseMs = 250;

Result<ImportPlan> planned(const ExchangeFormat* format, const std::filesystem::path& folder,
    const std::vector<std::filesystem::path>& files, ImportOptions options, ProgressSink& sink)
{
    if (!format) {
        const auto guessed = guessFormat(files.front(), &sink, &options.known);
        if (!guessed)
            return guessed.error();
        format = *guessed;
    }
    const auto document = Document::open(folder);
    if (!document)
        return document.error();
    auto plan = format->plan(**document, files, options, sink);
    if (plan)
        plan->report.notes.insert(plan->report.notes.begin(), format->title());
    return plan;
}

} // namespace

ImportDialog::ImportDialog(Document& document, QThreadPool& pool, const QString& startFolder, QWidget* parent)
    : QDialog(parent)
    , m_document(document)
    , m_format(new QComboBox)
    , m_path(new PathEdit(PathEdit::Kind::OpenFiles, tr("Files or folder to import")))
    , m_settings(new FormatSettingsForm)
    , m_addLabels(new QCheckBox(tr("Add &labels that the project does not know")))
    , m_skipBad(new QCheckBox(tr("Leave &out what cannot be imported, and import the rest")))
    , m_fps(new QDoubleSpinBox)
    , m_base(new QSpinBox)
    , m_progress(makeProgress())
    , m_preview(new ImportPreview)
    , m_job(pool)
{
    setWindowTitle(tr("Import"));
    auto* layout = new QVBoxLayout(this);
    auto* form = new QFormLayout;
    m_format->addItem(tr("As the file is"));
    fillFormats(*m_format, &ExchangeFormat::canImport);
    m_format->setAccessibleName(tr("Format"));
    m_path->setStartFolder(startFolder);
    m_fps->setRange(1, 1000);
    m_fps->setDecimals(3);
    m_fps->setValue(ImportOptions().nominalFps);
    m_fps->setToolTip(tr("Frames a second for videos that are not there"));
    m_fps->setAccessibleName(m_fps->toolTip());
    m_fps->setSuffix(tr(" frames a second"));
    m_base->setRange(-1, 1);
    m_base->setSpecialValueText(tr("as the format says"));
    m_base->setValue(ImportOptions().frameBase);
    m_base->setToolTip(tr("Number of the first frame in the file"));
    m_base->setAccessibleName(m_base->toolTip());
    form->addRow(tr("&Path:"), m_path);
    form->addRow(tr("F&ormat:"), m_format);
    form->addRow(tr("Frame rate of &missing videos:"), m_fps);
    form->addRow(tr("First &frame number:"), m_base);
    form->addRow({}, m_addLabels);
    form->addRow({}, m_skipBad);
    layout->addLayout(form);
    layout->addWidget(m_settings);
    layout->addWidget(m_progress);
    layout->addWidget(m_preview, 1);
    m_buttons = addJobButtons(*this, *layout, tr("Import"));
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &ImportDialog::look);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &ImportDialog::run);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ImportDialog::showFormat);
    connect(m_path, &PathEdit::changed, this, &ImportDialog::choiceChanged);
    connect(m_settings, &FormatSettingsForm::changed, this, &ImportDialog::choiceChanged);
    connect(m_addLabels, &QCheckBox::toggled, this, &ImportDialog::choiceChanged);
    connect(m_fps, &QDoubleSpinBox::valueChanged, this, &ImportDialog::choiceChanged);
    connect(m_base, &QSpinBox::valueChanged, this, &ImportDialog::choiceChanged);
    resize(fontMetrics().averageCharWidth() * 100, fontMetrics().height() * 32);
    showFormat();
    m_path->setFocus();
}

QString ImportDialog::path() const
{
    const QStringList paths = m_path->paths();
    return paths.isEmpty() ? QString() : paths.front();
}

const ExchangeFormat* ImportDialog::format() const { return formatOf(*m_format); }

ImportOptions ImportDialog::options() const
{
    ImportOptions options;
    options.nominalFps = m_fps->value();
    options.frameBase = m_base->value();
    options.addLabels = m_addLabels->isChecked();
    options.skipBad = m_skipBad->isChecked();
    options.settings = m_settings->values();
    return options;
}

void ImportDialog::showFormat()
{
    const ExchangeFormat* chosen = format();
    const QString filter = chosen ? QString::fromStdString(chosen->fileFilter()) : QString();
    const bool folder = chosen && filter.isEmpty();
    m_path->setKind(folder ? PathEdit::Kind::Folder : PathEdit::Kind::OpenFiles);
    m_path->setFilter(filter);
    m_path->setPlaceholder(folder ? tr("A folder") : tr("Files (%1), or a folder of them").arg(filter));
    if (filter.isEmpty() && !folder)
        m_path->setPlaceholder(tr("Files, or a folder of them"));
    m_settings->show(chosen ? chosen->importSettings() : std::vector<FormatSetting>());
    choiceChanged();
}

void ImportDialog::choiceChanged()
{
    const QStringList paths = m_path->paths();
    const bool there = !paths.isEmpty()
        && std::ranges::all_of(paths, [](const QString& one) { return QFileInfo::exists(one); });
    m_job.cancel();
    m_importing = false;
    markBusy(*m_buttons, *m_progress, false);
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(there);
    m_preview->clear();
    if (there)
        m_pause.start();
    else
        m_pause.stop();
}

void ImportDialog::setBusy(bool busy)
{
    if (m_importing)
        markBusy(*m_buttons, *m_progress, busy);
    else
        m_progress->setVisible(busy);
}

void ImportDialog::reject()
{
    const bool importing = m_job.running() && m_importing;
    m_pause.stop();
    m_job.cancel();
    if (!importing) {
        QDialog::reject();
        return;
    }
    setBusy(false);
    m_importing = false;
    m_preview->showText(tr("The import was stopped, nothing was changed."));
}

void ImportDialog::look()
{
    // Skeletons may be gigabytes: they are read when they are wanted.
    if (format() && format()->kind() == FormatKind::Poses)
        return;
    start(true);
}

void ImportDialog::run()
{
    m_pause.stop();
    start(false);
}

void ImportDialog::start(bool dryRun)
{
    ImportOptions wanted = options();
    wanted.dryRun = dryRun;
    std::vector<std::filesystem::path> files;
    for (const QString& one : m_path->paths())
        files.push_back(toPath(one));
    const auto work = [format = format(), folder = m_document.folder(), files = std::move(files), wanted](
                          ProgressSink& sink) { return planned(format, folder, files, wanted, sink); };
    m_importing = !dryRun;
    m_job.start(
        work, [this, dryRun](const Result<ImportPlan>& plan) { dryRun ? showPlan(plan) : finish(plan); },
        [this](int permille, const QString& what) { showProgress(*m_progress, permille, what); });
    setBusy(true);
}

void ImportDialog::showPlan(const Result<ImportPlan>& plan)
{
    setBusy(false);
    if (plan)
        m_preview->showPlan(plan->report);
    else
        m_preview->showText(tr("Cannot be imported: %1").arg(QString::fromStdString(plan.error().message)));
}

void ImportDialog::finish(const Result<ImportPlan>& plan)
{
    setBusy(false);
    m_importing = false;
    const Result<ImportReport> report
        = plan ? applyImport(m_document, *plan, m_skipBad->isChecked()) : Result<ImportReport>(plan.error());
    if (report) {
        m_preview->showDone(*report);
        return;
    }
    if (plan)
        m_preview->showPlan(plan->report);
    m_preview->showText(tr("Nothing was imported: %1").arg(QString::fromStdString(report.error().message)));
}

} // namespace telltale
