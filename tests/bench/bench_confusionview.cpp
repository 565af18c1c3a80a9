// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Measures the confusion matrix on the screen: milliseconds to draw 52 x 52 cells with and without numbers,
// and to follow the mouse and the keyboard over them. With a folder its pictures are saved there.
#include "base/random.h"
#include "widgets/plot/confusionview.h"
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QMouseEvent>
#include <algorithm>
#include <cstdio>
#include <numeric>

namespace telltale {
namespace {

constexpr int kRounds = 60;

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

void print(const char* what, const std::vector<double>& times)
{
    std::printf("%-58s median %7.2f ms, longest %7.2f ms\n", what, median(times),
        *std::max_element(times.begin(), times.end()));
}

/// `full`: no cell is empty; else as confusions are, mostly zeros.
ConfusionContent contentOf(int classes, bool full, int panels)
{
    Random random(static_cast<uint64_t>(classes));
    ConfusionContent content;
    for (int c = 0; c < classes; ++c) {
        content.classes.append(QStringLiteral("Touching or scratching %1").arg(c));
        content.order.push_back(c);
        content.groups.push_back(c / 9);
    }
    for (int panel = 0; panel < panels; ++panel) {
        ConfusionMatrix matrix = emptyConfusion(classes, false);
        for (int i = 0; i < classes; ++i)
            for (int j = 0; j < classes; ++j)
                matrix.counts[static_cast<size_t>(i)][static_cast<size_t>(j)] = i == j ? 20 + random.below(79)
                    : full || random.chance(0.08)                                      ? 1 + random.below(12)
                                                                                       : 0;
        content.panels.push_back({QStringLiteral("answers %1").arg(panel + 1), std::move(matrix)});
    }
    return content;
}

double milliseconds(const QElapsedTimer& timer) { return static_cast<double>(timer.nsecsElapsed()) / 1e6; }

void measure(const char* name, const QSize& size, const ConfusionContent& content, const QString& folder)
{
    ConfusionView view;
    view.resize(size);
    view.setContent(content);
    view.show();
    view.setFocus();
    QApplication::processEvents();
    std::vector<double> drawn;
    std::vector<double> moved;
    std::vector<double> stepped;
    QWidget* plot = view.childAt(view.rect().center());
    for (int i = 0; i < kRounds; ++i) {
        QElapsedTimer timer;
        timer.start();
        view.setContent(content);
        QApplication::processEvents();
        drawn.push_back(milliseconds(timer));
        const QRect cell = view.cellRect(0, i % 50, (i * 7) % 50);
        const QPoint at = plot->mapFrom(&view, cell.center());
        QMouseEvent move(QEvent::MouseMove, at, plot->mapToGlobal(at), Qt::NoButton, {}, {});
        timer.restart();
        QApplication::sendEvent(plot, &move);
        QApplication::processEvents();
        moved.push_back(milliseconds(timer));
        QKeyEvent press(QEvent::KeyPress, i % 2 ? Qt::Key_Down : Qt::Key_Right, Qt::NoModifier);
        timer.restart();
        QApplication::sendEvent(&view, &press);
        QApplication::processEvents();
        stepped.push_back(milliseconds(timer));
    }
    std::printf("%s, %d x %d\n", name, size.width(), size.height());
    print("  new content to pixels", drawn);
    print("  the mouse on another cell", moved);
    print("  an arrow key", stepped);
    if (!folder.isEmpty())
        view.grab().save(QDir(folder).filePath(QString::fromUtf8(name) + QStringLiteral(".png")));
}

} // namespace
} // namespace telltale

int main(int argc, char** argv)
{
    using namespace telltale;
    const QApplication application(argc, argv);
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    measure("sparse in a dock", {480, 460}, contentOf(52, false, 1), folder);
    measure("sparse on a screen", {1400, 1000}, contentOf(52, false, 1), folder);
    measure("every cell filled", {1400, 1000}, contentOf(52, true, 1), folder);
    measure("two side by side", {1800, 1000}, contentOf(52, true, 2), folder);
    return 0;
}
