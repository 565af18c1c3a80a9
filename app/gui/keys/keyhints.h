// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/workbench.h"
#include <QWidget>

class QLabel;

namespace telltale {

class Painting;

/// What keys do now, for the status bar: review or paint mode, and the active class that new spans get.
class KeyMode : public QWidget {
    Q_OBJECT
public:
    KeyMode(Workbench& bench, const Painting& painting, QWidget* parent = nullptr);

private:
    void refresh();

    Workbench& m_bench;
    const Painting& m_painting;
    QLabel* m_mode;
    QLabel* m_class;
};

/// One chip for each digit with its class, shown in paint mode; the one that is held stands out.
class PaintHints : public QWidget {
    Q_OBJECT
public:
    PaintHints(Workbench& bench, const Painting& painting, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
    QSize sizeHint() const override;
    int heightForWidth(int width) const override;
    bool event(QEvent* event) override;

private:
    struct Chip {
        QRect box;
        int digit = 0;
        int classId = -1;
    };
    void refresh();
    QList<Chip> chips() const;
    int rowsFor(int width) const;

    Workbench& m_bench;
    const Painting& m_painting;
};

/// Keys that lists, boxes and buttons need while they have the focus and that are shortcuts elsewhere: up,
/// down and page keys, and Space on a button that was reached by keyboard. Watches the application.
class FieldKeys : public QObject {
    Q_OBJECT
public:
    explicit FieldKeys(QWidget& window);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget& m_window;
    const QObject* m_reached = nullptr; ///< button that got the focus by keyboard; compared only
};

} // namespace telltale
