// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QDateTime>
#include <string>

namespace telltale {

/// A time as projects write it (ISO 8601, UTC) on this computer's clock; invalid where it is no such time.
inline QDateTime localTimeOf(const std::string& time)
{
    return QDateTime::fromString(QString::fromStdString(time), Qt::ISODateWithMs).toLocalTime();
}

} // namespace telltale
