// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/workbench.h"
#include "widgets/models/videolistmodel.h"
#include <QWidget>

class QAction;
class QTableView;

namespace telltale {

/// The project's videos.
class VideosPanel : public QWidget {
    Q_OBJECT
public:
    VideosPanel(Workbench& bench, QAction* add, QWidget* parent = nullptr);

private:
    void showCurrent();

    Workbench& m_bench;
    VideoListModel m_model;
    QTableView* m_table;
    bool m_following = false;
};

} // namespace telltale
