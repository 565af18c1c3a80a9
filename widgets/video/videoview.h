// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "media/framesource.h"
#include "pose/posetrack.h"
#include "widgets/video/overlayoptions.h"
#include <QWidget>
#include <memory>
#include <span>
#include <vector>

namespace telltale {

class PictureTool;

/// A line of text at the top of the picture, in the class's colour.
struct OverlayLabel {
    QString text;
    QColor color;
    bool proposed = false;
};

/// A rectangle over the picture, where a model looks: dashed, named.
struct OverlayBox {
    int person = 0;
    QString kind; ///< for the owner
    QString title;
    QColor color;
    QRectF rect; ///< pixels of the picture; may reach outside it
    bool corrected = false; ///< in this frame, by a person: drawn solid
};

/// Shows one picture with its overlays, zoomed about the cursor by the wheel (+ and - from the keyboard),
/// panned with the middle button or, when zoomed, the left one, fitted by double click (or 0). Knows nothing
/// of files or projects. GUI thread. With no picture it explains what to do (setPlaceholder).
///
/// The view says which part of the picture it wants in which size (viewChanged). A picture that comes so is
/// shared and copied to the screen pixel for pixel, and at zoom 1 every pixel of the video is one of the
/// screen; any other one is stretched meanwhile, once and not per paint. Painting is Qt's raster engine on
/// every machine: decoded pictures lie in main memory, and without graphics hardware OpenGL is several
/// times slower than copying them.
///
/// Overlays belong to the picture that is shown, also while that is a stand-in for a picture that is still
/// being decoded; a stand-in is marked. A tool may edit what lies over the picture.
class VideoView : public QWidget {
    Q_OBJECT
public:
    explicit VideoView(QWidget* parent = nullptr);
    ~VideoView() override;

    /// Size of the whole displayed picture and width to height of one of its pixels: needed where pictures
    /// come cut or scaled. Tells its view at once if it is another. Empty: every picture is whole and
    /// unscaled.
    void setPictureSize(const QSize& size, double pixelAspect = 1);
    void setFrame(std::shared_ptr<const VideoFrame> frame);
    void clear(); ///< the picture, its size and its overlays
    /// The whole track of the shown video in 68 points; null for none.
    void setTrack(std::shared_ptr<const PoseTrack> track);
    void setLabels(QList<OverlayLabel> labels);
    /// Points (68 of each person) that are shown at `frame` instead of the track's, until they are replaced
    /// or the track is; no points: the track's again.
    void setFramePoints(int64_t frame, std::vector<PosePoint> points);
    void setBoxes(QList<OverlayBox> boxes);
    void setOverlays(const OverlayOptions& options);
    const OverlayOptions& overlays() const;
    void setPlaceholder(const QString& text);
    void fit();
    /// Pixels of the screen per pixel of the picture.
    double zoom() const;
    void setZoom(double zoom); ///< about the middle of the view
    int64_t shownFrame() const; ///< -1 if none
    /// False while a stand-in for the wanted picture is shown, or a neighbour of a damaged one.
    bool showsExactly() const;
    /// Null for none. The tool belongs to the caller; one that goes is let go of.
    void setTool(PictureTool* tool);
    PictureTool* tool() const;
    /// Between pixels of the picture and logical ones of the view.
    QPointF toPicture(const QPointF& at) const;
    QPointF fromPicture(const QPointF& point) const;
    QSize pictureSize() const; ///< empty if nothing is shown
    QRectF pictureRect() const; ///< what is seen of the picture, in logical pixels
    /// What pictures should show and in how many pixels; all zero, thus whole and unscaled, while the
    /// picture's size is not known.
    PictureView pictureView() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void fileDropped(const QString& path); ///< a video by its name
    void zoomChanged(double zoom);
    /// Zoom, place, size or pixel ratio ask for other pictures; not more often than every 30 ms.
    void viewChanged(const telltale::PictureView& view);

protected:
    bool event(QEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace telltale
