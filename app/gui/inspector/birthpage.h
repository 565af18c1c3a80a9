// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/inspector/birthtext.h"
#include <QWidget>

class QLabel;
class QPushButton;
class QTableWidget;

namespace telltale {

/// The birth certificate of a span: sentences, a small table of votes, and figures; copyable as text.
class BirthPage : public QWidget {
    Q_OBJECT
public:
    explicit BirthPage(QWidget* parent = nullptr);
    void present(const QString& title, BirthText birth, const LabelScheme& scheme);
    QString asText() const { return plainBirthText(m_title, m_birth); }
    void copy() const;

private:
    void fillVotes(const LabelScheme& scheme);
    void fillFacts();

    QString m_title;
    BirthText m_birth;
    QLabel* m_words;
    QTableWidget* m_votes;
    QTableWidget* m_facts;
    QPushButton* m_copy;
};

} // namespace telltale
