// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/poseediting.h"
#include "base/files.h"
#include "base/sha256.h"
#include "pipeline/corrections.h"
#include "pose/tracks/pointcorrection.h"
#include "widgets/video/pointnames.h"
#include "widgets/video/videoview.h"
#include <QMenu>
#include <algorithm>
#include <array>

namespace telltale {
namespace {

PointOrigin originOf(double score)
{
    return std::abs(score - static_cast<double>(kBetweenScore)) < 1e-6 ? PointOrigin::Between
                                                                       : PointOrigin::Placed;
}

/// `point`, and the root of a hand that lies exactly on its wrist: models that end at the wrist let it stand
/// for the hand, and left behind it would be a hand without an arm. `points`: 68.
std::vector<int> together(const PosePoint* points, int point)
{
    constexpr std::array<std::pair<int, int>, 2> kHands{{{9, kLeftHandStart}, {10, kRightHandStart}}};
    std::vector<int> all{point};
    for (const auto& [wrist, root] : kHands)
        if (point == wrist && points[root].score > 0 && points[root].x == points[wrist].x
            && points[root].y == points[wrist].y)
            all.push_back(root);
    return all;
}

/// True if a person, and not a line between two frames, said where something is.
bool isPlaced(const PoseCorrection& correction)
{
    return std::ranges::any_of(correction.points,
        [](const CorrectedPoint& point) { return originOf(point.score) == PointOrigin::Placed; });
}

/// Writes a track under a name that its content gives, so that the same choice makes the same file.
Result<TrackEntry> writeNewTrack(
    const PoseTrack& track, const std::filesystem::path& project, const std::string& model)
{
    const std::filesystem::path folder = project / "tracks";
    if (const Status status = ensureWritableFolder(folder); !status)
        return status.error();
    const auto points = std::as_const(track.points).view();
    const std::string digest
        = hexOf(sha256({reinterpret_cast<const char*>(points.data()), points.size() * sizeof(PosePoint)}));
    TrackEntry entry;
    entry.file = "tracks/edited-" + digest.substr(0, 16) + ".npz";
    entry.layout = track.layout;
    entry.model = model;
    if (const Status status = writeTrack(project / entry.file, track); !status)
        return status.error();
    return entry;
}

} // namespace

PoseEditing::PoseEditing(Session& session, Player& player, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_player(player)
    , m_writing(session.workers())
{
    connect(&session, &Session::projectAboutToClose, this, [this] { m_writing.cancel(); });
}

void PoseEditing::attach(VideoView& view)
{
    m_view = &view;
    m_tool = new PointTool(view);
    connect(m_tool, &PointTool::pointMoved, this, &PoseEditing::move);
    connect(m_tool, &PointTool::pointRemoved, this, [this](int person, int point) {
        correct(m_view->shownFrame(), person, {{point, 0, 0, 0}});
        m_tool->setPoint(-1);
    });
    connect(m_tool, &PointTool::menuWanted, this, &PoseEditing::showMenu);
    connect(m_tool, &PointTool::personChosen, this, [this] {
        refresh();
        emit changed();
        emit personChanged();
    });
    connect(m_tool, &PointTool::pointChosen, this, [this] { m_tool->setNotice(notice()); });
    connect(m_tool, &PictureTool::leaveWanted, this, [this] { setOn(false); });
    connect(&m_session, &Session::frameReady, this, &PoseEditing::refresh);
    connect(&m_session, &Session::posesCorrected, this, &PoseEditing::refresh);
    connect(&m_player, &Player::stateChanged, this, &PoseEditing::refresh);
    connect(&m_session, &Session::trackChanged, this, [this] {
        if (m_tool->person() >= persons())
            m_tool->setPerson(0);
        refresh();
        emit changed();
    });
    connect(&m_session, &Session::videoChanged, this, [this] {
        m_tool->setPoint(-1);
        m_tool->setPerson(0);
        refresh();
    });
}

bool PoseEditing::available() const { return m_session.track() != nullptr; }

bool PoseEditing::on() const { return m_view && m_view->tool() == m_tool; }

void PoseEditing::setOn(bool on)
{
    if (!m_view || on == this->on())
        return;
    if (on) {
        m_player.stop();
        m_view->setTool(m_tool);
        m_view->setFocus(Qt::OtherFocusReason);
    } else {
        m_tool->setPoint(-1);
        m_view->setTool(nullptr);
    }
    refresh();
    emit changed();
}

int PoseEditing::person() const { return m_tool ? m_tool->person() : 0; }

void PoseEditing::setPerson(int person) { m_tool->setPerson(person); }

void PoseEditing::nextPerson()
{
    if (persons() < 2)
        return;
    setPerson((person() + 1) % persons());
    emit noticed(tr("%1 is chosen.").arg(personName(person())));
}

QString PoseEditing::notice() const
{
    if (!available())
        return tr("Correcting points: there is no skeleton here");
    if (m_player.playing())
        return tr("Correcting points: pause to go on");
    if (!m_tool->active())
        return tr("Correcting points: the picture is on its way");
    if (m_tool->point() >= 0)
        return tr("%1 of %2: drag it, or use the arrow keys; Delete removes it")
            .arg(pointName(m_tool->point()), personName(person()));
    return tr("Correcting %1: drag a point; a double click puts a missing one; Esc ends")
        .arg(personName(person()));
}

std::vector<EditablePerson> PoseEditing::editable(const std::vector<PosePoint>& points, int64_t frame) const
{
    std::vector<EditablePerson> result;
    for (int person = 0; person < static_cast<int>(points.size()) / kPointCount; ++person) {
        EditablePerson one;
        one.person = person;
        const auto first = points.begin() + static_cast<ptrdiff_t>(person) * kPointCount;
        one.points.assign(first, first + kPointCount);
        one.origins.assign(kPointCount, PointOrigin::Model);
        result.push_back(std::move(one));
    }
    for (const PoseCorrection& correction : m_session.poses().correctionsAt(frame))
        for (const CorrectedPoint& point : correction.points)
            if (correction.person >= 0 && correction.person < static_cast<int>(result.size())
                && point.point >= 0 && point.point < kPointCount)
                result[static_cast<size_t>(correction.person)].origins[static_cast<size_t>(point.point)]
                    = originOf(point.score);
    return result;
}

void PoseEditing::refresh()
{
    if (!on())
        return;
    const int64_t frame = m_view->shownFrame();
    const bool shown = !m_player.playing() && m_session.poses().settled() && m_view->showsExactly();
    m_tool->setPersons(
        frame, shown ? editable(m_session.poses().pointsAt(frame), frame) : std::vector<EditablePerson>());
    m_tool->setNotice(notice());
}

void PoseEditing::move(int person, int point, const QPointF& at, int serial, bool finished)
{
    const int64_t frame = m_view->shownFrame();
    std::vector<PosePoint> points = m_session.poses().pointsAt(frame);
    if ((static_cast<size_t>(person) + 1) * kPointCount > points.size())
        return;
    PosePoint* own = points.data() + static_cast<ptrdiff_t>(person) * kPointCount;
    const std::vector<int> moved = together(own, point);
    if (finished && serial > 0) {
        std::vector<CorrectedPoint> corrected;
        corrected.reserve(moved.size());
        for (const int each : moved)
            corrected.push_back({each, at.x(), at.y(), static_cast<double>(kPlacedScore)});
        correct(frame, person, std::move(corrected), serial);
        return;
    }
    m_player.stop();
    if (!finished)
        for (const int each : moved)
            own[each] = {static_cast<float>(at.x()), static_cast<float>(at.y()), kPlacedScore};
    auto persons = editable(points, frame);
    if (!finished)
        for (const int each : moved)
            persons[static_cast<size_t>(person)].origins[static_cast<size_t>(each)] = PointOrigin::Placed;
    m_view->setFramePoints(frame, std::move(points));
    m_tool->setPersons(frame, std::move(persons));
}

void PoseEditing::correct(int64_t frame, int person, std::vector<CorrectedPoint> points, int serial)
{
    PoseCorrection correction;
    correction.person = person;
    correction.frame = frame;
    correction.points = std::move(points);
    commit({correction}, serial);
}

void PoseEditing::commit(const std::vector<PoseCorrection>& corrections, int serial)
{
    if (const Status done = m_session.document()->correctPoses(m_session.videoId(), corrections, serial);
        !done) {
        emit failed(QString::fromStdString(done.error().message));
        m_view->setFramePoints(m_view->shownFrame(), m_session.poses().pointsAt(m_view->shownFrame()));
        refresh();
    }
}

PoseTrack PoseEditing::excerpt(int person, const std::vector<int64_t>& frames) const
{
    PoseTrack track;
    track.persons = 1;
    track.pointCount = kPointCount;
    track.frames = frames;
    std::vector<PosePoint> points;
    points.reserve(frames.size() * kPointCount);
    for (const int64_t frame : frames) {
        const std::vector<PosePoint> all = m_session.poses().pointsAt(frame);
        const auto first = all.begin() + static_cast<ptrdiff_t>(person) * kPointCount;
        points.insert(points.end(), first, first + kPointCount);
    }
    track.points = std::move(points);
    return track;
}

void PoseEditing::copyFromPrevious(const std::vector<int>& points)
{
    if (!available())
        return;
    m_player.stop();
    const int64_t frame = m_player.frame();
    const int64_t before = m_session.poses().frameBefore(frame);
    if (before < 0) {
        emit failed(tr("There is no skeleton before frame %1 that could be copied.").arg(frame));
        return;
    }
    auto copied = copyOfPreviousFrame(excerpt(person(), {before, frame}), 0, frame, points);
    // What nobody has seen there says nothing about this frame.
    std::erase_if(copied, [](const PointCorrection& one) { return !(one.score > 0); });
    if (copied.empty()) {
        emit failed(tr("%1 has no such points in frame %2.").arg(personName(person())).arg(before));
        return;
    }
    commit(ofPerson(copied));
    emit noticed(
        tr("%n point(s) copied from frame %1.", nullptr, static_cast<int>(copied.size())).arg(before));
}

/// Of the only person of an excerpt.
std::vector<PoseCorrection> PoseEditing::ofPerson(std::vector<PointCorrection> points) const
{
    for (PointCorrection& one : points)
        one.person = person();
    return poseCorrectionsOf(points);
}

std::vector<int64_t> PoseEditing::correctedFrames(int person) const
{
    std::vector<int64_t> frames;
    for (const PoseCorrection& one : m_session.poses().corrections())
        if (one.person == person && isPlaced(one))
            frames.push_back(one.frame);
    return frames;
}

void PoseEditing::interpolate()
{
    if (!available())
        return;
    m_player.stop();
    const int64_t frame = m_player.frame();
    const std::vector<int64_t> frames = correctedFrames(person());
    // From the one before to this one where this one was corrected, else across it.
    auto to = std::ranges::lower_bound(frames, frame);
    if (to == frames.begin() && to != frames.end() && *to == frame)
        ++to;
    if (to == frames.begin() || to == frames.end()) {
        emit failed(tr("Correct %1 in a frame before and in one behind this one first; the points of the "
                       "frames between them are put on the way from one to the other.")
                        .arg(personName(person())));
        return;
    }
    const int64_t first = *std::prev(to);
    const int64_t last = *to;
    std::array<std::vector<int>, 2> placed;
    for (const PoseCorrection& one : m_session.poses().corrections())
        if (one.person == person() && (one.frame == first || one.frame == last))
            for (const CorrectedPoint& point : one.points)
                if (originOf(point.score) == PointOrigin::Placed)
                    placed[one.frame == last ? 1 : 0].push_back(point.point);
    std::vector<int> both;
    for (auto& points : placed)
        std::ranges::sort(points);
    std::ranges::set_intersection(placed[0], placed[1], std::back_inserter(both));
    const auto times = m_session.times();
    const auto between = both.empty()
        ? std::vector<PointCorrection>()
        : interpolateBetween(excerpt(person(), m_session.poses().framesWithin(first, last)), 0, first, last,
            times ? *times : FrameTimes(), both);
    if (between.empty()) {
        emit failed(tr("No point of %1 was put both in frame %2 and in frame %3, with frames between them.")
                        .arg(personName(person()))
                        .arg(first)
                        .arg(last));
        return;
    }
    const auto rows = ofPerson(between);
    const auto count = static_cast<int>(rows.size());
    commit(rows);
    emit noticed(tr("%n frame(s) between %1 and %2 interpolated.", nullptr, count).arg(first).arg(last));
}

void PoseEditing::takeBack()
{
    if (!available())
        return;
    m_player.stop();
    const int64_t frame = m_player.frame();
    const auto here = m_session.poses().correctionsAt(frame);
    if (!std::ranges::any_of(here, [this](const auto& one) { return one.person == person(); })) {
        emit noticed(tr("%1 is not corrected in this frame.").arg(personName(person())));
        return;
    }
    const Status done
        = m_session.document()->uncorrectPoses(m_session.videoId(), person(), {frame, frame + 1});
    if (!done)
        emit failed(QString::fromStdString(done.error().message));
}

void PoseEditing::toCorrected(int direction)
{
    const int64_t frame = m_player.frame();
    const std::vector<int64_t> frames = correctedFrames(person());
    const auto next = std::ranges::upper_bound(frames, frame);
    const auto before = std::ranges::lower_bound(frames, frame);
    if (direction > 0 ? next == frames.end() : before == frames.begin()) {
        emit noticed(direction > 0 ? tr("No corrected frame behind this one.")
                                   : tr("No corrected frame before this one."));
        return;
    }
    m_player.stop();
    m_player.seek(direction > 0 ? *next : *std::prev(before));
}

void PoseEditing::changePersons(const char* operation, int other, FrameSpan frames)
{
    const auto track = m_session.poses().asInFile();
    if (!track)
        return;
    TrackEdit edit;
    edit.videoId = m_session.videoId();
    edit.operation = operation;
    edit.person = person();
    edit.other = other;
    edit.first = frames.first;
    edit.last = frames.last;
    if (const Status done = telltale::changePersons(*m_session.document(), *track, edit); !done)
        emit failed(QString::fromStdString(done.error().message));
}

void PoseEditing::replaceTrack(std::shared_ptr<const PoseTrack> track, const std::string& model)
{
    m_writing.start([track = std::move(track), folder = m_session.document()->folder(), model](
                        ProgressSink&) { return writeNewTrack(*track, folder, model); },
        [this, id = m_session.videoId()](const Result<TrackEntry>& entry) {
            const Status done = entry ? m_session.document()->setTrack(id, *entry) : Status(entry.error());
            if (!done)
                emit failed(QString::fromStdString(done.error().message));
            else
                emit noticed(tr("The new skeleton is shown. Undo brings the old one back."));
        });
}

void PoseEditing::addMissing(QMenu& menu, const QPointF& at)
{
    const std::vector<int> missing = m_tool->missing(person());
    QMenu* lacking = menu.addMenu(tr("&Put a missing point here"));
    lacking->setEnabled(!missing.empty());
    const PoseLayout& layout = poseLayouts().front();
    std::array<QMenu*, 8> parts{};
    for (const int point : missing) {
        const BodyPart part = layout.parts[static_cast<size_t>(point)];
        QMenu*& list = parts[static_cast<size_t>(part)];
        if (!list)
            list = lacking->addMenu(partName(part));
        connect(list->addAction(pointName(point)), &QAction::triggered, this,
            [this, point, at] { m_tool->put(point, at); });
    }
}

void PoseEditing::showMenu(const QPoint& globalPosition, const QPointF& at, int point)
{
    auto* menu = new QMenu(m_view);
    menu->setObjectName(QStringLiteral("points"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (point >= 0) {
        const QString name = pointName(point);
        connect(menu->addAction(tr("&Remove: %1").arg(name)), &QAction::triggered, this,
            [this, point] { emit m_tool->pointRemoved(person(), point); });
        connect(menu->addAction(tr("&Copy from the frame before: %1").arg(name)), &QAction::triggered, this,
            [this, point] { copyFromPrevious({point}); });
        menu->addSeparator();
    }
    addMissing(*menu, at);
    if (persons() > 1) {
        QMenu* chosen = menu->addMenu(tr("Correct p&erson"));
        for (int each = 0; each < persons(); ++each) {
            QAction* action = chosen->addAction(personName(each));
            action->setCheckable(true);
            action->setChecked(each == person());
            connect(action, &QAction::triggered, this, [this, each] { setPerson(each); });
        }
    }
    menu->popup(globalPosition);
}

} // namespace telltale
