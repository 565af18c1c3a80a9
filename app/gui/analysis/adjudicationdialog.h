// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/analysis/disagreementmodel.h"
#include "app/gui/workbench.h"
#include "jobs/latestjob.h"
#include <QDialog>
#include <memory>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QTableView;

namespace telltale {

class SpanRowsView;

/// The disagreements of two coders one by one: what each of them and the model say over the same stretch of
/// time, and what holds in the end. Decisions go into the adjudicated layer, one undo step each; the player
/// follows. Stays open beside the window and closes with the project. GUI thread; compares off it.
class AdjudicationDialog : public QDialog {
    Q_OBJECT
public:
    explicit AdjudicationDialog(Workbench& bench, QWidget* parent = nullptr);

    DisagreementModel& model() { return *m_model; }
    QTableView& list() { return *m_list; }
    SpanRowsView& rows() { return *m_rows; }
    QString standing() const; ///< how many are settled, or what is missing
    bool busy() const { return m_job.running(); }
    int current() const; ///< row; -1: none
    void select(int row);

    enum class Side { A, B, Model };
    /// What one side says; that there is no gesture, where it has none. Then goes to the next open one.
    void take(Side side);
    void takeClass(int classId); ///< between the ends of both
    void takeNone(); ///< there is no gesture
    void takeAgreed(); ///< everything in this video about which nobody disagrees
    void next();
    void previous();
    void undo();
    void play();

signals:
    void failed(const QString& sentence);

private:
    using Shared = std::shared_ptr<AgreementAnalysis>;
    QWidget* makeHead();
    QWidget* makeKeys();
    QPushButton* key(const QString& text, const QKeySequence& shortcut, const QString& tip,
        void (AdjudicationDialog::*run)());
    void takeA() { take(Side::A); }
    void takeB() { take(Side::B); }
    void takeModel() { take(Side::Model); }
    void askClass();
    void compare();
    void present(const Result<Shared>& found);
    void showPair();
    void showItem();
    void showStanding();
    void follow(ChangeKinds kinds, qint64 videoId);
    /// `span` with the name `label`; nothing: no gesture.
    void settle(const std::optional<CodedSpan>& span);
    void goThere();
    size_t pairIndex() const;
    std::vector<Annotation> settledOf(const Disagreement& item) const;
    void showRows(const Disagreement& item);

    Workbench& m_bench;
    QComboBox* m_pair;
    QComboBox* m_show;
    QCheckBox* m_openOnly;
    DisagreementModel* m_model;
    QTableView* m_list;
    SpanRowsView* m_rows;
    QLabel* m_standing;
    std::vector<QPushButton*> m_deciding; ///< that need an item
    QPushButton* m_modelKey = nullptr;
    Shared m_analysis;
    std::vector<size_t> m_pairs; ///< of two coders each, in the report
    QString m_gap; ///< what is missing
    LatestJob<Shared> m_job;
};

} // namespace telltale
