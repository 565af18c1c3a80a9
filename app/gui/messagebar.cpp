// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/messagebar.h"
#include "app/gui/theme.h"
#include "widgets/colors.h"
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace telltale {

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent)
    , m_icon(new QLabel)
    , m_label(new QLabel)
    , m_button(new QPushButton)
    , m_close(new QToolButton)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 6, 6, 6);
    layout->addWidget(m_icon);
    layout->addWidget(m_label, 1);
    layout->addWidget(m_button);
    layout->addWidget(m_close);
    m_label->setWordWrap(true);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setAutoRaise(true);
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(m_close->toolTip());
    setAutoFillBackground(true);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    m_button->hide();
    connect(m_button, &QPushButton::clicked, this, [this] {
        hide();
        if (m_action)
            m_action();
    });
    hide();
    colour();
}

void MessageBar::showError(const QString& sentence)
{
    m_action = {};
    m_button->hide();
    show(sentence, true);
}

void MessageBar::showInfo(const QString& sentence, const QString& actionText, std::function<void()> action)
{
    m_action = std::move(action);
    m_button->setText(actionText);
    m_button->setVisible(!actionText.isEmpty());
    show(sentence, false);
}

QString MessageBar::text() const { return m_label->text(); }

void MessageBar::show(const QString& sentence, bool error)
{
    m_error = error;
    m_label->setText(sentence);
    setAccessibleName(sentence);
    colour();
    QWidget::show();
}

void MessageBar::colour()
{
    const QPalette base = QGuiApplication::palette();
    const QColor tint = m_error ? QColor(0xd6, 0x45, 0x3d) : QColor(0x1f, 0x7a, 0x9c);
    QPalette own = base;
    own.setColor(QPalette::Window, mixed(base.color(QPalette::Window), tint, 0.22));
    setPalette(own);
    m_icon->setPixmap(themedIcon(m_error ? QStringLiteral("warning") : QStringLiteral("info"))
                          .pixmap(fontMetrics().height() + 2));
    m_close->setIcon(themedIcon(QStringLiteral("close")));
}

void MessageBar::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange)
        colour();
}

} // namespace telltale
