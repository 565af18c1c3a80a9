// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// One class of a label scheme; its id is its position.
struct LabelClass {
    std::string name; ///< e.g. "Touching or scratching neck"
    std::string shortName; ///< e.g. "touch neck", also accepted on import
    std::string bodyPart; ///< "head", "head-hand", "body", "body-hand", "hand"
    std::string description; ///< the definition an annotator reads
    std::string color; ///< "#rrggbb"
    std::string shortcut = {}; ///< key sequence as text, e.g. "N"; empty if none
    std::vector<int> excludes = {}; ///< ids of classes that cannot happen at the same time on one person
    bool retired = false; ///< kept for old spans, no longer offered
    std::string starts = {}; ///< when a span of the class begins, a sentence for annotators; empty: not told
    std::string ends = {}; ///< and when it ends

    bool operator==(const LabelClass&) const = default;
};

/// A closed or growing list of classes. A value type, stored in every project.
struct LabelScheme {
    std::string name; ///< "smg", "imigue", "own" or the user's
    std::string title;
    int version = 1;
    bool fixed = true; ///< unknown labels are refused on import
    std::vector<LabelClass> classes;

    bool operator==(const LabelScheme&) const = default;
    int classCount() const { return static_cast<int>(classes.size()); }
    /// By name or short name, ignoring case; -1 if unknown.
    int find(std::string_view name) const;
};

/// Colour for a class that brings none: stable by index, told apart by people with red-green blindness as far
/// as hue can do that.
std::string defaultClassColor(int index);
/// `nameOrFile`: smg, imigue, own, or a .json file (models/schemes shows the form). NotFound / BadFormat.
Result<LabelScheme> loadLabelScheme(const std::string& nameOrFile);

} // namespace telltale
