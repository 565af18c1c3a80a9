// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/labelscheme.h"
#include <QColor>
#include <QPixmap>
#include <QString>
#include <QVariant>

namespace telltale {

/// Where the colours of classes come from.
enum class ClassPalette {
    Scheme, ///< the label scheme; its own defaults are told apart by colour-blind people too
    Safe, ///< those defaults also where a scheme brings other colours
    BodyPart, ///< one hue for each body part, lighter and darker within it
};

/// How classes are shown everywhere in the program.
struct ClassLooks {
    ClassPalette palette = ClassPalette::Scheme;
    bool symbols = false; ///< a sign for each class as a second cue beside its colour

    bool operator==(const ClassLooks&) const = default;
};

/// Like the application's palette these hold for the whole program. GUI thread. Whoever changes them tells
/// the views to read their colours again.
void setClassLooks(const ClassLooks& looks);
const ClassLooks& classLooks();

/// The colour of a class; grey for one that is none.
QColor classColor(const LabelScheme& scheme, int classId);
/// One of 32 signs, by position; empty for a class that is none.
QString classSymbol(int classId);
/// Short name of a class, behind its sign where signs are wanted.
QString classMarkedText(const LabelScheme& scheme, int classId);
/// A square of `size` logical pixels in the colour of a class, with its sign where signs are wanted.
QPixmap classSwatch(const LabelScheme& scheme, int classId, int size);
/// What Qt::DecorationRole shows for a class: its colour, or such a square.
QVariant classDecoration(const LabelScheme& scheme, int classId);

} // namespace telltale
