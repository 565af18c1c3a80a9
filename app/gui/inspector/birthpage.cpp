// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/inspector/birthpage.h"
#include "app/gui/inspector/quiettable.h"
#include "widgets/models/texts.h"
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace telltale {
namespace {

enum Column { ModalityColumn, SaysColumn, RawColumn, CalibratedColumn, VoteColumn, ColumnCount };

} // namespace

BirthPage::BirthPage(QWidget* parent)
    : QWidget(parent)
    , m_words(new QLabel)
    , m_votes(new QTableWidget)
    , m_facts(new QTableWidget)
    , m_copy(new QPushButton(tr("Cop&y as text")))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    m_words->setObjectName(QStringLiteral("birth"));
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::PlainText);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    layout->addWidget(m_words);
    m_votes->setObjectName(QStringLiteral("votes"));
    m_votes->setAccessibleName(tr("What each modality said"));
    m_votes->setColumnCount(ColumnCount);
    m_votes->setHorizontalHeaderLabels({tr("Modality"), tr("Says"), tr("Raw"), tr("Calibrated"), tr("Vote")});
    makeQuietTable(*m_votes);
    m_votes->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_votes->horizontalHeader()->setSectionResizeMode(SaysColumn, QHeaderView::Stretch);
    m_votes->horizontalHeader()->setMinimumSectionSize(24);
    m_votes->horizontalHeaderItem(RawColumn)->setToolTip(
        tr("As the network gave it: its probability before calibration, or the bare number (logit) where no "
           "more was kept"));
    m_votes->horizontalHeaderItem(CalibratedColumn)
        ->setToolTip(tr("The probability after calibration: of spans like this so many are right"));
    layout->addWidget(m_votes);
    m_facts->setObjectName(QStringLiteral("facts"));
    m_facts->setAccessibleName(tr("Limits, models and recipe"));
    m_facts->setColumnCount(2);
    makeQuietTable(*m_facts);
    m_facts->horizontalHeader()->hide();
    m_facts->horizontalHeader()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_facts->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_facts->setAlternatingRowColors(true);
    layout->addWidget(m_facts);
    m_copy->setToolTip(tr("Copies this page as text with a table"));
    m_copy->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    layout->addWidget(m_copy);
    layout->addStretch(1);
    connect(m_copy, &QPushButton::clicked, this, &BirthPage::copy);
}

void BirthPage::present(const QString& title, BirthText birth, const LabelScheme& scheme)
{
    m_title = title;
    m_birth = std::move(birth);
    m_words->setText(m_birth.sentences.join(QLatin1Char('\n')));
    m_words->setAccessibleName(m_words->text());
    fillVotes(scheme);
    fillFacts();
}

void BirthPage::fillVotes(const LabelScheme& scheme)
{
    m_votes->setVisible(!m_birth.votes.empty());
    m_votes->setRowCount(static_cast<int>(m_birth.votes.size()));
    int row = 0;
    for (const BirthText::Vote& vote : m_birth.votes) {
        const QString voted = vote.agrees ? QStringLiteral("\u2713") : QStringLiteral("\u2013");
        const QString cells[ColumnCount]{vote.modality, vote.says, vote.raw, vote.calibrated, voted};
        const QString tip
            = (vote.agrees ? tr("%1 voted for the label.") : tr("%1 did not vote for the label."))
                  .arg(vote.modality)
            + (vote.weight.isEmpty() ? QString() : QLatin1Char('\n') + tr("Its weight: %1").arg(vote.weight));
        for (int column = 0; column < ColumnCount; ++column) {
            auto* item = new QTableWidgetItem(cells[column]);
            item->setToolTip(tip);
            if (column >= RawColumn)
                item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            m_votes->setItem(row, column, item);
        }
        m_votes->item(row, VoteColumn)
            ->setData(Qt::AccessibleTextRole, vote.agrees ? tr("voted for it") : tr("did not vote for it"));
        if (vote.classId >= 0)
            m_votes->item(row, SaysColumn)
                ->setData(Qt::DecorationRole, classDecoration(scheme, vote.classId));
        ++row;
    }
    fitHeight(*m_votes);
}

void BirthPage::fillFacts()
{
    m_facts->setVisible(!m_birth.facts.empty());
    m_facts->setRowCount(static_cast<int>(m_birth.facts.size()));
    int row = 0;
    for (const BirthText::Fact& fact : m_birth.facts) {
        m_facts->setItem(row, 0, new QTableWidgetItem(fact.name));
        m_facts->setItem(row, 1, new QTableWidgetItem(fact.value));
        for (int column = 0; column < 2; ++column)
            m_facts->item(row, column)->setToolTip(QStringLiteral("%1: %2").arg(fact.name, fact.value));
        ++row;
    }
    fitHeight(*m_facts);
}

void BirthPage::copy() const { QGuiApplication::clipboard()->setText(asText()); }

} // namespace telltale
