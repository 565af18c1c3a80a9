// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <map>
#include <vector>

namespace telltale {

/// Which classes are seen in whom and in which split, and what is wrong with that before anything is trained.
/// Pure functions, any thread. Classes, subjects, splits and files are numbers from 0 up.

struct LabelledExample {
    int classId = 0; ///< others than those of the table are left out
    int subject = 0;
    int split = 0;
};

struct ClassCoverage {
    int64_t examples = 0;
    std::vector<int64_t> bySplit;
    std::map<int, int64_t> bySubject; ///< those with any
    std::vector<int> subjectsBySplit; ///< how many
};
/// One of each class, with `splits` splits.
std::vector<ClassCoverage> classCoverage(
    const std::vector<LabelledExample>& examples, int classes, int splits);

enum class CoverageProblem {
    Missing, ///< no example at all
    Few, ///< fewer than CoverageRule::fewest
    /// All of one subject: a split by subject can learn the class or test it, not both, and what is learned
    /// may be the person.
    OneSubject,
    NotInSplit, ///< learned and not tested there, or tested there and never learned
};
struct CoverageFinding {
    CoverageProblem problem = CoverageProblem::Missing;
    int classId = 0;
    int split = -1; ///< of NotInSplit
    int64_t examples = 0; ///< of the class, all splits
};
struct CoverageRule {
    int64_t fewest = 5; ///< ours: as few as the forgetting of a class is judged by
    std::vector<int> splits; ///< that every class should be in; those without any example are not asked
};
/// By problem as they stand above, then by class.
std::vector<CoverageFinding> coverageFindings(
    const std::vector<ClassCoverage>& coverage, const CoverageRule& rule = {});

/// Somebody filmed in a file that has a split.
struct SplitMember {
    int subject = 0;
    int split = 0;
    int file = 0;
};
/// A subject or a file in more than one split: what was learned of it is tested with it.
struct SplitLeak {
    bool file = false; ///< else a subject
    int index = 0;
    std::vector<int> splits; ///< ascending
};
/// Subjects first, ascending. `apart`: splits among which nothing may be shared; others are not looked at.
std::vector<SplitLeak> splitLeaks(const std::vector<SplitMember>& members, const std::vector<int>& apart);

} // namespace telltale
