// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/loops/loop.h"
#include <QAbstractButton>

namespace telltale {

/// A loop with a caption: one of several that play at once. Its owner moves it, so that all go together.
class LoopTile : public QAbstractButton {
    Q_OBJECT
public:
    enum class Mark { None, Accept, Reject };
    explicit LoopTile(QWidget* parent = nullptr);

    void setBadge(const QString& badge); ///< its key, in the corner
    /// `caption` below the picture, `detail` below that in quiet letters; both are elided.
    void setCaption(const QString& caption, const QString& detail);
    /// Null: `message` stands where the picture would be.
    void setLoop(std::shared_ptr<const Loop> loop, const QString& message = {});
    const std::shared_ptr<const Loop>& loop() const { return m_loop; }
    void setMark(Mark mark);
    Mark mark() const { return m_mark; }
    /// Where in the loop, [0, 1): what is shown is repainted only if it is another picture.
    void setPhase(double phase);
    int shownPicture() const; ///< -1: none
    void setPictureSize(const QSize& pixels);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void rejected(); ///< pressed with the right button, or with Shift

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    QRect pictureRect() const;
    void paintPicture(QPainter& painter, const QRect& place) const;
    void paintMark(QPainter& painter, const QRect& place) const;
    void tell();

    std::shared_ptr<const Loop> m_loop;
    QString m_message;
    QString m_badge;
    QString m_caption;
    QString m_detail;
    Mark m_mark = Mark::None;
    double m_phase = 0;
    QSize m_pixels{160, 120};
};

} // namespace telltale
