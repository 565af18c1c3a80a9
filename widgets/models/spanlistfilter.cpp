// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/models/spanlistfilter.h"
#include "widgets/models/spanlistmodel.h"
#include <tuple>

namespace telltale {
namespace {

/// Role of the score that an order goes by; 0 for the orders that have rules of their own.
int scoreRole(SpanListFilter::Order order)
{
    switch (order) {
    case SpanListFilter::Order::Detector:
        return SpanListModel::DetectorRole;
    case SpanListFilter::Order::Ensemble:
        return SpanListModel::EnsembleRole;
    case SpanListFilter::Order::Together:
        return SpanListModel::TogetherRole;
    default:
        return 0;
    }
}

} // namespace

SpanListFilter::SpanListFilter(QObject* parent) : QSortFilterProxyModel(parent)
{
    setDynamicSortFilter(true);
    sort(0);
}

void SpanListFilter::setShow(Show show)
{
    m_show = show;
    invalidateFilter();
}

void SpanListFilter::setOrder(Order order)
{
    m_order = order;
    invalidate();
}

void SpanListFilter::setClass(int classId)
{
    m_class = classId;
    invalidateFilter();
}

void SpanListFilter::setPinned(int64_t annotationId)
{
    if (m_pinned == annotationId)
        return;
    m_pinned = annotationId;
    invalidateFilter();
}

int64_t SpanListFilter::idAt(int row) const { return index(row, 0).data(SpanListModel::IdRole).toLongLong(); }

int SpanListFilter::rowOfId(int64_t annotationId) const
{
    const auto* model = qobject_cast<const SpanListModel*>(sourceModel());
    const int row = model ? model->rowOf(annotationId) : -1;
    return row < 0 ? -1 : mapFromSource(model->index(row, 0)).row();
}

bool SpanListFilter::filterAcceptsRow(int sourceRow, const QModelIndex& sourceParent) const
{
    const QModelIndex row = sourceModel()->index(sourceRow, 0, sourceParent);
    if (row.data(SpanListModel::IdRole).toLongLong() == m_pinned && m_pinned != 0)
        return true;
    if (m_class != kAnyClass && row.data(SpanListModel::ClassRole).toInt() != m_class)
        return false;
    const bool open = row.data(SpanListModel::StateRole).toInt() == static_cast<int>(SpanState::Proposed);
    return m_show == Show::All || open == (m_show == Show::Open);
}

bool SpanListFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const auto byTime = [](const QModelIndex& index) {
        return std::make_tuple(index.data(SpanListModel::VideoRole).toLongLong(),
            index.data(SpanListModel::StartRole).toLongLong(),
            index.data(SpanListModel::IdRole).toLongLong());
    };
    if (m_order == Order::Time)
        return byTime(left) < byTime(right);
    if (const int role = scoreRole(m_order); role != 0) {
        const double a = left.data(role).toDouble();
        const double b = right.data(role).toDouble();
        return a != b ? a > b : byTime(left) < byTime(right);
    }
    // What the consensus named is the most certain; within a group the margin between the two best classes
    // decides.
    const double direction = m_order == Order::MostCertain ? -1 : 1;
    const auto rank = [&](const QModelIndex& index) {
        const double consensus = index.data(SpanListModel::ConsensusRole).toBool() ? 1 : 0;
        return std::make_tuple(direction * consensus,
            direction * index.data(SpanListModel::MarginRole).toDouble(),
            index.data(SpanListModel::IdRole).toLongLong());
    };
    return rank(left) < rank(right);
}

} // namespace telltale
