// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/importplan.h"
#include <QTabWidget>

class QPlainTextEdit;
class QTreeWidget;

namespace telltale {

/// What an import would change, what is wrong with it, and what was or will be done, in three lists.
class ImportPreview : public QTabWidget {
    Q_OBJECT
public:
    explicit ImportPreview(QWidget* parent = nullptr);
    /// A plan that was only looked at.
    void showPlan(const ImportReport& report);
    /// What came of the import.
    void showDone(const ImportReport& report);
    void showText(const QString& text); ///< a failure, or that something was stopped
    void clear();

private:
    void fill(const ImportReport& report);

    QTreeWidget* m_changes;
    QTreeWidget* m_problems;
    QPlainTextEdit* m_report;
};

} // namespace telltale
