// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QString>
#include <QStringList>
#include <span>

namespace telltale {

/// A way to tell from the path of a video whom it shows.
struct SubjectRule {
    const char* text; ///< untranslated, for people
    const char* pattern; ///< a regular expression over the path with slashes; its first group is the subject
};

/// In the order in which they are offered.
std::span<const SubjectRule> subjectRules();
QString subjectRuleText(const SubjectRule& rule); ///< translated

/// What the first group of `pattern` takes of `file`, or all that it takes where it has no group; empty where
/// it does not fit or is no regular expression.
QString subjectOf(const QString& file, const QString& pattern);

/// The rule that makes the most sense of some files, an index of subjectRules(): the folder where there are
/// several; else what gives fewer subjects than videos but more than one; else what the names begin with.
int guessSubjectRule(const QStringList& files);

} // namespace telltale
