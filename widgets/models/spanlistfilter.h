// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "widgets/models/spanlistmodel.h"
#include "widgets/models/spanranking.h"
#include <QAbstractProxyModel>
#include <map>
#include <unordered_set>

namespace telltale {

/// The review queue: which spans of a SpanListModel are shown, and in which order. Follows single edits row
/// by row and re-ranks after each by one pass over the queue, so that what is selected stays so; after a bulk
/// of edits it is reset. GUI thread.
class SpanListFilter : public QAbstractProxyModel {
    Q_OBJECT
public:
    enum class Show { Open, Decided, All };
    using Order = QueueOrder;

    explicit SpanListFilter(QObject* parent = nullptr);
    void setSourceModel(QAbstractItemModel* model) override; ///< a SpanListModel
    void setShow(Show show);
    void setOrder(Order order);
    void setClass(int classId); ///< kAnyClass: every class
    void setWeights(const GainWeights& weights);
    /// Of the order by confused pairs; nothing: the pair that most open spans have.
    void setPair(std::optional<ClassPair> pair);
    /// Only these spans, in whatever state, of whatever class; nothing: all that the other filters let
    /// through. Ids that are not there are none.
    void setOnly(std::optional<std::vector<int64_t>> ids);
    bool hasOnly() const { return m_only.has_value(); }
    /// A span that stays in sight whatever its state, because somebody is at work on it; 0: none.
    void setPinned(int64_t annotationId);
    Show shown() const { return m_only ? Show::All : m_show; }
    Order order() const { return m_ranking.order(); }
    const GainWeights& weights() const { return m_ranking.weights(); }
    /// The pair whose spans are shown in that order, if there is one.
    std::optional<ClassPair> pair() const;
    /// Open spans by the pair that they confuse.
    std::map<ClassPair, int> pairs() const;

    static constexpr int kAnyClass = -2;

    int64_t idAt(int row) const; ///< annotation id, 0 outside
    int rowOfId(int64_t annotationId) const; ///< -1 if it is not shown

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    QModelIndex sibling(int row, int column, const QModelIndex& from) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    bool hasChildren(const QModelIndex& parent = {}) const override;
    QModelIndex mapToSource(const QModelIndex& row) const override;
    QModelIndex mapFromSource(const QModelIndex& row) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool accepts(const Annotation& span, const SpanDigest* digest) const;
    RankedSpan rankedSpan(const Annotation& span) const;
    void rank();
    void rerank();
    void noteRows(int first, int last);
    void forgetRows(int first, int last);
    void catchUp();
    void follow(const std::vector<int64_t>& ids);
    void showInstead(std::vector<int64_t> ids);
    void permute(std::vector<int64_t> ids);

    SpanListModel* m_spans = nullptr;
    SpanRanking m_ranking;
    std::vector<int64_t> m_ids; ///< what is shown, first to last
    std::vector<int64_t> m_touched; ///< rows of the source that have changed since the last catchUp()
    bool m_allTouched = false;
    bool m_forgot = false; ///< rows went, and with them what the others are ranked by
    Show m_show = Show::Open;
    int m_class = kAnyClass;
    int64_t m_pinned = 0;
    std::optional<std::unordered_set<int64_t>> m_only;
    std::optional<ClassPair> m_wantedPair;
    std::optional<ClassPair> m_pair; ///< while pairs are shown
};

} // namespace telltale
