// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "widgets/video/overlayoptions.h"
#include <QDialog>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QSlider;

namespace telltale {

struct Workbench;

/// Everything that can be chosen of the overlays, in a small window over the picture that goes when one
/// clicks elsewhere. What is chosen shows at once.
class OverlayPanel : public QDialog {
    Q_OBJECT
public:
    explicit OverlayPanel(Workbench& bench);

private:
    QWidget* makeSkeleton();
    QWidget* makeHeat();
    QWidget* makeOthers();
    QCheckBox* addSwitch(const char* actionId, bool OverlayOptions::*value, bool inverted = false);
    void take(const OverlayOptions& options);
    void follow();

    struct Part {
        QCheckBox* box;
        uint32_t parts;
    };
    struct Look {
        QCheckBox* box;
        bool SkeletonLook::*value;
    };
    struct Switch {
        QCheckBox* box;
        bool OverlayOptions::*value;
        bool inverted;
    };

    Workbench& m_bench;
    std::vector<Switch> m_switches;
    std::vector<Part> m_parts;
    std::vector<Look> m_looks;
    QComboBox* m_group;
    QComboBox* m_colors;
    QSlider* m_opacity;
    QLabel* m_percent;
};

/// Opens it over the lower right corner of the picture.
QDialog* showOverlayPanel(Workbench& bench);

} // namespace telltale
