// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Measures plots, in milliseconds of processor time a replot: a curve of a million points and bars of
// classes, ours beside QCustomPlot's own as they come.
//   bench_plots
#include "widgets/plot/classrowsview.h"
#include "widgets/plot/longcurve.h"
#include <QApplication>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>
#include <qcustomplot.h>

namespace telltale {
namespace {

constexpr int kWidth = 1600;
constexpr int kHeight = 320;
constexpr int kPoints = 1000000;

/// Median over some runs.
double milliseconds(const std::function<void()>& work)
{
    std::vector<double> times;
    work();
    for (int i = 0; i < 9; ++i) {
        timespec from{};
        timespec to{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
        work();
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
        times.push_back(static_cast<double>(to.tv_sec - from.tv_sec) * 1e3
            + static_cast<double>(to.tv_nsec - from.tv_nsec) / 1e6);
    }
    std::ranges::nth_element(times, times.begin() + 4);
    return times[4];
}

void print(const char* what, double ours, double theirs)
{
    std::printf("%-40s ours %9.2f ms   defaults %9.2f ms   %6.1fx\n", what, ours, theirs, theirs / ours);
}

double noisy(int i) { return std::sin(i * 1e-4) + 0.3 * std::sin(i * 0.7) + 0.1 * std::sin(i * 12.9898); }

double replot(QCustomPlot& plot)
{
    plot.resize(kWidth, kHeight);
    plot.show(); // before that it has no size
    QApplication::processEvents();
    return milliseconds([&plot] { plot.replot(QCustomPlot::rpImmediateRefresh); });
}

void measureCurves()
{
    std::vector<double> x(kPoints);
    std::vector<double> y(kPoints);
    for (int i = 0; i < kPoints; ++i) {
        x[static_cast<size_t>(i)] = i;
        y[static_cast<size_t>(i)] = noisy(i);
    }
    QCustomPlot own;
    auto* curve = new LongCurve(own.xAxis, own.yAxis);
    curve->setPoints(x, y);
    QCustomPlot other;
    other.addGraph()->setData(QVector<double>(x.begin(), x.end()), QVector<double>(y.begin(), y.end()), true);
    const auto range = [&](double first, double last) {
        for (QCustomPlot* plot : {&own, &other}) {
            plot->xAxis->setRange(first, last);
            plot->yAxis->setRange(-1.5, 1.5);
        }
    };
    range(0, kPoints);
    print("curve, 1,000,000 points, whole", replot(own), replot(other));
    range(400000, 500000);
    print("curve, a tenth of them in sight", replot(own), replot(other));
    range(500000, 501000);
    print("curve, a thousandth in sight", replot(own), replot(other));
}

void measureBars(int count)
{
    QCustomPlot other;
    auto* bars = new QCPBars(other.yAxis, other.xAxis);
    const QSharedPointer<QCPAxisTickerText> names(new QCPAxisTickerText);
    other.yAxis->setTicker(names);
    std::vector<ClassBarsView::Row> rows;
    for (int i = 0; i < count; ++i) {
        const double value = 1000.0 / (i + 1);
        bars->addData(i, value);
        names->addTick(i, QStringLiteral("class %1").arg(i));
        rows.push_back({{i, QStringLiteral("class %1").arg(i), {}}, QColor::fromHsv(i * 67 % 360, 170, 200),
            value, value / 2, QString::number(value, 'f', 0), false});
    }
    other.rescaleAxes();
    ClassBarsView own;
    own.resize(kWidth, kHeight);
    own.setRows(rows, {}, {});
    own.show();
    QApplication::processEvents();
    auto* plot = own.findChild<QCustomPlot*>();
    const double ours = milliseconds([plot] { plot->replot(QCustomPlot::rpImmediateRefresh); });
    const std::string name = std::string("bars, ").append(std::to_string(count));
    print(name.c_str(), ours, replot(other));
}

} // namespace
} // namespace telltale

int main(int argc, char** argv)
{
    const QApplication application(argc, argv);
    telltale::measureCurves();
    for (const int count : {52, 1600})
        telltale::measureBars(count);
    return 0;
}
