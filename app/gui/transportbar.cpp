// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/transportbar.h"
#include "app/gui/actionset.h"
#include "media/audiofeed.h"
#include "widgets/models/texts.h"
#include <QAction>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>
#include <cmath>

namespace telltale {

TransportBar::TransportBar(Workbench& bench, const ActionSet& actions, QWidget* parent)
    : QWidget(parent)
    , m_bench(bench)
    , m_slider(new QSlider(Qt::Horizontal))
    , m_position(new QLabel)
    , m_speed(new QLabel)
    , m_dropped(new QLabel)
    , m_volume(new QSlider(Qt::Horizontal))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(8, 2, 8, 4);
    rows->setSpacing(2);
    auto* row = new QHBoxLayout;
    row->setSpacing(2);
    const auto add = [&](const char* id) {
        auto* button = new QToolButton;
        button->setDefaultAction(actions.action(id));
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::NoFocus);
        button->setIconSize(QSize(20, 20));
        button->setAccessibleName(actions.action(id)->toolTip());
        row->addWidget(button);
    };
    for (const char* id : {"to-start", "frame-back", "play", "frame-forward", "to-end", "loop"})
        add(id);
    row->addSpacing(8);
    QFont digits = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    digits.setPointSizeF(font().pointSizeF());
    m_position->setFont(digits);
    m_position->setAccessibleName(tr("Position"));
    m_speed->setAccessibleName(tr("Playback speed"));
    row->addWidget(m_position, 1);
    row->addWidget(m_dropped);
    row->addSpacing(6);
    row->addWidget(m_speed);
    row->addSpacing(8);
    add("mute");
    m_volume->setRange(0, 100);
    m_volume->setFixedWidth(fontMetrics().averageCharWidth() * 12);
    m_volume->setFocusPolicy(Qt::NoFocus);
    m_volume->setAccessibleName(tr("Volume"));
    row->addWidget(m_volume);
    row->addSpacing(8);
    for (const char* id : {"skeleton", "heatmap", "labels", "picture", "overlays"})
        add(id);
    m_slider->setAccessibleName(tr("Playhead"));
    m_slider->setToolTip(tr("Playhead: drag to seek"));
    m_slider->setFocusPolicy(Qt::NoFocus);
    rows->addWidget(m_slider);
    rows->addLayout(row);

    connect(m_slider, &QSlider::valueChanged, this, [this](int frame) {
        m_bench.player.stop();
        m_bench.player.seek(frame);
    });
    connect(&bench.player, &Player::frameChanged, this, &TransportBar::showPosition);
    connect(&bench.player, &Player::stateChanged, this, &TransportBar::showSpeed);
    connect(&bench.session, &Session::timesChanged, this, &TransportBar::showPosition);
    connect(&bench.session, &Session::videoChanged, this, &TransportBar::showPosition);
    connect(&bench.player, &Player::droppedChanged, this, &TransportBar::showDropped);
    connect(m_volume, &QSlider::valueChanged, this, [this](int value) { m_bench.sound.setVolume(value); });
    connect(&bench.sound, &Sound::changed, this, &TransportBar::showSound);
    showPosition();
    showSpeed();
    showDropped();
    showSound();
}

void TransportBar::showPosition()
{
    const auto times = m_bench.session.times();
    const QSignalBlocker blocker(m_slider);
    const int64_t frames = times ? times->frameCount() : 0;
    m_slider->setEnabled(frames > 0);
    m_slider->setMaximum(static_cast<int>(std::max<int64_t>(0, frames - 1)));
    m_slider->setValue(static_cast<int>(m_bench.player.frame()));
    if (frames == 0) {
        m_position->clear();
        return;
    }
    const QLocale locale;
    m_position->setText(tr("%1 / %2 | %3")
                            .arg(locale.toString(static_cast<qlonglong>(m_bench.player.frame())),
                                locale.toString(static_cast<qlonglong>(frames)),
                                clockText(times->timeOf(m_bench.player.frame()))));
    m_position->setToolTip(tr("Frame of all frames | time"));
}

void TransportBar::showSpeed()
{
    const Player& player = m_bench.player;
    if (!player.playing()) {
        m_speed->clear();
        return;
    }
    const double speed = std::abs(player.speed());
    const QString number = speed < 1 ? tr("1/%1").arg(std::lround(1 / speed)) : QLocale().toString(speed);
    const QString text = tr("%1 x").arg(number);
    m_speed->setText(
        player.speed() < 0 ? QStringLiteral("\u25c2 ") + text : text + QStringLiteral(" \u25b8"));
    m_speed->setToolTip(isHeard(player.speed())
            ? tr("Playback speed")
            : tr("Playback speed: backwards, and slower than 1/4 or faster than 4 times, is silent"));
}

void TransportBar::showDropped()
{
    const int64_t dropped = m_bench.player.dropped();
    m_dropped->setVisible(dropped > 0);
    m_dropped->setText(tr("%n dropped", nullptr, static_cast<int>(dropped)));
    m_dropped->setToolTip(
        tr("Pictures that came too late to be shown since playback began. Playback keeps its "
           "time and leaves them out; a proxy or a smaller picture helps."));
}

void TransportBar::showSound()
{
    const QSignalBlocker blocker(m_volume);
    m_volume->setValue(m_bench.sound.volume());
    m_volume->setEnabled(!m_bench.sound.muted() && m_bench.sound.obstacle().isEmpty());
    const QString obstacle = m_bench.sound.obstacle();
    m_volume->setToolTip(obstacle.isEmpty() ? tr("Volume: %1 %").arg(m_bench.sound.volume()) : obstacle);
}

} // namespace telltale
