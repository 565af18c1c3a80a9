// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/timelinepresenter.h"
#include "app/gui/cmpl/roundlane.h"
#include "app/gui/lanes/otherlayers.h"
#include "app/gui/reviewmarks.h"
#include "app/gui/spanactions.h"
#include "review/boundaryspread.h"
#include "widgets/models/texts.h"
#include "widgets/timeline/timelineview.h"
#include <QMenu>
#include <algorithm>

namespace telltale {
namespace {

constexpr int64_t kDraftId = -1;
constexpr QRgb kSoundColor = 0xff6f86a8;

constexpr int kManyRows = 64; ///< from here on all lanes are made anew

} // namespace

TimelinePresenter::TimelinePresenter(Workbench& bench, TimelineView& view)
    : QObject(&view)
    , m_bench(bench)
    , m_view(view)
    , m_media(bench.session, view)
    , m_poses(bench.session, bench.poses)
    , m_curves(bench.session)
{
    Session& session = bench.session;
    connect(&session, &Session::videoChanged, this, &TimelinePresenter::showTimes);
    connect(&session, &Session::timesChanged, this, &TimelinePresenter::showTimes);
    connect(&session, &Session::curvesChanged, this, &TimelinePresenter::showLanes);
    connect(&session, &Session::edited, this, &TimelinePresenter::followEdit);
    connect(&m_curves, &ModelCurves::changed, this, &TimelinePresenter::showLanes);
    connect(&m_choices, &LaneChoices::changed, this, &TimelinePresenter::showLanes);
    connect(&bench.rounds, &PseudoRounds::marksChanged, this, &TimelinePresenter::showLanes);
    const SpanListModel* spans = &bench.review.spans();
    connect(spans, &SpanListModel::modelReset, this, &TimelinePresenter::showLanes);
    connect(spans, &SpanListModel::dataChanged, this, [this](const QModelIndex& from, const QModelIndex& to) {
        if (from.column() != to.column()) // one column alone is not about the span itself
            followRows(from.row(), to.row());
    });
    connect(spans, &SpanListModel::rowsInserted, this,
        [this](const QModelIndex&, int first, int last) { followRows(first, last); });
    connect(spans, &SpanListModel::rowsAboutToBeRemoved, this,
        [this](const QModelIndex&, int first, int last) { followRowsThatGo(first, last); });
    connect(&m_media, &TimelineMedia::changed, this, &TimelinePresenter::showMedia);
    connect(&m_poses, &PoseCurves::changed, this, &TimelinePresenter::showLanes);
    connect(&bench.review, &Review::draftChanged, this, &TimelinePresenter::showDraft);
    connect(&bench.review, &Review::selectionChanged, this, &TimelinePresenter::showSelection);
    connect(&bench.review, &Review::selectionChanged, this, &TimelinePresenter::showMotion);
    connect(&session, &Session::trackChanged, this, &TimelinePresenter::showMotion);
    connect(&bench.review, &Review::fitWanted, this, &TimelinePresenter::fit);
    connect(&bench.player, &Player::frameChanged, &view, &TimelineView::setCurrentFrame);

    connect(&view, &TimelineView::seekRequested, this, [this](qint64 frame) {
        m_bench.player.stop();
        m_bench.player.seek(frame);
    });
    connect(&view, &TimelineView::selectionChanged, this, [this](qint64 id) {
        if (id != kDraftId && id != m_bench.review.selected())
            m_bench.review.select(id, false);
    });
    connect(
        &view, &TimelineView::spanActivated, this, [this](qint64 id) { m_bench.review.select(id, true); });
    connect(&view, &TimelineView::spanDragged, this,
        [this](qint64 id, qint64 first, qint64 last, int serial, bool finished) {
            m_bench.review.drag(id, {first, last}, serial, finished);
        });
    connect(&view, &TimelineView::currentLaneChanged, this, [this](int lane) {
        const auto& lanes = m_view.lanes();
        if (lane < 0 || lane >= static_cast<int>(lanes.size()))
            return;
        if (const auto person = personOfLane(lanes[static_cast<size_t>(lane)].key))
            m_bench.review.setNewPerson(*person);
    });
    connect(&view, &TimelineView::laneMenuRequestedFor, this, &TimelinePresenter::showLaneMenu);
    view.setPlaceholder(tr("The video's spans and curves will be here."));
    showTimes();
}

void TimelinePresenter::showTimes()
{
    m_view.setVideo(m_bench.session.times());
    showDamage();
    showLanes();
    m_view.setCurrentFrame(m_bench.player.frame());
    if (m_shownVideo != m_bench.session.videoId()) {
        m_shownVideo = m_bench.session.videoId();
        m_view.fitAll();
    }
    if (const Annotation* span = m_bench.review.selectedSpan(); span && span->videoId == m_shownVideo)
        fit(span->span);
}

void TimelinePresenter::fit(const FrameSpan& span)
{
    // A span is judged by what comes before and after it.
    const int64_t around = std::max<int64_t>(span.length(), 12);
    m_view.fitSpan(clampSpan({span.first - around, span.last + around}, m_bench.player.frameCount()));
}

void TimelinePresenter::showMotion()
{
    const Annotation* span = m_bench.review.selectedSpan();
    std::vector<int64_t> frames;
    if (span && span->videoId == m_bench.session.videoId())
        for (const MotionOnset& onset : onsetsAround(m_bench, *span))
            frames.push_back(onset.frame);
    m_view.setSnapFrames(std::move(frames));
}

void TimelinePresenter::showDamage()
{
    std::vector<TimelineDamage> shown;
    if (const auto info = m_bench.session.info()) {
        shown.reserve(info->damaged.size());
        for (const DamagedRange& range : info->damaged)
            shown.push_back({range.frames, QString::fromStdString(range.reason)});
    }
    m_view.setDamage(std::move(shown));
}

void TimelinePresenter::addMediaLanes(std::vector<TimelineLane>& lanes) const
{
    if (m_media.picturesShown()) {
        TimelineLane lane;
        lane.title = tr("Pictures");
        lane.key = QStringLiteral("pictures");
        lane.content = TimelineLane::Content::Pictures;
        lane.note = m_media.picturesNote();
        lane.height = 40;
        lanes.push_back(std::move(lane));
    }
    if (m_media.soundShown() && !m_media.silent()) {
        TimelineLane lane;
        lane.title = tr("Sound");
        lane.key = QStringLiteral("sound");
        lane.content = TimelineLane::Content::Sound;
        lane.note = m_media.soundNote();
        lane.color = QColor(kSoundColor);
        lane.height = 28;
        lanes.push_back(std::move(lane));
    }
}

TimelineSpan TimelinePresenter::shown(const Annotation& span) const
{
    const LabelScheme& scheme = m_bench.session.document()->scheme();
    const SpanListModel& spans = m_bench.review.spans();
    TimelineSpan shown;
    shown.id = span.id;
    shown.span = span.span;
    shown.text = classMarkedText(scheme, span.classId);
    shown.color = classColor(scheme, span.classId);
    shown.state = span.state;
    shown.change = m_bench.rounds.changeOf(span.id);
    const std::vector<Candidate> best = spans.candidates(span.id, 1);
    shown.score = best.empty() ? 1 : best.front().probability;
    if (span.origin == SpanOrigin::Import)
        shown.origin = TimelineOrigin::Imported;
    if (span.origin == SpanOrigin::Model) {
        const QModelIndex row = spans.index(spans.rowOf(span.id), 0);
        const bool agreed = row.isValid() && row.data(SpanListModel::ConsensusRole).toBool();
        shown.origin = agreed ? TimelineOrigin::PseudoLabel : TimelineOrigin::Model;
    }
    // What a person has decided on is as sure as that person.
    const LaneCurves& curves = m_bench.session.curves();
    const auto detector = curves.find("detector");
    if (span.state == SpanState::Proposed && detector != curves.end()) {
        const BoundarySpread spread = boundarySpread(detector->second, span.span);
        shown.startSpread = spread.start;
        shown.endSpread = spread.end;
    }
    return shown;
}

bool TimelinePresenter::isShown(const Annotation& span) const
{
    return m_bench.session.document() && span.videoId == m_bench.session.videoId();
}

void TimelinePresenter::showLanes()
{
    const Document* document = m_bench.session.document();
    const int64_t video = m_bench.session.videoId();
    if (!document || !video) {
        m_view.setLanes({});
        m_view.setMarks({});
        return;
    }
    const SpanShower show = [this](const Annotation& span) { return shown(span); };
    std::vector<TimelineLane> lanes = personLanes(*document, video, show);
    lanes.push_back(reviewedLane(*document, video, m_bench.player.frameCount()));
    lanes.back().key = QStringLiteral("reviewed");
    addRoundLane(m_bench.rounds, *document, video, lanes);
    std::ranges::move(otherLayerLanes(*document, video, show), std::back_inserter(lanes));
    addMediaLanes(lanes);
    std::ranges::move(m_curves.lanes(personsWithSpans(*document, video)), std::back_inserter(lanes));
    for (TimelineLane& lane : m_poses.lanes()) {
        lane.key = QStringLiteral("pose:%1").arg(lane.title);
        lanes.push_back(std::move(lane));
    }
    m_choices.apply(lanes);
    m_view.setLanes(std::move(lanes));
    showDraft();
    showNotes();
    showSelection();
}

void TimelinePresenter::showMedia()
{
    std::vector<TimelineLane> lanes;
    if (m_bench.session.document() && m_bench.session.videoId())
        addMediaLanes(lanes);
    std::erase_if(lanes, [this](const TimelineLane& lane) { return m_choices.hidden().contains(lane.key); });
    const auto shown = std::ranges::count_if(
        m_view.lanes(), [](const TimelineLane& lane) { return lane.content != TimelineLane::Content::Data; });
    const bool same = shown == std::ssize(lanes)
        && std::ranges::all_of(lanes, [this](const auto& lane) { return m_view.laneOf(lane.key) >= 0; });
    if (!same) {
        showLanes();
        return;
    }
    for (TimelineLane& lane : lanes) {
        lane.collapsed = m_choices.collapsed().contains(lane.key);
        const int at = m_view.laneOf(lane.key);
        m_view.setLane(at, std::move(lane));
    }
}

void TimelinePresenter::showDraft()
{
    const auto& draft = m_bench.review.draft();
    const int own = m_view.laneOf(upperLaneKey(m_bench.review.newPerson()));
    if (draft)
        m_view.putSpan(own >= 0 ? own : m_view.laneOf(upperLaneKey(0)),
            {kDraftId, *draft, tr("new span"), QColor(0xe0, 0x5a, 0x5a), SpanState::Proposed, 1});
    else
        m_view.removeSpan(kDraftId);
}

void TimelinePresenter::showNotes()
{
    if (const Document* document = m_bench.session.document())
        m_view.setMarks(noteMarks(*document, m_bench.session.videoId()));
}

void TimelinePresenter::followRows(int first, int last)
{
    if (last - first >= kManyRows) {
        showLanes();
        return;
    }
    for (int row = first; row <= last; ++row) {
        const Annotation* span = m_bench.review.spans().annotationAt(row);
        if (!span || !isShown(*span))
            continue;
        const int lane = m_view.laneOf(laneKeyOf(*span));
        if (lane < 0 && !m_choices.hidden().contains(laneKeyOf(*span))) { // the first one of somebody
            showLanes();
            return;
        }
        if (lane < 0)
            m_view.removeSpan(span->id);
        else
            m_view.putSpan(lane, shown(*span));
    }
}

void TimelinePresenter::followRowsThatGo(int first, int last)
{
    for (int row = first; row <= last; ++row)
        if (const Annotation* span = m_bench.review.spans().annotationAt(row); span && isShown(*span))
            m_view.removeSpan(span->id);
}

void TimelinePresenter::followEdit(ChangeKinds kinds, qint64 videoId)
{
    const Document* document = m_bench.session.document();
    const int64_t video = m_bench.session.videoId();
    if (!document || !video || (videoId != 0 && videoId != video))
        return;
    const ChangeKinds all
        = ChangeKind::Videos | ChangeKind::Scheme | ChangeKind::Predictions | ChangeKind::Team;
    // Of several persons only those who have spans have lanes.
    const bool emptied = std::ranges::any_of(m_view.lanes(),
        [](const TimelineLane& lane) { return lane.editable && lane.spans.empty() && lane.note.isEmpty(); });
    if ((kinds & all) || emptied) {
        showLanes();
        return;
    }
    if (kinds.testFlag(ChangeKind::Reviewed)) {
        TimelineLane lane = reviewedLane(*document, video, m_bench.player.frameCount());
        lane.key = QStringLiteral("reviewed");
        lane.collapsed = m_choices.collapsed().contains(lane.key);
        const int at = m_view.laneOf(lane.key);
        m_view.setLane(at, std::move(lane));
    }
    if (kinds.testFlag(ChangeKind::Annotations))
        showOthers();
    if (kinds & (ChangeKinds(ChangeKind::Annotations) | ChangeKind::Notes))
        showNotes();
    showSelection();
}

void TimelinePresenter::showOthers()
{
    const Document& document = *m_bench.session.document();
    const int64_t video = m_bench.session.videoId();
    if (document.layers(video).size() < 2)
        return;
    const SpanShower show = [this](const Annotation& span) { return shown(span); };
    for (TimelineLane& lane : otherLayerLanes(document, video, show)) {
        if (m_choices.hidden().contains(lane.key))
            continue;
        const int at = m_view.laneOf(lane.key);
        if (at < 0) {
            showLanes();
            return;
        }
        lane.collapsed = m_choices.collapsed().contains(lane.key);
        m_view.setLane(at, std::move(lane));
    }
}

void TimelinePresenter::extendMenu(QMenu& menu)
{
    QMenu* lanes = menu.addMenu(tr("&Lanes"));
    connect(lanes, &QMenu::aboutToShow, this, [this, lanes] {
        lanes->clear();
        const int lane = m_view.currentLane();
        m_choices.fill(*lanes, lane < 0 ? QString() : m_view.lanes()[static_cast<size_t>(lane)].key);
    });
}

void TimelinePresenter::showLaneMenu(int lane, const QPoint& position)
{
    QMenu menu;
    m_choices.fill(menu, m_view.lanes()[static_cast<size_t>(lane)].key);
    menu.exec(position);
}

void TimelinePresenter::showSelection()
{
    const Annotation* span = m_bench.review.selectedSpan();
    m_view.setSelected(span && span->videoId == m_bench.session.videoId() ? span->id : 0);
}

} // namespace telltale
