// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/session.h"
#include "review/novelty.h"
#include "widgets/models/spanlistmodel.h"
#include <QObject>
#include <QTimer>

namespace telltale {

/// Finds out in the background what the order of the queue needs and no row holds: how new each open proposal
/// is beside the decided examples (by the networks' embeddings), and how doubtful its ends are (by the
/// detector's curve, or that of motion). Stored numbers are read in slices of a few milliseconds on the GUI
/// thread, compared and read from files on the pool. What is not known yet counts as new and half doubtful.
class QueueFacts : public QObject {
    Q_OBJECT
public:
    QueueFacts(Session& session, SpanListModel& spans, QObject* parent = nullptr);
    bool working() const
    {
        return m_delay.isActive() || m_ends.running() || m_slice.isActive() || m_job.running();
    }

signals:
    void found(); ///< all facts are in the model

private:
    using Facts = std::unordered_map<int64_t, SpanFacts>; ///< by prediction
    struct Part {
        size_t offset = 0;
        size_t width = 0;
    };

    void followEdit(ChangeKinds kinds);
    void begin();
    void findEnds();
    void collect();
    void readSlice();
    void readExample(int64_t predictionId);
    void readItem(int64_t predictionId);
    void addRow(FeatureRows& rows, const Prediction& prediction) const;
    void compare();
    void finish();
    int64_t countExamples() const;

    Session& m_session;
    SpanListModel& m_spans;
    LatestJob<Facts> m_ends;
    LatestJob<std::vector<float>> m_job;
    QTimer m_delay; ///< edits come in bunches
    QTimer m_slice;
    Facts m_facts;
    int64_t m_examplesSeen = 0;
    std::vector<int64_t> m_waitingExamples; ///< predictions, the next one last
    std::vector<int64_t> m_waiting;
    std::map<std::string, Part> m_parts; ///< where a modality's embedding stands in a row
    FeatureRows m_examples;
    FeatureRows m_items;
    std::vector<int64_t> m_itemIds; ///< as rows of m_items
};

} // namespace telltale
