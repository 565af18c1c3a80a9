// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/teamprojectdialog.h"
#include "data/projectlocation.h"
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

namespace telltale {
namespace {

const QString kScheme = QStringLiteral("postgresql://");

} // namespace

TeamProjectDialog::TeamProjectDialog(QWidget* parent)
    : QDialog(parent)
    , m_server(new QLineEdit)
    , m_user(new QLineEdit)
    , m_password(new QLineEdit)
    , m_project(new QLineEdit)
    , m_progress(new QProgressBar)
    , m_hint(new QLabel)
{
    setWindowTitle(tr("Open team project"));
    auto* rows = new QVBoxLayout(this);
    auto* head = new QLabel(
        tr("A team's project lies on a PostgreSQL server, and several people work in it at once. "
           "Videos and models stay on each computer."));
    head->setWordWrap(true);
    rows->addWidget(head);
    auto* form = new QFormLayout;
    m_server->setPlaceholderText(QStringLiteral("postgresql://server.example.org/telltale"));
    m_user->setPlaceholderText(tr("the name of your account on this computer"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setPlaceholderText(tr("asked for each time, stored nowhere"));
    m_project->setPlaceholderText(QStringLiteral("telltale"));
    form->addRow(tr("&Server and database:"), m_server);
    form->addRow(tr("&User:"), m_user);
    form->addRow(tr("Pass&word:"), m_password);
    form->addRow(tr("&Project:"), m_project);
    rows->addLayout(form);
    m_progress->setRange(0, 0);
    m_progress->setAccessibleName(tr("The project is being opened"));
    m_progress->hide();
    rows->addWidget(m_progress);
    m_hint->setWordWrap(true);
    m_hint->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_hint->setMinimumHeight(m_hint->fontMetrics().height() * 3);
    m_hint->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    rows->addWidget(m_hint);
    rows->addStretch(1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_open = buttons->addButton(tr("&Open"), QDialogButtonBox::ActionRole);
    m_open->setDefault(true);
    rows->addWidget(buttons);
    connect(m_open, &QPushButton::clicked, this, &TeamProjectDialog::openWanted);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (QLineEdit* edit : {m_server, m_user, m_password, m_project})
        connect(edit, &QLineEdit::textChanged, this, &TeamProjectDialog::check);
    resize(fontMetrics().averageCharWidth() * 90, sizeHint().height());
    check();
}

void TeamProjectDialog::setLocation(const ProjectLocation& location)
{
    ProjectLocation bare = location;
    bare.user.clear();
    m_server->setText(QString::fromStdString(bare.textWithoutPassword()));
    m_user->setText(QString::fromStdString(location.user));
    m_project->setText(QString::fromStdString(location.project));
    (location.user.empty() ? m_user : m_password)->setFocus();
}

Result<std::string> TeamProjectDialog::url() const
{
    QString server = m_server->text().trimmed();
    if (!server.contains(QStringLiteral("://")))
        server.prepend(kScheme);
    auto location = ProjectLocation::parse(server.toStdString());
    if (!location)
        return location.error();
    if (!location->isTeam())
        return Error{ErrorCode::InvalidArgument,
            tr("This is no server: write it like postgresql://server.example.org/telltale.").toStdString()};
    if (!m_user->text().trimmed().isEmpty())
        location->user = m_user->text().trimmed().toStdString();
    if (!m_project->text().trimmed().isEmpty())
        location->project = m_project->text().trimmed().toStdString();
    const QString password
        = m_password->text().isEmpty() ? QString::fromStdString(location->password) : m_password->text();
    QString text = QString::fromStdString(location->textWithoutPassword());
    if (!password.isEmpty()) {
        if (location->user.empty())
            return Error{ErrorCode::InvalidArgument,
                tr("Say whose password this is: fill in the user.").toStdString()};
        text.insert(text.indexOf(QLatin1Char('@')),
            QLatin1Char(':') + QString::fromLatin1(QUrl::toPercentEncoding(password)));
    }
    const auto whole = ProjectLocation::parse(text.toStdString());
    return whole ? Result<std::string>(text.toStdString()) : Result<std::string>(whole.error());
}

QString TeamProjectDialog::projectName() const
{
    const QString name = m_project->text().trimmed();
    return name.isEmpty() ? m_project->placeholderText() : name;
}

void TeamProjectDialog::setBusy(bool busy)
{
    m_busy = busy;
    m_progress->setVisible(busy);
    if (busy)
        m_hint->setText(tr("Connecting..."));
    for (QLineEdit* edit : {m_server, m_user, m_password, m_project})
        edit->setEnabled(!busy);
    m_open->setEnabled(!busy);
}

void TeamProjectDialog::showError(const QString& sentence)
{
    setBusy(false);
    m_hint->setText(sentence);
    m_hint->setAccessibleName(sentence);
    m_password->setFocus();
}

QString TeamProjectDialog::error() const { return m_hint->text(); }

void TeamProjectDialog::check()
{
    const auto checked = m_server->text().trimmed().isEmpty() ? Result<std::string>(std::string()) : url();
    m_hint->setText(checked ? QString() : QString::fromStdString(checked.error().message));
    m_open->setEnabled(checked.ok() && !checked->empty() && !m_busy);
}

} // namespace telltale
