// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/retrain/whatifmodel.h"
#include "app/gui/retrain/whatifscoring.h"
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QTreeView;

namespace telltale {

/// Which open proposals the new heads would name otherwise: a sentence, and the list of them by kind of
/// change. A click or Enter goes to the span.
class WhatIfView : public QWidget {
    Q_OBJECT
public:
    WhatIfView(Session& session, WhatIfScoring& scoring, QWidget* parent = nullptr);

signals:
    void spanChosen(qint64 annotationId);

private:
    void refresh();
    void showChanges(const WhatIf& changes);
    void toggle();
    QString sentence() const;

    Session& m_session;
    WhatIfScoring& m_scoring;
    WhatIfModel m_model;
    QLabel* m_text;
    QProgressBar* m_progress;
    QPushButton* m_button;
    QTreeView* m_tree;
};

} // namespace telltale
