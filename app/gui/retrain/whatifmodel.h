// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include "review/whatif.h"
#include <QAbstractItemModel>

namespace telltale {

/// What new heads would change: on top the kinds of change with their counts, below each its spans. GUI
/// thread.
class WhatIfModel : public QAbstractItemModel {
    Q_OBJECT
public:
    explicit WhatIfModel(QObject* parent = nullptr);
    /// `document` names classes and spans; null: empty. It outlives this or is replaced first.
    void setChanges(const Document* document, const WhatIf& changes);
    const WhatIf& changes() const { return m_changes; }
    int64_t spanAt(const QModelIndex& index) const; ///< 0: a kind of change

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    const ProposalChange& changeAt(const QModelIndex& index) const;
    QString flowText(const ProposalFlow& flow) const;
    QString spanText(const ProposalChange& change) const;

    const Document* m_document = nullptr;
    WhatIf m_changes;
};

} // namespace telltale
