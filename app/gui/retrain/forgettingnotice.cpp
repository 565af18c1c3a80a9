// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/retrain/forgettingnotice.h"
#include "widgets/colors.h"
#include "widgets/models/texts.h"
#include <QAccessible>
#include <QLocale>
#include <QPainter>

namespace telltale {
namespace {

constexpr size_t kListed = 5; ///< classes; more would push the buttons away
const QColor kAmber(0xe6, 0x8a, 0x00);
constexpr int kBar = 4; ///< pixels

} // namespace

ForgettingNotice::ForgettingNotice(QWidget* parent) : QLabel(parent)
{
    setObjectName(QStringLiteral("forgettingNotice"));
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setContentsMargins(kBar + 6, 4, 6, 4);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    hide();
}

void ForgettingNotice::withdraw()
{
    hide();
    setText({});
}

void ForgettingNotice::setRule(const ForgettingRule& rule)
{
    setToolTip(tr("A class is forgotten when its F1 falls by more than %1 on at least %2 held-out examples "
                  "of it.")
                   .arg(QLocale().toString(rule.margin, 'f', 2))
                   .arg(rule.fewestExamples));
}

void ForgettingNotice::announce(
    const LabelScheme& scheme, const std::vector<ForgottenClass>& forgotten, const QString& modality)
{
    if (forgotten.empty()) {
        withdraw();
        return;
    }
    const QLocale locale;
    QStringList lines{QStringLiteral("\u26a0 ")
        + (modality.isEmpty() ? tr("The new heads forget what those in use know:")
                              : tr("So far the new head for %1 forgets:").arg(modality))};
    for (size_t i = 0; i < std::min(forgotten.size(), kListed); ++i) {
        const ForgottenClass& one = forgotten[i];
        lines.append(tr("%1: F1 from %2 to %3, on %4 examples")
                         .arg(classText(scheme, one.classId), locale.toString(one.from, 'f', 2),
                             locale.toString(one.to, 'f', 2))
                         .arg(one.examples));
    }
    if (forgotten.size() > kListed)
        lines.append(tr("and further classes: %1").arg(forgotten.size() - kListed));
    const bool fresh = text().isEmpty();
    setText(lines.join(QLatin1Char('\n')));
    setAccessibleName(text());
    show();
    if (fresh) {
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

void ForgettingNotice::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.fillRect(rect(), mixed(palette().color(QPalette::Base), kAmber, 0.16));
    painter.fillRect(QRect(0, 0, kBar, height()), kAmber);
    painter.end();
    QLabel::paintEvent(event);
}

} // namespace telltale
