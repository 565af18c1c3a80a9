// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/analysis/modalitypage.h"
#include "app/gui/analysis/listspans.h"
#include "app/gui/mainwindow.h"
#include "app/gui/messagebar.h"
#include "app/report/modalityfigures.h"
#include "widgets/models/texts.h"
#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace telltale {

ModalityPage::ModalityPage(Workbench& bench, QWidget* parent)
    : AnalysisPage(bench, tr("Modalities"), parent)
    , m_look(new QComboBox)
    , m_systems(new QComboBox)
    , m_voter(new QComboBox)
    , m_heldOut(new QCheckBox(tr("Only &held-out people")))
    , m_summary(new QLabel)
    , m_views(new QStackedWidget)
    , m_classes(new GroupedBarsView)
    , m_pairs(new PairMatrixView)
    , m_byClass(new ChangeView)
    , m_bySubject(new ChangeView)
    , m_analysis(std::make_shared<const ModalityAnalysis>())
    , m_book(std::make_shared<AnswerBook>())
    , m_job(bench.session.workers())
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    makeChoices();
    m_summary->setWordWrap(true);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_summary);
    for (QWidget* const view : std::initializer_list<QWidget*>{m_classes, m_pairs, m_byClass, m_bySubject}) {
        view->setToolTip(tr("Arrow keys walk over the figure, Enter lists the spans for review"));
        m_views->addWidget(scrolled(view));
    }
    layout->addWidget(m_views, 1);
    connect(m_classes, &GroupedBarsView::barChosen, this, &ModalityPage::openClass);
    connect(m_pairs, &PairMatrixView::cellChosen, this, &ModalityPage::openPair);
    connect(m_byClass, &ChangeView::rowChosen, this, [this](int classId) {
        openGain([classId](const AnsweredSpan& span) { return span.truth == classId; },
            classText(m_scheme, classId));
    });
    connect(m_bySubject, &ChangeView::rowChosen, this, [this](int row) {
        const QString subject = QString::fromStdString(
            m_analysis->gain.voters[chosenVoter()].subjects[static_cast<size_t>(row)].subject);
        openGain(
            [this, subject](const AnsweredSpan& span) {
                return m_analysis->gain.subjects[span.subject] == subject.toStdString();
            },
            subject);
    });
    fillChoices();
    show();
}

QWidget* ModalityPage::scrolled(QWidget* view)
{
    auto* scroll = new QScrollArea;
    scroll->setWidget(view);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    return scroll;
}

void ModalityPage::makeChoices()
{
    auto* grid = new QGridLayout;
    grid->setColumnStretch(1, 1);
    const auto add = [grid](int row, const QString& name, QComboBox* combo, const QString& tip) {
        auto* label = new QLabel(name);
        label->setBuddy(combo);
        combo->setAccessibleName(QString(name).remove(QLatin1Char('&')).remove(QLatin1Char(':')));
        combo->setToolTip(tip);
        combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        combo->setMinimumContentsLength(10);
        grid->addWidget(label, row, 0);
        grid->addWidget(combo, row, 1);
    };
    add(0, tr("&Show:"), m_look, tr("Which figure to look at"));
    add(1, tr("&Answers of:"), m_systems, tr("Whose answers are held against the decisions"));
    add(2, tr("&Modality:"), m_voter, tr("Whose gain to look at"));
    m_heldOut->setToolTip(
        tr("Leave out the spans of people whom the system has learned from or was tuned on"));
    grid->addWidget(m_heldOut, 3, 1);
    static_cast<QVBoxLayout*>(layout())->addLayout(grid);
    m_look->addItems({tr("F1 by class"), tr("Agreement between modalities"), tr("Gain of adapting, by class"),
        tr("Gain of adapting, by subject")});
    connect(m_look, &QComboBox::currentIndexChanged, this, &ModalityPage::show);
    connect(m_voter, &QComboBox::currentIndexChanged, this, &ModalityPage::show);
    connect(m_systems, &QComboBox::activated, this, [this](int index) {
        m_settings.system = m_systems->itemData(index).toString().toStdString();
        begin();
    });
    connect(m_heldOut, &QCheckBox::toggled, this, [this](bool on) {
        m_settings.heldOutOnly = on;
        begin();
    });
}

void ModalityPage::showLook(Look look) { m_look->setCurrentIndex(static_cast<int>(look)); }

void ModalityPage::refresh()
{
    followProject();
    begin();
}

void ModalityPage::followProject()
{
    const Document* document = m_bench.session.document();
    if (document == m_document)
        return;
    m_document = document;
    m_job.cancel();
    m_book = std::make_shared<AnswerBook>();
    m_settings.system.reset();
    m_analysis = std::make_shared<const ModalityAnalysis>();
    fillChoices();
    show();
}

void ModalityPage::begin()
{
    const Document* document = m_bench.session.document();
    if (!document) {
        m_job.cancel();
        m_analysis = std::make_shared<const ModalityAnalysis>();
        show();
        return;
    }
    m_scheme = document->scheme();
    m_job.start(
        [project = document->freeze(), settings = m_settings, book = m_book](
            ProgressSink& progress) -> Result<std::shared_ptr<const ModalityAnalysis>> {
            auto analysis = analyzeModalities(project, settings, *book, progress);
            if (!analysis)
                return analysis.error();
            return std::make_shared<const ModalityAnalysis>(*std::move(analysis));
        },
        [this](const Result<std::shared_ptr<const ModalityAnalysis>>& analysis) {
            if (!analysis) {
                m_bench.window.messages().showError(QString::fromStdString(analysis.error().message));
                return;
            }
            take(*analysis);
            if (!m_analysis->spans.empty() || !m_analysis->gain.voters.empty())
                addIntervalsToo();
        });
}

/// The slow part, once the rest is on the screen.
void ModalityPage::addIntervalsToo()
{
    m_job.start(
        [counted = m_analysis, settings = m_settings](
            ProgressSink& progress) -> Result<std::shared_ptr<const ModalityAnalysis>> {
            auto analysis = std::make_shared<ModalityAnalysis>(*counted);
            if (Status status = addIntervals(*analysis, settings, progress); !status)
                return status.error();
            return std::shared_ptr<const ModalityAnalysis>(std::move(analysis));
        },
        [this](const Result<std::shared_ptr<const ModalityAnalysis>>& analysis) {
            if (analysis)
                take(*analysis);
        });
}

void ModalityPage::take(std::shared_ptr<const ModalityAnalysis> analysis)
{
    m_analysis = std::move(analysis);
    fillChoices();
    show();
}

void ModalityPage::fillChoices()
{
    const QSignalBlocker quietSystems(m_systems);
    const QSignalBlocker quietVoter(m_voter);
    m_systems->clear();
    m_systems->addItem(tr("As they were proposed"), QString());
    for (const AnsweringSystem& system : m_analysis->systems) {
        const QString name = QString::fromStdString(system.name);
        m_systems->addItem(name, name);
        m_systems->setItemData(m_systems->count() - 1, name, Qt::ToolTipRole);
    }
    m_systems->setCurrentIndex(std::max(0, m_systems->findData(QString::fromStdString(m_analysis->system))));
    m_systems->setEnabled(!m_analysis->systems.empty());
    const QString chosen = m_voter->currentText();
    m_voter->clear();
    for (const VoterGain& voter : m_analysis->gain.voters)
        m_voter->addItem(voterText(voter.name));
    m_voter->setCurrentIndex(std::max(0, m_voter->findText(chosen)));
}

size_t ModalityPage::chosenVoter() const { return static_cast<size_t>(std::max(0, m_voter->currentIndex())); }

QString ModalityPage::summary() const { return m_summary->text(); }

void ModalityPage::show()
{
    const bool open = m_bench.session.document() != nullptr;
    const QString closed = tr("Open a project to see what each modality adds.");
    m_classes->setEmptyText(open ? missingText(*m_analysis) : closed);
    m_pairs->setEmptyText(!open                               ? closed
            : m_analysis->missing == ModalityMissing::Nothing ? tr("Only one modality has answered: there is "
                                                                   "nothing to compare it with.")
                                                              : missingText(*m_analysis));
    showClasses(*m_classes, *m_analysis, m_scheme);
    showAgreement(*m_pairs, *m_analysis);
    for (ChangeView* const view : {m_byClass, m_bySubject})
        view->setEmptyText(open ? missingText(m_analysis->gain) : closed);
    showGains();
    m_views->setCurrentIndex(m_look->currentIndex());
    m_voter->setEnabled(
        m_look->currentIndex() >= static_cast<int>(Look::GainByClass) && m_voter->count() > 1);
    showSummary();
    emit shown();
}

/// What was measured when the system was adapted stands in where nothing can be counted now.
void ModalityPage::showGains()
{
    const bool measured = m_analysis->gain.voters.empty() && !m_analysis->gain.measured.empty();
    showGain(*m_byClass, m_analysis->gain, measured ? 0 : chosenVoter(), false, measured, m_scheme);
    showGain(*m_bySubject, m_analysis->gain, chosenVoter(), true, false, m_scheme);
}

void ModalityPage::showSummary()
{
    const AdaptationGain& gain = m_analysis->gain;
    QStringList lines;
    switch (static_cast<Look>(m_look->currentIndex())) {
    case Look::Classes:
    case Look::Agreement:
        if (m_analysis->missing == ModalityMissing::Nothing)
            lines << basisText(*m_analysis) << oracleText(*m_analysis);
        break;
    case Look::GainByClass:
    case Look::GainBySubject:
        if (gain.missing == GainMissing::Nothing)
            lines << basisText(gain);
        else if (!gain.measured.empty())
            lines << tr("As measured when the system was adapted (%1), on %n held-out span(s).", nullptr,
                static_cast<int>(gain.measured.front().spans))
                         .arg(QString::fromStdString(gain.protocol))
                  << missingText(gain);
        break;
    }
    lines.removeAll(QString());
    m_summary->setText(lines.join(QLatin1Char('\n')));
    m_summary->setVisible(!lines.isEmpty());
}

void ModalityPage::openClass(int classId, int voter)
{
    const QString name = classText(m_scheme, classId);
    const auto wrong = m_analysis->wrongSpans(classId, voter);
    if (!wrong.empty())
        listSpans(m_bench, wrong,
            tr("%1 that %2 calls otherwise")
                .arg(name, voterText(m_analysis->voters[static_cast<size_t>(voter)])));
    else
        listSpans(m_bench, m_analysis->wrongSpans(classId, -1), name);
}

void ModalityPage::openPair(int row, int column)
{
    const auto first = static_cast<size_t>(row);
    const auto second = static_cast<size_t>(column);
    listSpans(m_bench, m_analysis->differingSpans(first, second),
        tr("%1 and %2 differ")
            .arg(voterText(m_analysis->voters[first]), voterText(m_analysis->voters[second])));
}

/// Those that were named otherwise after adapting; where there are none, all.
void ModalityPage::openGain(const std::function<bool(const AnsweredSpan&)>& wanted, const QString& why)
{
    const AdaptationGain& gain = m_analysis->gain;
    const size_t voter = chosenVoter();
    std::vector<int64_t> all;
    std::vector<int64_t> otherwise;
    for (size_t i = 0; i < gain.before.size(); ++i) {
        if (!wanted(gain.before[i]))
            continue;
        all.push_back(gain.before[i].annotation);
        if (gain.before[i].answers[voter] != gain.after[i].answers[voter])
            otherwise.push_back(all.back());
    }
    if (otherwise.empty())
        listSpans(m_bench, all, why);
    else
        listSpans(m_bench, otherwise, tr("%1, named otherwise after adapting").arg(why));
}

std::vector<Table> ModalityPage::tables() const { return telltale::tables(*m_analysis, m_scheme); }

std::vector<PlotView*> ModalityPage::figures() const { return {m_classes, m_pairs, m_byClass, m_bySubject}; }

} // namespace telltale
