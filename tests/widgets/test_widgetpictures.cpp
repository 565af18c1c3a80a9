// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Every widget with lifelike content in light and dark. With TELLTALE_PICTURES=FOLDER the pictures are saved
// there for people to look at; without it the test checks that each widget paints something in either scheme.
#include "samplecontent.h"
#include "widgets/colors.h"
#include "widgets/plot/classpointsview.h"
#include "widgets/plot/classrowsview.h"
#include "widgets/plot/confusionview.h"
#include "widgets/plot/statisticsviews.h"
#include "widgets/video/videoview.h"
#include <QDir>
#include <QPixmap>
#include <QSet>
#include <QtTest>

using namespace telltale;

namespace {

QPalette darkPalette()
{
    QPalette palette;
    const QColor text(0xe4, 0xe6, 0xea);
    palette.setColor(QPalette::Window, QColor(0x2a, 0x2c, 0x31));
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Base, QColor(0x1e, 0x20, 0x24));
    palette.setColor(QPalette::AlternateBase, QColor(0x26, 0x28, 0x2d));
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::Button, QColor(0x35, 0x38, 0x3e));
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::ToolTipBase, QColor(0x3a, 0x3d, 0x44));
    palette.setColor(QPalette::ToolTipText, text);
    palette.setColor(QPalette::Highlight, QColor(0x4c, 0x9b, 0xf0));
    palette.setColor(QPalette::HighlightedText, Qt::black);
    return palette;
}

QPalette lightPalette()
{
    QPalette palette;
    palette.setColor(QPalette::Window, QColor(0xf3, 0xf3, 0xf5));
    palette.setColor(QPalette::Base, Qt::white);
    palette.setColor(QPalette::ToolTipBase, QColor(0xff, 0xfd, 0xf0));
    palette.setColor(QPalette::Highlight, QColor(0x1a, 0x6f, 0xd0));
    return palette;
}

QStringList classNames()
{
    return {QStringLiteral("Touching or scratching neck"), QStringLiteral("Rubbing hands"),
        QStringLiteral("Folding arms"), QStringLiteral("Pressing lips"),
        QStringLiteral("Touching or covering face"), QStringLiteral("Moving legs"),
        QStringLiteral("Crossing fingers"), QStringLiteral("Adjusting hair"), QStringLiteral("Touching ears"),
        QStringLiteral("Biting nails"), QStringLiteral("Shaking shoulders"), QStringLiteral("Head up"),
        QStringLiteral("Buckle button, pulling shirt collar"), QStringLiteral("Scratching back"),
        QStringLiteral("Illustrative body language"), QStringLiteral("Touching jaw")};
}

/// With the background as last row and column. `turn` makes another one of the same classes.
ConfusionMatrix confusion(int classes, size_t turn = 0)
{
    ConfusionMatrix matrix = emptyConfusion(classes, true);
    for (size_t r = 0; r < matrix.counts.size(); ++r)
        for (size_t c = 0; c < matrix.counts.size(); ++c) {
            const size_t scale = 60 / (r + 1) + 2;
            matrix.counts[r][c] = static_cast<int64_t>(r == c ? scale * 2
                    : (r * 7 + c * 3 + turn) % 5 == 0         ? scale / 3
                                                              : 0);
        }
    matrix.counts.back().back() = 0;
    return matrix;
}

ConfusionContent confusionContent(int classes, int panels)
{
    ConfusionContent content;
    for (int c = 0; c < classes; ++c) {
        content.classes.append(classNames().at(c % classNames().size()));
        content.order.push_back(c);
        content.groups.push_back(c / 5);
    }
    for (int panel = 0; panel < panels; ++panel)
        content.panels.push_back({panel == 0 ? QStringLiteral("recorded answers: F1 0.61, macro F1 0.48")
                                             : QStringLiteral("heads in use: F1 0.66, macro F1 0.52"),
            confusion(classes, static_cast<size_t>(panel))});
    return content;
}

} // namespace

class TestWidgetPictures : public QObject {
    Q_OBJECT
private:
    void keep(QWidget& widget, const QString& name, const QSize& size)
    {
        widget.resize(size);
        for (const bool dark : {false, true}) {
            widget.setPalette(dark ? darkPalette() : lightPalette());
            widget.setAutoFillBackground(true);
            widget.show();
            QVERIFY(QTest::qWaitForWindowExposed(&widget));
            QCoreApplication::processEvents();
            const QImage picture = widget.grab().toImage();
            QSet<QRgb> colors;
            for (int y = 0; y < picture.height(); y += 3)
                for (int x = 0; x < picture.width(); x += 3)
                    colors.insert(picture.pixel(x, y));
            QVERIFY2(colors.size() > 8, qPrintable(name));
            const QString folder = qEnvironmentVariable("TELLTALE_PICTURES");
            if (!folder.isEmpty()) {
                QDir().mkpath(folder);
                QVERIFY(picture.save(QDir(folder).filePath(
                    name + (dark ? QStringLiteral("-dark.png") : QStringLiteral("-light.png")))));
            }
        }
    }

private slots:
    void video()
    {
        VideoView view;
        view.setFrame(sample::scene(12));
        view.setTrack(sample::track(12));
        view.setLabels({{QStringLiteral("Touching or scratching neck"), QColor(0xe6, 0x9f, 0x00), false},
            {QStringLiteral("Rubbing hands"), QColor(0x56, 0xb4, 0xe9), true}});
        view.setBoxes({{0, QStringLiteral("face"), QStringLiteral("Face"), QColor(0xcc, 0x79, 0xa7),
            QRectF(180, 60, 270, 270), false}});
        OverlayOptions options;
        options.crop = true;
        view.setOverlays(options);
        keep(view, QStringLiteral("video"), {820, 560});
        options.heatmap = true;
        options.crop = false;
        view.setOverlays(options);
        keep(view, QStringLiteral("video-heat"), {820, 560});
        options.picture = false;
        view.setOverlays(options);
        keep(view, QStringLiteral("video-identity-free"), {560, 400});
        options.picture = true;
        options.heatmap = false;
        view.setOverlays(options);
        view.setZoom(3.2);
        keep(view, QStringLiteral("video-zoomed"), {620, 420});
    }
    void videoEmpty()
    {
        VideoView view;
        keep(view, QStringLiteral("video-empty"), {560, 360});
    }
    void timeline()
    {
        TimelineView view;
        view.setVideo(std::make_shared<FrameTimes>(FrameTimes::nominal(5000, 28)));
        view.setLanes(sample::lanes(5000));
        view.setCurrentFrame(1400);
        keep(view, QStringLiteral("timeline-all"), {1280, view.sizeHint().height() + 20});
        view.fitSpan({1000, 1500});
        view.setSelected(16);
        keep(view, QStringLiteral("timeline-zoomed"), {1280, view.sizeHint().height() + 20});
        view.fitSpan({1380, 1410});
        keep(view, QStringLiteral("timeline-frames"), {900, 200});
    }
    void timelineWhileDragging()
    {
        TimelineView view;
        view.setVideo(std::make_shared<FrameTimes>(FrameTimes::nominal(5000, 28)));
        view.setLanes(sample::lanes(5000));
        view.resize(1000, view.sizeHint().height());
        view.fitSpan({80, 380});
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const auto y = static_cast<int>(view.laneRect(0).center().y());
        const QPoint from(static_cast<int>(view.xOf(107)), y);
        QTest::mousePress(&view, Qt::LeftButton, {}, from);
        QTest::mouseMove(&view, from + QPoint(30, 0));
        QTest::mouseMove(&view, from + QPoint(62, 0));
        keep(view, QStringLiteral("timeline-drag"), view.size());
        QTest::mouseRelease(&view, Qt::LeftButton, {}, from + QPoint(62, 0));
    }
    void timelineEmpty()
    {
        TimelineView view;
        keep(view, QStringLiteral("timeline-empty"), {800, 160});
    }
    void statistics()
    {
        ConfusionView matrix;
        matrix.setContent(confusionContent(8, 1));
        keep(matrix, QStringLiteral("confusion"), {560, 560});
        ConfusionContent content = confusionContent(16, 2);
        content.scale = ConfusionScale::Row;
        matrix.setContent(content);
        keep(matrix, QStringLiteral("confusion-two"), {1000, 560});
        content.difference = true;
        matrix.setContent(content);
        keep(matrix, QStringLiteral("confusion-difference"), {560, 560});
        matrix.setContent(confusionContent(52, 1));
        keep(matrix, QStringLiteral("confusion-large"), {440, 420});
        ConfusionView none;
        keep(none, QStringLiteral("confusion-empty"), {420, 300});

        ClassBarsView counts;
        counts.setFigure(QStringLiteral("counts"), QStringLiteral("Spans per class"));
        std::vector<ClassBarsView::Row> rows;
        const QStringList names = classNames();
        for (int i = 0; i < names.size(); ++i)
            rows.push_back({{i, names[i], names[i] + QStringLiteral(": so many")},
                QColor::fromHsv((i * 67) % 360, 170, 200), 180.0 / (i + 1), 90.0 / (i * i + 1),
                QStringLiteral("%1 + %2").arg(180 / (i + 1)).arg(90 / (i * i + 1)), i % 5 == 3});
        counts.setRows(rows, QStringLiteral("480 spans decided, 130 proposed"),
            QStringLiteral("Solid: decided by a person, outlined: still proposed."));
        keep(counts, QStringLiteral("counts"), {420, 420});
        counts.setRows({rows[0], rows[1], rows[4]}, {}, {});
        keep(counts, QStringLiteral("counts-few"), {420, 300});
    }
    void longTail()
    {
        const QStringList names = classNames();
        ClassCellsView cells;
        cells.setFigure(QStringLiteral("splits"), QStringLiteral("Classes in the splits"));
        std::vector<ClassCellsView::Row> rows;
        for (int i = 0; i < names.size(); ++i)
            rows.push_back({{i, names[i], names[i]}, QColor::fromHsv((i * 67) % 360, 170, 200),
                {{1.0 / (i + 1), QString::number(120 / (i + 1)), false},
                    {i % 3 ? 0.0 : 0.4, i % 3 ? QStringLiteral("–") : QStringLiteral("9"), i % 3 != 0},
                    {0.2, QStringLiteral("4 + 2"), false}, {0, QStringLiteral("+ 11"), false}}});
        cells.setRows(rows,
            {QStringLiteral("train"), QStringLiteral("validation"), QStringLiteral("test"),
                QStringLiteral("unlabelled")},
            {}, QStringLiteral("Decided spans, + proposed ones."));
        keep(cells, QStringLiteral("splits"), {480, 360});

        ClassPointsView points;
        points.setFigure(QStringLiteral("zipf"), QStringLiteral("Spans by rank of the class"));
        ClassPointsView::Figure figure;
        figure.x = {QStringLiteral("rank of the class"), true, 0, 0, true};
        figure.y = {QStringLiteral("decided spans"), true, 0, 0, false};
        for (int i = 0; i < names.size(); ++i) {
            ClassPointsView::Point point;
            point.classId = i;
            point.name = names[i];
            point.note = names[i] + QStringLiteral(": so many");
            point.color = QColor(0x00, 0x72, 0xb2);
            point.x = i + 1;
            point.y = 900 * std::pow(i + 1, -1.4) * (1 + 0.2 * std::sin(i * 3.0));
            point.hollow = i % 6 == 5;
            figure.points.push_back(point);
            figure.curve.emplace_back(i + 1, 900 * std::pow(i + 1, -1.4));
        }
        figure.parts = {{0.5, 5.5, QStringLiteral("head"), QColor(0x00, 0x72, 0xb2)},
            {5.5, 10.5, QStringLiteral("medium"), QColor(0x00, 0x9e, 0x73)},
            {10.5, 16.5, QStringLiteral("tail"), QColor(0xe6, 0x8a, 0x00)}};
        figure.caption = QStringLiteral("Line: spans ~ 1 / rank^s, s = 1.40 (greatest likelihood).");
        points.setContent(figure);
        keep(points, QStringLiteral("zipf"), {520, 380});
        figure.parts.clear();
        figure.y = {QStringLiteral("F1"), false, 0, 1.04, false};
        figure.mark = 0.7;
        figure.markName = QStringLiteral("target");
        figure.curve.clear();
        for (size_t i = 0; i < figure.points.size(); ++i) {
            ClassPointsView::Point& point = figure.points[i];
            point.x = std::round(point.y);
            point.y = 0.9 - 0.8 / std::sqrt(point.x) + 0.04 * std::sin(static_cast<double>(i) * 5);
            point.low = point.y - 0.9 / std::sqrt(point.x + 9);
            point.high = std::min(1.0, point.y + 0.7 / std::sqrt(point.x + 9));
        }
        for (int i = 0; i <= 100; ++i) {
            const double n = 15 * std::pow(70.0, i / 100.0);
            figure.curve.emplace_back(n, 0.9 - 0.8 / std::sqrt(n));
        }
        points.setContent(figure);
        keep(points, QStringLiteral("f1-by-size"), {520, 380});
    }
    void training()
    {
        TrainingPlot plot;
        for (int epoch = 1; epoch <= 12; ++epoch) {
            const double t = epoch / 12.0;
            plot.addPoint(
                QStringLiteral("joint"), epoch, 2.4 * std::exp(-2 * t) + 0.2, 0.55 * (1 - std::exp(-4 * t)));
            plot.addPoint(QStringLiteral("heatmap"), epoch, 2.6 * std::exp(-1.6 * t) + 0.25,
                0.6 * (1 - std::exp(-3 * t)));
            plot.addPoint(QStringLiteral("rgb"), epoch, 2.5 * std::exp(-1.2 * t) + 0.3,
                0.48 * (1 - std::exp(-3.5 * t)));
        }
        keep(plot, QStringLiteral("training"), {460, 400});
        plot.reset();
        keep(plot, QStringLiteral("training-empty"), {420, 300});
    }
};

QTEST_MAIN(TestWidgetPictures)
#include "test_widgetpictures.moc"
