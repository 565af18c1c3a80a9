// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/retrain/classtrendview.h"
#include "app/gui/retrain/classtrenddelegate.h"
#include <QComboBox>
#include <QListView>
#include <QVBoxLayout>

namespace telltale {

ClassTrendView::ClassTrendView(QWidget* parent)
    : QWidget(parent)
    , m_order(new QComboBox)
    , m_list(new QListView)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    m_order->addItem(tr("Largest loss first"));
    m_order->addItem(tr("Most examples first"));
    m_order->setAccessibleName(tr("Order of the classes"));
    m_order->setToolTip(tr("Largest loss first: against the heads in use"));
    m_order->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_order->setMinimumContentsLength(8);
    layout->addWidget(m_order);
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new ClassTrendDelegate(m_list));
    m_list->setResizeMode(QListView::Adjust); // names take more lines where it is narrow
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setAccessibleName(tr("F1 per class"));
    m_list->setToolTip(
        tr("Line: the new heads, one after the other, epoch by epoch. Dashes: the heads in use."));
    layout->addWidget(m_list, 1);
    connect(m_order, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_model.setOrder(
            index == 0 ? ClassTrendModel::Order::LargestLoss : ClassTrendModel::Order::MostExamples);
    });
}

} // namespace telltale
