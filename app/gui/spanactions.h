// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/workbench.h"
#include "features/skeleton/motion.h"
#include <vector>

class QDialog;

namespace telltale {

/// What the actions on spans, notes and reviewed ranges do. Failures and results are told in the window;
/// dialogs are window-modal and returned.

void splitAtPlayhead(Workbench& bench);
/// Where the person of a span begins or ceases to move, in and around it; empty without a skeleton.
std::vector<MotionOnset> onsetsAround(const Workbench& bench, const Annotation& span);
void snapToMotion(Workbench& bench); ///< both boundaries of the selected span
void mergeWithNext(Workbench& bench); ///< on the same lane and person, what was rejected left out
/// The stretch that "reviewed" is said of: the marks, else what the timeline shows.
FrameSpan stretchToReview(const Workbench& bench);
void setReviewed(Workbench& bench, bool reviewed);
QDialog* acceptAbove(Workbench& bench);

enum class NotePlace { Span, Frame, Video };
QDialog* addNote(Workbench& bench, NotePlace place);
QDialog* editNote(Workbench& bench, int64_t noteId);

QDialog* editSubjects(Workbench& bench);
QDialog* editScheme(Workbench& bench);

} // namespace telltale
