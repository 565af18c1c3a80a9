// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/looks/overlaymenu.h"
#include "app/gui/looks/overlaychoices.h"
#include "app/gui/mainwindow.h"
#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>
#include <cmath>
#include <functional>

namespace telltale {
namespace {

constexpr int kOpacities[] = {20, 40, 60, 80, 100}; ///< percent

/// Adds checkable actions that show and change the options of the window.
class Adder {
public:
    Adder(MainWindow& window, QMenu& root) : m_window(window), m_root(root) { }

    void add(QMenu& menu, const QString& text, QActionGroup* group,
        const std::function<bool(const OverlayOptions&)>& get,
        const std::function<void(OverlayOptions&, bool)>& set)
    {
        QAction* action = menu.addAction(text);
        action->setCheckable(true);
        if (group)
            group->addAction(action);
        const auto follow
            = [action, get, &window = m_window] { action->setChecked(get(window.videoView().overlays())); };
        QObject::connect(action, &QAction::triggered, &m_window, [&window = m_window, get, set, follow] {
            OverlayOptions options = window.videoView().overlays();
            set(options, !get(options));
            window.setOverlays(options);
            follow();
        });
        QObject::connect(&menu, &QMenu::aboutToShow, action, follow);
        QObject::connect(&m_root, &QMenu::aboutToShow, action, follow);
    }

    /// One of several: `value` of `option`.
    template <typename T>
    void addOneOf(QMenu& menu, QActionGroup* group, const QString& text, T OverlayOptions::*option, T value)
    {
        add(
            menu, text, group, [option, value](const OverlayOptions& o) { return o.*option == value; },
            [option, value](OverlayOptions& o, bool) {
                o.*option = value;
                o.heatmap = true;
            });
    }

private:
    MainWindow& m_window;
    QMenu& m_root;
};

void addParts(QMenu& menu, Adder& adder)
{
    for (const PartChoice& part : kPartChoices)
        adder.add(
            menu, overlayText(part.text), nullptr,
            [&part](const OverlayOptions& o) { return (o.look.hiddenParts & part.parts) == 0; },
            [&part](OverlayOptions& o, bool on) {
                o.look.hiddenParts = on ? o.look.hiddenParts & ~part.parts : o.look.hiddenParts | part.parts;
            });
}

} // namespace

void addOverlayMenu(QMenu& view, MainWindow& window)
{
    const auto translated = [](const char* text) { return QCoreApplication::translate("Overlays", text); };
    QMenu* parts = view.addMenu(translated(QT_TRANSLATE_NOOP("Overlays", "S&keleton parts")));
    Adder adder(window, view);
    addParts(*parts, adder);
    parts->addSeparator();
    for (const LookChoice& look : kLookChoices)
        adder.add(
            *parts, overlayText(look.text), nullptr,
            [&look](const OverlayOptions& o) { return o.look.*look.value; },
            [&look](OverlayOptions& o, bool on) { o.look.*look.value = on; });

    QMenu* heat = view.addMenu(translated(QT_TRANSLATE_NOOP("Overlays", "Heat&map of")));
    auto* groups = new QActionGroup(&window);
    for (size_t i = 0; i < kHeatGroupTexts.size(); ++i)
        adder.addOneOf(*heat, groups, overlayText(kHeatGroupTexts[i]), &OverlayOptions::heatGroup,
            static_cast<HeatGroup>(i));
    heat->addSeparator();
    auto* colors = new QActionGroup(&window);
    for (size_t i = 0; i < kHeatColorTexts.size(); ++i)
        adder.addOneOf(*heat, colors, overlayText(kHeatColorTexts[i]), &OverlayOptions::heatColors,
            static_cast<HeatColors>(i));
    heat->addSeparator();
    auto* strengths = new QActionGroup(&window);
    for (const int percent : kOpacities)
        adder.add(
            *heat, translated(QT_TRANSLATE_NOOP("Overlays", "%1 % opaque")).arg(percent), strengths,
            [percent](const OverlayOptions& o) { return std::lround(o.heatmapOpacity * 100) == percent; },
            [percent](OverlayOptions& o, bool) {
                o.heatmapOpacity = percent / 100.0;
                o.heatmap = true;
            });
}

} // namespace telltale
