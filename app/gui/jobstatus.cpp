// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/jobstatus.h"
#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

namespace telltale {

JobStatus::JobStatus(Workbench& bench, QAction* cancel, QWidget* parent)
    : QWidget(parent)
    , m_what(new QLabel)
    , m_progress(new QProgressBar)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* stop = new QToolButton;
    stop->setDefaultAction(cancel);
    stop->setAutoRaise(true);
    m_progress->setMaximum(1000);
    m_progress->setFixedWidth(fontMetrics().averageCharWidth() * 22);
    m_progress->setAccessibleName(tr("Progress of the background job"));
    layout->addWidget(m_what);
    layout->addWidget(m_progress);
    layout->addWidget(stop);
    const auto begin = [this](const QString& what) {
        return [this, what] {
            m_what->setText(what);
            m_progress->setValue(0);
            show();
        };
    };
    const auto follow = [this](const QString& what) {
        return [this, what](int permille, const QString& stage) {
            m_what->setText(stage.isEmpty() ? what : tr("%1: %2").arg(what, stage));
            m_progress->setValue(permille);
        };
    };
    const QString retraining = tr("Retraining");
    const QString analysis = tr("Analysis");
    connect(&bench.retraining, &Retraining::started, this, begin(retraining));
    connect(&bench.retraining, &Retraining::progressed, this, follow(retraining));
    connect(&bench.retraining, &Retraining::finished, this, &QWidget::hide);
    connect(&bench.retraining, &Retraining::cancelled, this, &QWidget::hide);
    connect(&bench.retraining, &Retraining::failed, this, &QWidget::hide);
    connect(&bench.analysis, &Analysis::started, this, begin(analysis));
    connect(&bench.analysis, &Analysis::progressed, this, follow(analysis));
    connect(&bench.analysis, &Analysis::finished, this, &QWidget::hide);
    connect(&bench.analysis, &Analysis::cancelled, this, &QWidget::hide);
    connect(&bench.analysis, &Analysis::failed, this, &QWidget::hide);
    const QString adaptation = tr("Adaptation");
    connect(&bench.adaptation, &Adaptation::started, this, begin(adaptation));
    connect(&bench.adaptation, &Adaptation::progressed, this, follow(adaptation));
    connect(&bench.adaptation, &Adaptation::finished, this, &QWidget::hide);
    connect(&bench.adaptation, &Adaptation::cancelled, this, &QWidget::hide);
    connect(&bench.adaptation, &Adaptation::failed, this, &QWidget::hide);
    const QString proxy = tr("Proxy");
    connect(&bench.proxies, &Proxies::started, this, begin(proxy));
    connect(&bench.proxies, &Proxies::progressed, this, follow(proxy));
    connect(&bench.proxies, &Proxies::finished, this, &QWidget::hide);
    connect(&bench.proxies, &Proxies::cancelled, this, &QWidget::hide);
    connect(&bench.proxies, &Proxies::failed, this, &QWidget::hide);
    hide();
}

} // namespace telltale
