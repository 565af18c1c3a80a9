// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/review/queueweights.h"
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QVBoxLayout>
#include <cmath>

namespace telltale {
namespace {

constexpr int kNotches = 10; ///< of a slider for a weight of 1
constexpr int kDelayMs = 60; ///< so that dragging a slider re-ranks a long queue now and then, not always

} // namespace

QueueWeights::QueueWeights(const QueueSettings& settings, QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("Order by expected gain"));
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    auto* head
        = new QLabel(tr("<b>Expected gain</b> = uncertainty \u00d7 rarity \u00d7 disagreement \u00d7 novelty "
                        "\u00f7 seconds. A weight of 0 leaves a factor out, 1 is usual, 2 counts it twice."));
    head->setWordWrap(true);
    layout->addWidget(head);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const WeightRow& weight : weightRows())
        addRow(*grid, row++, weight);
    m_share = new QSpinBox;
    m_share->setRange(static_cast<int>(std::lround(kLeastAuditShare * 100)),
        static_cast<int>(std::lround(kGreatestAuditShare * 100)));
    m_share->setSuffix(tr(" %"));
    m_share->setAccessibleName(tr("Audited part of the proposals"));
    m_share->setToolTip(
        tr("So many of a hundred proposals are drawn at random and come in their turn, however "
           "sure the models are: from them alone the precision is estimated"));
    auto* label = new QLabel(tr("&Audit share"));
    label->setBuddy(m_share);
    label->setToolTip(m_share->toolTip());
    grid->addWidget(label, row, 0);
    grid->addWidget(m_share, row, 2);
    layout->addLayout(grid);
    layout->addStretch(1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QPushButton* reset = buttons->addButton(tr("Use the defaults"), QDialogButtonBox::ResetRole);
    reset->setAutoDefault(false);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(reset, &QPushButton::clicked, this, [this] {
        setWeights({});
        setAuditShare(kAuditShare);
    });
    connect(m_share, &QSpinBox::valueChanged, &m_delay, qOverload<>(&QTimer::start));
    setWeights(settings.weights);
    setAuditShare(settings.auditShare);
    m_delay.stop();
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelayMs);
    connect(&m_delay, &QTimer::timeout, this, &QueueWeights::changed);
    resize(fontMetrics().averageCharWidth() * 70, sizeHint().height());
}

void QueueWeights::addRow(QGridLayout& grid, int row, const WeightRow& weight)
{
    auto* spin = new QDoubleSpinBox;
    spin->setRange(0, kGreatestWeight);
    spin->setDecimals(1);
    spin->setSingleStep(1.0 / kNotches);
    auto* slider = new QSlider(Qt::Horizontal);
    slider->setRange(0, static_cast<int>(kGreatestWeight * kNotches));
    slider->setPageStep(kNotches / 2);
    slider->setTickInterval(kNotches);
    slider->setTickPosition(QSlider::NoTicks);
    auto* label = new QLabel(tr(weight.name));
    label->setBuddy(slider);
    const QString name = QString(tr(weight.name)).remove(QLatin1Char('&'));
    for (QWidget* one : {static_cast<QWidget*>(spin), static_cast<QWidget*>(slider)}) {
        one->setAccessibleName(tr("Weight: %1").arg(name));
        one->setToolTip(tr(weight.explanation));
    }
    label->setToolTip(tr(weight.explanation));
    grid.addWidget(label, row, 0);
    grid.addWidget(slider, row, 1);
    grid.addWidget(spin, row, 2);
    connect(slider, &QSlider::valueChanged, spin,
        [spin](int notches) { spin->setValue(static_cast<double>(notches) / kNotches); });
    connect(spin, &QDoubleSpinBox::valueChanged, slider,
        [slider](double value) { slider->setValue(static_cast<int>(std::lround(value * kNotches))); });
    connect(spin, &QDoubleSpinBox::valueChanged, &m_delay, qOverload<>(&QTimer::start));
    m_weights.append(spin);
}

void QueueWeights::setWeights(const GainWeights& weights)
{
    for (qsizetype i = 0; i < m_weights.size(); ++i)
        m_weights[i]->setValue(weights.*weightRows().at(static_cast<size_t>(i)).value);
}

GainWeights QueueWeights::weights() const
{
    GainWeights weights;
    for (qsizetype i = 0; i < m_weights.size(); ++i)
        weights.*weightRows().at(static_cast<size_t>(i)).value = m_weights[i]->value();
    return weights;
}

void QueueWeights::setAuditShare(double share)
{
    m_share->setValue(static_cast<int>(std::lround(share * 100)));
}

double QueueWeights::auditShare() const { return m_share->value() / 100.0; }

} // namespace telltale
