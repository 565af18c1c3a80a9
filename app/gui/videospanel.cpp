// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/videospanel.h"
#include "app/gui/videodelegate.h"
#include <QAction>
#include <QHeaderView>
#include <QScopedValueRollback>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace telltale {

VideosPanel::VideosPanel(Workbench& bench, QAction* add, QWidget* parent)
    : QWidget(parent)
    , m_bench(bench)
    , m_thumbnails(bench.session)
    , m_table(new QTableView)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    m_table->setModel(&m_model);
    m_table->setAccessibleName(tr("Videos"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(VideoDelegate::pictureHeight(fontMetrics()) + 10);
    m_table->setItemDelegateForColumn(VideoListModel::NameColumn, new VideoDelegate(this));
    m_table->hideColumn(VideoListModel::SubjectColumn); // told below the name
    m_table->hideColumn(VideoListModel::RoleColumn);
    QHeaderView* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(VideoListModel::NameColumn, QHeaderView::Stretch);
    layout->addWidget(m_table, 1);
    auto* button = new QToolButton;
    button->setDefaultAction(add);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    layout->addWidget(button);

    const auto follow = [this] {
        m_model.setDocument(m_bench.session.document());
        loadPictures();
    };
    connect(&bench.session, &Session::projectChanged, this, follow);
    connect(&bench.session, &Session::edited, this, [this](ChangeKinds kinds) {
        const QScopedValueRollback<bool> following(m_following, true);
        m_model.refresh(kinds);
        showCurrent();
        if (kinds.testFlag(ChangeKind::Videos))
            loadPictures();
    });
    connect(&m_thumbnails, &VideoThumbnails::made, &m_model, &VideoListModel::setPicture);
    connect(&bench.session, &Session::videoChanged, this, &VideosPanel::showCurrent);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex& current) {
            if (m_following || !current.isValid())
                return;
            m_bench.review.select(0, false);
            m_bench.session.openVideo(current.data(VideoListModel::IdRole).toLongLong());
        });
    follow();
}

void VideosPanel::loadPictures()
{
    m_thumbnails.load(static_cast<int>(VideoDelegate::pictureHeight(fontMetrics()) * devicePixelRatioF()));
}

void VideosPanel::showCurrent()
{
    const QScopedValueRollback<bool> following(m_following, true);
    const int row = m_model.rowOf(m_bench.session.videoId());
    if (row >= 0)
        m_table->selectRow(row);
    else
        m_table->setCurrentIndex({});
}

} // namespace telltale
