// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/format.h"
#include <QMap>
#include <QWidget>

class QFormLayout;

namespace telltale {

/// The settings that only one format has, as rows of a form; empty where a format has none.
class FormatSettingsForm : public QWidget {
    Q_OBJECT
public:
    explicit FormatSettingsForm(QWidget* parent = nullptr);
    /// Takes the place of the rows before, each at its default.
    void show(const std::vector<FormatSetting>& settings);
    FormatSettings values() const;

signals:
    void changed();

private:
    QWidget* fieldOf(const FormatSetting& setting);

    QFormLayout* m_form;
    QMap<QString, QWidget*> m_fields; ///< by key
};

/// The words of a setting in the language of the window.
QString settingText(const std::string& text);

} // namespace telltale
