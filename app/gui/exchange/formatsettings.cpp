// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/exchange/formatsettings.h"
#include <QComboBox>
#include <QCoreApplication>
#include <QFormLayout>
#include <QLineEdit>

namespace telltale {

FormatSettingsForm::FormatSettingsForm(QWidget* parent) : QWidget(parent), m_form(new QFormLayout(this))
{
    m_form->setContentsMargins(0, 0, 0, 0);
}

void FormatSettingsForm::show(const std::vector<FormatSetting>& settings)
{
    while (m_form->rowCount() > 0)
        m_form->removeRow(0);
    m_fields.clear();
    for (const FormatSetting& setting : settings) {
        QWidget* field = fieldOf(setting);
        field->setAccessibleName(settingText(setting.title));
        m_form->addRow(tr("%1:").arg(settingText(setting.title)), field);
        m_fields.insert(QString::fromStdString(setting.key), field);
    }
    setVisible(!settings.empty());
}

QWidget* FormatSettingsForm::fieldOf(const FormatSetting& setting)
{
    if (setting.values.empty()) {
        auto* edit = new QLineEdit(QString::fromStdString(setting.fallback));
        connect(edit, &QLineEdit::textChanged, this, &FormatSettingsForm::changed);
        return edit;
    }
    auto* box = new QComboBox;
    for (const std::string& value : setting.values)
        box->addItem(settingText(value), QString::fromStdString(value));
    connect(box, &QComboBox::currentIndexChanged, this, &FormatSettingsForm::changed);
    return box;
}

FormatSettings FormatSettingsForm::values() const
{
    FormatSettings values;
    for (auto it = m_fields.begin(); it != m_fields.end(); ++it) {
        const auto* box = qobject_cast<const QComboBox*>(it.value());
        const auto* edit = qobject_cast<const QLineEdit*>(it.value());
        values[it.key().toStdString()] = (box ? box->currentData().toString() : edit->text()).toStdString();
    }
    return values;
}

QString settingText(const std::string& text)
{
    return QCoreApplication::translate("FormatSetting", text.c_str());
}

} // namespace telltale
