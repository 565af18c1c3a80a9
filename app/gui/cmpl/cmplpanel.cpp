// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/cmpl/cmplpanel.h"
#include "app/gui/cmpl/roundchanges.h"
#include "app/gui/cmpl/roundclasses.h"
#include "app/gui/cmpl/roundtexts.h"
#include "app/gui/cmpl/roundview.h"
#include "app/gui/localtime.h"
#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace telltale {
namespace {

QToolButton* buttonFor(QAction* action)
{
    auto* button = new QToolButton;
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setAccessibleName(action->toolTip());
    return button;
}

QLabel* wrapped(const char* name)
{
    auto* label = new QLabel;
    label->setObjectName(QString::fromLatin1(name));
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

CmplPanel::CmplPanel(Workbench& bench, ActionSet& actions, QWidget* parent)
    : QWidget(parent)
    , m_bench(bench)
    , m_progress(new QProgressBar)
    , m_protocol(new QComboBox)
    , m_meaning(wrapped("protocolMeaning"))
    , m_state(wrapped("adaptationState"))
    , m_empty(wrapped("roundsEmpty"))
    , m_content(new QWidget)
    , m_round(new QComboBox)
    , m_trouble(wrapped("roundsTrouble"))
    , m_view(new RoundView)
    , m_tabs(new QTabWidget)
    , m_classes(new RoundClasses)
    , m_changes(nullptr)
{
    // All of it at its height, however low the dock is.
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* whole = new QScrollArea;
    whole->setWidgetResizable(true);
    whole->setFrameShape(QFrame::NoFrame);
    auto* inside = new QWidget;
    whole->setWidget(inside);
    outer->addWidget(whole);
    auto* layout = new QVBoxLayout(inside);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    addStart(*layout, actions);
    layout->addWidget(m_empty);
    addRounds(*layout, actions);
    layout->addStretch(0);
    // Scrolled downwards, never sideways: the dock is as wide as what is in it.
    whole->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    whole->setMinimumWidth(
        inside->minimumSizeHint().width() + whole->verticalScrollBar()->sizeHint().width());
    for (QAbstractButton* button : findChildren<QAbstractButton*>())
        button->installEventFilter(this);
    followAdaptation();
    bench.rounds.setWatcher(this);
    connect(&bench.rounds, &PseudoRounds::changed, this, &CmplPanel::showRounds);
    connect(&bench.session, &Session::projectChanged, this, [this] { showState(); });
    connect(&bench.session, &Session::edited, this, [this](ChangeKinds kinds) {
        if (kinds.testFlag(ChangeKind::Models) && !m_bench.adaptation.running())
            showState();
    });
    showState();
    showRounds();
}

void CmplPanel::addStart(QVBoxLayout& layout, ActionSet& actions)
{
    auto* row = new QHBoxLayout;
    row->addWidget(buttonFor(actions.action("adapt")));
    m_progress->setAccessibleName(tr("Progress of the adaptation"));
    m_progress->setMaximum(1000);
    m_progress->setTextVisible(false);
    row->addWidget(buttonFor(actions.action("cancel")));
    row->addStretch(1);
    layout.addLayout(row);
    layout.addWidget(m_progress);
    auto* choice = new QHBoxLayout;
    auto* name = new QLabel(tr("&On"));
    name->setBuddy(m_protocol);
    choice->addWidget(name);
    m_protocol->setObjectName(QStringLiteral("protocol"));
    m_protocol->addItem(tr("other spans of the same people (inductive)"));
    m_protocol->addItem(tr("the evaluated spans (transductive)"));
    m_protocol->setAccessibleName(tr("Which spans the system adapts on"));
    m_protocol->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_protocol->setMinimumContentsLength(12);
    choice->addWidget(m_protocol, 1);
    layout.addLayout(choice);
    layout.addWidget(m_meaning);
    layout.addWidget(m_state);
    const auto follow = [this] {
        const bool transductive = m_bench.adaptation.transductive();
        m_protocol->setCurrentIndex(transductive ? 1 : 0);
        m_meaning->setText(protocolMeaning(transductive));
        m_protocol->setToolTip(m_meaning->text());
    };
    connect(m_protocol, &QComboBox::activated, this,
        [this](int index) { m_bench.adaptation.setTransductive(index == 1); });
    connect(&m_bench.adaptation, &Adaptation::choiceChanged, this, follow);
    follow();
}

void CmplPanel::addRounds(QVBoxLayout& layout, ActionSet& actions)
{
    auto* inside = new QVBoxLayout(m_content);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->setSpacing(6);
    auto* row = new QHBoxLayout;
    auto* name = new QLabel(tr("&Round"));
    name->setBuddy(m_round);
    row->addWidget(name);
    m_round->setObjectName(QStringLiteral("round"));
    m_round->setAccessibleName(tr("Round that is shown"));
    m_round->setToolTip(tr("The round that is shown here; the newest stands first"));
    m_round->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_round->setMinimumContentsLength(12);
    row->addWidget(m_round, 1);
    inside->addLayout(row);
    inside->addWidget(m_trouble);
    inside->addWidget(m_view);
    m_changes = new RoundChanges(m_bench, actions.action("round-changes"));
    m_tabs->addTab(m_classes, tr("Classes"));
    m_tabs->addTab(m_changes, tr("Changes"));
    m_tabs->setTabToolTip(ClassesTab, tr("What the round accepted of each class"));
    m_classes->setToolTip(m_tabs->tabToolTip(ClassesTab));
    m_tabs->setTabToolTip(ChangesTab, tr("What became of the pseudo-labels since another round"));
    m_tabs->setAccessibleName(tr("Classes and changes of the round"));
    m_tabs->setDocumentMode(true);
    m_tabs->setMinimumHeight(fontMetrics().height() * 16);
    inside->addWidget(m_tabs, 1);
    layout.addWidget(m_content, 1);
    connect(m_round, &QComboBox::activated, this, [this](int index) {
        const QPoint ref = m_round->itemData(index).toPoint();
        m_bench.rounds.compare({}, {ref.x(), ref.y()});
    });
}

void CmplPanel::followAdaptation()
{
    Adaptation& adaptation = m_bench.adaptation;
    connect(&adaptation, &Adaptation::started, this, [this] {
        m_progress->setValue(0);
        m_progress->show();
        m_protocol->setEnabled(false);
        m_state->setText(tr("Adapting in the background; you can work on."));
        m_state->show();
    });
    connect(&adaptation, &Adaptation::progressed, this, [this](int permille, const QString& what) {
        m_progress->setValue(permille);
        m_state->setText(what);
    });
    connect(&adaptation, &Adaptation::finished, this, [this](const QStringList& notes) {
        showState(tr("Done. %1 The adapted system is a candidate beside the one in use.")
                      .arg(notes.join(QLatin1Char(' '))));
    });
    connect(&adaptation, &Adaptation::cancelled, this,
        [this] { showState(tr("Stopped; nothing was changed.")); });
    connect(&adaptation, &Adaptation::failed, this, [this](const QString& text) { showState(text); });
}

void CmplPanel::showTab(Tab tab) { m_tabs->setCurrentIndex(tab); }

void CmplPanel::showState(const QString& text)
{
    m_progress->hide();
    m_protocol->setEnabled(true);
    m_state->setText(text.isEmpty() ? obstacleText(m_bench.adaptation.obstacle()) : text);
    m_state->setVisible(!m_state->text().isEmpty());
}

QString CmplPanel::emptyText() const
{
    if (m_bench.adaptation.obstacle() == AdaptationObstacle::NoSystem)
        return tr("There are no rounds yet. Once there is a system, adapting teaches each modality what the "
                  "others agree on, and every round of it is shown here.");
    return tr("There are no rounds yet. Adapt the system in use: each modality then learns what the others "
              "agree on, and every round is shown here.");
}

void CmplPanel::fillRounds()
{
    const QSignalBlocker quiet(m_round);
    m_round->clear();
    const auto& runs = m_bench.rounds.rounds().runs;
    for (size_t place = runs.size(); place-- > 0;) {
        const QDateTime made = localTimeOf(runs[place].time);
        for (size_t i = runs[place].rounds.size(); i-- > 0;) {
            const RoundRef ref{runs[place].model, runs[place].rounds[i].record.round};
            QString name = roundName(place, ref.round);
            if (made.isValid())
                name = tr("%1 (%2)").arg(name, QLocale().toString(made, QLocale::ShortFormat));
            m_round->addItem(name, QPoint(static_cast<int>(ref.model), ref.round));
            if (ref == m_bench.rounds.after())
                m_round->setCurrentIndex(m_round->count() - 1);
        }
    }
}

void CmplPanel::showRounds()
{
    const Document* document = m_bench.session.document();
    const PseudoRounds& rounds = m_bench.rounds;
    const RoundRef shown = rounds.after();
    const CmplRoundView* round = document ? rounds.find(shown) : nullptr;
    QStringList troubles;
    const CmplRunView* run = nullptr;
    for (size_t place = 0; place < rounds.rounds().runs.size(); ++place) {
        const CmplRunView& one = rounds.rounds().runs[place];
        run = one.model == shown.model ? &one : run;
        if (!one.trouble.empty())
            troubles.append(tr("Adaptation %1: %2").arg(place + 1).arg(QString::fromStdString(one.trouble)));
    }
    m_empty->setText(troubles.isEmpty() ? emptyText() : troubles.join(QLatin1Char('\n')));
    m_empty->setVisible(!round);
    m_content->setVisible(round != nullptr);
    m_changes->refresh();
    if (!round)
        return;
    m_trouble->setText(troubles.join(QLatin1Char('\n')));
    m_trouble->setVisible(!troubles.isEmpty());
    fillRounds();
    m_view->show(*run, *round, document->scheme());
    m_classes->show(*round, document->scheme());
}

/// The space bar plays and pauses everywhere else; on a button it presses.
bool CmplPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space)
        event->accept();
    return QWidget::eventFilter(watched, event);
}

void CmplPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_bench.rounds.wake();
}

} // namespace telltale
