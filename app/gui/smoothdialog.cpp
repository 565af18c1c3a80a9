// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/smoothdialog.h"
#include "app/gui/mainwindow.h"
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <cmath>

namespace telltale {
namespace {

constexpr float kMoved = 0.5F; ///< pixels: less is not to be seen
constexpr int kNoMethod = -1;

} // namespace

Result<SmoothedTrack> smoothed(const PoseTrack& track, const SmoothingChoice& choice, const FrameTimes& times)
{
    SmoothedTrack result;
    result.track = track;
    if (choice.fill) {
        auto filled = fillGaps(result.track, choice.gaps, times);
        if (!filled)
            return filled.error();
        result.track = std::move(filled->track);
    }
    if (choice.smooth) {
        auto smooth = smoothTrack(result.track, choice.smoothing, times);
        if (!smooth)
            return smooth.error();
        result.track = std::move(smooth->track);
    }
    const auto before = std::as_const(track.points).view();
    const auto after = std::as_const(result.track.points).view();
    double far = 0;
    for (size_t i = 0; i < before.size(); ++i) {
        if (!(before[i].score > 0)) {
            result.filled += after[i].score > 0 ? 1 : 0;
            continue;
        }
        ++result.points;
        const float shift = std::hypot(after[i].x - before[i].x, after[i].y - before[i].y);
        if (shift <= kMoved)
            continue;
        ++result.moved;
        far += static_cast<double>(shift);
    }
    result.meanShift = result.moved > 0 ? far / static_cast<double>(result.moved) : 0;
    return result;
}

SmoothDialog::SmoothDialog(std::shared_ptr<const PoseTrack> track, std::shared_ptr<const FrameTimes> times,
    QThreadPool& pool, QWidget* parent)
    : QDialog(parent)
    , m_track(std::move(track))
    , m_times(std::move(times))
    , m_form(new QFormLayout)
    , m_fill(new QCheckBox(tr("&Fill gaps on a straight line")))
    , m_method(new QComboBox)
    , m_preview(new QLabel)
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel))
    , m_job(pool)
{
    setWindowTitle(tr("Fill gaps and smooth"));
    auto* layout = new QVBoxLayout(this);
    auto* about = new QLabel(tr("Makes a new skeleton of the shown one, corrections and all. The old one "
                                "stays in the project, and undo brings it back."));
    about->setWordWrap(true);
    layout->addWidget(about);
    const GapFilling gaps;
    m_fill->setChecked(true);
    m_form->addRow(m_fill);
    m_longestGap = addNumber(tr("&Longest gap:"), gaps.longestGap, 0.04, 5, 0.04, tr(" s"));
    addMethods();
    layout->addLayout(m_form);
    m_preview->setWordWrap(true);
    m_preview->setMinimumHeight(fontMetrics().lineSpacing() * 3);
    m_preview->setAlignment(Qt::AlignTop);
    layout->addWidget(m_preview);
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("Make the new skeleton"));
    layout->addWidget(m_buttons);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_fill, &QCheckBox::toggled, this, &SmoothDialog::check);
    connect(m_method, &QComboBox::currentIndexChanged, this, &SmoothDialog::check);
    setMinimumWidth(fontMetrics().averageCharWidth() * 64);
    check();
}

void SmoothDialog::addMethods()
{
    const Smoothing smoothing;
    m_method->addItem(tr("Do not smooth"), kNoMethod);
    m_method->addItem(
        tr("One euro: steady at rest, quick in motion"), static_cast<int>(SmoothingMethod::OneEuro));
    m_method->addItem(tr("Median: takes out single leaps"), static_cast<int>(SmoothingMethod::Median));
    m_method->addItem(
        tr("Kalman forward and back (RTS): even motion"), static_cast<int>(SmoothingMethod::Rts));
    m_method->setCurrentIndex(1);
    m_form->addRow(tr("&Smooth:"), m_method);
    m_minCutoff = addNumber(tr("&Cutoff at rest:"), smoothing.minCutoff, 0.1, 20, 0.1, tr(" Hz"));
    m_beta = addNumber(tr("&More for motion:"), smoothing.beta, 0, 1, 0.005, tr(" Hz per pixel a second"));
    m_beta->setDecimals(3);
    m_window = addNumber(tr("&Window:"), smoothing.window, 3, 51, 2, tr(" frames"));
    m_window->setDecimals(0);
    m_noise
        = addNumber(tr("&Noise of a sure point:"), smoothing.measurementNoise, 0.1, 100, 0.5, tr(" pixels"));
    m_acceleration = addNumber(tr("&Acceleration:"), std::sqrt(smoothing.accelerationDensity), 1, 10000, 20,
        tr(" pixels a second, every second"));
    m_acceleration->setDecimals(0);
}

QDoubleSpinBox* SmoothDialog::addNumber(
    const QString& label, double value, double lowest, double highest, double step, const QString& unit)
{
    auto* box = new QDoubleSpinBox;
    box->setDecimals(2);
    box->setRange(lowest, highest);
    box->setSingleStep(step);
    box->setValue(value);
    box->setSuffix(unit);
    m_form->addRow(label, box);
    connect(box, &QDoubleSpinBox::valueChanged, this, &SmoothDialog::check);
    return box;
}

SmoothingChoice SmoothDialog::choice() const
{
    SmoothingChoice choice;
    choice.fill = m_fill->isChecked();
    choice.gaps.longestGap = m_longestGap->value();
    const int method = m_method->currentData().toInt();
    choice.smooth = method != kNoMethod;
    if (choice.smooth)
        choice.smoothing.method = static_cast<SmoothingMethod>(method);
    choice.smoothing.minCutoff = m_minCutoff->value();
    choice.smoothing.beta = m_beta->value();
    choice.smoothing.window = static_cast<int>(m_window->value()) | 1;
    choice.smoothing.measurementNoise = m_noise->value();
    choice.smoothing.accelerationDensity = m_acceleration->value() * m_acceleration->value();
    return choice;
}

QString SmoothDialog::methodText() const
{
    const SmoothingChoice made = choice();
    QStringList parts;
    if (made.fill)
        parts.append(QStringLiteral("gaps"));
    if (made.smooth) {
        const std::string_view name = nameOf(made.smoothing.method);
        parts.append(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
    }
    return parts.join(QLatin1Char('+'));
}

void SmoothDialog::check()
{
    const SmoothingChoice wanted = choice();
    const auto uses
        = [&](SmoothingMethod method) { return wanted.smooth && wanted.smoothing.method == method; };
    m_longestGap->setEnabled(wanted.fill);
    m_form->setRowVisible(m_minCutoff, uses(SmoothingMethod::OneEuro));
    m_form->setRowVisible(m_beta, uses(SmoothingMethod::OneEuro));
    m_form->setRowVisible(m_window, uses(SmoothingMethod::Median));
    m_form->setRowVisible(m_noise, uses(SmoothingMethod::Rts));
    m_form->setRowVisible(m_acceleration, uses(SmoothingMethod::Rts));
    m_result.reset();
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(false);
    if (!wanted.fill && !wanted.smooth) {
        m_job.cancel();
        m_preview->setText(tr("Choose something to do."));
        return;
    }
    m_preview->setText(tr("Trying it out..."));
    using Shared = std::shared_ptr<const SmoothedTrack>;
    m_job.start(
        [track = m_track, times = m_times, wanted](ProgressSink&) -> Result<Shared> {
            auto made = smoothed(*track, wanted, *times);
            if (!made)
                return made.error();
            return Shared(std::make_shared<const SmoothedTrack>(std::move(*made)));
        },
        [this](const Result<Shared>& made) { showResult(made); });
}

void SmoothDialog::showResult(const Result<std::shared_ptr<const SmoothedTrack>>& result)
{
    if (!result) {
        m_preview->setText(QString::fromStdString(result.error().message));
        return;
    }
    m_result = *result;
    const bool any = m_result->moved > 0 || m_result->filled > 0;
    const QLocale numbers = locale();
    m_preview->setText(any ? tr("%1 of %2 points move, by %3 pixels on average; %4 missing points are put.")
                                 .arg(numbers.toString(static_cast<qlonglong>(m_result->moved)),
                                     numbers.toString(static_cast<qlonglong>(m_result->points)),
                                     numbers.toString(m_result->meanShift, 'f', 1),
                                     numbers.toString(static_cast<qlonglong>(m_result->filled)))
                           : tr("Nothing would change."));
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(any);
}

QDialog* smoothPoses(Workbench& bench)
{
    Session& session = bench.session;
    auto* dialog = new SmoothDialog(session.track(), session.times(), session.workers(), &bench.window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QDialog::accepted, &bench.poses, [&bench, dialog] {
        bench.poses.replaceTrack(std::shared_ptr<const PoseTrack>(dialog->result(), &dialog->result()->track),
            dialog->methodText().toStdString());
    });
    dialog->open();
    return dialog;
}

} // namespace telltale
