// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/workbench.h"
#include <QWidget>

class QLabel;
class QSlider;
class QToolButton;

namespace telltale {

class ActionSet;

/// Below the picture: play, step, where we are, how fast, and what is drawn over the picture.
class TransportBar : public QWidget {
    Q_OBJECT
public:
    TransportBar(Workbench& bench, const ActionSet& actions, QWidget* parent = nullptr);

private:
    void showPosition();
    void showSpeed();
    void showDropped();
    void showSound();

    Workbench& m_bench;
    QSlider* m_slider;
    QLabel* m_position;
    QLabel* m_speed;
    QLabel* m_dropped;
    QSlider* m_volume;
};

} // namespace telltale
