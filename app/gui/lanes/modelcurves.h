// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/session.h"
#include "widgets/timeline/timelineview.h"
#include <QObject>
#include <QTimer>
#include <map>
#include <vector>

namespace telltale {

/// What the models said of one span, as the timeline's curves have it.
struct SpanVote {
    int person = 0;
    FrameSpan span;
    float fused = 0; ///< probability of the first class
    float disagreement = 0; ///< of the modalities, [0, 1]
    std::map<std::string, float> tops; ///< of each modality's first class
};
SpanVote voteOf(const Prediction& prediction);

/// Curves by person: "joint", "heatmap", "rgb", "fused" and "disagreement", each the highest of the spans at
/// a frame and 0 elsewhere. What nobody voted on is left out.
std::map<int, LaneCurves> curvesOf(const std::vector<SpanVote>& votes, int64_t frames);

/// Curves of the newest run over the shown video by person, read from its predictions in small portions
/// between events. GUI thread.
class ModelCurves : public QObject {
    Q_OBJECT
public:
    explicit ModelCurves(Session& session, QObject* parent = nullptr);
    const std::map<int, LaneCurves>& byPerson() const { return m_curves; }

    /// Thin lanes: the detector, then for each of `persons` its modalities, what they say together and how
    /// far they are apart, then the motion. Names of persons are told only if there are several.
    std::vector<TimelineLane> lanes(const std::map<int, QString>& persons) const;

signals:
    void changed();

private:
    void start();
    void readSome();
    void publish();

    Session& m_session;
    QTimer m_reading;
    int64_t m_videoId = 0; ///< that the curves are of
    int64_t m_next = 0; ///< prediction to be read
    int64_t m_end = 0;
    std::vector<SpanVote> m_votes;
    std::map<int, LaneCurves> m_curves;
};

} // namespace telltale
