// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/timelinepresenter.h"
#include "app/gui/reviewmarks.h"
#include "app/gui/spanactions.h"
#include "widgets/models/texts.h"
#include "widgets/timeline/timelineview.h"
#include <algorithm>

namespace telltale {
namespace {

constexpr int64_t kDraftId = -1;
constexpr QRgb kSoundColor = 0xff6f86a8;

struct CurveRow {
    const char* name;
    QRgb color;
};

constexpr CurveRow kCurves[] = {
    {"detector", 0xff4c8fd6},
    {"joint", 0xff2fa58b},
    {"heatmap", 0xffe08a3c},
    {"rgb", 0xffa274d0},
    {"motion", 0xff8d97a5},
};

} // namespace

bool isOnUpperLane(const Annotation& span)
{
    return span.origin != SpanOrigin::Model || span.state == SpanState::Accepted
        || span.state == SpanState::Corrected;
}

TimelinePresenter::TimelinePresenter(Workbench& bench, TimelineView& view)
    : QObject(&view)
    , m_bench(bench)
    , m_view(view)
    , m_media(bench.session, view)
    , m_poses(bench.session, bench.poses)
{
    Session& session = bench.session;
    connect(&session, &Session::videoChanged, this, &TimelinePresenter::showTimes);
    connect(&session, &Session::timesChanged, this, &TimelinePresenter::showTimes);
    connect(&session, &Session::curvesChanged, this, &TimelinePresenter::showLanes);
    connect(&session, &Session::edited, this, &TimelinePresenter::showLanes);
    connect(&m_media, &TimelineMedia::changed, this, &TimelinePresenter::showLanes);
    connect(&m_poses, &PoseCurves::changed, this, &TimelinePresenter::showLanes);
    connect(&bench.review, &Review::draftChanged, this, &TimelinePresenter::showLanes);
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
        lane.content = TimelineLane::Content::Pictures;
        lane.note = m_media.picturesNote();
        lane.height = 40;
        lanes.push_back(std::move(lane));
    }
    if (m_media.soundShown() && !m_media.silent()) {
        TimelineLane lane;
        lane.title = tr("Sound");
        lane.content = TimelineLane::Content::Sound;
        lane.note = m_media.soundNote();
        lane.color = QColor(kSoundColor);
        lane.height = 28;
        lanes.push_back(std::move(lane));
    }
}

void TimelinePresenter::showLanes()
{
    const Document* document = m_bench.session.document();
    if (!document || !m_bench.session.videoId()) {
        m_view.setLanes({});
        m_view.setMarks({});
        return;
    }
    TimelineLane annotations;
    annotations.title = tr("Annotations");
    annotations.editable = true;
    annotations.note = tr("No spans yet: mark one with I and O, or accept a proposal.");
    TimelineLane proposals;
    proposals.title = tr("Proposals");
    proposals.editable = true;
    proposals.note = tr("No open proposals: let the models analyze the video to get some.");
    for (const Annotation& span : document->annotations(m_bench.session.videoId())) {
        TimelineSpan shown;
        shown.id = span.id;
        shown.span = span.span;
        shown.text = classText(document->scheme(), span.classId);
        shown.color = classColor(document->scheme(), span.classId);
        shown.state = span.state;
        const std::vector<Candidate> best = m_bench.review.spans().candidates(span.id, 1);
        shown.score = best.empty() ? 1 : best.front().probability;
        (isOnUpperLane(span) ? annotations : proposals).spans.push_back(std::move(shown));
    }
    if (const auto& draft = m_bench.review.draft())
        annotations.spans.push_back(
            {kDraftId, *draft, tr("new span"), QColor(0xe0, 0x5a, 0x5a), SpanState::Proposed, 1});
    std::vector<TimelineLane> lanes{std::move(annotations), std::move(proposals)};
    lanes.push_back(reviewedLane(*document, m_bench.session.videoId(), m_bench.player.frameCount()));
    addMediaLanes(lanes);
    for (const CurveRow& row : kCurves) {
        const auto curve = m_bench.session.curves().find(row.name);
        if (curve == m_bench.session.curves().end() || curve->second.empty())
            continue;
        TimelineLane lane;
        lane.title = modalityText(row.name);
        lane.curve = curve->second;
        lane.color = QColor(row.color);
        lane.height = 20;
        lanes.push_back(std::move(lane));
    }
    std::ranges::move(m_poses.lanes(), std::back_inserter(lanes));
    m_view.setLanes(std::move(lanes));
    m_view.setMarks(noteMarks(*document, m_bench.session.videoId()));
    showSelection();
}

void TimelinePresenter::showSelection()
{
    const Annotation* span = m_bench.review.selectedSpan();
    m_view.setSelected(span && span->videoId == m_bench.session.videoId() ? span->id : 0);
}

} // namespace telltale
