// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/looks/focusring.h"
#include "widgets/colors.h"
#include <QApplication>
#include <QEvent>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <algorithm>

namespace telltale {
namespace {

FocusRing* g_ring = nullptr;

/// Lies over the edge of its parent and lets everything through.
class Ring : public QWidget {
public:
    explicit Ring(QWidget* around) : QWidget(around)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setAttribute(Qt::WA_NoSystemBackground);
        setFocusPolicy(Qt::NoFocus);
        around->installEventFilter(this);
        fill();
        show();
        raise();
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Resize)
            fill();
        else if (event->type() == QEvent::ChildAdded)
            raise();
        return QWidget::eventFilter(watched, event);
    }

    void paintEvent(QPaintEvent*) override
    {
        const int width = FocusRing::width(*this);
        QPainter painter(this);
        QRegion region(rect());
        region -= rect().adjusted(width, width, -width, -width);
        painter.setClipRegion(region);
        painter.fillRect(rect(), QApplication::palette().color(QPalette::Highlight));
    }

private:
    /// The mask keeps what is painted beneath from being painted again in the middle.
    void fill()
    {
        setGeometry(parentWidget()->rect());
        const int width = FocusRing::width(*this);
        setMask(QRegion(rect()) - rect().adjusted(width, width, -width, -width));
    }
};

bool takesRing(const QWidget& widget)
{
    return !widget.isWindow() && !qobject_cast<const QMenuBar*>(&widget)
        && !qobject_cast<const QMenu*>(&widget);
}

} // namespace

FocusRing::FocusRing(QObject* parent) : QObject(parent)
{
    connect(qApp, &QApplication::focusChanged, this, &FocusRing::follow);
}

FocusRing::~FocusRing() { g_ring = nullptr; }

void FocusRing::install()
{
    if (!g_ring)
        g_ring = new FocusRing(qApp);
}

FocusRing* FocusRing::instance() { return g_ring; }

int FocusRing::width(const QWidget& around) { return std::max(2, around.fontMetrics().height() / 9); }

void FocusRing::follow(QWidget*, QWidget* now)
{
    if (m_ring && m_ring->parentWidget() == now)
        return;
    delete m_ring;
    const bool pointed = QApplication::mouseButtons() != Qt::NoButton;
    if (!now || !takesRing(*now) || (pointed && !isHighContrast(QApplication::palette())))
        return;
    m_ring = new Ring(now);
}

} // namespace telltale
