// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/actiontable.h"
#include "app/gui/application.h"
#include "app/gui/player.h"
#include "app/gui/settings.h"
#include "app/gui/theme.h"
#include "sampleproject.h"
#include "widgets/colors.h"
#include "widgets/models/spanlistfilter.h"
#include "widgets/models/spanlistmodel.h"
#include "widgets/models/texts.h"
#include "widgets/models/videolistmodel.h"
#include <QAbstractItemModelTester>
#include <QFile>
#include <QIcon>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QTranslator>
#include <QUndoStack>

namespace telltale {

class TestGuiParts : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void noTwoActionsShareAKeyOrAName()
    {
        QHash<QString, QString> keys;
        QSet<QString> ids;
        for (const ActionSpec& spec : actionTable()) {
            const QString id = QString::fromLatin1(spec.id);
            QVERIFY2(!ids.contains(id), spec.id);
            ids.insert(id);
            for (const QKeySequence& key : defaultKeys(spec)) {
                QVERIFY2(!key.isEmpty(), spec.id);
                QVERIFY2(!keys.contains(key.toString()),
                    qPrintable(id + QLatin1String(" and ") + keys.value(key.toString())));
                keys.insert(key.toString(), id);
            }
        }
        QVERIFY(keys.size() > 40);
    }

    void everyIconOfTheTableIsDrawn()
    {
        for (const ActionSpec& spec : actionTable()) {
            if (qstrlen(spec.icon) > 0)
                QVERIFY2(!themedIcon(QString::fromLatin1(spec.icon)).isNull(), spec.icon);
        }
        QVERIFY(!QIcon(QStringLiteral(":/telltale.svg")).pixmap(64).isNull());
    }

    void palettesAreReadable()
    {
        for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::HighContrast}) {
            const QPalette palette = themePalette(theme);
            const auto apart = [&palette](QPalette::ColorRole a, QPalette::ColorRole b) {
                return contrast(palette.color(a), palette.color(b));
            };
            const double least = theme == ThemeChoice::HighContrast ? 14 : 7;
            QVERIFY(apart(QPalette::Base, QPalette::Text) > least);
            QVERIFY(apart(QPalette::Window, QPalette::WindowText) > least);
            QVERIFY(apart(QPalette::Button, QPalette::ButtonText) > least);
            QVERIFY(apart(QPalette::ToolTipBase, QPalette::ToolTipText) > least);
            QVERIFY(apart(QPalette::Highlight, QPalette::HighlightedText) > 4);
            // A ring in the colour of the selection shows where the keyboard is.
            QVERIFY(apart(QPalette::Highlight, QPalette::Window) > 3);
            QVERIFY(apart(QPalette::Highlight, QPalette::Base) > 3);
            QCOMPARE(isDark(palette), theme != ThemeChoice::Light);
            QCOMPARE(isHighContrast(palette), theme == ThemeChoice::HighContrast);
        }
        QVERIFY(!isHighContrast(QPalette(Qt::white))); // black on white, as many widgets come
    }

    void thePlayheadFollowsTheTimeStampsAndNeverDrifts()
    {
        int64_t now = 0;
        Player player(nullptr, [&now] { return now; });
        // 20 frames of 40 ms, then one that lasts a second, then 20 more.
        std::vector<MediaTime> starts;
        for (int i = 0; i < 41; ++i)
            starts.emplace_back(i <= 20 ? i * 40000 : i * 40000 + 960000);
        player.setTimes(std::make_shared<const FrameTimes>(starts, MediaTime(41 * 40000 + 960000)));
        player.play(1);
        now = 399999;
        player.tick();
        QCOMPARE(player.frame(), 9);
        now = 400000;
        player.tick();
        QCOMPARE(player.frame(), 10);
        now = 1500000;
        player.tick();
        QCOMPARE(player.frame(), 20);
        now = 1800000;
        player.tick();
        QCOMPARE(player.frame(), 21);
        now = 9000000;
        player.tick();
        QCOMPARE(player.frame(), 40);
        QVERIFY(!player.playing());
    }

    void shuttlingDoublesTheSpeedAndTurnsRound()
    {
        int64_t now = 0;
        Player player(nullptr, [&now] { return now; });
        player.setTimes(std::make_shared<const FrameTimes>(FrameTimes::nominal(100, 25)));
        player.seek(50);
        player.shuttle(1);
        player.shuttle(1);
        QCOMPARE(player.speed(), 2.0);
        now = 400000;
        player.tick();
        QCOMPARE(player.frame(), 70);
        player.shuttle(-1);
        QCOMPARE(player.speed(), -1.0);
        now = 800000;
        player.tick();
        QCOMPARE(player.frame(), 60);
        player.stop();
        player.shuttle(1);
        QCOMPARE(player.speed(), 1.0);
    }

    void aLoopKeepsPlaybackInsideItsSpan()
    {
        int64_t now = 0;
        Player player(nullptr, [&now] { return now; });
        player.setTimes(std::make_shared<const FrameTimes>(FrameTimes::nominal(100, 25)));
        player.setLoop(FrameSpan{20, 30});
        player.play(1);
        QCOMPARE(player.frame(), 20);
        now = 360001;
        player.tick();
        QCOMPARE(player.frame(), 29);
        now = 400000;
        player.tick();
        QCOMPARE(player.frame(), 20);
        QVERIFY(player.playing());
    }

    void positionsAreFramesSecondsOrClockTimes()
    {
        const FrameTimes times = FrameTimes::nominal(5000, 25);
        QCOMPARE(parsePosition(QStringLiteral(" 123 "), times), 123);
        QCOMPARE(parsePosition(QStringLiteral("4.5s"), times), 112);
        QCOMPARE(parsePosition(QStringLiteral("1:02.4"), times), 1560);
        QCOMPARE(parsePosition(QStringLiteral("99999"), times), 4999);
        for (const char* text : {"", "abc", "-3", "1:2:3:4", "12 13"})
            QVERIFY2(!parsePosition(QString::fromLatin1(text), times), text);
    }

    void modelsFollowTheDocumentWithoutBreakingTheirPromises()
    {
        const QTemporaryDir folder;
        const auto path = toPath(folder.filePath(QStringLiteral("project")));
        QVERIFY(sample::makeProject(path));
        auto opened = Document::open(path);
        QVERIFY(opened);
        Document& document = **opened;
        SpanListModel spans;
        SpanListFilter queue;
        VideoListModel videos;
        const QAbstractItemModelTester spanTester(&spans);
        const QAbstractItemModelTester videoTester(&videos);
        queue.setSourceModel(&spans);
        const QAbstractItemModelTester queueTester(&queue);
        spans.setDocument(&document);
        videos.setDocument(&document);
        connect(&document, &Document::changed, &spans, [&](ChangeKinds kinds) {
            spans.refresh(kinds);
            videos.refresh(kinds);
        });
        QCOMPARE(queue.rowCount(), 4);
        QCOMPARE(videos.index(0, VideoListModel::OpenColumn).data().toInt(), 4);
        const int64_t first = queue.idAt(0);
        QCOMPARE(spans.candidates(first).front().classId, 2);
        QSignalSpy resets(&spans, &QAbstractItemModel::modelReset);
        QVERIFY(document.setState(first, SpanState::Accepted));
        QCOMPARE(queue.rowCount(), 3);
        QVERIFY(document.removeAnnotation(queue.idAt(1)));
        QCOMPARE(spans.rowCount(), 3);
        document.undoStack()->undo();
        QCOMPARE(spans.rowCount(), 4);
        QCOMPARE(resets.count(), 0);
        queue.setOrder(SpanListFilter::Order::LeastCertain);
        QCOMPARE(spans.candidates(queue.idAt(0)).front().classId, 9);
        queue.setShow(SpanListFilter::Show::Decided);
        QCOMPARE(queue.rowCount(), 1);
        queue.setShow(SpanListFilter::Show::All);
        queue.setClass(9);
        QCOMPARE(queue.rowCount(), 1);
        spans.setDocument(nullptr);
        videos.setDocument(nullptr);
        QCOMPARE(queue.rowCount(), 0);
    }

    void aRetrainingGivesOpenProposalsNewCandidates()
    {
        const QTemporaryDir folder;
        const auto path = toPath(folder.filePath(QStringLiteral("project")));
        QVERIFY(sample::makeProject(path));
        auto document = Document::open(path);
        QVERIFY(document);
        SpanListModel spans;
        spans.setDocument(document->get());
        const Annotation span = *spans.annotationAt(0);
        std::vector<float> fused((*document)->scheme().classes.size(), 0.0f);
        fused[13] = 1;
        spans.setRescored({{span.predictionId, fused}});
        QCOMPARE(spans.candidates(span.id).front().classId, 13);
        spans.setRescored({});
        QCOMPARE(spans.candidates(span.id).front().classId, 2);
    }

    void settingsComeBackAsTheyWereSaved()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("telltale-test"));
        QCoreApplication::setApplicationName(QStringLiteral("guiparts"));
        QSettings().clear();
        Settings saved;
        saved.theme = ThemeChoice::HighContrast;
        saved.scale = 150;
        saved.classLooks = {ClassPalette::BodyPart, true};
        saved.overlays.skeleton = false;
        saved.overlays.look = {0x12, false, false};
        saved.overlays.heatmap = true;
        saved.overlays.heatGroup = HeatGroup::Hands;
        saved.overlays.heatColors = HeatColors::Cividis;
        saved.overlays.heatmapOpacity = 0.35;
        saved.overlays.labels = false;
        saved.overlays.crop = true;
        saved.overlays.picture = false;
        saved.language = QStringLiteral("zh_CN");
        for (int i = 0; i < 12; ++i)
            saved.addRecent(QStringLiteral("/p%1").arg(i % 10));
        saved.save();
        const Settings loaded = Settings::load();
        QCOMPARE(loaded.theme, ThemeChoice::HighContrast);
        QCOMPARE(loaded.scale, 150);
        QCOMPARE(loaded.classLooks, saved.classLooks);
        QCOMPARE(loaded.overlays, saved.overlays);
        QCOMPARE(loaded.language, QStringLiteral("zh_CN"));
        QCOMPARE(loaded.recent.size(), 8);
        QCOMPARE(loaded.recent.front(), QStringLiteral("/p1"));
        QSettings().setValue(QStringLiteral("scale"), 4711); // by hand, or of a later version
        QSettings().setValue(QStringLiteral("theme"), 99);
        QSettings().setValue(QStringLiteral("overlays/heatColors"), -3);
        QCOMPARE(Settings::load().scale, 200);
        QCOMPARE(Settings::load().theme, ThemeChoice::HighContrast);
        QCOMPARE(Settings::load().overlays.heatColors, HeatColors::Inferno);
        QSettings().clear();
    }

    void theChineseTranslationIsInsideTheProgramAndComplete()
    {
        QTranslator translator;
        QVERIFY(translator.load(QLocale(QStringLiteral("zh_CN")), QStringLiteral("telltale"),
            QStringLiteral("_"), QStringLiteral(":/i18n")));
        for (const ActionSpec& spec : actionTable())
            QVERIFY2(!translator.translate("Actions", spec.text).isEmpty(), spec.text);
        QVERIFY(!translator.translate("telltale::RetrainPanel", "In use").isEmpty());
        for (const char* step : {"Add span", "Accept", "Settle conflict", "Split span"})
            QVERIFY2(!translator.translate("telltale::Document", step).isEmpty(), step);
    }
};

} // namespace telltale

QTEST_MAIN(telltale::TestGuiParts)
#include "test_guiparts.moc"
