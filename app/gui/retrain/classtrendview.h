// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/retrain/classtrendmodel.h"
#include <QWidget>

class QComboBox;
class QLabel;
class QListView;

namespace telltale {

/// The curves of all classes one below the other, and by what they are sorted.
class ClassTrendView : public QWidget {
    Q_OBJECT
public:
    explicit ClassTrendView(QWidget* parent = nullptr);
    ClassTrendModel& trends() { return m_model; }

private:
    ClassTrendModel m_model;
    QComboBox* m_order;
    QListView* m_list;
};

} // namespace telltale
