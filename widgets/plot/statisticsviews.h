// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QColor>
#include <QStringList>
#include <QWidget>
#include <cstdint>
#include <vector>

namespace telltale {

/// Confusion matrix of truth (rows) against prediction (columns), coloured by row share, counts in the cells.
/// Empty state explains what is missing.
class ConfusionView : public QWidget {
    Q_OBJECT
public:
    explicit ConfusionView(QWidget* parent = nullptr);
    /// Only classes that occur in the matrix are shown. `summary`: one line above, e.g. "accuracy 0.61 over
    /// 84 spans".
    void setMatrix(
        const std::vector<std::vector<int64_t>>& counts, const QStringList& classes, const QString& summary);
    void setEmptyText(const QString& text);
    /// Names in the order of the axes, and where a cell lies in the widget (empty if not shown): tests,
    /// guides.
    QStringList shownClasses() const;
    QRect cellRect(int truth, int predicted) const;

signals:
    void cellClicked(int truth, int predicted); ///< class ids

protected:
    void changeEvent(QEvent* event) override;

private:
    class Private;
    Private* d; // child object
};

/// Live curves of a retraining: loss and held-out macro-F1 by epoch, one line per modality.
class TrainingPlot : public QWidget {
    Q_OBJECT
public:
    explicit TrainingPlot(QWidget* parent = nullptr);
    void reset();
    /// What is not a number leaves a gap.
    void addPoint(const QString& modality, int epoch, double loss, double macroF1);

protected:
    void changeEvent(QEvent* event) override;

private:
    class Private;
    Private* d; // child object
};

} // namespace telltale
