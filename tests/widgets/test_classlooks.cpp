// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// How classes are told apart: colours, and signs as a second cue.
#include "widgets/models/classlooks.h"
#include "widgets/models/texts.h"
#include <QSet>
#include <QtTest>

using namespace telltale;

namespace {

LabelScheme scheme()
{
    LabelScheme made;
    made.classes.push_back({"Touching neck", "neck", "head", {}, "#123456"});
    made.classes.push_back({"Touching nose", "nose", "head", {}, "#654321"});
    made.classes.push_back({"Moving legs", "legs", "body", {}, {}});
    return made;
}

} // namespace

class TestClassLooks : public QObject {
    Q_OBJECT
private slots:
    void cleanup() { setClassLooks({}); }

    void coloursAreThoseOfTheSchemeUnlessOthersAreWanted()
    {
        const LabelScheme one = scheme();
        QCOMPARE(classColor(one, 0), QColor(0x12, 0x34, 0x56));
        QCOMPARE(classColor(one, 2).name(), QString::fromStdString(defaultClassColor(2)));
        setClassLooks({ClassPalette::Safe, false});
        QCOMPARE(classColor(one, 0).name(), QString::fromStdString(defaultClassColor(0)));
        setClassLooks({});
        QCOMPARE(classColor(one, 0), QColor(0x12, 0x34, 0x56));
        QCOMPARE(classColor(one, 9), classColor(one, -1));
    }

    void classesOfABodyPartShareTheirHueAndDifferInLightness()
    {
        setClassLooks({ClassPalette::BodyPart, false});
        const LabelScheme one = scheme();
        const QColor neck = classColor(one, 0);
        const QColor nose = classColor(one, 1);
        QVERIFY(std::abs(neck.hslHue() - nose.hslHue()) < 12);
        QVERIFY(std::abs(neck.lightness() - nose.lightness()) > 20);
        QVERIFY(std::abs(neck.hslHue() - classColor(one, 2).hslHue()) > 60);
    }

    void thirtyTwoSignsAreAllDifferentAsTextAndAsPictures()
    {
        LabelScheme grey;
        for (int i = 0; i < 32; ++i)
            grey.classes.push_back({"class", {}, {}, {}, "#808080"});
        setClassLooks({ClassPalette::Scheme, true});
        QSet<QString> signs;
        QList<QImage> pictures;
        for (int i = 0; i < 32; ++i) {
            signs.insert(classSymbol(i));
            const QImage picture = classSwatch(grey, i, 24).toImage();
            QVERIFY2(!pictures.contains(picture), qPrintable(QString::number(i)));
            pictures.append(picture);
        }
        QCOMPARE(signs.size(), 32);
    }

    void signsAreShownWhereTheyAreWanted()
    {
        const LabelScheme one = scheme();
        QCOMPARE(classMarkedText(one, 1), QStringLiteral("nose"));
        QCOMPARE(classDecoration(one, 1).userType(), int(QMetaType::QColor));
        const QImage plain = classSwatch(one, 1, 20).toImage();
        setClassLooks({ClassPalette::Scheme, true});
        QVERIFY(classMarkedText(one, 1).endsWith(QStringLiteral(" nose")));
        QVERIFY(classMarkedText(one, 1).startsWith(classSymbol(1)));
        QCOMPARE(classMarkedText(one, -1), classText(one, -1));
        QCOMPARE(classDecoration(one, 1).userType(), int(QMetaType::QPixmap));
        QVERIFY(classSwatch(one, 1, 20).toImage() != plain);
    }
};

QTEST_MAIN(TestClassLooks)
#include "test_classlooks.moc"
