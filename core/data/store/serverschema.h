// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QStringList>

namespace telltale {

/// What a project's schema on a PostgreSQL server has besides the tables: the function commit_edit(), through
/// which everybody writes in one round trip, and the rights. Whoever may connect to the database may read its
/// projects and write edits; only the schema's owner could write past the function.
QStringList serverSchemaStatements(const QString& schema);
/// The part of them that a project with further tables needs again; only the schema's owner may run it.
QStringList serverUpgradeStatements(const QString& schema);

/// SQLSTATE of an edit whose rows are not as its `before` says.
inline constexpr const char* kEditConflict = "TT001";
/// SQLSTATE of an edit that is signed with somebody else's name.
inline constexpr const char* kEditForged = "TT002";

} // namespace telltale
