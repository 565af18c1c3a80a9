// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/pathedit.h"
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace telltale {

PathEdit::PathEdit(Kind kind, const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_edit(new QLineEdit)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* button = new QPushButton(tr("Choose..."));
    button->setAccessibleName(tr("Choose: %1").arg(name));
    button->setAutoDefault(false);
    m_edit->setAccessibleName(name);
    m_edit->setMinimumWidth(fontMetrics().averageCharWidth() * 40);
    layout->addWidget(m_edit, 1);
    layout->addWidget(button);
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, &PathEdit::changed);
    connect(button, &QPushButton::clicked, this, &PathEdit::browse);
}

void PathEdit::setPath(const QString& path) { m_edit->setText(QDir::toNativeSeparators(path)); }

QString PathEdit::path() const { return QDir::fromNativeSeparators(m_edit->text().trimmed()); }

void PathEdit::setPlaceholder(const QString& text) { m_edit->setPlaceholderText(text); }

void PathEdit::browse()
{
    const QString from = path().isEmpty() ? m_folder : path();
    const QString filter = m_filter.isEmpty() ? QString() : tr("Files (%1);;All files (*)").arg(m_filter);
    QString chosen;
    if (m_kind == Kind::Folder)
        chosen = QFileDialog::getExistingDirectory(this, {}, from);
    else if (m_kind == Kind::OpenFile)
        chosen = QFileDialog::getOpenFileName(this, {}, from, filter);
    else
        chosen = QFileDialog::getSaveFileName(
            this, {}, from, filter, nullptr, QFileDialog::DontConfirmOverwrite);
    if (!chosen.isEmpty())
        setPath(chosen);
}

} // namespace telltale
