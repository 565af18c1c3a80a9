// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QObject>
#include <QPointer>
#include <QWidget>

namespace telltale {

/// A ring around whatever the keyboard acts on. It comes when the focus moves by keyboard or by the program,
/// not where somebody points at a widget, but in the high contrast theme always.
class FocusRing : public QObject {
    Q_OBJECT
public:
    /// One for the whole program, owned by it; further calls do nothing. GUI thread, after the application
    /// was made.
    static void install();
    ~FocusRing() override;
    /// The one that was installed; null before.
    static FocusRing* instance();
    const QWidget* ring() const { return m_ring; } ///< null where none is shown
    static int width(const QWidget& around); ///< logical pixels

private:
    explicit FocusRing(QObject* parent);
    void follow(QWidget* before, QWidget* now);

    QPointer<QWidget> m_ring;
};

} // namespace telltale
