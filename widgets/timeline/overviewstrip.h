// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include <QImage>
#include <QWidget>
#include <functional>
#include <optional>
#include <vector>

namespace telltale {

/// What the whole video looks like in so many columns.
struct OverviewContent {
    struct Column {
        QRgb color = 0; ///< of what asks most for attention; 0: nothing is there
        float covered = 0; ///< share of the column's frames
    };
    std::vector<Column> columns;
    std::vector<FrameSpan> reviewed;
    std::vector<FrameSpan> damaged;
};

/// A slim strip over the whole video: how dense its spans are, what was looked through, the playhead, and a
/// window on what the timeline shows. The window is dragged, or brought to where one clicks; with the focus
/// here Left and Right move it by a tenth, Page Up and Down by the whole of itself, Home and End to the ends,
/// plus and minus change its length. A double click seeks. GUI thread.
class OverviewStrip : public QWidget {
    Q_OBJECT
public:
    using Source = std::function<OverviewContent(int columns)>;
    explicit OverviewStrip(Source source, QWidget* parent = nullptr);

    void setFrameCount(int64_t frames);
    /// Where frame 0 and the end of the video lie, so that they stand below the lanes.
    void setArea(double left, double right);
    /// In frames; need not be whole ones.
    void setWindow(double first, double last);
    void setPlayhead(int64_t frame);
    void refreshContent(); ///< the source would give something else now
    QRectF windowRect() const;
    double xOf(double frame) const;

    QSize sizeHint() const override;

signals:
    void windowMoved(double first); ///< the first frame in view is to be this one
    void zoomWanted(double factor);
    void seekRequested(qint64 frame);

protected:
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    double positionAt(double x) const;
    void moveWindow(double first);
    bool showsAll() const { return m_last - m_first >= static_cast<double>(m_frames) - 0.5; }
    void paintContent();
    QRectF track() const; ///< where the video is

    Source m_source;
    int64_t m_frames = 0;
    int64_t m_playhead = 0;
    double m_left = 0;
    double m_right = 1;
    double m_first = 0;
    double m_last = 0;
    QImage m_layer; ///< all but the window and the playhead
    std::optional<double> m_grabbed; ///< frames from the window's start to where it is held
};

} // namespace telltale
