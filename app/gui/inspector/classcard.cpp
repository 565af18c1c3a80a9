// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/inspector/classcard.h"
#include "widgets/models/texts.h"
#include <QCoreApplication>
#include <array>

namespace telltale {
namespace {

struct Family {
    const char* code;
    const char* text;
};
constexpr std::array kFamilies{Family{"head", QT_TRANSLATE_NOOP("ClassCard", "Head")},
    Family{"head-hand", QT_TRANSLATE_NOOP("ClassCard", "Head and hand")},
    Family{"body", QT_TRANSLATE_NOOP("ClassCard", "Body")},
    Family{"body-hand", QT_TRANSLATE_NOOP("ClassCard", "Body and hand")},
    Family{"hand", QT_TRANSLATE_NOOP("ClassCard", "Hand")}, Family{"-", ""}};

QString text(const char* source) { return QCoreApplication::translate("ClassCard", source); }

QString escaped(const std::string& plain) { return QString::fromStdString(plain).toHtmlEscaped(); }

} // namespace

QString familyText(const std::string& bodyPart)
{
    for (const Family& family : kFamilies)
        if (bodyPart == family.code)
            return family.text[0] == '\0' ? QString() : text(family.text);
    return QString::fromStdString(bodyPart);
}

QString classCard(const LabelScheme& scheme, int classId)
{
    if (classId < 0 || classId >= scheme.classCount())
        return {};
    const LabelClass& label = scheme.classes[static_cast<size_t>(classId)];
    QStringList lines{QStringLiteral("<b>%1</b>").arg(classLongText(scheme, classId).toHtmlEscaped())};
    if (const QString family = familyText(label.bodyPart); !family.isEmpty())
        lines.append(text(QT_TRANSLATE_NOOP("ClassCard", "Family: %1")).arg(family.toHtmlEscaped()));
    lines.append(label.description.empty()
            ? text(QT_TRANSLATE_NOOP("ClassCard", "The label scheme does not define it."))
            : escaped(label.description));
    if (!label.starts.empty())
        lines.append(text(QT_TRANSLATE_NOOP("ClassCard", "<i>Starts:</i> %1")).arg(escaped(label.starts)));
    if (!label.ends.empty())
        lines.append(text(QT_TRANSLATE_NOOP("ClassCard", "<i>Ends:</i> %1")).arg(escaped(label.ends)));
    if (label.starts.empty() && label.ends.empty())
        lines.append(text(QT_TRANSLATE_NOOP("ClassCard",
            "When it starts and ends is not written down yet: Project, Label scheme is the place.")));
    return lines.join(QStringLiteral("<br>"));
}

} // namespace telltale
