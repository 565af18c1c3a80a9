// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/exchange/formatbox.h"
#include "app/gui/exchange/formatsettings.h"
#include <QComboBox>

namespace telltale {

void fillFormats(QComboBox& box, bool (ExchangeFormat::*wanted)() const)
{
    for (const FormatKind kind : {FormatKind::Spans, FormatKind::Poses, FormatKind::Dataset}) {
        bool first = true;
        for (const auto& format : exchangeFormats()) {
            if (format->kind() != kind || !((*format).*wanted)())
                continue;
            if (first && box.count() > 0)
                box.insertSeparator(box.count());
            first = false;
            box.addItem(settingText(format->title()), QString::fromStdString(format->name()));
        }
    }
}

const ExchangeFormat* formatOf(const QComboBox& box)
{
    const auto found = findFormat(box.currentData().toString().toStdString());
    return found ? *found : nullptr;
}

} // namespace telltale
