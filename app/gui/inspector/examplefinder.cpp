// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/inspector/examplefinder.h"
#include "data/confirmed.h"
#include "review/audit.h"
#include "widgets/models/texts.h"
#include <QElapsedTimer>
#include <algorithm>

namespace telltale {
namespace {

constexpr qint64 kSliceMs = 4;
/// Examples that are looked at, drawn at random beyond.
constexpr size_t kMostExamples = 400;
constexpr uint64_t kSeed = 11;

} // namespace

ExampleFinder::ExampleFinder(Session& session, SpanListModel& spans, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_spans(spans)
{
    m_slice.setInterval(0);
    connect(&m_slice, &QTimer::timeout, this, &ExampleFinder::readSlice);
    connect(&session, &Session::projectAboutToClose, this, &ExampleFinder::cancel);
}

void ExampleFinder::cancel()
{
    m_slice.stop();
    m_waiting.clear();
    m_pool.clear();
    m_found.clear();
    m_explanation.clear();
}

/// Persons of one video may be different people.
QString ExampleFinder::subjectOf(const Annotation& span) const
{
    const Document& document = *m_session.document();
    const VideoEntry* video = document.video(span.videoId);
    int64_t subject = video ? video->subjectId : 0;
    for (const Person& person : document.persons(span.videoId))
        if (person.number == span.person && person.subjectId != 0)
            subject = person.subjectId;
    return QString::number(subject);
}

ExampleFeatures ExampleFinder::featuresOf(const Annotation& span) const
{
    const Document& document = *m_session.document();
    ExampleFeatures features;
    features.id = span.id;
    features.subject = subjectOf(span).toStdString();
    features.classId = span.classId;
    features.seconds = m_spans.seconds(span);
    const auto prediction = span.predictionId ? document.prediction(span.predictionId) : nullptr;
    if (!prediction)
        return features;
    features.scores = prediction->fused;
    // Of another person's or another stretch the embedding would say nothing; small corrections keep it.
    for (const auto& [modality, scores] : prediction->modalities)
        if (!scores.embedding.empty() && prediction->span.overlaps(span.span))
            features.embeddings[modality] = scores.embedding;
    return features;
}

void ExampleFinder::find(int64_t annotationId, int classId)
{
    cancel();
    m_class = classId;
    m_confirmed = 0;
    const Annotation* span = m_spans.annotationAt(m_spans.rowOf(annotationId));
    if (!m_session.document() || !span) {
        emit found();
        return;
    }
    m_wanted = featuresOf(*span);
    for (int row = 0; classId >= 0 && row < m_spans.rowCount(); ++row) {
        const Annotation& other = *m_spans.annotationAt(row);
        if (other.classId == classId && other.id != annotationId && isConfirmed(other.state))
            m_waiting.push_back(other.id);
    }
    m_confirmed = static_cast<int64_t>(m_waiting.size());
    std::ranges::sort(m_waiting, {}, [](int64_t id) { return auditPlace(id, kSeed); });
    if (m_waiting.size() > kMostExamples)
        m_waiting.resize(kMostExamples);
    if (m_waiting.empty())
        finish();
    else
        m_slice.start();
}

void ExampleFinder::readSlice()
{
    QElapsedTimer timer;
    timer.start();
    while (!m_waiting.empty() && timer.elapsed() < kSliceMs) {
        const Annotation* span = m_spans.annotationAt(m_spans.rowOf(m_waiting.back()));
        m_waiting.pop_back();
        if (span && isConfirmed(span->state) && span->classId == m_class)
            m_pool.push_back(featuresOf(*span));
    }
    if (m_waiting.empty())
        finish();
}

void ExampleFinder::finish()
{
    m_slice.stop();
    m_found = nearestExamples(m_wanted, m_pool, m_class, kExamples);
    m_pool.clear();
    m_explanation = sentence();
    emit found();
}

QString ExampleFinder::sentence() const
{
    if (m_class < 0)
        return tr("The span has no class yet, so there is nothing to compare it with.");
    const QString name = classText(m_session.document()->scheme(), m_class);
    if (m_confirmed == 0)
        return tr("Nobody has confirmed another span of \"%1\" yet: accept one, and it is shown here.")
            .arg(name);
    if (m_found.empty())
        return tr("All confirmed spans of \"%1\" are of this same person. Examples of other people are shown "
                  "here once there are some.")
            .arg(name);
    return m_found.front().measure == ExampleMeasure::Embedding
        ? tr("Nearest by what the networks make of the clip (cosine of their embeddings).")
        : tr("Nearest by length and class scores: the models left no embeddings to compare.");
}

} // namespace telltale
