// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/session.h"
#include "review/nearestexamples.h"
#include "widgets/models/spanlistmodel.h"
#include <QObject>
#include <QTimer>

namespace telltale {

/// Finds the human-confirmed spans of a class, of other subjects, that are most like a span. Stored numbers
/// are read in slices of a few milliseconds between events. GUI thread.
class ExampleFinder : public QObject {
    Q_OBJECT
public:
    static constexpr size_t kExamples = 5;

    ExampleFinder(Session& session, SpanListModel& spans, QObject* parent = nullptr);
    void find(int64_t annotationId, int classId);
    void cancel();
    bool working() const { return m_slice.isActive(); }
    const std::vector<NearExample>& examples() const { return m_found; }
    /// Why there are none, or how they were compared: a sentence.
    QString explanation() const { return m_explanation; }

signals:
    void found();

private:
    void readSlice();
    void finish();
    QString subjectOf(const Annotation& span) const;
    ExampleFeatures featuresOf(const Annotation& span) const;
    QString sentence() const;

    Session& m_session;
    SpanListModel& m_spans;
    QTimer m_slice;
    int m_class = -1;
    int64_t m_confirmed = 0; ///< of the class, whoever's
    ExampleFeatures m_wanted;
    std::vector<int64_t> m_waiting; ///< spans, the next one last
    std::vector<ExampleFeatures> m_pool;
    std::vector<NearExample> m_found;
    QString m_explanation;
};

} // namespace telltale
