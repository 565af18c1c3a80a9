// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/cameragrid.h"
#include "app/gui/theme.h"
#include "widgets/models/texts.h"
#include "widgets/video/videoview.h"
#include <QDoubleSpinBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QSignalBlocker>
#include <QStackedLayout>
#include <QToolButton>

namespace telltale {
namespace {

constexpr double kLargestMs = 7.0 * 24 * 3600 * 1000;

double milliseconds(MediaTime time) { return static_cast<double>(time.count()) / 1000; }

struct Cell {
    int row;
    int column;
    int rows;
};
/// Where the panes after the main picture go, by how many pictures there are.
constexpr Cell kCells[3][3] = {
    {{0, 1, 2}, {}, {}},
    {{0, 1, 1}, {1, 1, 1}, {}},
    {{0, 1, 1}, {1, 0, 1}, {1, 1, 1}},
};

} // namespace

CameraPane::CameraPane(Cameras& cameras, int index, QWidget* parent)
    : QWidget(parent)
    , m_cameras(cameras)
    , m_index(index)
    , m_view(new VideoView)
    , m_message(new QLabel)
    , m_pages(new QStackedLayout)
    , m_offset(new QDoubleSpinBox)
    , m_frames(new QLabel)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(2, 2, 2, 2);
    rows->setSpacing(0);
    rows->addWidget(makeHeader());
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    m_message->setMargin(12);
    m_pages->addWidget(m_view);
    m_pages->addWidget(m_message);
    rows->addLayout(m_pages, 1);
    const Camera& camera = cameras.at(index);
    m_view->setAccessibleName(tr("Picture of %1").arg(camera.name));
    m_view->setPlaceholder(tr("Opening %1...").arg(camera.name));
    m_view->installEventFilter(this);
    fitPictures(*camera.feed, *m_view);
    connect(camera.feed.get(), &VideoFeed::frameReady, m_view, &VideoView::setFrame);
    showOffset();
    showPicture();
}

QWidget* CameraPane::makeHeader()
{
    auto* header = new QWidget;
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(6, 2, 2, 2);
    row->setSpacing(6);
    const QString name = m_cameras.at(m_index).name;
    auto* title = new QLabel(name);
    title->setToolTip(name);
    title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_offset->setRange(-kLargestMs, kLargestMs);
    m_offset->setDecimals(1);
    m_offset->setSuffix(tr(" ms"));
    m_offset->setAccessibleName(tr("Offset of %1").arg(name));
    m_offset->setToolTip(
        tr("When this camera's video begins on the clock of the main one. Larger: its pictures come later."));
    m_offset->installEventFilter(this);
    m_frames->setToolTip(tr("The offset in pictures of this camera"));
    auto* swap = new QToolButton;
    swap->setText(tr("Main"));
    swap->setAutoRaise(true);
    swap->setFocusPolicy(Qt::NoFocus);
    swap->setToolTip(tr("Make this the main picture"));
    swap->setAccessibleName(tr("Make %1 the main picture").arg(name));
    row->addWidget(title, 1);
    row->addWidget(m_offset);
    row->addWidget(m_frames);
    row->addWidget(swap);
    connect(m_offset, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        m_cameras.setOffset(m_index, MediaTime(std::llround(value * 1000)), m_serial);
    });
    connect(m_offset, &QDoubleSpinBox::editingFinished, this, [this] { ++m_serial; });
    connect(
        swap, &QToolButton::clicked, this, [this] { m_cameras.makeMain(m_index); }, Qt::QueuedConnection);
    return header;
}

void CameraPane::showOffset()
{
    const QSignalBlocker blocker(m_offset);
    const MediaTime offset = m_cameras.at(m_index).offset;
    const MediaTime frame = m_cameras.frameLength(m_index);
    m_offset->setSingleStep(1);
    if (std::llround(m_offset->value() * 10) != std::llround(milliseconds(offset) * 10))
        m_offset->setValue(milliseconds(offset));
    m_frames->setText(tr("%1 fr").arg(QLocale().toString(
        static_cast<double>(offset.count()) / static_cast<double>(frame.count()), 'f', 1)));
}

void CameraPane::showPicture()
{
    const Camera& camera = m_cameras.at(m_index);
    const int64_t frame = m_cameras.frameOf(m_index);
    const auto times = camera.feed->times();
    QString message = camera.failure;
    if (message.isEmpty() && times && frame < 0)
        message = tr("%1 begins at %2 of the main video.").arg(camera.name, clockText(camera.offset));
    else if (message.isEmpty() && times && frame >= times->frameCount())
        message = tr("%1 ended at %2 of the main video.")
                      .arg(camera.name, clockText(camera.offset + times->duration()));
    if (m_message->text() != message)
        m_message->setText(message);
    m_pages->setCurrentIndex(message.isEmpty() ? 0 : 1);
}

void CameraPane::showCurrent() { update(); }

void CameraPane::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().window());
    if (m_cameras.count() > 1 && m_cameras.current() == m_index) {
        painter.setPen(QPen(palette().highlight(), 2));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

bool CameraPane::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::FocusIn)
        m_cameras.setCurrent(m_index);
    return QWidget::eventFilter(watched, event);
}

CameraGrid::CameraGrid(Cameras& cameras, VideoView* main, QWidget* parent)
    : QWidget(parent)
    , m_cameras(cameras)
    , m_main(main)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(2);
    connect(&cameras, &Cameras::changed, this, &CameraGrid::rebuild);
    connect(&cameras, &Cameras::offsetsChanged, this, [this] {
        for (CameraPane* pane : m_panes) {
            pane->showOffset();
            pane->showPicture();
        }
    });
    connect(&cameras, &Cameras::pictureChanged, this, [this](int index) {
        if (index < m_panes.size())
            m_panes[index]->showPicture();
    });
    connect(&cameras, &Cameras::currentChanged, this, [this] {
        for (CameraPane* pane : m_panes)
            pane->showCurrent();
    });
    rebuild();
}

void CameraGrid::rebuild()
{
    // Panes may be in the middle of an event of theirs.
    for (CameraPane* pane : m_panes) {
        pane->hide();
        pane->deleteLater();
        m_grid->removeWidget(pane);
    }
    m_panes.clear();
    const int others = m_cameras.count();
    m_grid->removeWidget(m_main);
    m_grid->addWidget(m_main, 0, 0, others == 3 ? 1 : 2, 1);
    for (int i = 0; i < others; ++i) {
        auto* pane = new CameraPane(m_cameras, i);
        const Cell& cell = kCells[others - 1][i];
        m_grid->addWidget(pane, cell.row, cell.column, cell.rows, 1);
        m_panes.append(pane);
    }
    m_grid->setColumnStretch(0, others == 2 ? 2 : 1);
    m_grid->setColumnStretch(1, others > 0 ? 1 : 0);
    m_grid->setRowStretch(0, 1);
    m_grid->setRowStretch(1, others > 1 ? 1 : 0);
    setOverlays(m_main->overlays());
}

void CameraGrid::setOverlays(const OverlayOptions& options)
{
    OverlayOptions others;
    others.skeleton = false;
    others.labels = false;
    others.picture = options.picture;
    for (CameraPane* pane : m_panes)
        pane->view().setOverlays(others);
}

} // namespace telltale
