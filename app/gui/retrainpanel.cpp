// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/retrainpanel.h"
#include "widgets/models/texts.h"
#include "widgets/plot/statisticsviews.h"
#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace telltale {
namespace {

struct ScoreRow {
    const char* name;
    double ClipReport::*value;
};

constexpr ScoreRow kScores[] = {
    {QT_TRANSLATE_NOOP("telltale::RetrainPanel", "Accuracy"), &ClipReport::accuracy},
    {QT_TRANSLATE_NOOP("telltale::RetrainPanel", "Macro F1"), &ClipReport::macroF1},
    {QT_TRANSLATE_NOOP("telltale::RetrainPanel", "Weighted F1"), &ClipReport::weightedF1},
};

QToolButton* buttonFor(QAction* action)
{
    auto* button = new QToolButton;
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAccessibleName(action->toolTip());
    return button;
}

} // namespace

RetrainPanel::RetrainPanel(Workbench& bench, QAction* start, QAction* cancel, QWidget* parent)
    : QWidget(parent)
    , m_bench(bench)
    , m_progress(new QProgressBar)
    , m_text(new QLabel)
    , m_plot(new TrainingPlot)
    , m_scores(new QTableWidget(static_cast<int>(std::size(kScores)), 3))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    auto* row = new QHBoxLayout;
    row->addWidget(buttonFor(start));
    row->addWidget(m_progress, 1);
    row->addWidget(buttonFor(cancel));
    layout->addLayout(row);
    m_progress->setAccessibleName(tr("Progress of the retraining"));
    m_progress->setMaximum(1000);
    m_progress->setTextVisible(false);
    m_text->setWordWrap(true);
    layout->addWidget(m_text);
    m_plot->setMinimumHeight(fontMetrics().height() * 9);
    layout->addWidget(m_plot, 1);
    m_scores->setAccessibleName(tr("Scores before and after"));
    m_scores->setHorizontalHeaderLabels({tr("Before"), tr("After"), tr("Change")});
    m_scores->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_scores->setSelectionMode(QAbstractItemView::NoSelection);
    m_scores->setFocusPolicy(Qt::NoFocus);
    m_scores->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_scores->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_scores->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QStringList names;
    for (const ScoreRow& score : kScores)
        names.append(tr(score.name));
    m_scores->setVerticalHeaderLabels(names);
    m_scores->setFixedHeight(m_scores->horizontalHeader()->sizeHint().height()
        + m_scores->rowCount() * m_scores->verticalHeader()->defaultSectionSize() + 4);
    layout->addWidget(m_scores);

    Retraining& retraining = bench.retraining;
    connect(&retraining, &Retraining::started, this, [this] {
        m_plot->reset();
        clearResult(tr("Retraining from a snapshot; you can work on."));
    });
    connect(&retraining, &Retraining::progressed, this, [this](int permille, const QString& what) {
        m_progress->setValue(permille);
        m_text->setText(what);
    });
    connect(&retraining, &Retraining::epochDone, this, [this](const RetrainProgress& progress) {
        m_plot->addPoint(
            modalityText(progress.modality), progress.epoch, progress.loss, progress.heldMacroF1);
    });
    connect(&retraining, &Retraining::finished, this, &RetrainPanel::showResult);
    connect(&retraining, &Retraining::cancelled, this,
        [this] { clearResult(tr("Stopped; nothing was changed.")); });
    connect(&retraining, &Retraining::failed, this, [this](const QString& text) { clearResult(text); });
    connect(&bench.session, &Session::projectChanged, this, [this] {
        m_plot->reset();
        clearResult(tr("Teaches the models what you have decided. It runs in the background and leaves your "
                       "spans alone."));
    });
    clearResult(tr(
        "Teaches the models what you have decided. It runs in the background and leaves your spans alone."));
}

void RetrainPanel::clearResult(const QString& text)
{
    m_progress->setValue(0);
    m_text->setText(text);
    m_scores->hide();
}

void RetrainPanel::showResult()
{
    const RetrainResult& result = *m_bench.retraining.result();
    m_progress->setValue(1000);
    QStringList lines{result.measuredOnHeldOut ? tr("Done. Measured on held-out spans.")
                                               : tr("Done. Measured on the spans it learned from.")};
    for (const std::string& note : result.notes)
        lines.append(QString::fromStdString(note));
    m_text->setText(result.measuredOnHeldOut ? lines.join(QLatin1Char(' ')) : lines.front());
    m_text->setToolTip(lines.join(QLatin1Char('\n')));
    const QLocale locale;
    for (int row = 0; row < m_scores->rowCount(); ++row) {
        const double before = result.before.*kScores[row].value;
        const double after = result.after.*kScores[row].value;
        const QString values[] = {locale.toString(before, 'f', 3), locale.toString(after, 'f', 3),
            QString((after >= before ? QStringLiteral("+") : QString())
                + locale.toString(after - before, 'f', 3))};
        for (int column = 0; column < 3; ++column) {
            auto* item = new QTableWidgetItem(values[column]);
            item->setTextAlignment(Qt::AlignCenter);
            m_scores->setItem(row, column, item);
        }
    }
    m_scores->show();
}

} // namespace telltale
