// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/firstrun/placepage.h"
#include "app/gui/pathedit.h"
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QProgressBar>
#include <QVBoxLayout>
#include <utility>

namespace telltale {
namespace {

/// A folder below `start` that is not there.
QString freshFolder(const QString& start)
{
    const QDir folder(start);
    QString name = QStringLiteral("gestures");
    for (int i = 2; folder.exists(name); ++i)
        name = QStringLiteral("gestures-%1").arg(i);
    return folder.filePath(name);
}

} // namespace

PlacePage::PlacePage(const QString& startFolder, QWidget* parent)
    : QWizardPage(parent)
    , m_folder(new PathEdit(PathEdit::Kind::Folder, tr("Project folder")))
    , m_summary(new QLabel)
    , m_progress(new QProgressBar)
    , m_hint(new QLabel)
{
    setTitle(tr("Place"));
    setSubTitle(
        tr("The project is a folder of its own with what you decide and what is computed. The videos stay "
           "where they are."));
    setCommitPage(false);
    m_folder->setStartFolder(startFolder);
    m_folder->setPath(freshFolder(startFolder));
    auto* form = new QFormLayout;
    form->addRow(tr("&Project folder:"), m_folder);
    m_summary->setWordWrap(true);
    m_summary->setTextFormat(Qt::PlainText);
    m_progress->setMaximum(1000);
    m_progress->setAccessibleName(tr("Progress of making the project"));
    m_progress->hide();
    m_hint->setWordWrap(true);
    auto* rows = new QVBoxLayout(this);
    rows->addLayout(form);
    rows->addSpacing(fontMetrics().height() / 2);
    rows->addWidget(m_summary);
    rows->addStretch(1);
    rows->addWidget(m_progress);
    rows->addWidget(m_hint);
    connect(m_folder, &PathEdit::changed, this, &PlacePage::check);
    check();
}

QString PlacePage::folder() const { return m_folder->path(); }

void PlacePage::setFolder(const QString& folder) { m_folder->setPath(folder); }

void PlacePage::setSummary(const QString& text) { m_summary->setText(text); }

bool PlacePage::isComplete() const
{
    const QFileInfo place(folder());
    return !m_making && !folder().isEmpty()
        && (!place.exists() || (place.isDir() && QDir(place.filePath()).isEmpty()));
}

void PlacePage::showProgress(int permille, const QString& what)
{
    const bool begins = !std::exchange(m_making, true);
    m_folder->setEnabled(false);
    m_progress->show();
    m_progress->setValue(permille);
    m_hint->setText(what);
    if (begins)
        emit completeChanged();
}

void PlacePage::hideProgress(const QString& sentence)
{
    m_making = false;
    m_folder->setEnabled(true);
    m_progress->hide();
    m_hint->setText(sentence);
    emit completeChanged();
}

void PlacePage::check()
{
    const bool holds = !folder().isEmpty() && QFileInfo::exists(folder()) && !isComplete();
    m_hint->setText(holds
            ? tr("There is something in this folder already: choose an empty one, or a new one.")
            : QString());
    emit completeChanged();
}

} // namespace telltale
