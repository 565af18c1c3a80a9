// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/firstrun/classlist.h"
#include <QCoreApplication>
#include <QRegularExpression>

namespace telltale {
namespace {

QString nameIn(const QString& line)
{
    static const QRegularExpression number(QStringLiteral("^\\s*[0-9]+\\s*[.,;:)\\t]\\s*"));
    QString name = line;
    name.remove(number);
    name = name.trimmed();
    if (name.size() > 1 && name.startsWith(QLatin1Char('"')) && name.endsWith(QLatin1Char('"')))
        name = name.mid(1, name.size() - 2).trimmed();
    return name;
}

} // namespace

ClassList readClassList(const QString& text)
{
    ClassList list;
    list.scheme.name = "own";
    list.scheme.title = "own";
    list.scheme.fixed = false;
    const QStringList lines = text.split(QLatin1Char('\n'));
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines[i].trimmed().startsWith(QLatin1Char('#')))
            continue;
        const QString name = nameIn(lines[i]);
        if (name.isEmpty())
            continue;
        if (list.scheme.find(name.toStdString()) >= 0) {
            list.problems.append(
                QCoreApplication::translate("ClassList", "Line %1 repeats \"%2\".").arg(i + 1).arg(name));
            continue;
        }
        LabelClass added;
        added.name = name.toStdString();
        added.color = defaultClassColor(list.scheme.classCount());
        list.scheme.classes.push_back(std::move(added));
    }
    return list;
}

} // namespace telltale
