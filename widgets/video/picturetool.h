// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QCursor>
#include <QObject>
#include <QPointF>
#include <QString>

class QContextMenuEvent;
class QKeyEvent;
class QMouseEvent;
class QPainter;

namespace telltale {

class VideoView;

/// Something that is edited on the picture of a VideoView: while it is the view's tool it paints over the
/// picture and gets mouse and keys first. Functions with a bool answer whether the event is taken; what is
/// not goes to the view (zoom, pan). Positions are logical pixels of the view. GUI thread.
class PictureTool : public QObject {
    Q_OBJECT
public:
    explicit PictureTool(VideoView& view);

    virtual void paint(QPainter& painter) = 0;
    virtual bool mousePress(const QMouseEvent& event) = 0;
    virtual bool mouseMove(const QMouseEvent& event) = 0;
    virtual bool mouseRelease(const QMouseEvent& event) = 0;
    virtual bool doubleClick(const QMouseEvent& event) = 0;
    virtual bool contextMenu(const QContextMenuEvent& event) = 0;
    /// Keys that are the tool's although actions of the window have them too: Escape lets go of a drag, then
    /// of the selection, then leaves; Tab goes through what there is; arrows move it by a pixel, with Shift
    /// by ten; Delete removes it.
    bool wantsKey(const QKeyEvent& event) const;
    bool keyPress(const QKeyEvent& event);
    virtual void leave() = 0; ///< the pointer left the view
    virtual QCursor cursor() const = 0;

    /// What the tool is and what is to be done now: a line at the lower edge of the picture.
    void setNotice(const QString& notice);
    const QString& notice() const { return m_notice; }

signals:
    /// Escape, with nothing selected that it would let go of first.
    void leaveWanted();

protected:
    virtual bool active() const = 0; ///< there is something to edit in what is shown
    virtual bool dragging() const = 0;
    virtual void cancelDrag() = 0;
    virtual bool hasSelection() const = 0;
    virtual void deselect() = 0;
    virtual void step(int by) = 0; ///< select the next (1) or the one before (-1)
    virtual void removeSelected() = 0;
    /// Pixels of the picture. `control`: with Ctrl, where that means something.
    virtual void nudge(const QPointF& by, bool control) = 0;
    virtual bool takesControl() const { return false; } ///< whether arrows with Ctrl are the tool's

    VideoView& view() const { return m_view; }
    double em() const; ///< height of a line of text
    /// For changes that make one undo step; no two tools give the same.
    static int nextSerial();
    void paintFrame(QPainter& painter) const; ///< shows that the tool is on, with the notice
    /// A line of text beside `at`, inside the view.
    void paintTag(QPainter& painter, const QPointF& at, const QString& text) const;

private:
    VideoView& m_view;
    QString m_notice;
};

} // namespace telltale
