// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/types.h"
#include <QSortFilterProxyModel>

namespace telltale {

/// The review queue: which spans of a SpanListModel are shown, and in which order.
class SpanListFilter : public QSortFilterProxyModel {
    Q_OBJECT
public:
    enum class Show { Open, Decided, All };
    /// The last three by SpanScores, greatest first, spans without one at the end.
    enum class Order { MostCertain, LeastCertain, Time, Detector, Ensemble, Together };

    explicit SpanListFilter(QObject* parent = nullptr);
    void setShow(Show show);
    void setOrder(Order order);
    void setClass(int classId); ///< kAnyClass: every class
    /// A span that stays in sight whatever its state, because somebody is at work on it; 0: none.
    void setPinned(int64_t annotationId);
    Show shown() const { return m_show; }
    Order order() const { return m_order; }

    static constexpr int kAnyClass = -2;

    int64_t idAt(int row) const; ///< annotation id, 0 outside
    int rowOfId(int64_t annotationId) const; ///< -1 if it is not shown

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex& sourceParent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    Show m_show = Show::Open;
    Order m_order = Order::MostCertain;
    int m_class = kAnyClass;
    int64_t m_pinned = 0;
};

} // namespace telltale
