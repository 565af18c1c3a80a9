// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/labelscheme.h"
#include <map>
#include <string>

namespace telltale {

/// LabelScheme::find() for many labels at once: the names are folded once.
class LabelIndex {
public:
    explicit LabelIndex(const LabelScheme& scheme);
    /// By name or short name, ignoring case; -1 if unknown.
    int find(std::string_view name) const;
    /// The id that find() gives for this name from now on; ids count on from those of the scheme.
    int add(std::string_view name);
    int classCount() const { return m_count; }

private:
    std::map<std::string, int> m_names; ///< folded
    std::map<std::string, int> m_shortNames;
    int m_count = 0;
};

} // namespace telltale
