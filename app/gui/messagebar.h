// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QFrame>
#include <functional>

class QLabel;
class QPushButton;
class QToolButton;

namespace telltale {

/// A line of text above the picture for what went wrong or is done: does not block, stays until it is closed.
class MessageBar : public QFrame {
    Q_OBJECT
public:
    explicit MessageBar(QWidget* parent = nullptr);
    void showError(const QString& sentence);
    /// `action` with a text offers a button that runs it.
    void showInfo(const QString& sentence, const QString& actionText = {}, std::function<void()> action = {});
    QString text() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void show(const QString& sentence, bool error);
    void colour();

    QLabel* m_icon;
    QLabel* m_label;
    QPushButton* m_button;
    QToolButton* m_close;
    std::function<void()> m_action;
    bool m_error = false;
};

} // namespace telltale
