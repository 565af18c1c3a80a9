// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/birthrecord.h"
#include "data/labelscheme.h"
#include <QStringList>
#include <optional>
#include <vector>

namespace telltale {

/// How a span came to be, in words and figures.
struct BirthText {
    struct Vote {
        QString modality;
        int classId = -1;
        QString says; ///< class
        QString raw; ///< as the network gave it: probability, or logit where there is no more
        QString calibrated;
        QString weight;
        bool agrees = false;
    };
    struct Fact {
        QString name;
        QString value;
    };
    QStringList sentences;
    std::vector<Vote> votes;
    std::vector<Fact> facts; ///< limits, models, recipe, run
};

/// What is told of a span: `prediction` and `run` of the model that proposed it are null where there is none.
BirthText birthText(const Annotation& span, const Prediction* prediction, const PredictionRun* run,
    const LabelScheme& scheme);

/// The same as plain text with a table, to be pasted elsewhere.
QString plainBirthText(const QString& title, const BirthText& birth);

} // namespace telltale
