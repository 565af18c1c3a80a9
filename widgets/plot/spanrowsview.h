// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include <QColor>
#include <QString>
#include <QWidget>
#include <vector>

namespace telltale {

/// Spans of several people over the same stretch of time, one row each, so that they can be compared.
class SpanRowsView : public QWidget {
    Q_OBJECT
public:
    struct Span {
        FrameSpan frames;
        QString text;
        QColor color;
        bool strong = false; ///< what it is about; others are neighbours
        bool crossed = false; ///< says that there is nothing
    };
    struct Row {
        QString title;
        std::vector<Span> spans;
        QString note; ///< where there is no span that it is about
    };
    explicit SpanRowsView(QWidget* parent = nullptr);
    /// `shown`: the stretch of time.
    void setRows(std::vector<Row> rows, const FrameSpan& shown);
    void setPlayhead(int64_t frame);
    const std::vector<Row>& rows() const { return m_rows; }
    QSize sizeHint() const override;

signals:
    void frameClicked(qint64 frame);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    double left() const;
    double xOf(int64_t frame) const;
    void paintRow(QPainter& painter, const Row& row, const QRectF& place) const;
    void paintRuler(QPainter& painter, double top) const;

    std::vector<Row> m_rows;
    FrameSpan m_shown;
    int64_t m_playhead = -1;
};

} // namespace telltale
