// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/models/texts.h"
#include <QCoreApplication>
#include <QRegularExpression>
#include <array>
#include <cmath>

namespace telltale {
namespace {

constexpr std::array kStates = {
    QT_TRANSLATE_NOOP("Texts", "open"),
    QT_TRANSLATE_NOOP("Texts", "accepted"),
    QT_TRANSLATE_NOOP("Texts", "corrected"),
    QT_TRANSLATE_NOOP("Texts", "rejected"),
    QT_TRANSLATE_NOOP("Texts", "skipped"),
    QT_TRANSLATE_NOOP("Texts", "flagged"),
};
constexpr std::array kOrigins = {
    QT_TRANSLATE_NOOP("Texts", "person"),
    QT_TRANSLATE_NOOP("Texts", "model"),
    QT_TRANSLATE_NOOP("Texts", "import"),
};
constexpr std::array kRoles = {
    QT_TRANSLATE_NOOP("Texts", "training"),
    QT_TRANSLATE_NOOP("Texts", "validation"),
    QT_TRANSLATE_NOOP("Texts", "test"),
    QT_TRANSLATE_NOOP("Texts", "unlabelled"),
};

struct ModalityName {
    const char* id;
    const char* text;
};
constexpr std::array kModalityNames = {
    ModalityName{"joint", QT_TRANSLATE_NOOP("Texts", "Skeleton")},
    ModalityName{"heatmap", QT_TRANSLATE_NOOP("Texts", "Heatmap")},
    ModalityName{"rgb", QT_TRANSLATE_NOOP("Texts", "Picture")},
    ModalityName{"detector", QT_TRANSLATE_NOOP("Texts", "Detector")},
    ModalityName{"motion", QT_TRANSLATE_NOOP("Texts", "Motion")},
    ModalityName{"fused", QT_TRANSLATE_NOOP("Texts", "Fused")},
};

QString translated(const char* text) { return QCoreApplication::translate("Texts", text); }

} // namespace

QString stateText(SpanState state) { return translated(kStates.at(static_cast<size_t>(state))); }
QString originText(SpanOrigin origin) { return translated(kOrigins.at(static_cast<size_t>(origin))); }
QString roleText(SubjectRole role) { return translated(kRoles.at(static_cast<size_t>(role))); }

QString modalityText(const std::string& modality)
{
    for (const ModalityName& name : kModalityNames) {
        if (modality == name.id)
            return translated(name.text);
    }
    return QString::fromStdString(modality);
}

QString classText(const LabelScheme& scheme, int classId)
{
    if (classId < 0 || classId >= scheme.classCount())
        return QCoreApplication::translate("Texts", "unnamed gesture");
    const LabelClass& entry = scheme.classes[static_cast<size_t>(classId)];
    return QString::fromStdString(entry.shortName.empty() ? entry.name : entry.shortName);
}

QString classLongText(const LabelScheme& scheme, int classId)
{
    if (classId < 0 || classId >= scheme.classCount())
        return QCoreApplication::translate("Texts", "unnamed gesture");
    return QString::fromStdString(scheme.classes[static_cast<size_t>(classId)].name);
}

QString clockText(MediaTime time)
{
    const qint64 milliseconds = std::max<qint64>(0, time.count() / 1000);
    const qint64 hours = milliseconds / 3600000;
    const auto padded = [](qint64 value, int width) {
        return QString::number(value).rightJustified(width, QLatin1Char('0'));
    };
    QString text = padded(milliseconds / 60000 % 60, 2) + QLatin1Char(':')
        + padded(milliseconds / 1000 % 60, 2) + QLatin1Char('.') + padded(milliseconds % 1000, 3);
    return hours > 0 ? QString(QString::number(hours) + QLatin1Char(':') + text) : text;
}

QString percentText(double share)
{
    return QCoreApplication::translate("Texts", "%1 %").arg(static_cast<int>(std::lround(share * 100)));
}

std::optional<int64_t> parsePosition(const QString& text, const FrameTimes& times)
{
    static const QRegularExpression frames(QStringLiteral("^\\s*(\\d{1,12})\\s*$"));
    static const QRegularExpression seconds(QStringLiteral("^\\s*(\\d{1,9}(?:\\.\\d*)?)\\s*s\\s*$"));
    static const QRegularExpression clock(
        QStringLiteral("^\\s*(?:(\\d{1,4}):)?(\\d{1,4}):(\\d{1,2}(?:\\.\\d*)?)\\s*$"));
    const auto atSeconds = [&times](double value) {
        return times.frameAt(MediaTime(static_cast<int64_t>(std::llround(value * 1e6))));
    };
    if (times.frameCount() == 0)
        return std::nullopt;
    if (const auto match = frames.match(text); match.hasMatch())
        return std::min<int64_t>(match.captured(1).toLongLong(), times.frameCount() - 1);
    if (const auto match = seconds.match(text); match.hasMatch())
        return atSeconds(match.captured(1).toDouble());
    if (const auto match = clock.match(text); match.hasMatch())
        return atSeconds(match.captured(1).toInt() * 3600.0 + match.captured(2).toInt() * 60.0
            + match.captured(3).toDouble());
    return std::nullopt;
}

QString toQString(const std::filesystem::path& path) { return QString::fromStdString(path.string()); }
std::filesystem::path toPath(const QString& text) { return text.toStdString(); }

} // namespace telltale
