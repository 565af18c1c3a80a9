// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/keys/reactiontime.h"
#include "app/gui/mainwindow.h"
#include <QCoreApplication>
#include <QInputDialog>

namespace telltale {
namespace {

QString text(const char* source) { return QCoreApplication::translate("ReactionTime", source); }

} // namespace

QDialog* askReactionTime(Workbench& bench)
{
    auto* dialog = new QInputDialog(&bench.window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(text(QT_TRANSLATE_NOOP("ReactionTime", "Reaction time")));
    dialog->setLabelText(text(QT_TRANSLATE_NOOP("ReactionTime",
        "Milliseconds from a movement to your key: marks that are made while the video plays\nare set so "
        "much "
        "earlier.")));
    dialog->setInputMode(QInputDialog::IntInput);
    dialog->setIntRange(0, kLongestReactionMs);
    dialog->setIntStep(10);
    dialog->setIntValue(static_cast<int>(bench.review.reactionLag().count()));
    QObject::connect(dialog, &QInputDialog::intValueSelected, &bench.review,
        [&bench](int milliseconds) { bench.review.setReactionLag(std::chrono::milliseconds(milliseconds)); });
    dialog->open();
    return dialog;
}

} // namespace telltale
