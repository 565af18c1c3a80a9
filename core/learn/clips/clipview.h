// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/clips/clipset.h"
#include <map>

namespace telltale {

/// The same clips with other roles, by subject; subjects that are not named keep theirs. Shares the data of
/// `set`; the digest is another one.
std::shared_ptr<const ClipSet> withRoles(
    std::shared_ptr<const ClipSet> set, const std::map<std::string, ClipRole>& roles);

} // namespace telltale
