// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/timebase.h"
#include "jobs/latestjob.h"
#include "pose/tracks/trackfilter.h"
#include <QDialog>
#include <memory>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;

namespace telltale {

struct Workbench;

/// What to do with a track.
struct SmoothingChoice {
    bool fill = true;
    GapFilling gaps;
    bool smooth = true;
    Smoothing smoothing;
};

/// A track after that, and how far it is from what it was.
struct SmoothedTrack {
    PoseTrack track;
    int64_t points = 0; ///< that were there
    int64_t moved = 0; ///< of these, by more than half a pixel
    int64_t filled = 0; ///< that were missing
    double meanShift = 0; ///< of the moved ones, pixels
};
Result<SmoothedTrack> smoothed(
    const PoseTrack& track, const SmoothingChoice& choice, const FrameTimes& times);

/// Fills gaps of the skeleton and smooths it: shows what that would change, computed in the background. The
/// result is a new track in the project, which becomes the active one; the old one stays.
class SmoothDialog : public QDialog {
    Q_OBJECT
public:
    SmoothDialog(std::shared_ptr<const PoseTrack> track, std::shared_ptr<const FrameTimes> times,
        QThreadPool& pool, QWidget* parent = nullptr);
    SmoothingChoice choice() const;
    /// Null until the preview is there.
    std::shared_ptr<const SmoothedTrack> result() const { return m_result; }
    QString methodText() const; ///< "one-euro", ... for the name of what made the track

private:
    QDoubleSpinBox* addNumber(
        const QString& label, double value, double lowest, double highest, double step, const QString& unit);
    void addMethods();
    void check();
    void showResult(const Result<std::shared_ptr<const SmoothedTrack>>& result);

    std::shared_ptr<const PoseTrack> m_track;
    std::shared_ptr<const FrameTimes> m_times;
    QFormLayout* m_form;
    QCheckBox* m_fill;
    QDoubleSpinBox* m_longestGap;
    QComboBox* m_method;
    QDoubleSpinBox* m_minCutoff;
    QDoubleSpinBox* m_beta;
    QDoubleSpinBox* m_window;
    QDoubleSpinBox* m_noise;
    QDoubleSpinBox* m_acceleration;
    QLabel* m_preview;
    QDialogButtonBox* m_buttons;
    std::shared_ptr<const SmoothedTrack> m_result;
    LatestJob<std::shared_ptr<const SmoothedTrack>> m_job;
};

/// Opens the dialog for the shown video and enters what it makes.
QDialog* smoothPoses(Workbench& bench);

} // namespace telltale
