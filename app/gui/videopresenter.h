// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/workbench.h"
#include <QObject>

namespace telltale {

/// Shows the playhead's picture with the labels of that frame.
class VideoPresenter : public QObject {
    Q_OBJECT
public:
    VideoPresenter(Workbench& bench, VideoView& view);

private:
    void showVideo();
    void askForFrame();
    void showPoints();
    void showLabels();
    QString placeholder() const;

    Workbench& m_bench;
    VideoView& m_view;
    std::vector<Annotation> m_spans; ///< of the open video
};

} // namespace telltale
