// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/looks/overlaychoices.h"
#include <QCoreApplication>

namespace telltale {
namespace {

constexpr uint32_t bit(BodyPart part) { return 1U << static_cast<unsigned>(part); }

} // namespace

const std::array<PartChoice, 7> kPartChoices{{
    {QT_TRANSLATE_NOOP("Overlays", "&Face and head"), bit(BodyPart::Head)},
    {QT_TRANSLATE_NOOP("Overlays", "Tr&unk"), bit(BodyPart::Torso)},
    {QT_TRANSLATE_NOOP("Overlays", "L&eft arm"), bit(BodyPart::LeftArm)},
    {QT_TRANSLATE_NOOP("Overlays", "Right &arm"), bit(BodyPart::RightArm)},
    {QT_TRANSLATE_NOOP("Overlays", "Left ha&nd"), bit(BodyPart::LeftHand)},
    {QT_TRANSLATE_NOOP("Overlays", "Right han&d"), bit(BodyPart::RightHand)},
    {QT_TRANSLATE_NOOP("Overlays", "Le&gs"), bit(BodyPart::LeftLeg) | bit(BodyPart::RightLeg)},
}};

const std::array<LookChoice, 2> kLookChoices{{
    {QT_TRANSLATE_NOOP("Overlays", "Colours &by side"),
        QT_TRANSLATE_NOOP("Overlays", "The person's left side is orange, the right one blue"),
        &SkeletonLook::sideColors},
    {QT_TRANSLATE_NOOP("Overlays", "Unsure points are &transparent"),
        QT_TRANSLATE_NOOP("Overlays", "The surer the pose model is of a point, the more opaque it is"),
        &SkeletonLook::scoreOpacity},
}};

const std::array<const char*, 5> kHeatGroupTexts{QT_TRANSLATE_NOOP("Overlays", "&All points"),
    QT_TRANSLATE_NOOP("Overlays", "&Head"), QT_TRANSLATE_NOOP("Overlays", "A&rms"),
    QT_TRANSLATE_NOOP("Overlays", "Ha&nds"), QT_TRANSLATE_NOOP("Overlays", "&Body without hands")};

const std::array<const char*, 4> kHeatColorTexts{QT_TRANSLATE_NOOP("Overlays", "&Inferno: purple to yellow"),
    QT_TRANSLATE_NOOP("Overlays", "&Viridis: blue to yellow"),
    QT_TRANSLATE_NOOP("Overlays", "&Cividis: for colour-blind eyes"),
    QT_TRANSLATE_NOOP("Overlays", "&White")};

QString overlayText(const char* text) { return QCoreApplication::translate("Overlays", text); }

QString overlayPlainText(const char* text)
{
    QString plain = overlayText(text);
    const qsizetype bracket = plain.indexOf(QLatin1String("(&")); // how Chinese carries its mnemonics
    if (bracket > 0)
        plain.remove(bracket, 4);
    return plain.remove(QLatin1Char('&'));
}

} // namespace telltale
