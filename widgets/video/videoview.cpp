// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/video/videoview.h"
#include "features/heatmaps/heatmapoverlay.h"
#include "pose/layout.h"
#include "widgets/colors.h"
#include "widgets/video/overlaypainter.h"
#include "widgets/video/picturelayer.h"
#include "widgets/video/picturetool.h"
#include "widgets/video/viewtransform.h"
#include <QContextMenuEvent>
#include <QDragEnterEvent>
#include <QImage>
#include <QMimeData>
#include <QMimeDatabase>
#include <QMouseEvent>
#include <QPainter>
#include <QPointer>
#include <QTimer>
#include <QUrl>
#include <array>

namespace telltale {

namespace {

constexpr double kZoomStep = 1.2;
constexpr int kHeatRows = 90; ///< of the coarse heat map; columns by the picture's shape
constexpr double kHeatSigma = 2.2;
constexpr double kMargin = 0.125; ///< of the view's extent, asked for around it
constexpr std::chrono::milliseconds kViewPause{30}; ///< between two views that are asked for

/// By HeatGroup; empty: all.
const std::array<std::vector<BodyPart>, 5> kHeatParts{
    {{}, {BodyPart::Head}, {BodyPart::LeftArm, BodyPart::RightArm}, {BodyPart::LeftHand, BodyPart::RightHand},
        {BodyPart::Head, BodyPart::Torso, BodyPart::LeftArm, BodyPart::RightArm, BodyPart::LeftLeg,
            BodyPart::RightLeg}}};

/// The local video file that `mime` brings, empty if none.
QString videoFile(const QMimeData* mime)
{
    const QMimeDatabase types;
    for (const QUrl& url : mime->urls()) {
        if (!url.isLocalFile())
            continue;
        for (const QMimeType& type : types.mimeTypesForFileName(url.toLocalFile()))
            if (type.name().startsWith(QLatin1String("video/"))
                || type.name() == QLatin1String("application/mxf"))
                return url.toLocalFile();
    }
    return {};
}

} // namespace

class VideoView::Private {
public:
    explicit Private(VideoView* view) : q(view)
    {
        pause.setSingleShot(true);
        pause.setInterval(kViewPause);
        QObject::connect(&pause, &QTimer::timeout, q, [this] { tellView(); });
    }

    void refresh()
    {
        layer.invalidate();
        q->update();
    }
    void viewMoved()
    {
        refresh();
        if (!pause.isActive() && wanted() != told)
            pause.start();
    }
    void tellView()
    {
        told = wanted();
        emit q->viewChanged(told);
    }
    PictureView wanted();
    /// A widget that was never shown has a size, but was not told of it.
    void sync()
    {
        const QSize pixels = (QSizeF(q->size()) * q->devicePixelRatioF()).toSize();
        if (pixels == transform.view())
            return;
        transform.setView(pixels);
        viewMoved();
    }
    bool hasPicture() const { return frame && !frame->picture.empty(); }
    const QImage& image();
    NdArray heat() const;
    std::span<const PosePoint> points() const;
    QColor backdrop() const;
    void paintPlaceholder(QPainter& p) const;
    void paintTool(QPainter& p) const;
    void updateCursor();
    void paintOverlays(QPainter& p) const;
    void paintPlate(QPainter& p, const QString& text, Qt::Alignment side) const;
    QPointF device(const QPointF& logical) const { return logical * q->devicePixelRatioF(); }
    void changeZoom(const QPointF& at, double zoom);

    VideoView* q;
    std::shared_ptr<const VideoFrame> frame;
    std::shared_ptr<const PoseTrack> track;
    QList<OverlayLabel> labels;
    int64_t ownFrame = -1; ///< whose points are not the track's
    std::vector<PosePoint> ownPoints;
    QList<OverlayBox> boxes;
    QPointer<PictureTool> tool;
    OverlayOptions options;
    QString placeholder;
    ViewTransform transform;
    PictureLayer layer;
    bool sized = false; ///< the picture's size was told and is not that of the frame
    PictureView told;
    QTimer pause;
    QPointF lastAt;
    bool panning = false;
    bool dropping = false;
};

QColor VideoView::Private::backdrop() const
{
    const QColor window = q->palette().color(QPalette::Window);
    return mixed(window, QColor(0, 0, 0), isDark(q->palette()) ? 0.4 : 0.1);
}

PictureView VideoView::Private::wanted()
{
    sync();
    if (!sized)
        return {};
    return transform.serves(told) ? told : transform.wanted(kMargin);
}

/// Of the shown picture, 68 of each person.
std::span<const PosePoint> VideoView::Private::points() const
{
    if (frame && frame->index == ownFrame && !ownPoints.empty())
        return ownPoints;
    const int64_t row = track && frame ? track->rowOf(frame->index) : -1;
    if (row < 0 || track->pointCount != kPointCount)
        return {};
    return {std::as_const(*track).at(row, 0),
        static_cast<size_t>(track->persons) * static_cast<size_t>(kPointCount)};
}

NdArray VideoView::Private::heat() const
{
    const std::span<const PosePoint> all = points();
    if (all.empty())
        return {};
    const QSize picture = transform.picture();
    OverlayMaps maps;
    maps.height = kHeatRows;
    maps.width = std::max(2, kHeatRows * picture.width() / std::max(1, picture.height()));
    maps.sigma = kHeatSigma;
    const auto& parts = kHeatParts[static_cast<size_t>(options.heatGroup)];
    if (!parts.empty())
        maps.shown = pointsOfParts(poseLayouts().front(), parts);
    return heatmapOverlay(all, picture.width(), picture.height(), maps);
}

const QImage& VideoView::Private::image()
{
    LayerStyle style;
    style.picture = options.picture;
    style.heatOpacity = options.picture ? options.heatmapOpacity : 1.0;
    const NdArray map = options.heatmap && !layer.valid() ? heat() : NdArray();
    style.heat = &map;
    style.heatColors = options.heatColors;
    style.skeleton = options.look;
    style.pixelRatio = q->devicePixelRatioF();
    if (options.skeleton && !layer.valid()) {
        const std::span<const PosePoint> all = points();
        for (size_t first = 0; first + kPointCount <= all.size(); first += kPointCount)
            style.persons.push_back(all.data() + first);
    }
    return layer.image(transform, frame, style);
}

void VideoView::Private::changeZoom(const QPointF& at, double zoom)
{
    if (!hasPicture() && !sized)
        return;
    sync();
    const double before = transform.zoom();
    transform.zoomAbout(at, zoom);
    if (transform.zoom() == before)
        return;
    viewMoved();
    emit q->zoomChanged(transform.zoom());
}

void VideoView::Private::paintPlaceholder(QPainter& p) const
{
    const double em = QFontMetricsF(q->font()).height();
    const QString heading = placeholder.section(QLatin1Char('\n'), 0, 0);
    const QString rest = placeholder.section(QLatin1Char('\n'), 1);
    QFont large = q->font();
    large.setPointSizeF(large.pointSizeF() * 1.35);
    const double width = std::min<double>(q->width() - em * 2, em * 32);
    const int flags = Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap;
    const QRectF probe(0, 0, width, q->height());
    const QRectF top = QFontMetricsF(large).boundingRect(probe, flags, heading);
    const QRectF below
        = rest.isEmpty() ? QRectF() : QFontMetricsF(q->font()).boundingRect(probe, flags, rest);
    const double gap = rest.isEmpty() ? 0 : em * 0.6;
    const double y = std::max(em * 0.5, (q->height() - top.height() - gap - below.height()) / 2);
    const QRectF room((q->width() - width) / 2, y, width, q->height());
    p.setFont(large);
    p.setPen(mixed(q->palette().color(QPalette::WindowText), backdrop(), 0.15));
    p.drawText(room, flags, heading);
    p.setFont(q->font());
    p.setPen(mixed(q->palette().color(QPalette::WindowText), backdrop(), 0.38));
    p.drawText(room.translated(0, top.height() + gap), flags, rest);
}

void VideoView::Private::paintOverlays(QPainter& p) const
{
    const double ratio = q->devicePixelRatioF();
    const QRect visible = transform.rect().intersected(QRect(QPoint(), transform.view()));
    if (options.crop) {
        p.save();
        p.setClipRect(q->pictureRect());
        for (const OverlayBox& box : boxes)
            drawBox(p, QRectF(q->fromPicture(box.rect.topLeft()), q->fromPicture(box.rect.bottomRight())),
                q->pictureRect(), box);
        p.restore();
    }
    if (options.labels && !labels.isEmpty())
        drawLabels(p, QRectF(QPointF(visible.topLeft()) / ratio, QSizeF(visible.size()) / ratio), labels);
}

void VideoView::Private::paintTool(QPainter& p) const
{
    if (!tool)
        return;
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.setClipRect(q->pictureRect());
    tool->paint(p);
    p.restore();
}

void VideoView::Private::updateCursor()
{
    if (panning)
        q->setCursor(Qt::ClosedHandCursor);
    else if (tool && hasPicture())
        q->setCursor(tool->cursor());
    else
        q->unsetCursor();
}

/// A small note in the lower corner of `side`.
void VideoView::Private::paintPlate(QPainter& p, const QString& text, Qt::Alignment side) const
{
    const QFontMetricsF metrics(q->font());
    const double em = metrics.height();
    const double width = metrics.horizontalAdvance(text) + em;
    const double left = side == Qt::AlignRight ? q->width() - width - em * 0.4 : em * 0.4;
    const QRectF plate(left, q->height() - em * 1.8, width, em * 1.4);
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(Qt::NoPen);
    p.setBrush(QColor(0, 0, 0, 150));
    p.drawRoundedRect(plate, em * 0.3, em * 0.3);
    p.setPen(Qt::white);
    p.drawText(plate, Qt::AlignCenter, text);
}

VideoView::VideoView(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>(this))
{
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAcceptDrops(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Video"));
    setAccessibleDescription(
        tr("The picture of the current frame with skeleton, heat map and labels. The wheel or plus "
           "and minus zoom, 0 or a double click fits the picture into the view."));
    d->placeholder = tr("No video is shown\nOpen a project, or drop a video file here.");
}

VideoView::~VideoView() = default;

void VideoView::setPictureSize(const QSize& size, double pixelAspect)
{
    d->sized = !size.isEmpty();
    if (d->sized)
        d->transform.setPicture(size, pixelAspect);
    d->refresh();
    d->pause.stop();
    if (d->wanted() != d->told)
        d->tellView();
}

void VideoView::setFrame(std::shared_ptr<const VideoFrame> frame)
{
    d->frame = std::move(frame);
    if (d->hasPicture() && !d->sized)
        d->transform.setPicture({d->frame->picture.width, d->frame->picture.height});
    d->refresh();
}

void VideoView::clear()
{
    d->track.reset();
    d->labels.clear();
    d->ownPoints.clear();
    d->boxes.clear();
    d->transform.fit();
    setFrame(nullptr);
    setPictureSize({});
}

void VideoView::setTrack(std::shared_ptr<const PoseTrack> track)
{
    d->track = std::move(track);
    d->ownPoints.clear();
    d->refresh();
}

void VideoView::setFramePoints(int64_t frame, std::vector<PosePoint> points)
{
    if (points.empty() && d->ownPoints.empty())
        return;
    d->ownFrame = frame;
    d->ownPoints = std::move(points);
    d->refresh();
}

void VideoView::setLabels(QList<OverlayLabel> labels)
{
    d->labels = std::move(labels);
    update();
}

void VideoView::setBoxes(QList<OverlayBox> boxes)
{
    d->boxes = std::move(boxes);
    update();
}

void VideoView::setOverlays(const OverlayOptions& options)
{
    d->options = options;
    d->refresh();
}

const OverlayOptions& VideoView::overlays() const { return d->options; }

void VideoView::setPlaceholder(const QString& text)
{
    d->placeholder = text;
    update();
}

void VideoView::fit()
{
    d->transform.fit();
    d->viewMoved();
    emit zoomChanged(zoom());
}

double VideoView::zoom() const
{
    d->sync();
    return d->transform.zoom();
}

void VideoView::setZoom(double zoom) { d->changeZoom(d->device(QRectF(rect()).center()), zoom); }

PictureView VideoView::pictureView() const { return d->wanted(); }

int64_t VideoView::shownFrame() const { return d->hasPicture() ? d->frame->index : -1; }

bool VideoView::showsExactly() const { return d->hasPicture() && d->frame->exact && !d->frame->pending; }

void VideoView::setTool(PictureTool* tool)
{
    d->tool = tool;
    setMouseTracking(tool != nullptr);
    d->updateCursor();
    update();
}

PictureTool* VideoView::tool() const { return d->tool; }

QPointF VideoView::toPicture(const QPointF& at) const
{
    d->sync();
    return d->transform.toPicture(d->device(at));
}

QPointF VideoView::fromPicture(const QPointF& point) const
{
    d->sync();
    return d->transform.toView(point) / devicePixelRatioF();
}

QSize VideoView::pictureSize() const { return d->hasPicture() ? d->transform.picture() : QSize(); }

QRectF VideoView::pictureRect() const
{
    d->sync();
    const QRect seen = d->transform.visible();
    return {QPointF(seen.topLeft()) / devicePixelRatioF(), QSizeF(seen.size()) / devicePixelRatioF()};
}

QSize VideoView::sizeHint() const
{
    const double em = QFontMetricsF(font()).height();
    return QSizeF(em * 40, em * 24).toSize();
}

QSize VideoView::minimumSizeHint() const
{
    const double em = QFontMetricsF(font()).height();
    return QSizeF(em * 14, em * 9).toSize();
}

void VideoView::paintEvent(QPaintEvent* event)
{
    QPainter p(this);
    p.setClipRegion(event->region());
    const QColor backdrop = d->backdrop();
    if (!d->hasPicture()) {
        p.fillRect(rect(), backdrop);
        d->paintPlaceholder(p);
    } else {
        d->sync(); // the window may have come to a screen of another density
        const QImage& picture = d->image();
        const QRect place(d->layer.place(), picture.size());
        if (!place.contains(QRect(QPoint(), d->transform.view())))
            p.fillRect(rect(), backdrop);
        p.save();
        p.scale(1 / devicePixelRatioF(), 1 / devicePixelRatioF()); // device pixels: nothing is scaled here
        p.drawImage(place.topLeft(), picture);
        p.restore();
        d->paintOverlays(p);
        d->paintTool(p);
        if (!d->transform.fitted())
            d->paintPlate(p, tr("%1 %").arg(std::lround(zoom() * 100)), Qt::AlignRight);
        if (d->frame->pending)
            d->paintPlate(p, tr("seeking..."), Qt::AlignLeft);
        else if (!d->frame->exact)
            d->paintPlate(p, tr("damaged here: nearest good picture"), Qt::AlignLeft);
    }
    if (d->dropping) {
        const double width = QFontMetricsF(font()).height() * 0.25;
        p.setPen(QPen(palette().color(QPalette::Highlight), width));
        p.setBrush(withAlpha(palette().color(QPalette::Highlight), 0.12));
        p.drawRect(QRectF(rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2));
    }
}

void VideoView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    d->sync();
    update();
}

void VideoView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    d->viewMoved();
}

void VideoView::wheelEvent(QWheelEvent* event)
{
    const double notches = event->angleDelta().y() / 120.0;
    d->changeZoom(d->device(event->position()), zoom() * std::pow(kZoomStep, notches));
    event->accept();
}

bool VideoView::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && d->tool
        && d->tool->wantsKey(*static_cast<QKeyEvent*>(event)))
        event->accept();
    // Tab would go to the next widget before it came to keyPressEvent.
    if (event->type() == QEvent::KeyPress && d->tool && d->tool->keyPress(*static_cast<QKeyEvent*>(event))) {
        d->updateCursor();
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void VideoView::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    if (d->tool)
        d->tool->leave();
}

void VideoView::contextMenuEvent(QContextMenuEvent* event)
{
    if (d->tool && d->hasPicture() && d->tool->contextMenu(*event))
        event->accept();
    else
        QWidget::contextMenuEvent(event);
}

void VideoView::mousePressEvent(QMouseEvent* event)
{
    if (d->tool && d->hasPicture() && d->tool->mousePress(*event)) {
        d->updateCursor();
        return;
    }
    const bool pans = event->button() == Qt::MiddleButton || event->button() == Qt::LeftButton;
    if (!pans || !d->hasPicture() || d->transform.fitted()) {
        QWidget::mousePressEvent(event);
        return;
    }
    d->panning = true;
    d->lastAt = event->position();
    d->updateCursor();
}

void VideoView::mouseMoveEvent(QMouseEvent* event)
{
    if (!d->panning) {
        if (d->tool && d->hasPicture()) {
            (void)d->tool->mouseMove(*event);
            d->updateCursor();
        }
        return;
    }
    d->transform.pan(d->device(event->position() - d->lastAt));
    d->lastAt = event->position();
    d->viewMoved();
}

void VideoView::mouseReleaseEvent(QMouseEvent* event)
{
    const bool taken = !d->panning && d->tool && d->tool->mouseRelease(*event);
    d->panning = false;
    d->updateCursor();
    if (!taken)
        QWidget::mouseReleaseEvent(event);
}

void VideoView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (d->tool && d->hasPicture() && d->tool->doubleClick(*event))
        return;
    if (event->button() == Qt::LeftButton)
        fit();
}

void VideoView::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal)
        setZoom(zoom() * kZoomStep);
    else if (event->key() == Qt::Key_Minus)
        setZoom(zoom() / kZoomStep);
    else if (event->key() == Qt::Key_0)
        fit();
    else
        QWidget::keyPressEvent(event);
}

void VideoView::dragEnterEvent(QDragEnterEvent* event)
{
    if (videoFile(event->mimeData()).isEmpty())
        return;
    event->acceptProposedAction();
    d->dropping = true;
    update();
}

void VideoView::dragLeaveEvent(QDragLeaveEvent* event)
{
    QWidget::dragLeaveEvent(event);
    d->dropping = false;
    update();
}

void VideoView::dropEvent(QDropEvent* event)
{
    d->dropping = false;
    update();
    const QString file = videoFile(event->mimeData());
    if (file.isEmpty())
        return;
    event->acceptProposedAction();
    emit fileDropped(file);
}

} // namespace telltale
