// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "review/audit.h"
#include "widgets/models/spanranking.h"
#include <array>

class QSettings;

namespace telltale {

/// How the user has the review queue ordered. A plain value.
struct QueueSettings {
    QueueOrder order = QueueOrder::Gain;
    GainWeights weights;
    double auditShare = kAuditShare; ///< kLeastAuditShare to kGreatestAuditShare

    /// What is missing or cannot be is the default.
    static QueueSettings load(const QSettings& stored);
    void save(QSettings& stored) const;
};

inline constexpr double kGreatestWeight = 3;

/// One of the weights and what it is called: in files, and to people (translated in telltale::QueueWeights).
struct WeightRow {
    double GainWeights::*value;
    const char* key;
    const char* name;
    const char* explanation;
};
const std::array<WeightRow, 5>& weightRows();

} // namespace telltale
