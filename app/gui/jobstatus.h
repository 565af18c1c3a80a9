// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/workbench.h"
#include <QWidget>

class QAction;
class QLabel;
class QProgressBar;

namespace telltale {

/// In the status bar: what runs in the background, how far it is, and a button that stops it.
class JobStatus : public QWidget {
    Q_OBJECT
public:
    JobStatus(Workbench& bench, QAction* cancel, QWidget* parent = nullptr);

private:
    QLabel* m_what;
    QProgressBar* m_progress;
};

} // namespace telltale
