// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/analysis/disagreementmodel.h"
#include "app/report/agreementfigures.h"
#include "widgets/models/classlooks.h"
#include <QLocale>
#include <algorithm>

namespace telltale {

DisagreementModel::DisagreementModel(QObject* parent) : QAbstractTableModel(parent) { }

void DisagreementModel::setItems(const Document* document, const AgreementAnalysis* analysis, size_t pair)
{
    std::vector<Disagreement> items;
    const bool there = document && analysis && pair < analysis->report.pairs.size();
    if (there)
        items = disagreementsOf(*analysis, pair);
    m_document = document;
    m_analysis = analysis;
    const bool same = items == m_items && there && m_scheme == document->scheme();
    if (!same)
        beginResetModel();
    m_items = std::move(items);
    m_scheme = document ? document->scheme() : LabelScheme();
    m_videos.clear();
    if (there) {
        for (const VideoEntry& video : document->videos())
            m_videos[video.id] = QString::fromStdString(video.name);
        const PairAgreement& both = analysis->report.pairs[pair];
        m_nameA = agreementCoderText(analysis->coders[static_cast<size_t>(both.a)]);
        m_nameB = agreementCoderText(analysis->coders[static_cast<size_t>(both.b)]);
    }
    m_settled.resize(m_items.size());
    if (!same) {
        m_rows.clear();
        for (size_t i = 0; i < m_items.size(); ++i)
            m_rows.push_back(i);
        endResetModel();
    }
    readSettled(0);
    if (!same)
        choose();
}

void DisagreementModel::setShow(Show show, bool openOnly, int label)
{
    m_show = show;
    m_openOnly = openOnly;
    m_label = label;
    choose();
}

bool DisagreementModel::wanted(size_t place) const
{
    const Disagreement& item = m_items[place];
    if (m_label >= 0 && !(item.a && item.a->label == m_label) && !(item.b && item.b->label == m_label))
        return false;
    if (m_openOnly && m_settled[place])
        return false;
    using Of = Disagreement::Kind;
    return m_show == Show::All
        || (item.kind != Of::Agreed && (m_show == Show::EndsToo || item.kind != Of::Ends));
}

void DisagreementModel::choose()
{
    beginResetModel();
    m_rows.clear();
    for (size_t i = 0; i < m_items.size(); ++i)
        if (wanted(i))
            m_rows.push_back(i);
    endResetModel();
}

void DisagreementModel::readSettled(int64_t videoId)
{
    if (!m_document || !m_analysis)
        return;
    std::map<int64_t, SettledSpans> read;
    for (size_t i = 0; i < m_items.size(); ++i) {
        const Disagreement& item = m_items[i];
        if (videoId != 0 && item.videoId != videoId)
            continue;
        auto known = read.find(item.videoId);
        if (known == read.end())
            known
                = read.emplace(item.videoId,
                          SettledSpans(m_document->annotations(item.videoId, std::string(kAdjudicatedLayer))))
                      .first;
        m_settled[i] = known->second.settles(item, m_analysis->request.pairOverlap);
    }
    if (!m_rows.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int DisagreementModel::nextOpen(int row) const
{
    const int count = rowCount();
    for (int step = 0; step < count; ++step) {
        const int at = (row + step + count) % count;
        if (!settled(at))
            return at;
    }
    return -1;
}

int DisagreementModel::rowOf(const Disagreement& item) const
{
    for (int row = 0; row < rowCount(); ++row)
        if (this->item(row) == item)
            return row;
    return -1;
}

int DisagreementModel::openCount() const
{
    return static_cast<int>(
        std::ranges::count_if(m_rows, [this](size_t place) { return !m_settled[place]; }));
}

int DisagreementModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DisagreementModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString DisagreementModel::labelText(const std::optional<CodedSpan>& span) const
{
    return span && m_analysis ? agreementLabelText(*m_analysis, m_scheme, span->label)
                              : QStringLiteral("\u2013");
}

QVariant DisagreementModel::data(const QModelIndex& index, int role) const
{
    const Disagreement& one = item(index.row());
    if (role == Qt::TextAlignmentRole)
        return index.column() == Frame || index.column() == Overlap
            ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
            : QVariant();
    const auto* span = index.column() == SaysA && one.a ? &*one.a
        : index.column() == SaysB && one.b              ? &*one.b
                                                        : nullptr;
    if (role == Qt::DecorationRole)
        return span && m_analysis
            ? classDecoration(m_scheme, span->label == m_analysis->unnamed ? -1 : span->label)
            : QVariant();
    if (role == Qt::ToolTipRole && span)
        return tr("Frames %1 to %2").arg(span->span.first).arg(span->span.last - 1);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Video: {
        const auto name = m_videos.find(one.videoId);
        return name != m_videos.end() ? name->second : QString();
    }
    case Frame:
        return QLocale().toString(static_cast<qlonglong>(one.hull().first));
    case SaysA:
        return labelText(one.a);
    case SaysB:
        return labelText(one.b);
    case Overlap:
        return one.a && one.b ? QLocale().toString(one.overlap, 'f', 2) : QStringLiteral("\u2013");
    case Kind:
        return disagreementText(one.kind);
    case Settled:
        return settled(index.row()) ? tr("settled") : tr("open");
    default:
        return {};
    }
}

QVariant DisagreementModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Video:
        return tr("Video");
    case Frame:
        return tr("Frame");
    case SaysA:
        return tr("A: %1").arg(m_nameA);
    case SaysB:
        return tr("B: %1").arg(m_nameB);
    case Overlap:
        return tr("Overlap");
    case Kind:
        return tr("What");
    case Settled:
        return tr("State");
    default:
        return {};
    }
}

} // namespace telltale
