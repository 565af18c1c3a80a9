// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "widgets/plot/plotview.h"
#include <QColor>
#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

class QPainter;

namespace telltale {

/// Two figures side by side for each of many rows, as dots with their intervals.
class AgreementPlot : public PlotView {
    Q_OBJECT
public:
    struct Value {
        double value = 0;
        std::optional<std::pair<double, double>> interval;
    };
    struct Row {
        QString name;
        QColor color; ///< of the square before the name
        std::optional<Value> first; ///< a ring; nothing: not defined
        std::optional<Value> second; ///< a disc
        QString detail; ///< told under the pointer
        bool strong = false; ///< set apart: over all rows
    };
    explicit AgreementPlot(QWidget* parent = nullptr);
    /// `first`, `second`: what rings and discs are; an empty `first`: there are discs alone. `unit`: of the
    /// axis.
    void setRows(std::vector<Row> rows, const QString& first, const QString& second, const QString& unit);
    void setEmptyText(const QString& text);
    const std::vector<Row>& rows() const { return m_rows; }
    bool isEmpty() const override { return m_rows.empty(); }
    QSize paperSize() const override;
    /// Where a row lies in the widget: tests, guides.
    QRect rowRect(int row) const;

signals:
    void rowClicked(int row);

protected:
    void drawFigure(QPaintDevice& device, QSize size) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Frame;
    Frame frameOf(QSize size) const;
    void paint(QPainter& painter, QSize size) const;
    void paintAxis(QPainter& painter, const Frame& frame) const;
    void paintLegend(QPainter& painter, const Frame& frame) const;
    void paintRow(QPainter& painter, const Frame& frame, int row) const;
    void paintValue(QPainter& painter, const Frame& frame, double y, const Value& value, bool disc) const;
    void fitHeight();

    std::vector<Row> m_rows;
    QString m_first;
    QString m_second;
    QString m_unit;
    QString m_empty;
};

} // namespace telltale
