// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "widgets/plot/plotview.h"
#include <QColor>
#include <vector>

class QPainter;

namespace telltale {

/// A row a class from top to bottom, names on the left; what does not fit is scrolled. The arrow keys walk
/// through the rows and read them, Enter or a click chooses one. GUI thread.
class ClassRowsView : public PlotView {
    Q_OBJECT
public:
    struct Name {
        int classId = -1;
        QString name;
        QString note; ///< what the pointer and the keyboard read
    };
    ~ClassRowsView() override;
    void setFigure(const QString& key, const QString& title); ///< as PlotView::setFigure()
    void setEmptyText(const QString& text);
    QString message() const; ///< what is read instead of rows
    QString readout() const; ///< what is said of the current row
    QString summary() const;
    QString caption() const;
    QStringList shownClasses() const; ///< top to bottom
    /// Where a row is drawn, empty if there is no such class or it is scrolled away: tests, guides.
    QRect rowRect(int classId) const;

    bool isEmpty() const override;
    QSize paperSize() const override;

signals:
    void classClicked(int classId);

protected:
    explicit ClassRowsView(QWidget* parent);
    /// From top to bottom; `columns`: titles above the rows, each as wide as the next; none: no titles.
    /// `summary`: a line above, `caption`: how to read it, below.
    void setNames(
        std::vector<Name> names, const QStringList& columns, const QString& summary, const QString& caption);
    /// Draws a row right of its name, as large as `place`, in the palette and font of the view.
    virtual void drawRow(QPainter& painter, size_t row, const QRect& place) const = 0;
    void changeEvent(QEvent* event) override;
    void drawFigure(QPaintDevice& device, QSize size) override;

private:
    class Private;
    Private* d; // child object
};

/// Bars in two parts: a solid and an outlined one.
class ClassBarsView : public ClassRowsView {
    Q_OBJECT
public:
    struct Row {
        Name name;
        QColor color;
        double solid = 0;
        double outlined = 0;
        QString text; ///< behind the bar
        bool marked = false; ///< something is wrong with it: a sign before the number
    };
    explicit ClassBarsView(QWidget* parent = nullptr);
    void setRows(std::vector<Row> rows, const QString& summary, const QString& caption);

protected:
    void drawRow(QPainter& painter, size_t row, const QRect& place) const override;

private:
    std::vector<Row> m_rows;
    double m_longest = 1;
    int m_mostLetters = 0; ///< of the texts behind the bars
};

/// A cell a column: how much is there, and where nothing is.
class ClassCellsView : public ClassRowsView {
    Q_OBJECT
public:
    struct Cell {
        double share = 0; ///< in [0, 1]: how strongly it is coloured
        QString text;
        bool missing = false; ///< nothing where something should be
    };
    struct Row {
        Name name;
        QColor color;
        std::vector<Cell> cells; ///< by column
    };
    explicit ClassCellsView(QWidget* parent = nullptr);
    void setRows(
        std::vector<Row> rows, const QStringList& columns, const QString& summary, const QString& caption);

protected:
    void drawRow(QPainter& painter, size_t row, const QRect& place) const override;

private:
    std::vector<Row> m_rows;
};

} // namespace telltale
