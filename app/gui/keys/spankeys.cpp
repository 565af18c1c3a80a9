// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/keys/spankeys.h"
#include "app/gui/mainwindow.h"
#include "features/skeleton/motion.h"
#include "review/boundarysnap.h"
#include "widgets/timeline/timelineview.h"
#include <QCoreApplication>
#include <QStatusBar>
#include <array>
#include <cmath>
#include <cstdlib>

namespace telltale {
namespace {

constexpr int kNoticeMs = 6000;
constexpr double kReachSeconds = 0.7; ///< how far one press moves a boundary at most. Ours.

QString text(const char* source, int count = -1)
{
    return QCoreApplication::translate("SpanKeys", source, nullptr, count);
}

} // namespace

void SpanKeys::tell(const QString& sentence) const
{
    m_bench.window.statusBar()->showMessage(sentence, kNoticeMs);
}

void SpanKeys::playOnce()
{
    if (const Annotation* span = m_bench.review.selectedSpan())
        m_bench.player.playOnce(span->span);
}

void SpanKeys::toEdge(bool start)
{
    const Annotation* span = m_bench.review.selectedSpan();
    if (!span)
        return;
    m_bench.player.stop();
    m_bench.player.seek(start ? span->span.first : span->span.last - 1);
}

void SpanKeys::stepOnLane(int step)
{
    const int64_t id = m_bench.window.timeline().besideOnLane(step);
    if (id != 0)
        m_bench.review.select(id, true);
    else
        tell(step > 0 ? text(QT_TRANSLATE_NOOP("SpanKeys", "No span follows on this lane."))
                      : text(QT_TRANSLATE_NOOP("SpanKeys", "No span lies before on this lane.")));
}

void SpanKeys::stepLane(int step)
{
    if (!m_bench.window.timeline().selectSpanLane(step))
        tell(step > 0 ? text(QT_TRANSLATE_NOOP("SpanKeys", "This is the lowest lane with spans."))
                      : text(QT_TRANSLATE_NOOP("SpanKeys", "This is the highest lane with spans.")));
}

std::vector<int64_t> SpanKeys::placesFor(const Annotation& span, bool start, int64_t from) const
{
    const Session& session = m_bench.session;
    const auto times = session.times();
    if (!times || times->frameCount() == 0)
        return {};
    const int64_t reach = std::max<int64_t>(1, std::llround(kReachSeconds * times->meanFps()));
    const FrameSpan around{from - reach, from + reach + 1};
    std::array<std::vector<BoundaryCandidate>, 2> kinds;
    if (const auto track = session.track())
        for (const MotionOnset& onset : onsetsIn(*track, span.person, *times, around))
            if (onset.starts == start)
                kinds[0].push_back({onset.frame, onset.strength});
    if (const auto curve = session.curves().find("detector"); curve != session.curves().end())
        kinds[1] = crossings(curve->second, around, start);
    // The span keeps at least one frame.
    const FrameSpan allowed
        = start ? FrameSpan{0, span.span.last} : FrameSpan{span.span.first + 1, times->frameCount() + 1};
    return snapOrder(kinds, from, reach, allowed);
}

void SpanKeys::snap(bool start)
{
    const Annotation* found = m_bench.review.selectedSpan();
    if (!found)
        return;
    const Annotation span = *found;
    const int64_t now = start ? span.span.first : span.span.last;
    const bool goesOn = m_cycle.id == span.id && m_cycle.start == start && m_cycle.set == now;
    if (!goesOn)
        m_cycle = {span.id, start, now, placesFor(span, start, now), 0, now};
    if (m_cycle.places.empty()) {
        tell(start ? text(QT_TRANSLATE_NOOP("SpanKeys",
                 "Near the start nothing begins to move, and the detector's probability does not rise."))
                   : text(QT_TRANSLATE_NOOP("SpanKeys",
                       "Near the end nothing ceases to move, and the detector's probability does not "
                       "fall.")));
        return;
    }
    const bool home = m_cycle.next == m_cycle.places.size();
    m_cycle.set = home ? m_cycle.original : m_cycle.places[m_cycle.next];
    m_bench.review.moveEdge(start, m_cycle.set);
    const int64_t by = m_cycle.set - m_cycle.original;
    if (home)
        tell(text(QT_TRANSLATE_NOOP("SpanKeys", "The boundary is where it was.")));
    else
        tell((by < 0 ? text(QT_TRANSLATE_N_NOOP("SpanKeys", "%n frame(s) earlier: place %1 of %2."),
                  static_cast<int>(std::abs(by)))
                     : text(QT_TRANSLATE_N_NOOP("SpanKeys", "%n frame(s) later: place %1 of %2."),
                         static_cast<int>(by)))
                 .arg(m_cycle.next + 1)
                 .arg(m_cycle.places.size()));
    m_cycle.next = home ? 0 : m_cycle.next + 1;
}

} // namespace telltale
