// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/models/spanlistfilter.h"
#include <algorithm>

namespace telltale {
namespace {

/// Rows that come or go; a reset is then cheaper than many row signals.
constexpr size_t kManyRows = 64;

bool holds(const std::vector<int64_t>& ids, int64_t id) { return std::ranges::find(ids, id) != ids.end(); }

} // namespace

SpanListFilter::SpanListFilter(QObject* parent) : QAbstractProxyModel(parent) { }

void SpanListFilter::setSourceModel(QAbstractItemModel* model)
{
    beginResetModel();
    if (sourceModel())
        disconnect(sourceModel(), nullptr, this, nullptr);
    m_spans = qobject_cast<SpanListModel*>(model);
    QAbstractProxyModel::setSourceModel(model);
    if (m_spans) {
        connect(m_spans, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex& first, const QModelIndex& last) { noteRows(first.row(), last.row()); });
        connect(m_spans, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex&, int first, int last) { noteRows(first, last); });
        connect(m_spans, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex&, int first, int last) { forgetRows(first, last); });
        connect(m_spans, &QAbstractItemModel::modelAboutToBeReset, this, [this] { beginResetModel(); });
        connect(m_spans, &QAbstractItemModel::modelReset, this, [this] {
            rank();
            m_ids = m_ranking.ids();
            endResetModel();
        });
        connect(m_spans, &SpanListModel::settled, this, &SpanListFilter::catchUp);
    }
    rank();
    m_ids = m_ranking.ids();
    endResetModel();
}

void SpanListFilter::setShow(Show show)
{
    m_show = show;
    rerank();
}

void SpanListFilter::setOrder(Order order)
{
    if (order == m_ranking.order())
        return;
    m_ranking.setOrder(order);
    rerank();
}

void SpanListFilter::setClass(int classId)
{
    if (classId == m_class)
        return;
    m_class = classId;
    rerank();
}

void SpanListFilter::setWeights(const GainWeights& weights)
{
    if (weights == m_ranking.weights())
        return;
    m_ranking.setWeights(weights);
    rerank();
}

void SpanListFilter::setPair(std::optional<ClassPair> pair)
{
    m_wantedPair = pair;
    if (m_ranking.order() == Order::ConfusionPair)
        rerank();
}

void SpanListFilter::setOnly(std::optional<std::vector<int64_t>> ids)
{
    if (!ids && !m_only)
        return;
    m_only.reset();
    if (ids)
        m_only.emplace(ids->begin(), ids->end());
    rerank();
}

void SpanListFilter::setPinned(int64_t annotationId)
{
    if (m_pinned == annotationId)
        return;
    const int64_t before = std::exchange(m_pinned, annotationId);
    follow({before, annotationId});
}

std::optional<ClassPair> SpanListFilter::pair() const { return m_pair; }

std::map<ClassPair, int> SpanListFilter::pairs() const
{
    std::map<ClassPair, int> counts;
    for (int row = 0; m_spans && row < m_spans->rowCount(); ++row) {
        const Annotation& span = *m_spans->annotationAt(row);
        const SpanDigest* digest = span.state == SpanState::Proposed ? m_spans->digest(span) : nullptr;
        if (const auto confused = digest ? confusedPair(*digest) : std::nullopt)
            ++counts[*confused];
    }
    return counts;
}

bool SpanListFilter::accepts(const Annotation& span, const SpanDigest* digest) const
{
    if (span.id == m_pinned && m_pinned != 0)
        return true;
    if (m_only)
        return m_only->contains(span.id);
    if (m_class != kAnyClass && span.classId != m_class)
        return false;
    if (m_ranking.order() == Order::Audit && !m_spans->isAudited(span))
        return false;
    if (m_ranking.order() == Order::ConfusionPair && (!m_pair || !digest || confusedPair(*digest) != m_pair))
        return false;
    return m_show == Show::All || (span.state == SpanState::Proposed) == (m_show == Show::Open);
}

RankedSpan SpanListFilter::rankedSpan(const Annotation& span) const
{
    const SpanFacts facts = m_spans->facts(span);
    RankedSpan about;
    about.span = &span;
    about.digest = m_spans->digest(span);
    about.novelty = static_cast<double>(facts.novelty);
    about.boundaryDoubt = static_cast<double>(facts.boundaryDoubt);
    about.seconds = m_spans->seconds(span);
    about.proposal = m_spans->isProposal(span);
    about.auditPlace = about.proposal ? auditPlace(span.predictionId) : 1;
    about.audited = about.auditPlace < m_spans->auditShare();
    return about;
}

void SpanListFilter::rank()
{
    m_touched.clear();
    m_allTouched = m_forgot = false;
    m_pair.reset();
    if (m_ranking.order() == Order::ConfusionPair) {
        m_pair = m_wantedPair;
        const auto counts = m_pair ? std::map<ClassPair, int>() : pairs();
        const auto most = std::ranges::max_element(counts, {}, [](const auto& one) { return one.second; });
        if (most != counts.end())
            m_pair = most->first;
    }
    m_ranking.setAuditShare(m_spans ? m_spans->auditShare() : 0);
    std::vector<std::pair<RankedSpan, bool>> spans;
    spans.reserve(m_spans ? static_cast<size_t>(m_spans->rowCount()) : 0);
    for (int row = 0; m_spans && row < m_spans->rowCount(); ++row) {
        const RankedSpan about = rankedSpan(*m_spans->annotationAt(row));
        spans.emplace_back(about, accepts(*about.span, about.digest));
    }
    m_ranking.assign(spans);
}

void SpanListFilter::rerank()
{
    rank();
    showInstead(m_ranking.ids());
}

void SpanListFilter::showInstead(std::vector<int64_t> ids)
{
    const auto sorted = [](std::vector<int64_t> some) {
        std::ranges::sort(some);
        return some;
    };
    if (ids.size() == m_ids.size() && sorted(ids) == sorted(m_ids)) {
        permute(std::move(ids));
        if (!m_ids.empty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    beginResetModel();
    m_ids = std::move(ids);
    endResetModel();
}

void SpanListFilter::noteRows(int first, int last)
{
    m_allTouched = m_allTouched || static_cast<size_t>(last - first) >= kManyRows;
    for (int row = first; row <= last && !m_allTouched; ++row)
        m_touched.push_back(m_spans->annotationAt(row)->id);
}

void SpanListFilter::forgetRows(int first, int last)
{
    for (int row = first; row <= last; ++row) {
        const int64_t id = m_spans->annotationAt(row)->id;
        m_ranking.remove(id);
        std::erase(m_touched, id);
        if (const int shown = rowOfId(id); shown >= 0) {
            beginRemoveRows({}, shown, shown);
            m_ids.erase(m_ids.begin() + shown);
            endRemoveRows();
        }
    }
    m_forgot = true;
}

void SpanListFilter::catchUp()
{
    const bool pairless = m_ranking.order() == Order::ConfusionPair && !m_pair;
    if (m_allTouched || pairless) {
        rerank();
        return;
    }
    const std::vector<int64_t> touched = std::exchange(m_touched, {});
    if (!touched.empty() || std::exchange(m_forgot, false))
        follow(touched);
}

void SpanListFilter::follow(const std::vector<int64_t>& ids)
{
    m_ranking.setAuditShare(m_spans ? m_spans->auditShare() : 0);
    std::vector<int64_t> come;
    std::vector<int64_t> stay;
    for (const int64_t id : ids) {
        const Annotation* span = m_spans ? m_spans->annotationAt(m_spans->rowOf(id)) : nullptr;
        if (!span)
            continue;
        const bool was = m_ranking.shows(id);
        const RankedSpan about = rankedSpan(*span);
        const bool now = accepts(*span, about.digest);
        m_ranking.put(about, now);
        const int row = was && !now ? rowOfId(id) : -1;
        if (row >= 0) {
            beginRemoveRows({}, row, row);
            m_ids.erase(m_ids.begin() + row);
            endRemoveRows();
        } else if (now) {
            (was ? stay : come).push_back(id);
        }
    }
    const std::vector<int64_t> next = m_ranking.ids();
    std::vector<int64_t> known = next;
    if (!come.empty())
        std::erase_if(known, [&come](int64_t id) { return holds(come, id); });
    permute(std::move(known));
    for (size_t row = 0; row < next.size() && !come.empty(); ++row) {
        if (!holds(come, next[row]))
            continue;
        const int at = static_cast<int>(row);
        beginInsertRows({}, at, at);
        m_ids.insert(m_ids.begin() + at, next[row]);
        endInsertRows();
        std::erase(come, next[row]);
    }
    for (const int64_t id : stay)
        if (const int row = rowOfId(id); row >= 0)
            emit dataChanged(index(row, 0), index(row, columnCount() - 1));
}

void SpanListFilter::permute(std::vector<int64_t> ids)
{
    if (ids == m_ids)
        return;
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<int64_t> meant;
    for (const QModelIndex& one : before)
        meant.push_back(idAt(one.row()));
    m_ids = std::move(ids);
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i)
        after.append(index(rowOfId(meant[static_cast<size_t>(i)]), before[i].column()));
    changePersistentIndexList(before, after);
    emit layoutChanged({}, VerticalSortHint);
}

int64_t SpanListFilter::idAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_ids[static_cast<size_t>(row)] : 0;
}

int SpanListFilter::rowOfId(int64_t annotationId) const
{
    const auto at = std::ranges::find(m_ids, annotationId);
    return at == m_ids.end() ? -1 : static_cast<int>(at - m_ids.begin());
}

QModelIndex SpanListFilter::index(int row, int column, const QModelIndex& parent) const
{
    return hasIndex(row, column, parent) ? createIndex(row, column) : QModelIndex();
}

QModelIndex SpanListFilter::parent(const QModelIndex&) const { return {}; }

QModelIndex SpanListFilter::sibling(int row, int column, const QModelIndex&) const
{
    return index(row, column);
}

int SpanListFilter::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

int SpanListFilter::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_spans ? 0 : m_spans->columnCount();
}

bool SpanListFilter::hasChildren(const QModelIndex& parent) const { return rowCount(parent) > 0; }

QModelIndex SpanListFilter::mapToSource(const QModelIndex& row) const
{
    const int found = row.isValid() && m_spans ? m_spans->rowOf(idAt(row.row())) : -1;
    return found < 0 ? QModelIndex() : m_spans->index(found, row.column());
}

QModelIndex SpanListFilter::mapFromSource(const QModelIndex& row) const
{
    const Annotation* span = row.isValid() && m_spans ? m_spans->annotationAt(row.row()) : nullptr;
    const int shown = span ? rowOfId(span->id) : -1;
    return shown < 0 ? QModelIndex() : index(shown, row.column());
}

QVariant SpanListFilter::headerData(int section, Qt::Orientation orientation, int role) const
{
    return m_spans && orientation == Qt::Horizontal ? m_spans->headerData(section, orientation, role)
                                                    : QVariant();
}

} // namespace telltale
