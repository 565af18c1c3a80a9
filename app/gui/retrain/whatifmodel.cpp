// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/retrain/whatifmodel.h"
#include "widgets/models/texts.h"

namespace telltale {
namespace {

constexpr quintptr kFlow = 0; // internal id of rows on top; a span's is its flow + 1

} // namespace

WhatIfModel::WhatIfModel(QObject* parent) : QAbstractItemModel(parent) { }

void WhatIfModel::setChanges(const Document* document, const WhatIf& changes)
{
    beginResetModel();
    m_document = document;
    m_changes = document ? changes : WhatIf();
    endResetModel();
}

const ProposalChange& WhatIfModel::changeAt(const QModelIndex& index) const
{
    const ProposalFlow& flow = m_changes.flows[index.internalId() - 1];
    return m_changes.changes[flow.first + static_cast<size_t>(index.row())];
}

int64_t WhatIfModel::spanAt(const QModelIndex& index) const
{
    return index.isValid() && index.internalId() != kFlow ? changeAt(index).spanId : 0;
}

QModelIndex WhatIfModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : kFlow);
}

QModelIndex WhatIfModel::parent(const QModelIndex& child) const
{
    if (!child.isValid() || child.internalId() == kFlow)
        return {};
    return createIndex(static_cast<int>(child.internalId()) - 1, 0, kFlow);
}

int WhatIfModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_changes.flows.size());
    if (parent.internalId() != kFlow || parent.column() > 0)
        return 0;
    return static_cast<int>(m_changes.flows[static_cast<size_t>(parent.row())].count);
}

int WhatIfModel::columnCount(const QModelIndex&) const { return 1; }

QString WhatIfModel::flowText(const ProposalFlow& flow) const
{
    const LabelScheme& scheme = m_document->scheme();
    const QString from = classText(scheme, flow.from);
    if (flow.from != flow.to)
        return tr("%1 of %2 \u2192 %3").arg(flow.count).arg(from, classText(scheme, flow.to));
    return flow.gained ? tr("%1 of %2: agreed on from now on").arg(flow.count).arg(from)
                       : tr("%1 of %2: no longer agreed on").arg(flow.count).arg(from);
}

QString WhatIfModel::spanText(const ProposalChange& change) const
{
    const Annotation* span = m_document->annotation(change.spanId);
    const VideoEntry* video = span ? m_document->video(span->videoId) : nullptr;
    if (!video)
        return {};
    const double fps = video->fps > 0 ? video->fps : 25.0;
    const auto start = static_cast<int64_t>(static_cast<double>(span->span.first) / fps * 1e6);
    return tr("%1, %2: %3 \u2192 %4")
        .arg(QString::fromStdString(video->name), clockText(MediaTime(start)).chopped(2),
            percentText(change.now.probability), percentText(change.next.probability));
}

QVariant WhatIfModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !m_document)
        return {};
    const bool flow = index.internalId() == kFlow;
    switch (role) {
    case Qt::DisplayRole:
        return flow ? flowText(m_changes.flows[static_cast<size_t>(index.row())]) : spanText(changeAt(index));
    case Qt::ToolTipRole:
        return flow ? QVariant() : QVariant(tr("Goes to the span"));
    default:
        return {};
    }
}

} // namespace telltale
