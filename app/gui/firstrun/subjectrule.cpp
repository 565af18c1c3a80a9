// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/firstrun/subjectrule.h"
#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>

namespace telltale {
namespace {

enum Rule { Beginning, Number, Folder, WholeName };

constexpr SubjectRule kRules[] = {
    {QT_TRANSLATE_NOOP("SubjectRules", "What the file's name begins with, up to _ - . or a space"),
        "/([^/_. -]+)[^/]*$"},
    {QT_TRANSLATE_NOOP("SubjectRules", "The first number in the file's name"), "/[^/0-9]*([0-9]+)[^/]*$"},
    {QT_TRANSLATE_NOOP("SubjectRules", "The folder that the file lies in"), "([^/]+)/[^/]+$"},
    {QT_TRANSLATE_NOOP("SubjectRules", "The whole name of the file"), "/([^/]+)\\.[^/.]*$"},
};

/// Different subjects by a rule; 0 if it does not fit every file.
qsizetype subjects(const QStringList& files, Rule rule)
{
    QSet<QString> found;
    for (const QString& file : files) {
        const QString subject = subjectOf(file, QString::fromLatin1(kRules[rule].pattern));
        if (subject.isEmpty())
            return 0;
        found.insert(subject);
    }
    return found.size();
}

} // namespace

std::span<const SubjectRule> subjectRules() { return kRules; }

QString subjectRuleText(const SubjectRule& rule)
{
    return QCoreApplication::translate("SubjectRules", rule.text);
}

QString subjectOf(const QString& file, const QString& pattern)
{
    const QRegularExpression expression(pattern);
    if (pattern.isEmpty() || !expression.isValid())
        return {};
    const QRegularExpressionMatch match = expression.match(file);
    return match.hasMatch() ? match.captured(expression.captureCount() > 0 ? 1 : 0).trimmed() : QString();
}

int guessSubjectRule(const QStringList& files)
{
    if (subjects(files, Folder) > 1)
        return Folder;
    for (const Rule rule : {Beginning, Number}) {
        const qsizetype found = subjects(files, rule);
        if (found > 1 && found < files.size())
            return rule;
    }
    return subjects(files, Beginning) > 0 ? Beginning : WholeName;
}

} // namespace telltale
