// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QString>
#include <QWidget>

namespace telltale {

/// Live curves of a retraining: loss and held-out macro-F1 by epoch, one line per modality.
class TrainingPlot : public QWidget {
    Q_OBJECT
public:
    explicit TrainingPlot(QWidget* parent = nullptr);
    void reset();
    /// What is not a number leaves a gap.
    void addPoint(const QString& modality, int epoch, double loss, double macroF1);

protected:
    void changeEvent(QEvent* event) override;

private:
    class Private;
    Private* d; // child object
};

} // namespace telltale
