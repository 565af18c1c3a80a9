// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "widgets/plot/plotview.h"
#include <QColor>
#include <QRectF>
#include <QString>
#include <QStringList>
#include <vector>

namespace telltale {

/// A figure with places that say something: the pointer and the arrow keys read them, a click or Enter
/// chooses one. Painted as a whole in its own coordinates, because a few hundred shapes cost less than a
/// millisecond. GUI thread.
class SpotsView : public PlotView {
    Q_OBJECT
public:
    struct Spot {
        QRectF place;
        QString text;
        int id = 0;
        bool active = true; ///< there is something behind it
    };

    void setEmptyText(const QString& text);
    QString message() const { return m_message; }
    bool isEmpty() const override { return !hasContent(); }
    QSize paperSize() const override;
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

    QString readout() const; ///< what is said of the current place
    QStringList spotTexts() const; ///< all, in the order of the keys
    /// Where a place is drawn, empty if there is no such one: tests, guides.
    QRect spotRect(int id) const;

signals:
    void spotChosen(int id);

protected:
    explicit SpotsView(QWidget* parent);
    virtual bool hasContent() const = 0;
    /// In the palette and font of the view.
    virtual void draw(QPainter& painter, const QRectF& area) const = 0;
    virtual std::vector<Spot> spots(const QRectF& area) const = 0;
    /// Of all that is to be seen, in text heights; the width is taken as it is.
    virtual double neededHeight() const { return 14; }
    virtual double neededWidth() const { return 16; }
    /// The content is another: draws anew.
    void changed();
    double em() const;
    QColor quiet() const;
    /// A colour that is clear on the ground of the view, light or dark.
    QColor shown(const QColor& color) const;

    void drawFigure(QPaintDevice& device, QSize size) override;
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    QRectF area() const;
    int spotAt(const QPointF& position) const; ///< place in spots(); -1: none
    void go(int place);

    QString m_message;
    int m_current = -1; ///< place in spots()
};

/// Share of right answers against confidence, with intervals, and how many answers there are below. Several
/// panels stand beside each other.
class ReliabilityView : public SpotsView {
    Q_OBJECT
public:
    struct Point {
        int bin = 0;
        double confidence = 0; ///< mean of the bin
        double share = 0; ///< of right answers
        double low = 0;
        double high = 1;
        int64_t items = 0;
        QString text; ///< what is read of it
    };
    struct Line {
        QString name;
        bool before = false; ///< of what it was before calibration: hollow and quiet
        std::vector<Point> points; ///< bins with answers, ascending
    };
    struct Panel {
        QString title;
        QString note; ///< a line below the title
        int bins = 15;
        std::vector<Line> lines;
    };
    explicit ReliabilityView(QWidget* parent = nullptr);
    void setPanels(std::vector<Panel> panels);
    QSize paperSize() const override;
    static int spotId(int panel, int line, int bin) { return (panel * 8 + line) * 1024 + bin; }

signals:
    void binChosen(int panel, int line, int bin);

protected:
    bool hasContent() const override;
    void draw(QPainter& painter, const QRectF& area) const override;
    std::vector<Spot> spots(const QRectF& area) const override;
    double neededHeight() const override;

private:
    /// Where the parts of a panel lie.
    struct Frame {
        QRectF title;
        QRectF plot; ///< [0, 1] x [0, 1]
        QRectF counts; ///< below, the same x

        QPointF at(double confidence, double share) const;
    };
    std::vector<Frame> frames(const QRectF& area) const;
    void drawPanel(QPainter& painter, const Panel& panel, const Frame& frame) const;
    void drawCounts(QPainter& painter, const Panel& panel, const Frame& frame) const;
    void drawLine(QPainter& painter, const Line& line, const Frame& frame) const;

    std::vector<Panel> m_panels;
};

/// A group of bars in [0, 1] for each class, a bar for each voter, with intervals as whiskers.
class GroupedBarsView : public SpotsView {
    Q_OBJECT
public:
    struct Bar {
        double value = 0; ///< not a number: none
        double low = 0;
        double high = 0; ///< low > high: no interval
        QString text;
    };
    struct Row {
        int id = -1;
        QString name;
        QString note; ///< behind the name, quiet
        std::vector<Bar> bars; ///< by voter
    };
    explicit GroupedBarsView(QWidget* parent = nullptr);
    void setRows(const QStringList& voters, std::vector<Row> rows);

signals:
    void barChosen(int id, int voter);

protected:
    bool hasContent() const override { return !m_rows.empty(); }
    void draw(QPainter& painter, const QRectF& area) const override;
    std::vector<Spot> spots(const QRectF& area) const override;
    double neededHeight() const override;

private:
    double nameWidth(const QRectF& area) const;
    double barHeight() const;
    double rowHeight() const;
    QRectF barPlace(const QRectF& area, size_t row, size_t voter) const;

    QStringList m_voters;
    std::vector<Row> m_rows;
};

/// Voters against voters: a share in each cell, with a second figure below it.
class PairMatrixView : public SpotsView {
    Q_OBJECT
public:
    struct Cell {
        double share = 0; ///< not a number: nothing to compare
        QString first; ///< what is written in the cell
        QString second; ///< quiet, below it
        QString text;
    };
    explicit PairMatrixView(QWidget* parent = nullptr);
    /// `cells`: [row][column]; the diagonal is left empty.
    void setCells(const QStringList& names, std::vector<std::vector<Cell>> cells);

signals:
    void cellChosen(int row, int column);

protected:
    bool hasContent() const override { return m_names.size() > 1; }
    void draw(QPainter& painter, const QRectF& area) const override;
    std::vector<Spot> spots(const QRectF& area) const override;
    double neededHeight() const override;

private:
    QRectF cellPlace(const QRectF& area, size_t row, size_t column) const;

    QStringList m_names;
    std::vector<std::vector<Cell>> m_cells;
};

/// What was before and what is after, a line for each row, in [0, 1].
class ChangeView : public SpotsView {
    Q_OBJECT
public:
    struct Row {
        int id = -1;
        QString name;
        QString note;
        double before = 0;
        double after = 0;
        QString text;
    };
    explicit ChangeView(QWidget* parent = nullptr);
    void setRows(std::vector<Row> rows, const QString& before, const QString& after);

signals:
    void rowChosen(int id);

protected:
    bool hasContent() const override { return !m_rows.empty(); }
    void draw(QPainter& painter, const QRectF& area) const override;
    std::vector<Spot> spots(const QRectF& area) const override;
    double neededHeight() const override;

private:
    QRectF rowPlace(const QRectF& area, size_t row) const;

    std::vector<Row> m_rows;
    QString m_before;
    QString m_after;
};

} // namespace telltale
