// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include <cstdint>
#include <optional>
#include <vector>

namespace telltale {

/// The heads of a project: those that retrainings left, of which at most one is active; without one the heads
/// of the demo weights are used. Each change is one undoable edit. GUI thread.

/// The active ones; null: the demo weights' heads. Valid until the next edit.
const ModelEntry* activeHeads(const Document& document);
/// Of the project's models, on any thread. Valid as long as these.
const ModelEntry* activeHeads(const std::vector<ModelEntry>& models);
/// All of them, oldest first. Valid until the next edit.
std::vector<const ModelEntry*> allHeads(const Document& document);
/// What the active heads were trained from and measured against, 0: the demo weights' heads; nothing where
/// there is nothing to go back to.
std::optional<int64_t> formerHeads(const Document& document);

/// The newest ones, while they are newer than the active ones: to be promoted or discarded. Null if there are
/// none. Valid until the next edit.
const ModelEntry* candidateHeads(const Document& document);

/// Makes the heads active. NotFound; the file is read before: BadFormat, NotFound or Conflict (more classes
/// than the scheme has) name it, and the former heads stay.
Status promoteHeads(Document& document, int64_t id);
/// Makes the former heads active. Conflict where there are none.
Status rollBackHeads(Document& document);

} // namespace telltale
