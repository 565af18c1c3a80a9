// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/firstrun/videospage.h"
#include "app/gui/droppedpaths.h"
#include "app/gui/firstrun/videocheck.h"
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QTableView>
#include <QVBoxLayout>

namespace telltale {

VideosPage::VideosPage(VideoCheck& videos, const QString& startFolder, QWidget* parent)
    : QWizardPage(parent)
    , m_videos(videos)
    , m_folder(startFolder)
    , m_table(new QTableView)
    , m_hint(new QLabel)
{
    setTitle(tr("Videos"));
    setSubTitle(
        tr("Choose video files or a folder with videos, or drop them here. They stay where they are."));
    setAcceptDrops(true);
    m_table->setModel(&videos);
    m_table->setAccessibleName(tr("Videos of the new project"));
    m_table->setToolTip(tr("Delete takes the selected videos off the list"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    const int letter = fontMetrics().averageCharWidth();
    m_table->setColumnWidth(VideoCheck::FileColumn, letter * 28);
    m_table->setColumnWidth(VideoCheck::FolderColumn, letter * 26);
    auto* files = new QPushButton(tr("Choose &files..."));
    auto* folder = new QPushButton(tr("Choose a f&older..."));
    auto* remove = new QPushButton(tr("&Take off the list"));
    files->setToolTip(tr("Add video files"));
    folder->setToolTip(tr("Add all videos in a folder and the folders below it"));
    remove->setToolTip(tr("Take the selected videos off the list (Delete)"));
    auto* row = new QHBoxLayout;
    row->addWidget(files);
    row->addWidget(folder);
    row->addWidget(remove);
    row->addStretch(1);
    m_hint->setWordWrap(true);
    auto* rows = new QVBoxLayout(this);
    rows->addWidget(m_table, 1);
    rows->addLayout(row);
    rows->addWidget(m_hint);
    connect(files, &QPushButton::clicked, this, &VideosPage::chooseFiles);
    connect(folder, &QPushButton::clicked, this, &VideosPage::chooseFolder);
    connect(remove, &QPushButton::clicked, this, &VideosPage::removeSelected);
    auto* key = new QShortcut(QKeySequence(Qt::Key_Delete), m_table);
    key->setContext(Qt::WidgetShortcut);
    connect(key, &QShortcut::activated, this, &VideosPage::removeSelected);
    connect(&videos, &VideoCheck::changed, this, &VideosPage::tell);
    tell();
}

bool VideosPage::isComplete() const
{
    return !m_videos.busy() && m_videos.count(VideoCheck::State::Good) > 0;
}

void VideosPage::chooseFiles()
{
    const QStringList files
        = QFileDialog::getOpenFileNames(this, tr("Videos of the new project"), m_folder, tr("All files (*)"));
    if (files.isEmpty())
        return;
    m_folder = QFileInfo(files.front()).path();
    m_videos.add(files);
}

void VideosPage::chooseFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder with videos"), m_folder);
    if (folder.isEmpty())
        return;
    m_folder = folder;
    m_videos.add({folder});
}

void VideosPage::removeSelected() { m_videos.remove(m_table->selectionModel()->selectedRows()); }

void VideosPage::tell()
{
    const int good = m_videos.count(VideoCheck::State::Good);
    const int bad = m_videos.count(VideoCheck::State::Bad);
    if (m_videos.busy())
        m_hint->setText(tr("Reading: %1 of %2 done.").arg(good + bad).arg(m_videos.rowCount()));
    else if (m_videos.rowCount() == 0)
        m_hint->setText(tr("No video yet."));
    else if (bad == 0)
        m_hint->setText(tr("%n video(s) can be read.", nullptr, good));
    else
        m_hint->setText(tr("%n video(s) can be read.", nullptr, good) + QLatin1Char(' ')
            + tr("%n cannot, and will be left out: the list says why.", nullptr, bad));
    emit completeChanged();
}

void VideosPage::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void VideosPage::dropEvent(QDropEvent* event)
{
    const QStringList paths = droppedPaths(*event->mimeData());
    if (paths.isEmpty())
        return;
    event->acceptProposedAction();
    m_videos.add(paths);
}

} // namespace telltale
