// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "widgets/video/picturetool.h"
#include "widgets/video/videoview.h"
#include <QList>
#include <QPointF>
#include <QRectF>

namespace telltale {

/// Rectangles that are moved and resized: by the mouse at their edge, name or inside; by the arrow keys (a
/// pixel; with Shift ten; with Ctrl the lower right corner). Tab goes from one to the next, Delete takes the
/// correction of the selected one back. Handles are there only while the view shows exactly the picture the
/// boxes belong to. The tool changes nothing itself: call setBoxes() with what came of its signals. The
/// rectangles themselves are drawn by the view.
class BoxTool : public PictureTool {
    Q_OBJECT
public:
    explicit BoxTool(VideoView& view);

    void setBoxes(int64_t frame, QList<OverlayBox> boxes);
    bool active() const override;
    int selected() const { return m_selected; } ///< index, -1: none
    void select(int index);
    const QList<OverlayBox>& boxes() const { return m_boxes; }

    void paint(QPainter& painter) override;
    bool mousePress(const QMouseEvent& event) override;
    bool mouseMove(const QMouseEvent& event) override;
    bool mouseRelease(const QMouseEvent& event) override;
    bool doubleClick(const QMouseEvent& event) override;
    bool contextMenu(const QContextMenuEvent& event) override;
    void leave() override;
    QCursor cursor() const override;

signals:
    /// While it is dragged (`finished` false) and once at the end. Changes with one serial are one undo step;
    /// a cancelled drag ends with serial 0 where it began.
    void boxChanged(int person, const QString& kind, QRectF rect, int serial, bool finished);
    void boxReset(int person, const QString& kind);
    void selectionChanged();

protected:
    bool dragging() const override { return static_cast<bool>(m_held); }
    void cancelDrag() override { endDrag(false); }
    bool hasSelection() const override { return m_selected >= 0; }
    void deselect() override { select(-1); }
    void step(int by) override;
    void removeSelected() override;
    void nudge(const QPointF& by, bool control) override;
    bool takesControl() const override { return true; }

private:
    /// What of a box is held: sides as -1, 0 or 1; 0, 0 is all of it.
    struct Grip {
        int box = -1;
        int across = 0;
        int down = 0;
        explicit operator bool() const { return box >= 0; }
    };
    QRectF placeOf(int index) const; ///< logical pixels of the view
    Grip gripAt(const QPointF& at) const;
    QRectF changed(const QPointF& by) const; ///< the held box after a move of the pointer in the picture
    void endDrag(bool keep);

    QList<OverlayBox> m_boxes;
    int64_t m_frame = -1;
    int m_selected = -1;
    Grip m_held;
    Grip m_hover;
    bool m_moved = false;
    QPointF m_pressed; ///< in the picture
    QRectF m_before;
    QRectF m_now;
    int m_serial = 0;
};

} // namespace telltale
