// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/cmpl/alarmbox.h"
#include "app/gui/theme.h"
#include "widgets/colors.h"
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace telltale {
namespace {

constexpr QRgb kAmber = 0xffd98a1f;
constexpr int kBar = 4; ///< pixels at the left edge

} // namespace

AlarmBox::AlarmBox(const AlarmText& text, QWidget* parent) : QFrame(parent), m_icon(new QLabel)
{
    auto* layout = new QHBoxLayout(this);
    const int gap = fontMetrics().height() / 3;
    layout->setContentsMargins(kBar + gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    auto* words = new QLabel(
        QStringLiteral("<b>%1</b><br>%2<br><i>%3</i>")
            .arg(text.title.toHtmlEscaped(), text.figures.toHtmlEscaped(), text.advice.toHtmlEscaped()));
    words->setWordWrap(true);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    words->setAccessibleName(tr("Warning: %1").arg(text.title));
    words->setToolTip(text.advice);
    layout->addWidget(words, 1);
    showIcon();
}

void AlarmBox::showIcon()
{
    const int side = fontMetrics().height();
    m_icon->setPixmap(themedIcon(QStringLiteral("warning")).pixmap(side, side));
}

void AlarmBox::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showIcon();
}

void AlarmBox::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), mixed(palette().color(QPalette::Base), QColor(kAmber), 0.16));
    painter.fillRect(QRect(0, 0, kBar, height()), QColor(kAmber));
}

} // namespace telltale
