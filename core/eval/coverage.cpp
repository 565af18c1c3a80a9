// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/coverage.h"
#include <algorithm>
#include <set>
#include <utility>

namespace telltale {

std::vector<ClassCoverage> classCoverage(
    const std::vector<LabelledExample>& examples, int classes, int splits)
{
    std::vector<ClassCoverage> coverage(static_cast<size_t>(std::max(classes, 0)));
    for (ClassCoverage& one : coverage) {
        one.bySplit.resize(static_cast<size_t>(splits));
        one.subjectsBySplit.resize(static_cast<size_t>(splits));
    }
    std::set<std::pair<std::pair<int, int>, int>> seen; // class, split, subject
    for (const LabelledExample& example : examples) {
        if (example.classId < 0 || example.classId >= classes || example.split < 0 || example.split >= splits)
            continue;
        ClassCoverage& one = coverage[static_cast<size_t>(example.classId)];
        const auto split = static_cast<size_t>(example.split);
        ++one.examples;
        ++one.bySplit[split];
        ++one.bySubject[example.subject];
        if (seen.insert({{example.classId, example.split}, example.subject}).second)
            ++one.subjectsBySplit[split];
    }
    return coverage;
}

std::vector<CoverageFinding> coverageFindings(
    const std::vector<ClassCoverage>& coverage, const CoverageRule& rule)
{
    std::vector<int> asked;
    for (const int split : rule.splits)
        if (std::ranges::any_of(coverage,
                [split](const ClassCoverage& one) { return one.bySplit[static_cast<size_t>(split)] > 0; }))
            asked.push_back(split);
    std::vector<CoverageFinding> findings;
    for (size_t c = 0; c < coverage.size(); ++c) {
        const ClassCoverage& one = coverage[c];
        const auto add = [&](CoverageProblem problem, int split = -1) {
            findings.push_back({problem, static_cast<int>(c), split, one.examples});
        };
        if (one.examples == 0) {
            add(CoverageProblem::Missing);
            continue;
        }
        if (one.examples < rule.fewest)
            add(CoverageProblem::Few);
        if (one.bySubject.size() == 1)
            add(CoverageProblem::OneSubject);
        for (const int split : asked)
            if (one.bySplit[static_cast<size_t>(split)] == 0)
                add(CoverageProblem::NotInSplit, split);
    }
    std::ranges::stable_sort(findings, {}, &CoverageFinding::problem);
    return findings;
}

std::vector<SplitLeak> splitLeaks(const std::vector<SplitMember>& members, const std::vector<int>& apart)
{
    std::map<int, std::set<int>> bySubject;
    std::map<int, std::set<int>> byFile;
    for (const SplitMember& member : members) {
        if (std::ranges::find(apart, member.split) == apart.end())
            continue;
        bySubject[member.subject].insert(member.split);
        byFile[member.file].insert(member.split);
    }
    std::vector<SplitLeak> leaks;
    for (const auto& [places, file] : {std::pair{&bySubject, false}, std::pair{&byFile, true}})
        for (const auto& [index, splits] : *places)
            if (splits.size() > 1)
                leaks.push_back({file, index, {splits.begin(), splits.end()}});
    return leaks;
}

} // namespace telltale
