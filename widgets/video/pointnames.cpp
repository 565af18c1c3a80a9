// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/video/pointnames.h"
#include <QCoreApplication>
#include <array>

namespace telltale {

namespace {

constexpr int kBodyPoints = 26;
constexpr int kHandPoints = 21;
constexpr int kFingerPoints = 4;

constexpr std::array<const char*, kBodyPoints> kBody{QT_TRANSLATE_NOOP("PointNames", "Nose"),
    QT_TRANSLATE_NOOP("PointNames", "Left eye"), QT_TRANSLATE_NOOP("PointNames", "Right eye"),
    QT_TRANSLATE_NOOP("PointNames", "Left ear"), QT_TRANSLATE_NOOP("PointNames", "Right ear"),
    QT_TRANSLATE_NOOP("PointNames", "Left shoulder"), QT_TRANSLATE_NOOP("PointNames", "Right shoulder"),
    QT_TRANSLATE_NOOP("PointNames", "Left elbow"), QT_TRANSLATE_NOOP("PointNames", "Right elbow"),
    QT_TRANSLATE_NOOP("PointNames", "Left wrist"), QT_TRANSLATE_NOOP("PointNames", "Right wrist"),
    QT_TRANSLATE_NOOP("PointNames", "Left hip"), QT_TRANSLATE_NOOP("PointNames", "Right hip"),
    QT_TRANSLATE_NOOP("PointNames", "Left knee"), QT_TRANSLATE_NOOP("PointNames", "Right knee"),
    QT_TRANSLATE_NOOP("PointNames", "Left ankle"), QT_TRANSLATE_NOOP("PointNames", "Right ankle"),
    QT_TRANSLATE_NOOP("PointNames", "Top of the head"), QT_TRANSLATE_NOOP("PointNames", "Neck"),
    QT_TRANSLATE_NOOP("PointNames", "Middle of the hips"), QT_TRANSLATE_NOOP("PointNames", "Left big toe"),
    QT_TRANSLATE_NOOP("PointNames", "Right big toe"), QT_TRANSLATE_NOOP("PointNames", "Left small toe"),
    QT_TRANSLATE_NOOP("PointNames", "Right small toe"), QT_TRANSLATE_NOOP("PointNames", "Left heel"),
    QT_TRANSLATE_NOOP("PointNames", "Right heel")};

/// The root, then the fingers, whose points are counted from the palm to the tip.
constexpr std::array<const char*, 6> kLeftHand{QT_TRANSLATE_NOOP("PointNames", "Root of the left hand"),
    QT_TRANSLATE_NOOP("PointNames", "Left thumb %1"), QT_TRANSLATE_NOOP("PointNames", "Left index finger %1"),
    QT_TRANSLATE_NOOP("PointNames", "Left middle finger %1"),
    QT_TRANSLATE_NOOP("PointNames", "Left ring finger %1"),
    QT_TRANSLATE_NOOP("PointNames", "Left little finger %1")};
constexpr std::array<const char*, 6> kRightHand{QT_TRANSLATE_NOOP("PointNames", "Root of the right hand"),
    QT_TRANSLATE_NOOP("PointNames", "Right thumb %1"),
    QT_TRANSLATE_NOOP("PointNames", "Right index finger %1"),
    QT_TRANSLATE_NOOP("PointNames", "Right middle finger %1"),
    QT_TRANSLATE_NOOP("PointNames", "Right ring finger %1"),
    QT_TRANSLATE_NOOP("PointNames", "Right little finger %1")};

/// In the order of BodyPart.
constexpr std::array<const char*, 8> kParts{QT_TRANSLATE_NOOP("PointNames", "Head"),
    QT_TRANSLATE_NOOP("PointNames", "Torso"), QT_TRANSLATE_NOOP("PointNames", "Left arm"),
    QT_TRANSLATE_NOOP("PointNames", "Right arm"), QT_TRANSLATE_NOOP("PointNames", "Left hand"),
    QT_TRANSLATE_NOOP("PointNames", "Right hand"), QT_TRANSLATE_NOOP("PointNames", "Left leg"),
    QT_TRANSLATE_NOOP("PointNames", "Right leg")};

QString translated(const char* text) { return QCoreApplication::translate("PointNames", text); }

QString handPoint(const std::array<const char*, 6>& names, int point)
{
    if (point == 0)
        return translated(names.front());
    const int finger = (point - 1) / kFingerPoints;
    return translated(names[static_cast<size_t>(finger) + 1]).arg((point - 1) % kFingerPoints + 1);
}

} // namespace

QString pointName(int point)
{
    if (point < 0 || point >= kPointCount)
        return {};
    if (point < kBodyPoints)
        return translated(kBody[static_cast<size_t>(point)]);
    return point < kRightHandStart ? handPoint(kLeftHand, point - kLeftHandStart)
                                   : handPoint(kRightHand, point - kRightHandStart);
}

QString partName(BodyPart part) { return translated(kParts[static_cast<size_t>(part)]); }

QString personName(int person)
{
    return translated(QT_TRANSLATE_NOOP("PointNames", "Person %1")).arg(person + 1);
}

static_assert(kBodyPoints + 2 * kHandPoints == kPointCount);

} // namespace telltale
