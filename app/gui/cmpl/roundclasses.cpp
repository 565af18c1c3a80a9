// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/cmpl/roundclasses.h"
#include "app/gui/bardelegate.h"
#include "app/gui/ordercell.h"
#include "widgets/models/texts.h"
#include <QHeaderView>
#include <QLocale>

namespace telltale {
namespace {

constexpr int kShareRole = Qt::UserRole + 1; ///< in [0, 1], drawn as a bar

OrderCell* numberCell(const QString& text, double order)
{
    auto* cell = new OrderCell(text);
    cell->setData(OrderCell::kOrderRole, order);
    cell->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return cell;
}

double shareOf(int64_t part, int64_t all)
{
    return all > 0 ? static_cast<double>(part) / static_cast<double>(all) : -1;
}

} // namespace

RoundClasses::RoundClasses(QWidget* parent) : QTableWidget(0, ColumnCount, parent)
{
    setAccessibleName(tr("What the round accepted, by class"));
    setHorizontalHeaderLabels({tr("Class"), tr("Named"), tr("Accepted"), tr("Right")});
    const QString explained[]{tr("Classes of the spans in the pool."),
        tr("Spans of the pool that the other modalities would name so."),
        tr("Those of them that became pseudo-labels; the bar is their share."),
        tr("Of those that people decided: how many they agreed with.")};
    for (int column = 0; column < ColumnCount; ++column)
        horizontalHeaderItem(column)->setToolTip(explained[column]);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    setItemDelegateForColumn(AcceptedColumn, new BarDelegate(kShareRole, this));
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSortIndicator(AcceptedColumn, Qt::DescendingOrder);
    horizontalHeader()->setMinimumSectionSize(fontMetrics().height());
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(ClassColumn, QHeaderView::Stretch);
    // As narrow as titles and numbers allow: the names of the classes need the room.
    const int least = fontMetrics().horizontalAdvance(QStringLiteral("00 / 00"));
    for (int column = NamedColumn; column < ColumnCount; ++column)
        setColumnWidth(column,
            std::max(least, fontMetrics().horizontalAdvance(horizontalHeaderItem(column)->text()))
                + fontMetrics().height() * 3 / 2);
}

void RoundClasses::show(const CmplRoundView& round, const LabelScheme& scheme)
{
    setSortingEnabled(false);
    clearContents();
    setRowCount(0);
    for (size_t i = 0; i < round.classes.size(); ++i) {
        const RoundClass& one = round.classes[i];
        if (one.named == 0 && one.accepted == 0)
            continue;
        const int id = static_cast<int>(i);
        const int row = rowCount();
        insertRow(row);
        auto* name = new OrderCell(classText(scheme, id));
        name->setData(Qt::DecorationRole, classDecoration(scheme, id));
        setItem(row, ClassColumn, name);
        setItem(row, NamedColumn,
            numberCell(
                QLocale().toString(static_cast<qlonglong>(one.named)), static_cast<double>(one.named)));
        auto* accepted = numberCell(
            QLocale().toString(static_cast<qlonglong>(one.accepted)), static_cast<double>(one.accepted));
        accepted->setData(kShareRole, shareOf(one.accepted, one.named));
        setItem(row, AcceptedColumn, accepted);
        const RoundVerdicts& people = one.people;
        setItem(row, RightColumn,
            numberCell(people.decided() > 0
                    ? QStringLiteral("%1 / %2").arg(people.right).arg(people.decided())
                    : QStringLiteral("\u2013"),
                shareOf(people.right, people.decided())));
        const QString tip = tr("%1: %2 of %3 accepted; people agreed with %4, turned down %5, and have %6 "
                               "before them")
                                .arg(classLongText(scheme, id))
                                .arg(one.accepted)
                                .arg(one.named)
                                .arg(people.right)
                                .arg(people.wrong())
                                .arg(people.open);
        for (int column = 0; column < ColumnCount; ++column)
            item(row, column)->setToolTip(tip);
    }
    setSortingEnabled(true); // by the column that somebody chose, whatever is decided
}

} // namespace telltale
