// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/labelscheme.h"
#include "pipeline/retrain.h"
#include <QAbstractListModel>
#include <QColor>
#include <limits>
#include <vector>

namespace telltale {

/// F1 of one class over the epochs of a retraining, beside that of the heads in use.
struct ClassTrend {
    /// One modality's head after the other learns.
    struct Part {
        QString modality;
        double now = 0; ///< of the head in use
        std::vector<double> values; ///< by epoch
    };
    static constexpr double kNotMeasured = std::numeric_limits<double>::quiet_NaN();

    int classId = -1;
    QString name;
    QColor color;
    int64_t examples = 0; ///< that the figures rest on
    std::vector<Part> parts;
    double now = kNotMeasured; ///< of the part in training, then of the vote of all
    double next = kNotMeasured;
    bool forgotten = false;

    double change() const { return next - now; }
};

/// The classes of a retraining as rows, those that something is known of. Text and tool tip say in words what
/// the row shows. GUI thread.
class ClassTrendModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum class Order {
        LargestLoss, ///< against the heads in use
        MostExamples,
    };
    explicit ClassTrendModel(QObject* parent = nullptr);

    /// Forgets all figures.
    void reset(const LabelScheme& scheme);
    void addEpoch(const RetrainProgress& progress);
    /// Of the finished heads, by class; not a number: not measured. `examples` may be empty: not known.
    void setFigures(const std::vector<double>& now, const std::vector<double>& next,
        const std::vector<int64_t>& examples);
    void setForgotten(const std::vector<ForgottenClass>& forgotten);
    void setOrder(Order order);
    const ClassTrend& trend(int row) const { return m_all[m_shown[static_cast<size_t>(row)]]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    bool before(const ClassTrend& a, const ClassTrend& b) const;
    void arrange();
    QString sentence(const ClassTrend& trend) const;

    std::vector<ClassTrend> m_all; ///< by class
    std::vector<size_t> m_shown; ///< of m_all, as they are sorted
    Order m_order = Order::LargestLoss;
};

} // namespace telltale
