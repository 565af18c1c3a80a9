// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/cameras.h"
#include <QWidget>

class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QStackedLayout;
class QToolButton;

namespace telltale {

struct OverlayOptions;
class VideoView;

/// One more camera: its picture, and where it lies in time.
class CameraPane : public QWidget {
    Q_OBJECT
public:
    CameraPane(Cameras& cameras, int index, QWidget* parent = nullptr);

    VideoView& view() { return *m_view; }
    QDoubleSpinBox& offset() { return *m_offset; }
    void showOffset();
    void showPicture();
    void showCurrent();

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeHeader();

    Cameras& m_cameras;
    int m_index;
    VideoView* m_view;
    QLabel* m_message; ///< in place of the picture
    QStackedLayout* m_pages;
    QDoubleSpinBox* m_offset;
    QLabel* m_frames;
    int m_serial = 1; ///< one undo step for each time the box is used
};

/// The shown video and the other cameras of its session side by side: two in a row, the third below the
/// second, four in a square.
class CameraGrid : public QWidget {
    Q_OBJECT
public:
    /// Takes `main` over.
    CameraGrid(Cameras& cameras, VideoView* main, QWidget* parent = nullptr);

    /// Hides the persons in all pictures where the main one does. Skeletons and labels are the main one's
    /// only.
    void setOverlays(const OverlayOptions& options);
    const QList<CameraPane*>& panes() const { return m_panes; }

private:
    void rebuild();

    Cameras& m_cameras;
    VideoView* m_main;
    QGridLayout* m_grid;
    QList<CameraPane*> m_panes;
};

} // namespace telltale
