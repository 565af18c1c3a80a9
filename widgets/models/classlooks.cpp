// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/models/classlooks.h"
#include "widgets/colors.h"
#include "widgets/models/texts.h"
#include <QGuiApplication>
#include <QPainter>
#include <algorithm>
#include <array>

namespace telltale {
namespace {

ClassLooks g_looks;

/// Neighbours differ in outline, not only in being filled.
constexpr std::array<char16_t, 32> kSymbols{u'\u25cf', u'\u25b2', u'\u25a0', u'\u2605', u'\u25c6', u'\u271a',
    u'\u25bc', u'\u2716', u'\u25cb', u'\u25b3', u'\u25a1', u'\u2606', u'\u25c7', u'\u271b', u'\u25bd',
    u'\u2715', u'\u25d0', u'\u25ed', u'\u25e7', u'\u272a', u'\u25c8', u'\u2731', u'\u25ba', u'\u2756',
    u'\u25c9', u'\u25ee', u'\u25a4', u'\u2726', u'\u25a3', u'\u273f', u'\u25c4', u'\u25a5'};

struct PartHue {
    const char* bodyPart;
    QRgb color;
};
/// After Okabe and Ito; of the schemes' body parts.
constexpr std::array<PartHue, 5> kPartHues{{{"head", 0xff0072b2}, {"head-hand", 0xff56b4e9},
    {"body", 0xffe69f00}, {"body-hand", 0xffd55e00}, {"hand", 0xff009e73}}};
constexpr QRgb kOtherPart = 0xffcc79a7;
constexpr QRgb kNoClass = 0xff8a8f98;
/// Within a body part, in turns; below 0 towards black.
constexpr std::array<double, 5> kShades{0.0, -0.4, 0.5, -0.2, 0.28};

QColor byBodyPart(const LabelScheme& scheme, size_t id)
{
    const std::string& part = scheme.classes[id].bodyPart;
    const auto end = scheme.classes.begin() + static_cast<ptrdiff_t>(id);
    const auto before = static_cast<size_t>(std::count_if(
        scheme.classes.begin(), end, [&part](const LabelClass& each) { return each.bodyPart == part; }));
    const auto* hue = std::find_if(
        kPartHues.begin(), kPartHues.end(), [&part](const PartHue& each) { return part == each.bodyPart; });
    const QColor color(hue == kPartHues.end() ? kOtherPart : hue->color);
    const double shade = kShades[before % kShades.size()];
    return mixed(color, shade < 0 ? QColor(Qt::black) : QColor(Qt::white), std::abs(shade));
}

} // namespace

void setClassLooks(const ClassLooks& looks) { g_looks = looks; }

const ClassLooks& classLooks() { return g_looks; }

QColor classColor(const LabelScheme& scheme, int classId)
{
    if (classId < 0 || classId >= scheme.classCount())
        return QColor(kNoClass);
    if (g_looks.palette == ClassPalette::BodyPart)
        return byBodyPart(scheme, static_cast<size_t>(classId));
    const std::string& own = scheme.classes[static_cast<size_t>(classId)].color;
    const bool usual = own.empty() || g_looks.palette == ClassPalette::Safe;
    return QColor(QString::fromStdString(usual ? defaultClassColor(classId) : own));
}

QString classSymbol(int classId)
{
    if (classId < 0)
        return {};
    return QString(QChar(kSymbols[static_cast<size_t>(classId) % kSymbols.size()]));
}

QString classMarkedText(const LabelScheme& scheme, int classId)
{
    const QString text = classText(scheme, classId);
    const QString symbol = g_looks.symbols ? classSymbol(classId) : QString();
    return symbol.isEmpty() ? text : QString(symbol + QLatin1Char(' ') + text);
}

QPixmap classSwatch(const LabelScheme& scheme, int classId, int size)
{
    const double ratio = qApp->devicePixelRatio();
    QPixmap swatch((QSizeF(size, size) * ratio).toSize());
    swatch.setDevicePixelRatio(ratio);
    const QColor color = classColor(scheme, classId);
    swatch.fill(color);
    if (!g_looks.symbols)
        return swatch;
    QPainter painter(&swatch);
    QFont font = QGuiApplication::font();
    font.setPixelSize(size);
    painter.setFont(font);
    painter.setPen(readableOn(color));
    painter.drawText(QRectF(0, 0, size, size), Qt::AlignCenter, classSymbol(classId));
    return swatch;
}

QVariant classDecoration(const LabelScheme& scheme, int classId)
{
    if (!g_looks.symbols)
        return classColor(scheme, classId);
    return classSwatch(scheme, classId, QFontMetrics(QGuiApplication::font()).height());
}

} // namespace telltale
