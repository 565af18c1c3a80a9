// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "widgets/video/overlayoptions.h"
#include <QString>
#include <array>

namespace telltale {

/// What menu and panel offer of the overlays; the texts are untranslated and carry mnemonics.
struct PartChoice {
    const char* text;
    uint32_t parts; ///< as SkeletonLook::hiddenParts
};
extern const std::array<PartChoice, 7> kPartChoices;

struct LookChoice {
    const char* text;
    const char* tip;
    bool SkeletonLook::*value;
};
extern const std::array<LookChoice, 2> kLookChoices;

extern const std::array<const char*, 5> kHeatGroupTexts; ///< in the order of HeatGroup
extern const std::array<const char*, 4> kHeatColorTexts; ///< in the order of HeatColors

QString overlayText(const char* text); ///< translated
QString overlayPlainText(const char* text); ///< translated, without mnemonic

} // namespace telltale
