// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/cmpl/pseudorounds.h"
#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace telltale {

/// The figures of one round and the warnings about it.
class RoundView : public QWidget {
    Q_OBJECT
public:
    explicit RoundView(QWidget* parent = nullptr);
    void show(const CmplRunView& run, const CmplRoundView& round, const LabelScheme& scheme);

private:
    QLabel* addFact(QVBoxLayout& layout, const char* name, const QString& title, const QString& tip);

    QVBoxLayout* m_alarms;
    QLabel* m_pool;
    QLabel* m_precision;
    QLabel* m_people;
    QLabel* m_agreement;
};

} // namespace telltale
