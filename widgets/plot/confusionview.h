// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/confusion.h"
#include "widgets/plot/plotview.h"
#include <QStringList>
#include <vector>

namespace telltale {

/// One matrix of a ConfusionView.
struct ConfusionPanel {
    QString title; ///< whose answers, and how good they are
    ConfusionMatrix matrix;
    QString name = {}; ///< whose answers, for the title of a difference; empty: `title`
};

/// What a ConfusionView shows. A plain value.
struct ConfusionContent {
    QStringList classes; ///< names by class
    std::vector<int> order; ///< classes from the top and from the left; those that never occur are left out
    std::vector<int> groups; ///< by class; a line parts groups that stand side by side; empty: none
    ConfusionScale scale = ConfusionScale::Count;
    std::vector<ConfusionPanel> panels; ///< one, or two of the same classes
    bool difference = false; ///< of two panels: the second minus the first, in place of both
};

/// Confusion matrices of truth (rows) against prediction (columns), with the background as last row and
/// column where the matrix has one: one, two side by side, or the difference of two. Colours say shares,
/// blue on the diagonal and orange beside it (in a difference blue more, orange less), so that they are told
/// apart by everybody; numbers stand in cells that have room for them. Cells are drawn when something
/// changes; moving over them draws a frame and nothing else. By keyboard: arrows walk over the cells, Home
/// and End to the ends of a row, Enter activates. GUI thread.
class ConfusionView : public PlotView {
    Q_OBJECT
public:
    explicit ConfusionView(QWidget* parent = nullptr);
    ~ConfusionView() override;

    void setContent(ConfusionContent content);
    /// A sentence that says what is missing; shown while there is no content.
    void setEmptyText(const QString& text);
    /// What the cell of a panel holds, for people; classes as in the matrix.
    QString cellText(int panel, int truth, int predicted) const;

    /// Names in the order of the axes, and where a cell lies in the widget (empty if not shown): tests,
    /// guides.
    QStringList shownClasses() const;
    QRect cellRect(int panel, int truth, int predicted) const;
    /// The cell that has the keyboard: {panel, truth, predicted}; -1 everywhere: none.
    std::array<int, 3> focusCell() const;

    bool isEmpty() const override;
    QSize paperSize() const override;

signals:
    /// Classes as in the matrix, the background is matrix.classes. `panel` is 1 for the difference.
    void cellActivated(int panel, int truth, int predicted);

protected:
    void drawFigure(QPaintDevice& device, QSize size) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    class Private;
    Private* d; // child object
};

} // namespace telltale
