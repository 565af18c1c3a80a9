// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/lanes/disagreementjump.h"
#include "app/gui/mainwindow.h"
#include "app/gui/timelinepresenter.h"
#include "review/curvepeaks.h"
#include "widgets/models/texts.h"
#include <QCoreApplication>
#include <QStatusBar>
#include <algorithm>

namespace telltale {
namespace {

constexpr int kNoticeMs = 6000;

QString text(const char* source) { return QCoreApplication::translate("DisagreementJump", source); }

/// Of all persons, by frame; where two are at one frame, the higher one.
std::vector<CurvePeak> allPeaks(const std::map<int, LaneCurves>& byPerson)
{
    std::vector<CurvePeak> all;
    for (const auto& [person, curves] : byPerson)
        if (const auto curve = curves.find("disagreement"); curve != curves.end()) {
            const std::vector<CurvePeak> own = peaksOf(std::span<const float>(curve->second));
            all.insert(all.end(), own.begin(), own.end());
        }
    std::ranges::sort(all, {}, [](const CurvePeak& peak) { return std::pair(peak.frame, -peak.height); });
    const auto same = std::ranges::unique(all, {}, &CurvePeak::frame);
    all.erase(same.begin(), same.end());
    return all;
}

/// The open proposal at the frame that the modalities are furthest apart about; 0: none.
int64_t spanAt(const Workbench& bench, int64_t frame)
{
    int64_t best = 0;
    double furthest = -1;
    for (const Annotation& span : bench.session.document()->annotations(bench.session.videoId())) {
        if (span.state != SpanState::Proposed || !span.span.contains(frame))
            continue;
        const SpanDigest* digest = bench.review.spans().digest(span);
        if (digest && digest->disagreement > furthest) {
            furthest = digest->disagreement;
            best = span.id;
        }
    }
    return best;
}

} // namespace

void jumpToDisagreement(Workbench& bench, int step)
{
    const auto tell
        = [&bench](const QString& sentence) { bench.window.statusBar()->showMessage(sentence, kNoticeMs); };
    const std::vector<CurvePeak> peaks = allPeaks(bench.window.lanes().modelCurves().byPerson());
    const auto peak = peakBeside(peaks, bench.player.frame(), step);
    if (!peak) {
        tell(peaks.empty() ? text(
                 QT_TRANSLATE_NOOP("DisagreementJump", "The modalities disagree nowhere in this video."))
                : step > 0
                ? text(QT_TRANSLATE_NOOP("DisagreementJump", "No further peak of disagreement follows."))
                : text(QT_TRANSLATE_NOOP("DisagreementJump", "No peak of disagreement lies before.")));
        return;
    }
    bench.player.stop();
    if (const int64_t id = spanAt(bench, peak->frame); id != 0)
        bench.review.select(id, false);
    bench.player.seek(peak->frame);
    const auto place = std::ranges::lower_bound(peaks, peak->frame, {}, &CurvePeak::frame) - peaks.begin();
    tell(text(QT_TRANSLATE_NOOP("DisagreementJump", "Disagreement %1, peak %2 of %3."))
             .arg(percentText(peak->height))
             .arg(place + 1)
             .arg(peaks.size()));
}

} // namespace telltale
