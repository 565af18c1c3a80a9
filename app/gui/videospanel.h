// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/videothumbnails.h"
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
    void loadPictures();

    Workbench& m_bench;
    VideoListModel m_model;
    VideoThumbnails m_thumbnails;
    QTableView* m_table;
    bool m_following = false;
};

} // namespace telltale
