// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/looks/overlaypanel.h"
#include "app/gui/actiontable.h"
#include "app/gui/looks/overlaychoices.h"
#include "app/gui/mainwindow.h"
#include "app/gui/workbench.h"
#include "widgets/video/heatblend.h"
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QGridLayout>
#include <QGroupBox>
#include <QLabel>
#include <QPixmap>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>
#include <cmath>

namespace telltale {
namespace {

constexpr int kLeastOpacity = 10; ///< percent; less could not be told from a heat map that is off

QPixmap stripe(HeatColors colors, const QSize& size)
{
    QImage image(size, QImage::Format_RGB32);
    for (int x = 0; x < size.width(); ++x) {
        const QRgb color = heatColor(colors, (x + 0.5) / size.width());
        for (int y = 0; y < size.height(); ++y)
            image.setPixel(x, y, color);
    }
    return QPixmap::fromImage(image);
}

} // namespace

OverlayPanel::OverlayPanel(Workbench& bench)
    : QDialog(&bench.window, Qt::Popup)
    , m_bench(bench)
    , m_group(new QComboBox)
    , m_colors(new QComboBox)
    , m_opacity(new QSlider(Qt::Horizontal))
    , m_percent(new QLabel)
{
    setWindowTitle(tr("Overlays"));
    auto* rows = new QVBoxLayout(this);
    rows->addWidget(makeSkeleton());
    rows->addWidget(makeHeat());
    rows->addWidget(makeOthers());
    follow();
}

QCheckBox* OverlayPanel::addSwitch(const char* actionId, bool OverlayOptions::*value, bool inverted)
{
    auto* box = new QCheckBox(actionText(actionSpec(actionId)));
    box->setToolTip(m_bench.window.actions().action(actionId)->toolTip());
    m_switches.push_back({box, value, inverted});
    connect(box, &QCheckBox::toggled, this, [this, value] { m_bench.window.toggleOverlay(value); });
    return box;
}

QWidget* OverlayPanel::makeSkeleton()
{
    auto* group = new QGroupBox(tr("Skeleton"));
    auto* rows = new QVBoxLayout(group);
    rows->addWidget(addSwitch("skeleton", &OverlayOptions::skeleton));
    auto* grid = new QGridLayout;
    for (size_t i = 0; i < kPartChoices.size(); ++i) {
        const uint32_t parts = kPartChoices[i].parts;
        auto* box = new QCheckBox(overlayText(kPartChoices[i].text));
        box->setToolTip(tr("Draw this part of the skeleton"));
        grid->addWidget(box, static_cast<int>(i / 2), static_cast<int>(i % 2));
        m_parts.push_back({box, parts});
        connect(box, &QCheckBox::toggled, this, [this, parts](bool on) {
            OverlayOptions options = m_bench.window.videoView().overlays();
            options.look.hiddenParts
                = on ? options.look.hiddenParts & ~parts : options.look.hiddenParts | parts;
            take(options);
        });
    }
    rows->addLayout(grid);
    for (const LookChoice& look : kLookChoices) {
        auto* box = new QCheckBox(overlayText(look.text));
        box->setToolTip(overlayText(look.tip));
        rows->addWidget(box);
        m_looks.push_back({box, look.value});
        connect(box, &QCheckBox::toggled, this, [this, value = look.value](bool on) {
            OverlayOptions options = m_bench.window.videoView().overlays();
            options.look.*value = on;
            take(options);
        });
    }
    return group;
}

QWidget* OverlayPanel::makeHeat()
{
    auto* group = new QGroupBox(tr("Heat map"));
    auto* rows = new QVBoxLayout(group);
    rows->addWidget(addSwitch("heatmap", &OverlayOptions::heatmap));
    auto* form = new QFormLayout;
    for (const char* text : kHeatGroupTexts)
        m_group->addItem(overlayPlainText(text));
    const QSize size(fontMetrics().averageCharWidth() * 8, fontMetrics().height() * 3 / 4);
    m_colors->setIconSize(size);
    for (size_t i = 0; i < kHeatColorTexts.size(); ++i)
        m_colors->addItem(stripe(static_cast<HeatColors>(i), size), overlayPlainText(kHeatColorTexts[i]));
    m_opacity->setRange(kLeastOpacity, 100);
    m_opacity->setPageStep(10);
    m_group->setToolTip(tr("Which points the heat map shows"));
    m_colors->setToolTip(tr("Colours of the heat map"));
    m_opacity->setToolTip(tr("How opaque the heat map is where it is highest"));
    m_percent->setMinimumWidth(fontMetrics().horizontalAdvance(tr("%1 %").arg(100)));
    auto* strength = new QHBoxLayout;
    strength->addWidget(m_opacity, 1);
    strength->addWidget(m_percent);
    auto* opacity = new QLabel(tr("&Opacity:"));
    opacity->setBuddy(m_opacity);
    form->addRow(tr("Sho&ws:"), m_group);
    form->addRow(tr("&Colours:"), m_colors);
    form->addRow(opacity, strength);
    rows->addLayout(form);
    connect(m_group, &QComboBox::activated, this, [this](int index) {
        OverlayOptions options = m_bench.window.videoView().overlays();
        options.heatGroup = static_cast<HeatGroup>(index);
        options.heatmap = true;
        take(options);
    });
    connect(m_colors, &QComboBox::activated, this, [this](int index) {
        OverlayOptions options = m_bench.window.videoView().overlays();
        options.heatColors = static_cast<HeatColors>(index);
        options.heatmap = true;
        take(options);
    });
    connect(m_opacity, &QSlider::valueChanged, this, [this](int percent) {
        OverlayOptions options = m_bench.window.videoView().overlays();
        options.heatmapOpacity = percent / 100.0;
        options.heatmap = true;
        take(options);
    });
    return group;
}

QWidget* OverlayPanel::makeOthers()
{
    auto* group = new QGroupBox(tr("Also"));
    auto* rows = new QVBoxLayout(group);
    rows->addWidget(addSwitch("labels", &OverlayOptions::labels));
    rows->addWidget(addSwitch("crops", &OverlayOptions::crop));
    rows->addWidget(addSwitch("picture", &OverlayOptions::picture, true));
    for (const Switch& each : m_switches) // the window tells nobody: what is toggled here is followed here
        connect(each.box, &QCheckBox::toggled, this, &OverlayPanel::follow);
    return group;
}

void OverlayPanel::take(const OverlayOptions& options)
{
    m_bench.window.setOverlays(options);
    follow();
}

void OverlayPanel::follow()
{
    const OverlayOptions& options = m_bench.window.videoView().overlays();
    const auto check = [](QCheckBox* box, bool on) {
        const QSignalBlocker blocker(box);
        box->setChecked(on);
    };
    for (const Switch& each : m_switches)
        check(each.box, options.*each.value != each.inverted);
    for (const Part& each : m_parts) {
        check(each.box, (options.look.hiddenParts & each.parts) == 0);
        each.box->setEnabled(options.skeleton);
    }
    for (const Look& each : m_looks) {
        check(each.box, options.look.*each.value);
        each.box->setEnabled(options.skeleton);
    }
    const QSignalBlocker blocker(m_opacity);
    m_group->setCurrentIndex(static_cast<int>(options.heatGroup));
    m_colors->setCurrentIndex(static_cast<int>(options.heatColors));
    m_opacity->setValue(static_cast<int>(std::lround(options.heatmapOpacity * 100)));
    m_percent->setText(tr("%1 %").arg(m_opacity->value()));
}

QDialog* showOverlayPanel(Workbench& bench)
{
    auto* panel = new OverlayPanel(bench);
    panel->setAttribute(Qt::WA_DeleteOnClose);
    panel->adjustSize();
    const VideoView& view = bench.window.videoView();
    const QPoint corner = view.mapToGlobal(view.rect().bottomRight());
    panel->move(corner - QPoint(panel->width() + 4, panel->height() + 4));
    panel->show();
    return panel;
}

} // namespace telltale
