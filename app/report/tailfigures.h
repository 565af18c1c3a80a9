// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pipeline/analysis/tailanalysis.h"
#include <QCoreApplication>
#include <QString>
#include <vector>

namespace telltale {

class ClassBarsView;
class ClassCellsView;
class ClassPointsView;

/// Fills plots with what the analysis of the long tail says, for the window and for reports. GUI thread.
class TailFigures {
    Q_DECLARE_TR_FUNCTIONS(telltale::TailFigures)
public:
    TailFigures(const TailAnalysis& tail, const LabelScheme& scheme) : m_tail(tail), m_scheme(scheme) { }

    /// Spans by rank, with the fitted law and thirds of the classes.
    void showZipf(ClassPointsView& view, bool logarithmic) const;
    void showCounts(ClassBarsView& view) const; ///< decided and proposed spans
    void showSubjects(ClassBarsView& view) const; ///< in how many subjects a class is seen
    void showCoverage(ClassCellsView& view) const; ///< by split
    void showScores(ClassPointsView& view, TailBasis basis, bool logarithmic) const; ///< F1 by size
    void showWeights(ClassBarsView& view, size_t set) const; ///< of TailAnalysis::weights

    /// What is missing and what to do; empty if nothing is.
    QString missing() const;
    /// What to know and to do, most urgent first. `links`: names of classes are links, "class:ID".
    QStringList sentences(bool links) const;
    static QString nameOf(TailPart part);
    static QString nameOf(TailBasis basis);
    QString nameOf(const ClassWeights& weights) const;
    /// Why there is no figure, and what to do; empty: there is.
    static QString reason(TailScoreProblem problem);
    static QString reason(CurveProblem problem); ///< a part of a sentence

private:
    /// Most decided spans first.
    std::vector<const TailClass*> bySize() const;
    QString noteOf(const TailClass& one) const;
    QString nameOf(int classId, bool link) const;
    QString listOf(const std::vector<int>& classIds, bool links) const;
    const TailScores* scoresOf(TailBasis basis) const;
    QString projection(const TailScores& scores) const;
    void sayLeaks(QStringList& said, bool links) const;
    void sayAdvice(QStringList& said, bool links) const;
    void sayNeeds(QStringList& said, bool links) const;
    void sayCoverage(QStringList& said, bool links) const;

    const TailAnalysis& m_tail;
    const LabelScheme& m_scheme;
};

} // namespace telltale
