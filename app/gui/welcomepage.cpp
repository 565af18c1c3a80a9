// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/welcomepage.h"
#include "app/gui/actiontable.h"
#include "app/gui/droppedpaths.h"
#include <QAction>
#include <QCommandLinkButton>
#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace telltale {
namespace {

QAbstractButton* bigButton(QAction* action, const QString& title, const QString& text)
{
    auto* button = new QCommandLinkButton(title, text);
    button->setIcon(action->icon());
    button->setIconSize(QSize(28, 28));
    button->setAccessibleName(title);
    button->setToolTip(action->toolTip());
    QObject::connect(button, &QAbstractButton::clicked, action, &QAction::trigger);
    QObject::connect(
        action, &QAction::changed, button, [button, action] { button->setIcon(action->icon()); });
    return button;
}

} // namespace

WelcomePage::WelcomePage(QAction* demo, QAction* create, QAction* open, QWidget* parent)
    : QWidget(parent)
    , m_recentTitle(new QLabel(tr("Recent projects")))
    , m_working(new QWidget)
    , m_progress(new QProgressBar)
    , m_what(new QLabel)
{
    auto* across = new QHBoxLayout(this);
    auto* content = new QWidget;
    content->setMaximumWidth(fontMetrics().averageCharWidth() * 90);
    auto* column = new QVBoxLayout(content);
    column->setSpacing(10);
    across->addStretch(1);
    across->addWidget(content, 20);
    across->addStretch(1);
    column->addStretch(2);
    auto* head = new QHBoxLayout;
    auto* icon = new QLabel;
    icon->setPixmap(QIcon(QStringLiteral(":/telltale.svg")).pixmap(72, 72));
    auto* title = new QLabel(tr("Telltale"));
    QFont big = title->font();
    big.setPointSizeF(big.pointSizeF() * 2.4);
    big.setBold(true);
    title->setFont(big);
    auto* claim = new QLabel(tr("Find, review and learn micro-gestures in video."));
    auto* words = new QVBoxLayout;
    words->addWidget(title);
    words->addWidget(claim);
    head->addWidget(icon);
    head->addSpacing(8);
    head->addLayout(words, 1);
    column->addLayout(head);
    column->addSpacing(12);
    m_buttons = {bigButton(demo, tr("Open the demo"),
                     tr("Synthetic people with gestures to review; made in a minute")),
        bigButton(create, tr("New project from videos..."),
            tr("Choose videos, subjects and labels; or drop videos here")),
        bigButton(open, tr("Open project..."), tr("A folder that holds project.db"))};
    for (QAbstractButton* button : m_buttons)
        column->addWidget(button);
    auto* row = new QHBoxLayout(m_working);
    row->setContentsMargins(0, 0, 0, 0);
    auto* stop = new QPushButton(tr("Stop"));
    m_progress->setMaximum(1000);
    m_progress->setAccessibleName(tr("Progress of making the demo"));
    row->addWidget(m_progress, 1);
    row->addWidget(stop);
    column->addWidget(m_working);
    column->addWidget(m_what);
    connect(stop, &QPushButton::clicked, this, &WelcomePage::cancelled);
    column->addSpacing(12);
    QFont bold = m_recentTitle->font();
    bold.setBold(true);
    m_recentTitle->setFont(bold);
    column->addWidget(m_recentTitle);
    m_recent = new QVBoxLayout;
    m_recent->setSpacing(2);
    column->addLayout(m_recent);
    column->addStretch(3);
    setAcceptDrops(true);
    hideProgress();
    setRecent({});
}

void WelcomePage::setRecent(const QStringList& projects)
{
    while (QLayoutItem* item = m_recent->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const QString& project : projects)
        m_recent->addWidget(makeRecent(project), 0, Qt::AlignLeft);
    m_recentTitle->setVisible(!projects.isEmpty());
}

/// One that is not there any more is grey, and like the others it can be taken off the list.
QWidget* WelcomePage::makeRecent(const QString& project)
{
    const QString shown = QDir::toNativeSeparators(project);
    const QDir folder(project);
    const bool there
        = folder.exists(QStringLiteral("project.db")) || folder.exists(QStringLiteral("team.json"));
    auto* line = new QWidget;
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    auto* button = new QToolButton;
    const QString text = tr("%1   %2").arg(QFileInfo(project).fileName(), shown);
    button->setText(there ? text : tr("%1   (is not there)").arg(text));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setToolTip(shown);
    button->setAccessibleName(tr("Open %1").arg(shown));
    button->setEnabled(there);
    auto* forget = new QToolButton;
    forget->setText(QStringLiteral("\u00d7"));
    forget->setAutoRaise(true);
    forget->setFocusPolicy(Qt::StrongFocus);
    forget->setToolTip(tr("Take this project off the list; it stays where it is"));
    forget->setAccessibleName(tr("Take %1 off the list").arg(shown));
    row->addWidget(button);
    row->addWidget(forget);
    connect(button, &QAbstractButton::clicked, this, [this, project] { emit projectChosen(project); });
    connect(
        forget, &QAbstractButton::clicked, this, [this, project] { emit forgetWanted(project); },
        Qt::QueuedConnection); // the list is made anew
    return line;
}

void WelcomePage::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void WelcomePage::dropEvent(QDropEvent* event)
{
    const QStringList paths = droppedPaths(*event->mimeData());
    if (paths.isEmpty())
        return;
    event->acceptProposedAction();
    emit dropped(paths);
}

void WelcomePage::showProgress(int permille, const QString& what)
{
    m_working->show();
    m_progress->setValue(permille);
    m_what->setText(what);
    for (QAbstractButton* button : m_buttons)
        button->setEnabled(false);
}

void WelcomePage::hideProgress()
{
    m_working->hide();
    m_what->clear();
    for (QAbstractButton* button : m_buttons)
        button->setEnabled(true);
}

} // namespace telltale
