// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include "data/types.h"
#include <QString>
#include <vector>

namespace telltale {

class Document;

/// One property of a row in both versions, in words.
struct ConflictLine {
    QString what;
    QString mine;
    QString theirs;
    bool differs = false;
};

/// A conflict as people read it; translated.
struct ConflictText {
    bool own = false; ///< the refused version is that of the person at this computer
    QString title; ///< who wanted what, and when
    QString summary; ///< what it is about
    QString mine; ///< name of the version that was refused
    QString theirs; ///< name of the version that stands
    std::vector<ConflictLine> lines;
    int64_t videoId = 0; ///< where it is, 0 if nowhere
    int64_t annotationId = 0; ///< the span that it is about and that is there, or 0
    FrameSpan span;
};

ConflictText describeConflict(const Document& document, const EditConflict& conflict);

} // namespace telltale
