// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/workbench.h"
#include <QObject>

namespace telltale {

class TimelineView;

/// Shows the open video's spans and curves on a timeline and turns what is done there into edits and seeks.
class TimelinePresenter : public QObject {
    Q_OBJECT
public:
    TimelinePresenter(Workbench& bench, TimelineView& view);

private:
    void showTimes();
    void showLanes();
    void showSelection();
    void fit(const FrameSpan& span);

    Workbench& m_bench;
    TimelineView& m_view;
    int64_t m_shownVideo = 0;
};

} // namespace telltale
