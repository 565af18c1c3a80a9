// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include "review/audit.h"
#include "review/boundarydoubt.h"
#include "widgets/models/spancontradictions.h"
#include "widgets/models/spandigest.h"
#include <QAbstractTableModel>
#include <QHash>
#include <map>
#include <unordered_map>
#include <vector>

namespace telltale {

/// What is found out of a proposal in the background, for the order of the queue.
struct SpanFacts {
    float novelty = 1; ///< [0, 1]: how far it is from the nearest decided example
    float boundaryDoubt = static_cast<float>(kUnknownDoubt); ///< as boundaryDoubt()
};

/// Every span of the project as a table, in every state, ordered by id; SpanListFilter makes the review queue
/// of it. Follows the document by row changes, so that views keep their selection; an edit costs the rows
/// that it touched. GUI thread.
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
        AuditRole, ///< bool: an audit item
    };
    explicit SpanListModel(QObject* parent = nullptr);

    void setDocument(
        const Document* document); ///< null: empty; the document outlives this or is replaced first
    /// Follows an edit; to be called while the document emits `changed`, or with what all has changed.
    void refresh(ChangeKinds kinds);
    /// Newer probabilities for open proposals (by prediction id), as a retraining gives them; empty: forget
    /// them.
    void setRescored(std::map<int64_t, std::vector<float>> fused);
    /// In place of all facts, by prediction id.
    void setFacts(std::unordered_map<int64_t, SpanFacts> facts);
    /// Part of the proposals that are audited, [0, 1].
    void setAuditShare(double share);
    double auditShare() const { return m_auditShare; }

    /// Best classes of a span, most probable first; empty without a prediction.
    std::vector<Candidate> candidates(int64_t annotationId, size_t count = 3) const;
    const Annotation* annotationAt(int row) const;
    /// Why the span contradicts another one, as a sentence; empty if it does not.
    QString contradiction(int64_t annotationId) const;
    int rowOf(int64_t annotationId) const; ///< -1 if unknown
    const Document* document() const { return m_document; }
    int openCount() const { return m_open; } ///< spans in state Proposed

    /// Null without a prediction, or while its numbers are on their way; valid until the next change.
    const SpanDigest* digest(const Annotation& row) const;
    SpanFacts facts(const Annotation& row) const;
    double seconds(const Annotation& row) const; ///< length
    /// Whether the row is one of the proposals that audits estimate: of the newest run of its video.
    bool isProposal(const Annotation& row) const;
    bool isAudited(const Annotation& row) const;
    /// What a person said of the class that was proposed.
    Verdict verdict(const Annotation& row) const;
    /// What is left by class that was proposed, and of all under kAllClasses; classes without a proposal
    /// are not in it. A removed proposal is in none, so removing is no verdict.
    std::map<int, StopEstimate> stopEstimates() const;
    static constexpr int kAllClasses = -2;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    /// A bunch of changes is through: what follows several rows may catch up now.
    void settled();

private:
    struct VideoText {
        QString name;
        double fps = 0;
        int64_t firstPrediction = 0; ///< of the newest run
        int64_t predictions = 0;
    };
    SpanScores scores(const Annotation& row) const;
    QVariant textAt(const Annotation& row, int column) const;
    QString classTextAt(const Annotation& row) const;
    QString tipOf(const Annotation& row) const;
    bool isShown(const Annotation& row) const;
    void readVideos();
    void readAll();
    void merge(); ///< finds what has changed
    void readSome(const std::vector<int64_t>& ids);
    void removeRow(int64_t id);
    void insertRow(const Annotation& fresh);
    void emitRows(std::vector<int64_t> ids);
    void emitAll();
    void count(const Annotation& row, int by) { m_open += row.state == SpanState::Proposed ? by : 0; }

    const Document* m_document = nullptr;
    std::vector<Annotation> m_rows; ///< by id
    int m_open = 0;
    QHash<qint64, VideoText> m_videos;
    SpanContradictions m_contradictions;
    std::map<int64_t, std::vector<float>> m_rescored;
    std::unordered_map<int64_t, SpanFacts> m_facts;
    double m_auditShare = kAuditShare;
    mutable std::unordered_map<int64_t, SpanDigest> m_digests; ///< predictions are immutable, so read once
};

} // namespace telltale
