// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QDialogButtonBox>
#include <QString>

class QDialog;
class QPlainTextEdit;
class QProgressBar;
class QVBoxLayout;

namespace telltale {

/// What dialogs have in common that do something in the background and then say what came of it. Whatever is
/// made belongs to the dialog once it is in its layout.

/// Where the outcome is told.
QPlainTextEdit* makeOutcome(const QString& name, const QString& placeholder);
/// Hidden until something runs.
QProgressBar* makeProgress();
void showProgress(QProgressBar& bar, int permille, const QString& what);
/// Ok, with this text, and Close, which rejects.
QDialogButtonBox* addJobButtons(QDialog& dialog, QVBoxLayout& layout, const QString& text);
/// While something runs, the Close button stops it.
void markBusy(QDialogButtonBox& buttons, QProgressBar& progress, bool busy);

} // namespace telltale
