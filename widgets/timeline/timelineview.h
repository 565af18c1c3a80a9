// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include "base/timebase.h"
#include "data/types.h"
#include <QColor>
#include <QImage>
#include <QWidget>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace telltale {

class OverviewStrip;

/// Who made a span; told by a band along its lower edge, by colour and by pattern.
enum class TimelineOrigin {
    Human, ///< no band
    Imported, ///< dashes
    Model, ///< dots
    PseudoLabel, ///< teeth: several modalities agreed on it
};

/// What became of a span from one round of pseudo-labels to the next.
enum class RoundChange { None, Kept, New, Dropped, Relabelled, Moved };

/// One span as the timeline shows it.
struct TimelineSpan {
    int64_t id = 0; ///< annotation id
    FrameSpan span;
    QString text;
    QColor color;
    SpanState state = SpanState::Accepted;
    double score = 1; ///< opacity of proposals
    TimelineOrigin origin = TimelineOrigin::Human;
    RoundChange change = RoundChange::None; ///< a small mark
    double startSpread = 0; ///< frames by which the start may lie earlier or later; drawn as a soft edge
    double endSpread = 0;

    bool operator==(const TimelineSpan&) const = default;
};

/// A stretch of the video that cannot be shown as it was filmed.
struct TimelineDamage {
    FrameSpan frames;
    QString reason; ///< for the tool tip
};

/// Something to read at a frame: a small sheet on the ruler, its text as a tool tip.
struct TimelineMark {
    int64_t frame = 0;
    QString text;
};

/// A small picture of a frame.
struct TimelinePicture {
    int64_t frame = 0;
    QImage image;
};

/// Lowest and highest value and loudness of a stretch of sound, in [-1, 1].
struct TimelinePeak {
    float low = 0;
    float high = 0;
    float rms = 0;
};
/// Peaks of equal stretches of [from, to); quick, called while painting.
using TimelineSound = std::function<std::vector<TimelinePeak>(MediaTime from, MediaTime to, int columns)>;

/// A named row. Span lanes hold spans; curve lanes hold one value in [0, 1] per frame; the lanes of pictures
/// and sound show what setPictures and setSound were given.
struct TimelineLane {
    enum class Content { Data, Pictures, Sound };
    QString title;
    std::vector<TimelineSpan> spans;
    std::vector<float> curve;
    QColor color;
    bool editable = false;
    int height = 24; ///< in text-height related units: scaled by the font
    Content content = Content::Data;
    QString note = {}; ///< written into the lane while it is empty: why, and what to do
    std::vector<FrameSpan> ranges = {}; ///< filled in the lane's colour; nothing to select or to move
    QString explanation = {}; ///< tool tip of the lane where it has nothing else to tell
    QString key = {}; ///< names the lane from one setLanes to the next; empty: its place does
    bool collapsed = false; ///< slim, with all overlapping spans in one row
};

/// Lanes over time: zoom under the cursor (Ctrl+wheel, + and -), pan (wheel, Shift+wheel, middle button),
/// scrub (drag on the ruler or on an empty place), select, drag whole spans or their edges on editable lanes
/// (they snap to other boundaries, snap frames and the playhead unless Alt is held; Esc cancels), Home and
/// End for the first and last frame. Colour and pattern tell states apart: proposals hatched, rejected struck
/// through. Spans that overlap in a lane stand one below the other. Below the lanes a strip shows the whole
/// video, and what of it is in view. GUI thread. Draws from its own index, not one item per span: a million
/// spans take no longer than some hundreds.
class TimelineView : public QWidget {
    Q_OBJECT
public:
    explicit TimelineView(QWidget* parent = nullptr);
    ~TimelineView() override;

    void setVideo(std::shared_ptr<const FrameTimes> times); ///< null: empty state
    /// Only lanes that differ from those before are indexed anew.
    void setLanes(std::vector<TimelineLane> lanes);
    const std::vector<TimelineLane>& lanes() const; ///< without the curves' values
    int laneOf(const QString& key) const; ///< -1: none
    /// The span comes into the lane, or takes the place of the one with its id, wherever that is. Quick
    /// however many spans there are. False if there is no such lane.
    bool putSpan(int lane, TimelineSpan span);
    bool removeSpan(int64_t annotationId); ///< false if there is none
    void setLane(int lane, TimelineLane content); ///< one of them anew
    /// Hatched over all lanes, with the reason as a tool tip; ascending.
    void setDamage(std::vector<TimelineDamage> damage);
    void setMarks(std::vector<TimelineMark> marks); ///< ascending by frame
    /// Where dragged boundaries snap to beside what the lanes show: where something begins or ends to move.
    void setSnapFrames(std::vector<int64_t> frames);
    void setPictures(std::vector<TimelinePicture> pictures); ///< ascending by frame
    void setSound(TimelineSound sound, float loudest); ///< `loudest` fills the lane; null: silence
    void setCurrentFrame(int64_t frame);
    int64_t currentFrame() const;
    void setSelected(int64_t annotationId); ///< 0 for none
    int64_t selected() const;
    /// The lane that the keys are about; -1: none.
    int currentLane() const;
    /// Goes `delta` lanes down (up if negative) and scrolls there; stops at the first and the last one.
    void selectLane(int delta);
    OverviewStrip& overview() const;
    /// The lane whose spans keys walk along: the current one if its spans can be edited, else the first whose
    /// can. -1: there is none.
    int spanLane() const;
    bool selectSpanLane(int step); ///< the next such lane below (1) or above (-1); false: there is none
    /// The span after (1) or before (-1) the selected one on the spans' lane, or after or before the playhead
    /// if none is selected there; 0: there is none.
    int64_t besideOnLane(int step) const;
    void fitAll();
    void fitSpan(const FrameSpan& span);
    void setPlaceholder(const QString& text);
    /// Visible range, for tests and for remembering.
    FrameSpan visibleFrames() const;
    /// Where a frame boundary and a lane lie in widget coordinates (tests, tool tips).
    double xOf(int64_t frame) const;
    QRectF laneRect(int lane) const; ///< null where there is no such lane
    /// Frames that a lane of pictures covers with tiles as wide as `aspect` times its height, and how many.
    std::pair<FrameSpan, int> picturesWanted(double aspect) const;
    int pictureHeight() const; ///< pixels of the screen; 0 without such a lane

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void seekRequested(qint64 frame);
    void selectionChanged(qint64 annotationId);
    void spanActivated(qint64 annotationId); ///< double click
    /// While dragging (`finished` false) and once at the end; one dragSerial per drag. A cancelled drag ends
    /// with the boundaries it began with. The view itself moves nothing: call setLanes with what came of it.
    void spanDragged(qint64 annotationId, qint64 first, qint64 last, int dragSerial, bool finished);
    /// Other frames came into view, or the lanes got another size; not more often than every 150 ms.
    void viewMoved();
    void contextMenuRequestedFor(qint64 annotationId, QPoint globalPosition);
    void laneMenuRequestedFor(int lane, QPoint globalPosition); ///< on the lane's name
    void currentLaneChanged(int lane);

protected:
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace telltale
