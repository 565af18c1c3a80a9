// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/session.h"
#include <QTimer>
#include <QWidget>

class QLabel;

namespace telltale {

/// Messages of the core end without a full stop, because something may follow; here nothing does.
QString wholeSentence(const std::string& message);

/// In the status bar: whether the edits are in the project. Says nothing of edits that get there at once.
class StoreStatus : public QWidget {
    Q_OBJECT
public:
    explicit StoreStatus(Session& session, QWidget* parent = nullptr);
    QString text() const;
    const QString& trouble() const { return m_trouble; } ///< a sentence: why edits wait, or empty

signals:
    void troubleBegan(const QString& sentence);
    void troubleEnded();

protected:
    void changeEvent(QEvent* event) override;

private:
    enum class Shown { Nothing, Saved, Saving, Trouble };
    void followProject();
    void look(); ///< at the document's health
    void show(Shown what, int64_t pending);
    void showIcon();

    Session& m_session;
    QLabel* m_icon;
    QLabel* m_label;
    QTimer m_patience; ///< runs while edits are on their way
    Shown m_shown = Shown::Nothing;
    QString m_trouble;
};

} // namespace telltale
