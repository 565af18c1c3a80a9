// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include "pipeline/analysis/disagreements.h"
#include <QAbstractTableModel>
#include <QString>
#include <vector>

namespace telltale {

/// Pairs of spans of two coders and spans that stand alone, as rows of a table. GUI thread.
class DisagreementModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Video, Frame, SaysA, SaysB, Overlap, Kind, Settled, ColumnCount };
    /// Which rows are shown.
    enum class Show { NamesAndAlone, EndsToo, All };
    explicit DisagreementModel(QObject* parent = nullptr);

    /// What is shown already stays, row by row, if it is the same. `analysis` has to outlive the rows.
    void setItems(const Document* document, const AgreementAnalysis* analysis, size_t pair);
    void setShow(Show show, bool openOnly, int label = -1);
    /// Reads anew what is settled of a video; 0: of all.
    void readSettled(int64_t videoId);

    const Disagreement& item(int row) const { return m_items[m_rows[static_cast<size_t>(row)]]; }
    bool settled(int row) const { return m_settled[m_rows[static_cast<size_t>(row)]]; }
    const std::vector<Disagreement>& items() const { return m_items; }
    bool settledItem(size_t place) const { return m_settled[place]; }
    /// Row of the next one that is open, from `row` on and round; -1: all are settled.
    int nextOpen(int row) const;
    int rowOf(const Disagreement& item) const; ///< -1: not shown
    int openCount() const;
    int shownCount() const { return static_cast<int>(m_rows.size()); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool wanted(size_t place) const;
    void choose();
    QString labelText(const std::optional<CodedSpan>& span) const;

    LabelScheme m_scheme;
    std::map<int64_t, QString> m_videos;
    const Document* m_document = nullptr;
    const AgreementAnalysis* m_analysis = nullptr;
    QString m_nameA;
    QString m_nameB;
    std::vector<Disagreement> m_items;
    std::vector<bool> m_settled; ///< by item
    std::vector<size_t> m_rows;
    Show m_show = Show::NamesAndAlone;
    bool m_openOnly = false;
    int m_label = -1;
};

} // namespace telltale
