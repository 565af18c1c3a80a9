// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pose/posepoint.h"
#include "widgets/video/picturetool.h"
#include <QPointF>
#include <cstdint>
#include <optional>
#include <vector>

namespace telltale {

/// Who says where a point is.
enum class PointOrigin { Model, Placed, Between };

/// One person of the picture as the tool shows it: 68 points, pixels of the picture.
struct EditablePerson {
    int person = 0;
    std::vector<PosePoint> points;
    std::vector<PointOrigin> origins; ///< one per point; empty: all Model
};

/// Points as handles: dragged, moved by the arrow keys (a pixel; with Shift ten), removed with Delete, put
/// where they are missing (double click or the context menu). Tab goes from point to point. Handles are there
/// only while the view shows exactly the picture they belong to. The tool changes nothing itself: call
/// setPersons() with what came of its signals.
class PointTool : public PictureTool {
    Q_OBJECT
public:
    explicit PointTool(VideoView& view);

    /// Those of the picture `frame`; an index of -1 or no persons: no handles.
    void setPersons(int64_t frame, std::vector<EditablePerson> persons);
    const std::vector<EditablePerson>& persons() const { return m_persons; }
    /// True while handles are to be seen.
    bool active() const override;
    int person() const { return m_person; }
    void setPerson(int person);
    int point() const { return m_point; } ///< selected, -1: none
    void setPoint(int point);
    /// Where a point is shown, in logical pixels of the view; nothing if it is missing.
    std::optional<QPointF> placeOf(int person, int point) const;
    std::vector<int> missing(int person) const;
    /// Puts a point of the chosen person there, one undo step.
    void put(int point, const QPointF& inPicture);

    void paint(QPainter& painter) override;
    bool mousePress(const QMouseEvent& event) override;
    bool mouseMove(const QMouseEvent& event) override;
    bool mouseRelease(const QMouseEvent& event) override;
    bool doubleClick(const QMouseEvent& event) override;
    bool contextMenu(const QContextMenuEvent& event) override;
    void leave() override;
    QCursor cursor() const override;

signals:
    /// While it is dragged (`finished` false) and once at the end. Moves with one serial are one undo step.
    /// A cancelled drag ends where it began.
    void pointMoved(int person, int point, QPointF inPicture, int serial, bool finished);
    void pointRemoved(int person, int point);
    void personChosen(int person);
    void pointChosen(int point);
    /// At a place of the picture: for missing points and what can be done with `point` (-1: none is there).
    void menuWanted(QPoint globalPosition, QPointF inPicture, int point);

protected:
    bool dragging() const override { return m_dragging; }
    void cancelDrag() override { endDrag({}, false); }
    bool hasSelection() const override { return m_point >= 0; }
    void deselect() override { setPoint(-1); }
    void step(int by) override;
    void removeSelected() override;
    void nudge(const QPointF& by, bool control) override;

private:
    struct Handle {
        int person = -1;
        int point = -1;
        bool operator==(const Handle&) const = default;
        explicit operator bool() const { return point >= 0; }
    };
    const EditablePerson* find(int person) const;
    Handle handleAt(const QPointF& at) const;
    QPointF inPicture(const QPointF& at) const; ///< kept inside the picture
    double radius(int point) const;
    void paintHandle(QPainter& painter, const EditablePerson& person, int point) const;
    void paintNames(QPainter& painter) const;
    QString describe(const EditablePerson& person, int point) const;
    void choose(const Handle& handle);
    void endDrag(const QPointF& at, bool keep);

    std::vector<EditablePerson> m_persons;
    int64_t m_frame = -1;
    int m_person = 0;
    int m_point = -1;
    Handle m_hover;
    bool m_dragging = false;
    bool m_moved = false;
    QPointF m_pressed; ///< of the pointer
    QPointF m_offset; ///< from the pointer to the point
    QPointF m_before; ///< of the dragged point, in the picture
    int m_serial = 0; ///< of the drag, or of the arrow keys so far
};

} // namespace telltale
