// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/looks/uiscale.h"
#include <QByteArray>
#include <QSettings>
#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace telltale {

int knownScale(int percent)
{
    return *std::min_element(kScales.begin(), kScales.end(),
        [percent](int a, int b) { return std::abs(a - percent) < std::abs(b - percent); });
}

void prepareScale(int argc, const char* const* argv)
{
    const bool tour = std::any_of(argv, argv + argc,
        [](const char* argument) { return std::strncmp(argument, "--picture-tour", 14) == 0; });
    if (tour || qEnvironmentVariableIsSet("QT_SCALE_FACTOR"))
        return;
    // The application has no name yet.
    const QSettings stored(QStringLiteral("telltale"), QStringLiteral("telltale"));
    const int percent = knownScale(stored.value(QStringLiteral("scale"), 100).toInt());
    if (percent != 100)
        qputenv("QT_SCALE_FACTOR", QByteArray::number(percent / 100.0));
}

} // namespace telltale
