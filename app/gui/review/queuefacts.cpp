// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/review/queuefacts.h"
#include "pipeline/lanes.h"
#include <QElapsedTimer>
#include <algorithm>

namespace telltale {
namespace {

constexpr int kDelayMs = 400;
constexpr qint64 kSliceMs = 4; ///< of the GUI thread at a time
constexpr size_t kChunk = 2000; ///< proposals that are compared at once
/// Examples that proposals are compared with, drawn at random beyond: 100,000 proposals then take seconds.
constexpr size_t kMostExamples = 512;
/// Decisions after which novelty is found anew.
constexpr int64_t kFreshExamples = 10;
constexpr uint64_t kExampleSeed = 7;

bool isExample(const Annotation& row)
{
    return row.predictionId != 0 && (row.state == SpanState::Accepted || row.state == SpanState::Corrected);
}

struct VideoEnds {
    std::vector<std::filesystem::path> curves; ///< newest first
    std::vector<std::pair<int64_t, FrameSpan>> spans; ///< by prediction
};

/// The curve that says most of where gestures are, of the newest run that has kept one.
std::vector<float> curveOf(const VideoEnds& video)
{
    for (const std::filesystem::path& file : video.curves) {
        const auto lanes = readLanes(file);
        if (!lanes)
            continue;
        for (const char* name : {"detector", "motion"})
            if (const auto lane = lanes->find(name); lane != lanes->end() && !lane->second.empty())
                return lane->second;
    }
    return {};
}

} // namespace

QueueFacts::QueueFacts(Session& session, SpanListModel& spans, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_spans(spans)
    , m_ends(session.workers())
    , m_job(session.workers())
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelayMs);
    m_slice.setInterval(0);
    connect(&m_delay, &QTimer::timeout, this, &QueueFacts::begin);
    connect(&m_slice, &QTimer::timeout, this, &QueueFacts::readSlice);
    connect(&session, &Session::projectAboutToClose, this, [this] {
        m_delay.stop();
        m_slice.stop();
        m_ends.cancel();
        m_job.cancel();
    });
    connect(&session, &Session::projectChanged, this, [this] {
        m_facts.clear();
        m_delay.start();
    });
    connect(&session, &Session::edited, this, &QueueFacts::followEdit);
}

int64_t QueueFacts::countExamples() const
{
    int64_t count = 0;
    for (int row = 0; row < m_spans.rowCount(); ++row)
        count += isExample(*m_spans.annotationAt(row)) ? 1 : 0;
    return count;
}

void QueueFacts::followEdit(ChangeKinds kinds)
{
    const bool others = kinds & (ChangeKind::Predictions | ChangeKind::Videos | ChangeKind::Team);
    const bool more = kinds.testFlag(ChangeKind::Annotations)
        && std::abs(countExamples() - m_examplesSeen) >= kFreshExamples;
    if (others || more)
        m_delay.start();
}

void QueueFacts::begin()
{
    m_slice.stop();
    m_job.cancel();
    m_ends.cancel();
    if (!m_session.document())
        return;
    m_examplesSeen = countExamples();
    findEnds();
}

void QueueFacts::findEnds()
{
    const Document& document = *m_session.document();
    std::unordered_map<int64_t, VideoEnds> videos;
    for (int row = 0; row < m_spans.rowCount(); ++row)
        if (const Annotation& span = *m_spans.annotationAt(row);
            span.state == SpanState::Proposed && span.predictionId != 0)
            videos[span.videoId].spans.emplace_back(span.predictionId, span.span);
    for (auto& [id, video] : videos) {
        const std::vector<PredictionRun> runs = document.runs(id);
        for (auto run = runs.rbegin(); run != runs.rend(); ++run)
            if (!run->curves.empty())
                video.curves.push_back(document.folder() / "cache" / run->curves);
    }
    m_ends.start(
        [videos = std::move(videos)](ProgressSink& sink) -> Result<Facts> {
            Facts facts;
            for (const auto& [id, video] : videos) {
                if (sink.cancelled())
                    return Error{ErrorCode::Cancelled, "cancelled"};
                const std::vector<float> curve = curveOf(video);
                for (const auto& [prediction, span] : video.spans)
                    facts[prediction].boundaryDoubt = static_cast<float>(boundaryDoubt(curve, span));
            }
            return facts;
        },
        [this](const Result<Facts>& facts) {
            m_facts = facts ? *facts : Facts();
            collect();
        });
}

void QueueFacts::collect()
{
    m_waiting.clear();
    m_waitingExamples.clear();
    m_parts.clear();
    m_examples = {};
    m_items = {};
    m_itemIds.clear();
    for (int row = 0; row < m_spans.rowCount(); ++row) {
        const Annotation& span = *m_spans.annotationAt(row);
        if (isExample(span))
            m_waitingExamples.push_back(span.predictionId);
        else if (span.state == SpanState::Proposed && span.predictionId != 0)
            m_waiting.push_back(span.predictionId);
    }
    std::ranges::sort(m_waitingExamples, {}, [](int64_t id) { return auditPlace(id, kExampleSeed); });
    if (m_waitingExamples.size() > kMostExamples)
        m_waitingExamples.resize(kMostExamples);
    if (m_waitingExamples.empty())
        finish(); // all are equally new
    else
        m_slice.start();
}

void QueueFacts::readSlice()
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < kSliceMs) {
        if (!m_waitingExamples.empty()) {
            readExample(m_waitingExamples.back());
            m_waitingExamples.pop_back();
        } else if (!m_waiting.empty() && m_itemIds.size() < kChunk) {
            readItem(m_waiting.back());
            m_waiting.pop_back();
        } else {
            m_slice.stop();
            compare();
            return;
        }
    }
}

void QueueFacts::readExample(int64_t predictionId)
{
    const auto prediction = m_session.document()->prediction(predictionId);
    if (!prediction)
        return;
    if (m_parts.empty()) { // the first one says what a row looks like
        size_t width = 0;
        for (const auto& [modality, scores] : prediction->modalities)
            if (!scores.embedding.empty()) {
                m_parts[modality] = {width, scores.embedding.size()};
                width += scores.embedding.size();
            }
        m_examples.width = m_items.width = width;
    }
    addRow(m_examples, *prediction);
}

void QueueFacts::readItem(int64_t predictionId)
{
    const auto prediction = m_session.document()->prediction(predictionId);
    if (!prediction || m_parts.empty())
        return;
    addRow(m_items, *prediction);
    m_itemIds.push_back(predictionId);
}

void QueueFacts::addRow(FeatureRows& rows, const Prediction& prediction) const
{
    const size_t start = rows.values.size();
    rows.values.resize(start + rows.width, 0.0F);
    const std::span<float> row = std::span(rows.values).subspan(start);
    for (const auto& [modality, part] : m_parts) {
        const auto scores = prediction.modalities.find(modality);
        if (scores == prediction.modalities.end() || scores->second.embedding.size() != part.width)
            continue; // a modality that one of two lacks counts as unlike
        const std::span<float> own = row.subspan(part.offset, part.width);
        std::ranges::copy(scores->second.embedding, own.begin());
        normalise(own);
    }
    // Each modality of unit length: the cosine of two rows is the mean of their modalities' cosines.
    normalise(row);
}

void QueueFacts::compare()
{
    if (m_itemIds.empty()) {
        finish();
        return;
    }
    m_job.start([items = std::exchange(m_items, {m_items.width, {}}), examples = m_examples](
                    ProgressSink&) -> Result<std::vector<float>> { return novelty(items, examples); },
        [this, ids = std::exchange(m_itemIds, {})](const Result<std::vector<float>>& found) {
            for (size_t i = 0; found && i < ids.size(); ++i)
                m_facts[ids[i]].novelty = (*found)[i];
            m_slice.start();
        });
}

void QueueFacts::finish()
{
    m_spans.setFacts(m_facts);
    emit found();
}

} // namespace telltale
