// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/cmpl/roundview.h"
#include "app/gui/cmpl/alarmbox.h"
#include "app/gui/cmpl/roundtexts.h"
#include "widgets/models/texts.h"
#include <QLabel>
#include <QVBoxLayout>

namespace telltale {
namespace {

QString poolText(const CmplRunView& run, const CmplRoundView& round)
{
    const auto pool = static_cast<double>(round.record.pool);
    const double share = pool > 0 ? static_cast<double>(round.accepted) / pool : 0;
    QString line = RoundView::tr("%1 of %2 spans accepted (%3), %4")
                       .arg(round.accepted)
                       .arg(round.record.pool)
                       .arg(percentText(share), protocolName(run.protocol));
    if (round.decidedBefore > 0)
        line += RoundView::tr(
            "; %n more had been decided by people before", nullptr, static_cast<int>(round.decidedBefore));
    QStringList students;
    for (const RecordedStudent& student : round.record.students)
        students.append(
            RoundView::tr("%1 learns from %2").arg(modalityText(student.stream)).arg(student.accepted));
    return line + QLatin1Char('\n') + students.join(QStringLiteral(", "));
}

} // namespace

RoundView::RoundView(QWidget* parent) : QWidget(parent), m_alarms(new QVBoxLayout)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_alarms->setSpacing(4);
    layout->addLayout(m_alarms);
    m_pool = addFact(*layout, "roundPool", tr("Pool"),
        tr("Spans that nobody decided, and how many of them became pseudo-labels: the other modalities "
           "agree, and are sure enough."));
    m_precision = addFact(*layout, "roundPrecision", tr("Precision"),
        tr("How many of the pseudo-labels are right, from those that were drawn at random and that people "
           "decided; in brackets the 95 % interval."));
    m_people = addFact(*layout, "roundPeople", tr("People"),
        tr("What people decided about the pseudo-labels of this round."));
    m_agreement = addFact(*layout, "roundAgreement", tr("Agreement"),
        tr("Share of the pool on which two modalities name the same class."));
}

QLabel* RoundView::addFact(QVBoxLayout& layout, const char* name, const QString& title, const QString& tip)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    auto* what = new QLabel(title);
    QFont bold = what->font();
    bold.setBold(true);
    what->setFont(bold);
    what->setToolTip(tip);
    what->setAlignment(Qt::AlignTop);
    what->setFixedWidth(QFontMetrics(bold).horizontalAdvance(tr("Agreement")) + 4);
    row->addWidget(what);
    auto* value = new QLabel;
    value->setObjectName(QString::fromLatin1(name));
    value->setAccessibleName(title);
    value->setToolTip(tip);
    value->setWordWrap(true);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    row->addWidget(value, 1);
    layout.addLayout(row);
    return value;
}

void RoundView::show(const CmplRunView& run, const CmplRoundView& round, const LabelScheme& scheme)
{
    while (QLayoutItem* item = m_alarms->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const BiasAlarm& alarm : round.alarms)
        m_alarms->addWidget(new AlarmBox(alarmText(alarm, scheme)));
    m_pool->setText(poolText(run, round));
    m_precision->setText(precisionText(round));
    m_people->setText(peopleText(round.people));
    m_agreement->setText(agreementText(round.record));
}

} // namespace telltale
