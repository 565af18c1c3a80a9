// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/cmpl/roundtexts.h"
#include <QFrame>

class QLabel;

namespace telltale {

/// A warning in plain words: what is wrong, the figures, what to do.
class AlarmBox : public QFrame {
    Q_OBJECT
public:
    explicit AlarmBox(const AlarmText& text, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void showIcon();

    QLabel* m_icon;
};

} // namespace telltale
