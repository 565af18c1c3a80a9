// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/reviewmarks.h"
#include "widgets/models/texts.h"
#include <QCoreApplication>
#include <algorithm>

namespace telltale {
namespace {

constexpr QRgb kReviewedColor = 0xff3f9e6b;
/// The title keeps its width, and with it the timeline its place, whatever the share.
constexpr int kShareWidth = 5;
constexpr QChar kFigureSpace(0x2007);

QString text(const char* source) { return QCoreApplication::translate("ReviewMarks", source); }

/// All of it only where nothing is missing.
double shareOf(int64_t covered, int64_t frames)
{
    const double share = frames > 0 ? static_cast<double>(covered) / static_cast<double>(frames) : 0;
    return covered < frames ? std::min(share, 0.99) : share;
}

int64_t frameOf(const Document& document, const Note& note)
{
    const Annotation* span = note.annotationId > 0 ? document.annotation(note.annotationId) : nullptr;
    return span ? span->span.first : std::max<int64_t>(0, note.frame);
}

} // namespace

int64_t framesCovered(const std::vector<ReviewedRange>& ranges)
{
    int64_t covered = 0;
    int64_t end = 0;
    for (const ReviewedRange& range : ranges) {
        covered += std::max<int64_t>(0, range.span.last - std::max(end, range.span.first));
        end = std::max(end, range.span.last);
    }
    return covered;
}

TimelineLane reviewedLane(const Document& document, int64_t videoId, int64_t frameCount)
{
    const std::vector<ReviewedRange> ranges = document.reviewed(videoId);
    const int64_t covered = framesCovered(ranges);
    TimelineLane lane;
    lane.title
        = text(QT_TRANSLATE_NOOP("ReviewMarks", "Reviewed %1"))
              .arg(percentText(shareOf(covered, frameCount)).rightJustified(kShareWidth, kFigureSpace));
    lane.color = QColor(kReviewedColor);
    lane.height = 16;
    lane.note = text(QT_TRANSLATE_NOOP("ReviewMarks",
        "Nothing is marked as looked through yet (R). No span here means unknown, never \"no gesture\"."));
    lane.explanation
        = text(QT_TRANSLATE_NOOP("ReviewMarks",
                   "<p>%1 of %2 frames are marked as looked through. Only there does no span mean no "
                   "gesture; everywhere else it means unknown, never background.</p>"))
              .arg(covered)
              .arg(frameCount);
    lane.ranges.reserve(ranges.size());
    for (const ReviewedRange& range : ranges)
        lane.ranges.push_back(range.span);
    return lane;
}

std::vector<TimelineMark> noteMarks(const Document& document, int64_t videoId)
{
    std::vector<TimelineMark> marks;
    for (const Note& note : document.notes(videoId))
        marks.push_back({frameOf(document, note),
            text(QT_TRANSLATE_NOOP("ReviewMarks", "%1, %2:"))
                    .arg(notePlace(document, note), QString::fromStdString(note.author))
                + QLatin1Char('\n') + QString::fromStdString(note.text)});
    std::ranges::stable_sort(marks, {}, &TimelineMark::frame);
    return marks;
}

QString notePlace(const Document& document, const Note& note)
{
    if (note.videoId == 0)
        return text(QT_TRANSLATE_NOOP("ReviewMarks", "Project"));
    if (const Annotation* span = note.annotationId > 0 ? document.annotation(note.annotationId) : nullptr)
        return text(QT_TRANSLATE_NOOP("ReviewMarks", "%1 at frame %2"))
            .arg(classText(document.scheme(), span->classId))
            .arg(span->span.first);
    if (note.frame >= 0)
        return text(QT_TRANSLATE_NOOP("ReviewMarks", "Frame %1")).arg(note.frame);
    return text(QT_TRANSLATE_NOOP("ReviewMarks", "Whole video"));
}

} // namespace telltale
