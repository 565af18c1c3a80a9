// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pose/layout.h"
#include <QString>

namespace telltale {

/// "Left wrist", "Right index finger 3"; translated. Of the 68 points.
QString pointName(int point);
/// "Head", "Left arm"; translated.
QString partName(BodyPart part);
/// Persons are counted from 1 where people read it: "Person 1".
QString personName(int person);

} // namespace telltale
