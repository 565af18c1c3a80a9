// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/review/stopview.h"
#include "app/gui/theme.h"
#include "widgets/models/texts.h"
#include <QDialogButtonBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPixmap>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

constexpr int kDelayMs = 200;
constexpr int kClassRole = Qt::UserRole + 1;
enum Column { ClassColumn, LeftColumn, AuditedColumn, RightColumn, WrongColumn, HalveColumn, ColumnCount };

QString wrongRange(const StopEstimate& estimate)
{
    const auto low = static_cast<int64_t>(std::floor(estimate.wrongLow));
    const auto high = static_cast<int64_t>(std::ceil(estimate.wrongHigh - 1e-9));
    return low == high ? QString::number(low) : QStringLiteral("%1\u2013%2").arg(low).arg(high);
}

QString rightText(const PrecisionEstimate& precision)
{
    if (precision.clips == 0)
        return QStringLiteral("\u2013");
    return QStringLiteral("%1 (%2\u2013%3)")
        .arg(percentText(precision.precision), percentText(precision.low), percentText(precision.high));
}

QTableWidgetItem* cell(const QString& text, bool number)
{
    auto* item = new QTableWidgetItem(text);
    item->setFlags(Qt::ItemIsSelectable | Qt::ItemIsEnabled);
    if (number)
        item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return item;
}

} // namespace

QString stopSentence(const StopEstimate& estimate)
{
    if (estimate.proposals == 0)
        return StopDialog::tr("There are no proposals yet: analyze a video.");
    if (estimate.open == 0)
        return StopDialog::tr("Everything is decided.");
    if (estimate.precision.clips == 0)
        return estimate.openAudits > 0 ? StopDialog::tr(
                   "Nothing is known of the %1 left yet: decide audit items (order \"Random audit\").")
                                             .arg(estimate.open)
                                       : StopDialog::tr("No audit item was drawn for the estimate: decide "
                                                        "all that are left (%1), or raise the share.")
                                             .arg(estimate.open);
    const QString left
        = StopDialog::tr("Wrong among the %1 left: about %2.").arg(estimate.open).arg(wrongRange(estimate));
    if (estimate.openAudits == 0)
        return left + QLatin1Char(' ')
            + StopDialog::tr("All audit items are decided; a greater share would narrow this.");
    if (estimate.toHalve > estimate.openAudits)
        return left + QLatin1Char(' ')
            + StopDialog::tr("Audit items still open: %1; %2 more would halve the interval.")
                  .arg(estimate.openAudits)
                  .arg(estimate.toHalve);
    return left + QLatin1Char(' ')
        + StopDialog::tr("Audit items that would halve the interval: %1.").arg(estimate.toHalve);
}

StopDialog::StopDialog(QWidget* parent)
    : QDialog(parent)
    , m_table(new QTableWidget(0, ColumnCount))
    , m_sentence(new QLabel)
{
    setObjectName(QStringLiteral("stopEstimate"));
    setWindowTitle(tr("When to stop"));
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(10);
    auto* head
        = new QLabel(tr("Audit items (\u25ce) are drawn at random among all proposals, so what you decide of "
                        "them tells how many of the others are wrong. Items that the queue brought first "
                        "because they look doubtful are left out of the estimate."));
    head->setWordWrap(true);
    layout->addWidget(head);
    m_table->setHorizontalHeaderLabels(
        {tr("Class"), tr("Left"), tr("Audited"), tr("Right (95 %)"), tr("Wrong left"), tr("To halve")});
    const std::pair<Column, QString> tips[]
        = {{LeftColumn, tr("Open proposals")}, {AuditedColumn, tr("Decided audit items that count, of all")},
            {RightColumn, tr("Proposals whose class was right, with the 95 % interval")},
            {WrongColumn, tr("Expected wrong ones among the open proposals, 95 % interval")},
            {HalveColumn, tr("Further audit items after which the interval is half as wide")}};
    for (const auto& [column, tip] : tips)
        m_table->horizontalHeaderItem(column)->setToolTip(tip);
    m_table->setAccessibleName(tr("Estimate by class"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    QHeaderView* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(ClassColumn, QHeaderView::Stretch);
    layout->addWidget(m_table, 1);
    m_sentence->setWordWrap(true);
    m_sentence->setMinimumHeight(fontMetrics().lineSpacing() * 2);
    m_sentence->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_sentence);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_table, &QTableWidget::currentCellChanged, this, &StopDialog::explain);
    resize(fontMetrics().averageCharWidth() * 96, fontMetrics().height() * 28);
}

void StopDialog::showEstimates(const LabelScheme& scheme, const std::map<int, StopEstimate>& estimates)
{
    m_estimates = estimates;
    const QTableWidgetItem* chosen = m_table->item(m_table->currentRow(), ClassColumn);
    const int classId = chosen ? chosen->data(kClassRole).toInt() : SpanListModel::kAllClasses;
    const QSignalBlocker blocker(m_table);
    m_table->setRowCount(0);
    std::vector<int> classes;
    for (const auto& [id, estimate] : estimates)
        classes.push_back(id);
    // Where most may be wrong comes first, behind the sum.
    std::ranges::stable_sort(classes, [&](int a, int b) {
        const bool all = a == SpanListModel::kAllClasses;
        if (all != (b == SpanListModel::kAllClasses))
            return all;
        return estimates.at(a).wrongHigh > estimates.at(b).wrongHigh;
    });
    int row = 0;
    for (size_t i = 0; i < classes.size(); ++i) {
        addRow(scheme, classes[i], estimates.at(classes[i]));
        row = classes[i] == classId ? static_cast<int>(i) : row;
    }
    m_table->setCurrentCell(m_table->rowCount() > 0 ? row : -1, ClassColumn);
    explain();
}

void StopDialog::addRow(const LabelScheme& scheme, int classId, const StopEstimate& estimate)
{
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    const bool all = classId == SpanListModel::kAllClasses;
    QTableWidgetItem* name = cell(all ? tr("All classes") : classText(scheme, classId), false);
    name->setData(kClassRole, classId);
    if (!all)
        name->setIcon(classSwatch(scheme, classId, 12));
    m_table->setItem(row, ClassColumn, name);
    m_table->setItem(row, LeftColumn, cell(QString::number(estimate.open), true));
    m_table->setItem(
        row, AuditedColumn, cell(tr("%1 of %2").arg(estimate.precision.clips).arg(estimate.audits), true));
    m_table->setItem(row, RightColumn, cell(rightText(estimate.precision), true));
    m_table->setItem(row, WrongColumn, cell(wrongRange(estimate), true));
    m_table->setItem(row, HalveColumn,
        cell(estimate.toHalve > 0 && estimate.open > 0 ? QString::number(estimate.toHalve)
                                                       : QStringLiteral("\u2013"),
            true));
    if (!all)
        return;
    QFont bold = m_table->font();
    bold.setBold(true);
    for (int column = 0; column < ColumnCount; ++column)
        m_table->item(row, column)->setFont(bold);
}

void StopDialog::explain()
{
    const QTableWidgetItem* chosen = m_table->item(m_table->currentRow(), ClassColumn);
    const auto known
        = m_estimates.find(chosen ? chosen->data(kClassRole).toInt() : SpanListModel::kAllClasses);
    const QString sentence = stopSentence(known == m_estimates.end() ? StopEstimate() : known->second);
    m_sentence->setText(chosen ? QStringLiteral("%1: %2").arg(chosen->text(), sentence) : sentence);
}

StopView::StopView(SpanListModel& spans, QWidget* parent)
    : QWidget(parent)
    , m_spans(spans)
    , m_line(new QLabel)
    , m_more(new QToolButton)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    m_line->setObjectName(QStringLiteral("stopLine"));
    m_line->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    layout->addWidget(m_line, 1);
    m_more->setIcon(themedIcon(QStringLiteral("statistics")));
    m_more->setAutoRaise(true);
    m_more->setFocusPolicy(Qt::StrongFocus);
    m_more->setToolTip(tr("When to stop: what is left and wrong, by class"));
    m_more->setAccessibleName(m_more->toolTip());
    layout->addWidget(m_more);
    connect(m_more, &QToolButton::clicked, this, &StopView::openTable);
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelayMs);
    connect(&m_delay, &QTimer::timeout, this, &StopView::refresh);
    connect(&spans, &SpanListModel::settled, &m_delay, qOverload<>(&QTimer::start));
    m_delay.start();
}

void StopView::setClass(int classId)
{
    m_class = classId;
    showLine();
}

void StopView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_delay.start();
}

void StopView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_more->setIcon(themedIcon(QStringLiteral("statistics")));
}

void StopView::refresh()
{
    if (!isVisible() && !m_dialog)
        return;
    m_estimates = m_spans.document() ? m_spans.stopEstimates() : std::map<int, StopEstimate>();
    showLine();
    if (m_dialog && m_spans.document())
        m_dialog->showEstimates(m_spans.document()->scheme(), m_estimates);
}

void StopView::showLine()
{
    const auto known = m_estimates.find(m_class);
    const StopEstimate estimate = known == m_estimates.end() ? StopEstimate() : known->second;
    const PrecisionEstimate& precision = estimate.precision;
    QString line;
    if (estimate.open > 0 && precision.clips == 0)
        line = estimate.audits > 0 ? tr("Audited: 0 of %1").arg(estimate.audits) : tr("No audit item drawn");
    else if (estimate.open > 0)
        line = tr("%1 of %2 left wrong").arg(wrongRange(estimate)).arg(estimate.open);
    m_line->setText(line);
    m_line->setToolTip(stopSentence(estimate));
}

QDialog* StopView::openTable()
{
    if (!m_dialog) {
        m_dialog = new StopDialog(this);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    }
    refresh();
    m_dialog->show();
    m_dialog->raise();
    return m_dialog;
}

} // namespace telltale
