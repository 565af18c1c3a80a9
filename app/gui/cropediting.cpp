// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/cropediting.h"
#include "features/crops/posecrops.h"
#include "pipeline/corrections.h"
#include "widgets/video/pointnames.h"
#include "widgets/video/videoview.h"
#include <QCoreApplication>
#include <algorithm>
#include <array>

namespace telltale {
namespace {

struct KindStyle {
    const char* name;
    QRgb color;
};
/// In the order of CropKind. The hands have the colours of their points.
constexpr std::array<KindStyle, 5> kStyles{{
    {QT_TRANSLATE_NOOP("CropEditing", "Person"), 0xfff2f2f2},
    {QT_TRANSLATE_NOOP("CropEditing", "Left hand"), 0xffffc466},
    {QT_TRANSLATE_NOOP("CropEditing", "Right hand"), 0xff8fd2ff},
    {QT_TRANSLATE_NOOP("CropEditing", "Face"), 0xffe3a6ff},
    {QT_TRANSLATE_NOOP("CropEditing", "Motion"), 0xff8df0a0},
}};
constexpr const char* kRecipe = "pose";

QString kindKey(CropKind kind)
{
    const std::string_view name = cropKindName(kind);
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

} // namespace

CropEditing::CropEditing(Session& session, Player& player, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_player(player)
    , m_job(session.workers())
{
}

void CropEditing::attach(VideoView& view)
{
    m_view = &view;
    m_tool = new BoxTool(view);
    connect(m_tool, &BoxTool::boxChanged, this, &CropEditing::change);
    connect(m_tool, &BoxTool::boxReset, this, &CropEditing::reset);
    connect(m_tool, &BoxTool::selectionChanged, this, [this] { m_tool->setNotice(notice()); });
    connect(m_tool, &PictureTool::leaveWanted, this, [this] { setOn(false); });
    connect(&m_session, &Session::videoChanged, this, [this] {
        m_job.cancel();
        rebuild();
    });
    connect(&m_session, &Session::edited, this, [this](ChangeKinds kinds, qint64 videoId) {
        if (kinds.testFlag(ChangeKind::Crops) && (videoId == 0 || videoId == m_session.videoId()))
            rebuild();
    });
    connect(&m_session, &Session::frameReady, this, &CropEditing::refresh);
    connect(&m_player, &Player::stateChanged, this, &CropEditing::refresh);
}

bool CropEditing::on() const { return m_view && m_view->tool() == m_tool; }

void CropEditing::setOn(bool on)
{
    if (!m_view || on == this->on())
        return;
    if (on) {
        m_player.stop();
        m_view->setTool(m_tool);
        m_view->setFocus(Qt::OtherFocusReason);
    } else {
        m_tool->select(-1);
        m_view->setTool(nullptr);
    }
    refresh();
    emit changed();
}

void CropEditing::rebuild()
{
    const Document* document = m_session.document();
    const VideoEntry* video = m_session.video();
    m_paths.clear();
    m_corrections.clear();
    if (document && video) {
        m_corrections = document->cropCorrections(video->id);
        m_paths = correctedCrops(document->crops(video->id), m_corrections, video->fps);
    }
    refresh();
    emit changed();
}

QList<OverlayBox> CropEditing::boxesAt(int64_t frame) const
{
    QList<OverlayBox> boxes;
    const bool several = std::ranges::any_of(m_paths, [](const CropPath& path) { return path.person > 0; });
    for (const CropPath& path : m_paths) {
        const CropBox box = boxAt(path, frame);
        if (isEmptyBox(box))
            continue;
        const KindStyle& style = kStyles[static_cast<size_t>(path.kind)];
        OverlayBox shown;
        shown.person = path.person;
        shown.kind = kindKey(path.kind);
        const QString name = QCoreApplication::translate("CropEditing", style.name);
        shown.title = several ? tr("%1, %2").arg(name, personName(path.person)) : name;
        shown.color = QColor(style.color);
        shown.rect = QRectF(static_cast<double>(box.x), static_cast<double>(box.y),
            static_cast<double>(box.width), static_cast<double>(box.height));
        shown.corrected = std::ranges::any_of(m_corrections, [&](const CropCorrection& one) {
            return one.frame == frame && one.person == path.person && one.kind == cropKindName(path.kind);
        });
        boxes.append(std::move(shown));
    }
    return boxes;
}

QString CropEditing::notice() const
{
    if (m_paths.empty())
        return tr("Correcting crops: there are none yet");
    if (m_player.playing())
        return tr("Correcting crops: pause to go on");
    if (!m_view->showsExactly())
        return tr("Correcting crops: the picture is on its way");
    if (m_tool->boxes().isEmpty())
        return tr("Correcting crops: nothing to look at in this frame");
    if (m_tool->selected() >= 0)
        return tr("%1: arrow keys move it, with Ctrl they resize it; Delete takes the correction back")
            .arg(m_tool->boxes()[m_tool->selected()].title);
    return tr("Correcting crops: drag a rectangle, its edges or its corners; Esc ends");
}

void CropEditing::refresh()
{
    if (!m_view)
        return;
    const int64_t frame = m_view->shownFrame();
    const QList<OverlayBox> boxes = frame >= 0 ? boxesAt(frame) : QList<OverlayBox>();
    m_view->setBoxes(boxes);
    if (!on())
        return;
    m_tool->setBoxes(frame, m_player.playing() ? QList<OverlayBox>() : boxes);
    m_tool->setNotice(notice());
}

void CropEditing::change(int person, const QString& kind, const QRectF& rect, int serial, bool finished)
{
    m_player.stop();
    const int64_t frame = m_view->shownFrame();
    if (!finished || serial == 0) {
        QList<OverlayBox> boxes = boxesAt(frame);
        for (OverlayBox& box : boxes)
            if (!finished && box.person == person && box.kind == kind)
                box.rect = rect;
        m_view->setBoxes(boxes);
        m_tool->setBoxes(frame, boxes);
        return;
    }
    CropCorrection correction;
    correction.videoId = m_session.videoId();
    correction.person = person;
    correction.kind = kind.toStdString();
    correction.frame = frame;
    correction.rectangle = {rect.x(), rect.y(), rect.width(), rect.height()};
    if (const Status done = m_session.document()->correctCrop(correction, serial); !done) {
        emit failed(QString::fromStdString(done.error().message));
        refresh();
    }
}

void CropEditing::reset(int person, const QString& kind)
{
    const int64_t frame = m_player.frame();
    const Status done = m_session.document()->uncorrectCrops(
        m_session.videoId(), person, kind.toStdString(), {frame, frame + 1});
    if (!done)
        emit failed(QString::fromStdString(done.error().message));
}

void CropEditing::takeBack()
{
    const QList<OverlayBox> boxes = boxesAt(m_player.frame());
    if (!std::ranges::any_of(boxes, &OverlayBox::corrected)) {
        emit noticed(tr("No crop is corrected in this frame."));
        return;
    }
    reset(-1, {});
}

void CropEditing::find()
{
    const auto track = m_session.track();
    const VideoEntry* video = m_session.video();
    if (!track || !video) {
        emit failed(tr("Crops follow a skeleton: analyze the video with a pose model first."));
        return;
    }
    CropOptions options;
    options.fps = video->fps > 0 ? video->fps : options.fps;
    // Motion is found in pictures, not in points: what the analysis found stays.
    std::vector<SavedCrop> kept;
    for (SavedCrop& one : m_session.document()->crops(video->id))
        if (one.kind == cropKindName(CropKind::Motion)) {
            one.id = 0;
            kept.push_back(std::move(one));
        }
    m_job.start(
        [track, options, kept, id = video->id, width = video->width, height = video->height](
            ProgressSink&) -> Result<std::vector<SavedCrop>> {
            auto crops = savedCropsOf(id, makeCropPaths(*track, width, height, options), kRecipe);
            if (!crops.empty())
                std::ranges::copy(kept, std::back_inserter(crops));
            return crops;
        },
        [this, id = video->id](const Result<std::vector<SavedCrop>>& crops) {
            if (!crops || !m_session.document() || m_session.videoId() != id)
                return;
            if (crops->empty()) {
                emit failed(tr("Nobody is in view long enough for a crop in this video."));
                return;
            }
            if (const Status done = m_session.document()->setCrops(id, *crops); !done)
                emit failed(QString::fromStdString(done.error().message));
            else
                emit noticed(tr("%n crop(s) found.", nullptr, static_cast<int>(crops->size())));
        });
}

} // namespace telltale
