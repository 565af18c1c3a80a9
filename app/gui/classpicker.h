// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/labelscheme.h"
#include <QDialog>

class QLineEdit;
class QListWidget;

namespace telltale {

/// Finds a class by typing parts of its name; Enter takes it. Any order of words: "neck t" finds "touch
/// neck".
class ClassPicker : public QDialog {
    Q_OBJECT
public:
    ClassPicker(const LabelScheme& scheme, int current, QWidget* parent = nullptr);

signals:
    void picked(int classId);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void filter(const QString& text);
    void take();

    LabelScheme m_scheme;
    QLineEdit* m_edit;
    QListWidget* m_list;
};

} // namespace telltale
