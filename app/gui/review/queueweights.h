// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/review/queuesettings.h"
#include <QDialog>
#include <QList>
#include <QTimer>

class QDoubleSpinBox;
class QGridLayout;
class QSpinBox;

namespace telltale {

/// The weights of the expected gain and the share of the audit stream, to be changed while the queue is
/// seen: what is set takes effect at once.
class QueueWeights : public QDialog {
    Q_OBJECT
public:
    explicit QueueWeights(const QueueSettings& settings, QWidget* parent = nullptr);
    void setWeights(const GainWeights& weights);
    GainWeights weights() const;
    void setAuditShare(double share);
    double auditShare() const;

signals:
    void changed(); ///< a moment after the last of several changes

private:
    void addRow(QGridLayout& grid, int row, const WeightRow& weight);

    QList<QDoubleSpinBox*> m_weights; ///< as weightRows()
    QSpinBox* m_share;
    QTimer m_delay;
};

} // namespace telltale
