// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/labelscheme.h"
#include <QString>
#include <QStringList>

namespace telltale {

struct ClassList {
    LabelScheme scheme; ///< "own", which imports extend
    QStringList problems; ///< sentences about lines that were left out
};

/// Classes from a pasted list: one name a line, empty lines and lines that begin with # are nothing; a number
/// before the name ("3. Touching neck", "3,Touching neck") is left out, and so are quotation marks.
ClassList readClassList(const QString& text);

} // namespace telltale
