// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/pathedit.h"
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace telltale {

PathEdit::PathEdit(Kind kind, const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_edit(new QLineEdit)
    , m_folderButton(new QPushButton(tr("Folder...")))
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
    m_folderButton->setAccessibleName(tr("Choose a folder: %1").arg(name));
    m_folderButton->setAutoDefault(false);
    layout->addWidget(m_folderButton);
    setKind(kind);
    connect(m_folderButton, &QPushButton::clicked, this, &PathEdit::browseFolder);
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, &PathEdit::changed);
    connect(button, &QPushButton::clicked, this, &PathEdit::browse);
}

void PathEdit::setKind(Kind kind)
{
    m_kind = kind;
    m_folderButton->setVisible(kind == Kind::OpenFiles);
}

void PathEdit::setPath(const QString& path) { m_edit->setText(QDir::toNativeSeparators(path)); }

QString PathEdit::path() const { return QDir::fromNativeSeparators(m_edit->text().trimmed()); }

QStringList PathEdit::paths() const
{
    QStringList paths;
    if (path().isEmpty())
        return paths;
    if (m_kind != Kind::OpenFiles || QFileInfo::exists(path())) // a name may hold semicolons
        return {path()};
    for (const QString& part : path().split(QLatin1Char(';'), Qt::SkipEmptyParts))
        paths.append(part.trimmed());
    return paths;
}

void PathEdit::setPlaceholder(const QString& text) { m_edit->setPlaceholderText(text); }

void PathEdit::browse()
{
    const QString from = path().isEmpty() ? m_folder : path();
    const QString filter = m_filter.isEmpty() ? QString() : tr("Files (%1);;All files (*)").arg(m_filter);
    QString chosen;
    if (m_kind == Kind::Folder)
        chosen = QFileDialog::getExistingDirectory(this, {}, from);
    else if (m_kind == Kind::OpenFiles)
        chosen
            = QFileDialog::getOpenFileNames(this, {}, paths().isEmpty() ? m_folder : paths().front(), filter)
                  .join(QLatin1String("; "));
    else if (m_kind == Kind::OpenFile)
        chosen = QFileDialog::getOpenFileName(this, {}, from, filter);
    else
        chosen = QFileDialog::getSaveFileName(
            this, {}, from, filter, nullptr, QFileDialog::DontConfirmOverwrite);
    if (!chosen.isEmpty())
        setPath(chosen);
}

void PathEdit::browseFolder()
{
    const QString chosen
        = QFileDialog::getExistingDirectory(this, {}, paths().isEmpty() ? m_folder : paths().front());
    if (!chosen.isEmpty())
        setPath(chosen);
}

} // namespace telltale
