// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/jobdialog.h"
#include <QCoreApplication>
#include <QDialog>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace telltale {
namespace {

struct JobDialog {
    Q_DECLARE_TR_FUNCTIONS(JobDialog)
};

} // namespace

QPlainTextEdit* makeOutcome(const QString& name, const QString& placeholder)
{
    auto* report = new QPlainTextEdit;
    report->setReadOnly(true);
    report->setTabChangesFocus(true);
    report->setAccessibleName(name);
    report->setPlaceholderText(placeholder);
    return report;
}

QProgressBar* makeProgress()
{
    auto* progress = new QProgressBar;
    progress->setRange(0, 1000);
    progress->setAccessibleName(JobDialog::tr("Progress"));
    progress->hide();
    return progress;
}

void showProgress(QProgressBar& bar, int permille, const QString& what)
{
    bar.setValue(permille);
    bar.setFormat(what);
}

void markBusy(QDialogButtonBox& buttons, QProgressBar& progress, bool busy)
{
    buttons.button(QDialogButtonBox::Ok)->setEnabled(!busy);
    buttons.button(QDialogButtonBox::Close)->setText(busy ? JobDialog::tr("Stop") : JobDialog::tr("Close"));
    progress.setValue(0);
    progress.setVisible(busy);
}

QDialogButtonBox* addJobButtons(QDialog& dialog, QVBoxLayout& layout, const QString& text)
{
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Close);
    buttons->button(QDialogButtonBox::Ok)->setText(text);
    QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    layout.addWidget(buttons);
    return buttons;
}

} // namespace telltale
