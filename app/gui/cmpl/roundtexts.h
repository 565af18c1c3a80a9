// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/cmpl/pseudorounds.h"
#include "data/labelscheme.h"
#include "pipeline/projectadaptation.h"
#include <QString>

namespace telltale {

/// What the rounds of pseudo-labels are called and what they mean, for people; translated.

/// "Adaptation 2, round 1"; `place`: of the run among all, from 0.
QString roundName(size_t place, int round);
/// "inductive", "transductive".
QString protocolName(const std::string& protocol);
QString protocolMeaning(bool transductive);
QString obstacleText(
    AdaptationObstacle obstacle); ///< why there is no adapting, and what to do; empty: there is
QString changeName(RoundChange change); ///< "kept"
QString changeSign(RoundChange change); ///< as on the timeline

/// A rule that a round breaks.
struct AlarmText {
    QString title;
    QString figures;
    QString advice;
};
AlarmText alarmText(const BiasAlarm& alarm, const LabelScheme& scheme);

/// "86 % (74 to 93 %), from 40 audit items", or why it is not known and what to do.
QString precisionText(const CmplRoundView& round);
QString peopleText(const RoundVerdicts& people);
/// A line for each pair of modalities.
QString agreementText(const RecordedRound& round);

} // namespace telltale
