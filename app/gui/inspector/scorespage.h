// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/types.h"
#include "widgets/models/spandigest.h"
#include <QWidget>

class QLabel;
class QTableWidget;

namespace telltale {

struct LabelScheme;

/// What the models say of a span: detector, ensemble and both together, and the best classes by modality.
class ScoresPage : public QWidget {
    Q_OBJECT
public:
    explicit ScoresPage(QWidget* parent = nullptr);
    /// `prediction` null: nothing is known. `now`: what the heads in use say of it, the best one first.
    void present(const Prediction* prediction, const LabelScheme& scheme, const std::vector<Candidate>& now);

private:
    /// What found the span, what named it, and both: a line each.
    struct Verdict {
        QLabel* title = nullptr;
        QLabel* name = nullptr;
        QLabel* share = nullptr;
    };
    QWidget* makeVerdicts();
    void makeScores();
    static void showVerdict(const Verdict& verdict, const LabelScheme& scheme, int classId, double share,
        const QString& nameless);
    void showVerdicts(const Prediction* prediction, const LabelScheme& scheme);
    /// Where the heads in use say something else than those that made the prediction.
    void showNow(const Prediction* prediction, const LabelScheme& scheme, const std::vector<Candidate>& now);
    void showScores(const Prediction& prediction, const LabelScheme& scheme);

    QWidget* m_verdicts = nullptr;
    Verdict m_detector;
    Verdict m_ensemble;
    Verdict m_together;
    Verdict m_now;
    QLabel* m_disagreement = nullptr;
    QLabel* m_none;
    QTableWidget* m_scores;
};

} // namespace telltale
