// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include "widgets/models/spanscores.h"
#include <QAbstractTableModel>
#include <QHash>
#include <map>
#include <set>
#include <unordered_map>
#include <vector>

namespace telltale {

/// A class that the models offer for a span.
struct Candidate {
    int classId = -1;
    double probability = 0;
};

/// Every span of the project as a table, in every state, ordered by id; SpanListFilter makes the review queue
/// of it. Follows the document by row changes, so that views keep their selection. GUI thread.
class SpanListModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        ClassColumn,
        ScoreColumn, ///< of the first candidate
        DetectorColumn, ///< that it is a gesture
        TogetherColumn, ///< detector and ensemble
        StateColumn,
        VideoColumn,
        TimeColumn,
        ColumnCount
    };
    enum Role {
        IdRole = Qt::UserRole + 1,
        StateRole, ///< int of SpanState
        ClassRole,
        VideoRole,
        StartRole,
        ScoreRole, ///< probability of the first candidate, -1 without a prediction
        MarginRole, ///< first candidate minus second
        DetectorRole, ///< SpanScores::detector, as the two below
        EnsembleRole,
        TogetherRole,
        ContradictionRole, ///< sentence, empty if none
        ConsensusRole, ///< the modalities' consensus named it
    };
    explicit SpanListModel(QObject* parent = nullptr);

    void setDocument(
        const Document* document); ///< null: empty; the document outlives this or is replaced first
    void refresh(ChangeKinds kinds);
    /// Newer probabilities for open proposals (by prediction id), as a retraining gives them; empty: forget
    /// them.
    void setRescored(std::map<int64_t, std::vector<float>> fused);

    /// Best classes of a span, most probable first; empty without a prediction.
    std::vector<Candidate> candidates(int64_t annotationId, size_t count = 3) const;
    const Annotation* annotationAt(int row) const;
    /// Why the span contradicts another one, as a sentence; empty if it does not.
    QString contradiction(int64_t annotationId) const;
    int rowOf(int64_t annotationId) const; ///< -1 if unknown
    const Document* document() const { return m_document; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Digest {
        std::vector<Candidate> best; ///< first three
        SpanScores scores;
        bool consensus = false;
    };
    struct VideoText {
        QString name;
        double fps = 0;
    };
    const Digest& digest(int64_t predictionId) const;
    SpanScores scores(const Annotation& row) const;
    QVariant textAt(const Annotation& row, int column) const;
    QString tipOf(const Annotation& row) const;
    void readVideos();
    /// Finds contradictions anew, and tells of the rows whose own have changed.
    void findContradictions();
    void merge(std::vector<Annotation> rows);

    const Document* m_document = nullptr;
    std::vector<Annotation> m_rows; ///< by id
    QHash<qint64, VideoText> m_videos;
    std::unordered_map<int64_t, int64_t> m_contradictions; ///< ids of two spans
    std::map<int64_t, std::vector<float>> m_rescored;
    mutable std::map<int64_t, Digest> m_digests; ///< predictions are immutable, so read once
};

} // namespace telltale
