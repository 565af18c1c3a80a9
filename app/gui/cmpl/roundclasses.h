// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/labelscheme.h"
#include "pipeline/cmplrounds.h"
#include <QTableWidget>

namespace telltale {

/// What a round accepted of each class, with bars, and what people said of it. Classes that nothing was named
/// are left out.
class RoundClasses : public QTableWidget {
    Q_OBJECT
public:
    explicit RoundClasses(QWidget* parent = nullptr);
    void show(const CmplRoundView& round, const LabelScheme& scheme);

    enum Column { ClassColumn, NamedColumn, AcceptedColumn, RightColumn, ColumnCount };
};

} // namespace telltale
