// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/cmpl/roundchanges.h"
#include "app/gui/cmpl/roundtexts.h"
#include "widgets/models/texts.h"
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace telltale {
namespace {

/// What changed comes before what did not.
constexpr std::array<RoundChange, 5> kOrder{
    RoundChange::New, RoundChange::Dropped, RoundChange::Relabelled, RoundChange::Moved, RoundChange::Kept};

} // namespace

RoundChanges::RoundChanges(Workbench& bench, QAction* mark, QWidget* parent)
    : QWidget(parent)
    , m_bench(bench)
    , m_former(new QComboBox)
    , m_note(new QLabel)
    , m_model(new ChangesModel(this))
    , m_list(new QTableView)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(2, 4, 2, 2);
    layout->setSpacing(4);
    auto* row = new QHBoxLayout;
    auto* name = new QLabel(tr("Compared &with"));
    name->setBuddy(m_former);
    row->addWidget(name);
    m_former->setObjectName(QStringLiteral("formerRound"));
    m_former->setAccessibleName(tr("Round to compare with"));
    m_former->setToolTip(tr("The round whose pseudo-labels those of the chosen round are compared with"));
    m_former->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_former->setMinimumContentsLength(10);
    row->addWidget(m_former, 1);
    layout->addLayout(row);
    addKinds();
    m_note->setWordWrap(true);
    layout->addWidget(m_note);
    m_list->setModel(m_model);
    m_list->setObjectName(QStringLiteral("roundChanges"));
    m_list->setAccessibleName(tr("Changed pseudo-labels"));
    m_list->setToolTip(tr("Click or Enter goes to the span"));
    m_list->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setShowGrid(false);
    m_list->setWordWrap(false);
    m_list->setTabKeyNavigation(false);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->verticalHeader()->hide();
    m_list->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_list->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_list->horizontalHeader()->setHighlightSections(false);
    m_list->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    layout->addWidget(m_list, 1);
    auto* marked = new QCheckBox(mark->iconText());
    marked->setObjectName(QStringLiteral("markRounds"));
    marked->setAccessibleName(marked->text());
    marked->setToolTip(mark->toolTip());
    connect(marked, &QCheckBox::clicked, mark, &QAction::trigger);
    connect(mark, &QAction::changed, marked, [mark, marked] {
        marked->setChecked(mark->isChecked());
        marked->setToolTip(mark->toolTip());
    });
    layout->addWidget(marked);
    connect(m_former, &QComboBox::activated, this, [this](int index) {
        const QPoint ref = m_former->itemData(index).toPoint();
        m_bench.rounds.compare({ref.x(), ref.y()}, m_bench.rounds.after());
    });
    connect(m_list, &QTableView::clicked, this, [this](const QModelIndex& index) { go(index.row()); });
    connect(m_list, &QTableView::activated, this, [this](const QModelIndex& index) { go(index.row()); });
}

void RoundChanges::addKinds()
{
    auto* row = new QHBoxLayout;
    row->setSpacing(2);
    for (size_t i = 0; i < kOrder.size(); ++i) {
        auto* button = new QToolButton;
        button->setCheckable(true);
        button->setChecked(kOrder[i] != RoundChange::Kept);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setObjectName(QStringLiteral("changes%1").arg(static_cast<int>(kOrder[i])));
        connect(button, &QToolButton::toggled, this, &RoundChanges::followKinds);
        m_kinds[i] = button;
        row->addWidget(button, 1);
    }
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
    followKinds();
}

void RoundChanges::followKinds()
{
    std::set<RoundChange> kinds;
    for (size_t i = 0; i < kOrder.size(); ++i)
        if (m_kinds[i] && m_kinds[i]->isChecked())
            kinds.insert(kOrder[i]);
    m_model->setKinds(std::move(kinds));
}

void RoundChanges::fillFormer()
{
    const QSignalBlocker quiet(m_former);
    m_former->clear();
    const PseudoRounds& rounds = m_bench.rounds;
    const auto& runs = rounds.rounds().runs;
    for (size_t place = runs.size(); place-- > 0;)
        for (size_t i = runs[place].rounds.size(); i-- > 0;) {
            const RoundRef ref{runs[place].model, runs[place].rounds[i].record.round};
            if (ref == rounds.after())
                continue;
            m_former->addItem(roundName(place, ref.round), QPoint(static_cast<int>(ref.model), ref.round));
            if (ref == rounds.before())
                m_former->setCurrentIndex(m_former->count() - 1);
        }
    if (!rounds.before())
        m_former->setCurrentIndex(-1);
    m_former->setEnabled(m_former->count() > 0);
}

void RoundChanges::refresh()
{
    fillFormer();
    const PseudoRounds& rounds = m_bench.rounds;
    for (size_t i = 0; i < kOrder.size(); ++i) {
        const int64_t count = rounds.count(kOrder[i]);
        m_kinds[i]->setText(QStringLiteral("%1 %2").arg(changeSign(kOrder[i])).arg(count));
        const QString told = tr("%1: %2").arg(changeName(kOrder[i])).arg(count);
        m_kinds[i]->setToolTip(tr("%1 (shows or hides them in the list)").arg(told));
        m_kinds[i]->setAccessibleName(told);
    }
    const bool comparable = static_cast<bool>(rounds.before());
    if (!comparable && m_former->count() > 0)
        m_note->setText(tr("This is the first round: choose another one to compare it with."));
    else if (!comparable)
        m_note->setText(tr("There is no other round to compare this one with yet."));
    else if (rounds.changes().empty())
        m_note->setText(tr("Neither of the two rounds accepted anything."));
    else if (rounds.count(RoundChange::Kept) == static_cast<int64_t>(rounds.changes().size()))
        m_note->setText(tr("Nothing has changed: all pseudo-labels were kept."));
    else
        m_note->clear();
    m_note->setVisible(!m_note->text().isEmpty());
    m_model->setItems(m_bench.session.document(), rounds.changes());
}

void RoundChanges::go(int row)
{
    if (row < 0 || row >= m_model->rowCount())
        return;
    const RoundChangeItem item = m_model->item(row);
    if (item.annotation > 0 && m_bench.session.document()
        && m_bench.session.document()->annotation(item.annotation)) {
        m_bench.review.select(item.annotation, true);
        return;
    }
    m_bench.player.stop();
    m_bench.session.openVideo(item.videoId);
    m_bench.player.seek(item.span.first);
}

} // namespace telltale
