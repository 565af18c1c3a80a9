// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/welcomepage.h"
#include "app/gui/actiontable.h"
#include <QAction>
#include <QCommandLinkButton>
#include <QDir>
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
        bigButton(create, tr("New project..."), tr("From your own videos or data set")),
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
    hideProgress();
    setRecent({});
}

void WelcomePage::setRecent(const QStringList& projects)
{
    while (QLayoutItem* item = m_recent->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const QString& project : projects) {
        const QString shown = QDir::toNativeSeparators(project);
        auto* button = new QToolButton;
        button->setText(tr("%1   %2").arg(QFileInfo(project).fileName(), shown));
        button->setAutoRaise(true);
        button->setToolTip(shown);
        button->setAccessibleName(tr("Open %1").arg(shown));
        button->setEnabled(QFileInfo::exists(QDir(project).filePath(QStringLiteral("project.db"))));
        connect(button, &QAbstractButton::clicked, this, [this, project] { emit projectChosen(project); });
        m_recent->addWidget(button, 0, Qt::AlignLeft);
    }
    m_recentTitle->setVisible(!projects.isEmpty());
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
