// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/cmpl/followadaptation.h"
#include "app/gui/mainwindow.h"
#include "app/gui/messagebar.h"
#include <QAction>
#include <QCoreApplication>

namespace telltale {

void followAdaptation(Workbench& bench, const std::function<void()>& updateActions)
{
    Adaptation* const adaptation = &bench.adaptation;
    MainWindow* const window = &bench.window;
    const auto text = [](const char* source) { return QCoreApplication::translate("CmplPanel", source); };
    QObject::connect(adaptation, &Adaptation::started, window, [window, updateActions] {
        window->showPanel("pseudo-labels");
        updateActions();
    });
    QObject::connect(
        adaptation, &Adaptation::finished, window, [window, updateActions, text](const QStringList& notes) {
            window->messages().showInfo(
                text(QT_TRANSLATE_NOOP("CmplPanel", "Adapted. %1")).arg(notes.join(QLatin1Char(' '))));
            updateActions();
        });
    QObject::connect(adaptation, &Adaptation::cancelled, window, updateActions);
    QObject::connect(adaptation, &Adaptation::failed, window, updateActions);
    QObject::connect(&bench.rounds, &PseudoRounds::marksChanged, window,
        [window, &bench] { window->actions().action("round-changes")->setChecked(bench.rounds.marked()); });
}

} // namespace telltale
