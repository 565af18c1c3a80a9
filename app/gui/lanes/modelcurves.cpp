// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/lanes/modelcurves.h"
#include "widgets/models/spandigest.h"
#include "widgets/models/texts.h"
#include <QCoreApplication>
#include <QElapsedTimer>
#include <algorithm>
#include <utility>

namespace telltale {
namespace {

constexpr float kNothing = 1e-4F; ///< what rounding leaves of 0
constexpr qint64 kPortionMs = 4; ///< of reading between two events

struct CurveRow {
    const char* name;
    QRgb color;
    bool ofPerson; ///< one for each, if there are several
    int height;
    const char* title; ///< null: the modality's own name
    const char* explanation; ///< or null
};

constexpr CurveRow kCurves[] = {
    {"detector", 0xff4c8fd6, false, 20, nullptr,
        QT_TRANSLATE_NOOP("ModelCurves", "How sure the detector is that there is a gesture, from 0 to 1.")},
    {"joint", 0xff2fa58b, true, 16, nullptr,
        QT_TRANSLATE_NOOP(
            "ModelCurves", "Probability of the class that the skeleton network gives the span.")},
    {"heatmap", 0xffe08a3c, true, 16, nullptr,
        QT_TRANSLATE_NOOP(
            "ModelCurves", "Probability of the class that the heatmap network gives the span.")},
    {"rgb", 0xffa274d0, true, 16, nullptr,
        QT_TRANSLATE_NOOP(
            "ModelCurves", "Probability of the class that the picture network gives the span.")},
    {"fused", 0xffcc5f9a, true, 20, nullptr,
        QT_TRANSLATE_NOOP(
            "ModelCurves", "Probability of the class that all modalities together give the span.")},
    {"disagreement", 0xffd1495b, true, 20, QT_TRANSLATE_NOOP("ModelCurves", "Disagreement"),
        QT_TRANSLATE_NOOP("ModelCurves",
            "How far the modalities are apart, from 0 (all say the same) to 1 (each is sure of another "
            "class).")},
    {"motion", 0xff8d97a5, false, 20, nullptr,
        QT_TRANSLATE_NOOP("ModelCurves", "How much moves, from 0 to 1.")},
};

QString text(const char* source) { return QCoreApplication::translate("ModelCurves", source); }

float topOf(const std::vector<float>& scores)
{
    const auto top = std::max_element(scores.begin(), scores.end());
    return top == scores.end() ? 0 : *top;
}

void raise(std::vector<float>& curve, const FrameSpan& span, int64_t frames, float value)
{
    if (curve.empty())
        curve.assign(static_cast<size_t>(frames), 0.0F);
    const FrameSpan inside = clampSpan(span, frames);
    for (int64_t frame = inside.first; frame < inside.last; ++frame)
        curve[static_cast<size_t>(frame)] = std::max(curve[static_cast<size_t>(frame)], value);
}

/// Null if there is no such curve, or nothing in it.
const std::vector<float>* filled(const LaneCurves* curves, const char* name)
{
    if (!curves)
        return nullptr;
    const auto found = curves->find(name);
    return found == curves->end()
            || std::ranges::none_of(found->second, [](float value) { return value > kNothing; })
        ? nullptr
        : &found->second;
}

} // namespace

SpanVote voteOf(const Prediction& prediction)
{
    SpanVote vote{prediction.person, prediction.span, topOf(prediction.fused), 0, {}};
    for (const auto& [modality, scores] : prediction.modalities)
        if (!scores.probabilities.empty())
            vote.tops[modality] = topOf(scores.probabilities);
    vote.disagreement = static_cast<float>(disagreementOf(prediction));
    return vote;
}

std::map<int, LaneCurves> curvesOf(const std::vector<SpanVote>& votes, int64_t frames)
{
    std::map<int, LaneCurves> curves;
    for (const SpanVote& vote : votes) {
        LaneCurves& own = curves[vote.person];
        for (const auto& [modality, top] : vote.tops)
            raise(own[modality], vote.span, frames, top);
        if (vote.fused > 0)
            raise(own["fused"], vote.span, frames, vote.fused);
        if (vote.tops.size() > 1)
            raise(own["disagreement"], vote.span, frames, vote.disagreement);
    }
    return curves;
}

ModelCurves::ModelCurves(Session& session, QObject* parent) : QObject(parent), m_session(session)
{
    m_reading.setInterval(0);
    connect(&m_reading, &QTimer::timeout, this, &ModelCurves::readSome);
    connect(&session, &Session::videoChanged, this, &ModelCurves::start);
    connect(&session, &Session::projectAboutToClose, &m_reading, &QTimer::stop);
    connect(&session, &Session::timesChanged, this, [this] {
        if (!m_reading.isActive() && !m_votes.empty())
            publish(); // a file that grows has more frames
    });
    connect(&session, &Session::edited, this, [this](ChangeKinds kinds, qint64 videoId) {
        if (kinds.testAnyFlags(ChangeKind::Predictions | ChangeKind::Team)
            && (videoId == 0 || videoId == m_session.videoId()))
            start();
    });
    start();
}

void ModelCurves::start()
{
    m_reading.stop();
    m_votes.clear();
    m_next = m_end = 0;
    if (std::exchange(m_videoId, m_session.videoId()) != m_session.videoId())
        m_curves.clear(); // those of another video
    const Document* document = m_session.document();
    if (document && m_session.videoId() && document->withheldPercent(m_session.videoId()) == 0)
        for (const PredictionRun& run : document->runs(m_session.videoId()))
            if (run.predictions > 0) { // the newest comes last
                m_next = run.firstPrediction;
                m_end = run.firstPrediction + run.predictions;
            }
    if (m_next < m_end)
        m_reading.start();
    else
        publish();
}

void ModelCurves::readSome()
{
    const Document* document = m_session.document();
    QElapsedTimer timer;
    timer.start();
    while (document && m_next < m_end) {
        if (const auto prediction = document->prediction(m_next++))
            m_votes.push_back(voteOf(*prediction));
        if (timer.elapsed() >= kPortionMs)
            return;
    }
    m_reading.stop();
    publish();
}

void ModelCurves::publish()
{
    const auto times = m_session.times();
    auto curves = curvesOf(m_votes, times ? times->frameCount() : 0);
    if (curves == m_curves)
        return;
    m_curves = std::move(curves);
    emit changed();
}

std::vector<TimelineLane> ModelCurves::lanes(const std::map<int, QString>& persons) const
{
    std::vector<TimelineLane> lanes;
    const auto add = [&lanes](const CurveRow& row, const std::vector<float>& curve, const QString& key,
                         const QString& person) {
        const QString name = row.title ? text(row.title) : modalityText(row.name);
        TimelineLane lane;
        lane.key = QStringLiteral("curve:%1%2").arg(QLatin1String(row.name), key);
        lane.title
            = person.isEmpty() ? name : text(QT_TRANSLATE_NOOP("ModelCurves", "%1: %2")).arg(person, name);
        lane.curve = curve;
        lane.color = QColor(row.color);
        lane.height = row.height;
        lane.explanation = text(row.explanation);
        lanes.push_back(std::move(lane));
    };
    const LaneCurves& common = m_session.curves();
    const auto addCommon = [&](const CurveRow& row) {
        if (const auto* curve = filled(&common, row.name))
            add(row, *curve, {}, {});
    };
    const Document* document = m_session.document();
    if (document && document->withheldPercent(m_session.videoId()) > 0) { // curves would tell all the same
        addCommon(kCurves[std::size(kCurves) - 1]);
        return lanes;
    }
    addCommon(kCurves[0]);
    for (const auto& [person, name] : persons) {
        const auto known = m_curves.find(person);
        const LaneCurves* own = known == m_curves.end() ? nullptr : &known->second;
        for (const CurveRow& row : kCurves) {
            if (!row.ofPerson)
                continue;
            const std::vector<float>* curve = filled(own, row.name);
            if (!curve && m_curves.empty() && person == persons.begin()->first)
                curve = filled(&common, row.name); // the predictions are not read, or not there any more
            if (curve && persons.size() > 1)
                add(row, *curve, QStringLiteral(":%1").arg(person), name);
            else if (curve)
                add(row, *curve, {}, {});
        }
    }
    addCommon(kCurves[std::size(kCurves) - 1]);
    return lanes;
}

} // namespace telltale
