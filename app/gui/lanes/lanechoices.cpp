// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/lanes/lanechoices.h"
#include <QMenu>
#include <algorithm>

namespace telltale {

namespace {

QStringList sorted(const QSet<QString>& keys)
{
    QStringList list(keys.begin(), keys.end());
    list.sort();
    return list;
}

} // namespace

QStringList LaneChoices::hidden() const { return sorted(m_hidden); }
QStringList LaneChoices::collapsed() const { return sorted(m_collapsed); }

void LaneChoices::set(const QStringList& hidden, const QStringList& collapsed)
{
    m_hidden = {hidden.begin(), hidden.end()};
    m_collapsed = {collapsed.begin(), collapsed.end()};
    emit changed();
}

void LaneChoices::setHidden(const QString& key, bool on)
{
    if (m_hidden.contains(key) == on)
        return;
    if (on)
        m_hidden.insert(key);
    else
        m_hidden.remove(key);
    emit changed();
}

void LaneChoices::setCollapsed(const QString& key, bool on)
{
    if (m_collapsed.contains(key) == on)
        return;
    if (on)
        m_collapsed.insert(key);
    else
        m_collapsed.remove(key);
    emit changed();
}

void LaneChoices::showAll()
{
    if (m_hidden.isEmpty() && m_collapsed.isEmpty())
        return;
    set({}, {});
}

void LaneChoices::apply(std::vector<TimelineLane>& lanes)
{
    m_known.clear();
    for (TimelineLane& lane : lanes) {
        if (!lane.key.isEmpty())
            m_known.push_back({lane.key, lane.title});
        lane.collapsed = m_collapsed.contains(lane.key);
    }
    std::erase_if(lanes, [this](const TimelineLane& lane) { return m_hidden.contains(lane.key); });
}

void LaneChoices::fill(QMenu& menu, const QString& key)
{
    const auto own
        = std::find_if(m_known.begin(), m_known.end(), [&key](const Known& lane) { return lane.key == key; });
    if (own != m_known.end()) {
        QAction* slim = menu.addAction(tr("&Collapse \"%1\"").arg(own->title));
        slim->setCheckable(true);
        slim->setChecked(m_collapsed.contains(key));
        connect(slim, &QAction::toggled, this, [this, key](bool on) { setCollapsed(key, on); });
        connect(menu.addAction(tr("&Hide \"%1\"").arg(own->title)), &QAction::triggered, this,
            [this, key] { setHidden(key, true); });
        menu.addSeparator();
    }
    for (const Known& lane : m_known) {
        QAction* shown = menu.addAction(lane.title);
        shown->setCheckable(true);
        shown->setChecked(!m_hidden.contains(lane.key));
        connect(
            shown, &QAction::toggled, this, [this, hidden = lane.key](bool on) { setHidden(hidden, !on); });
    }
    menu.addSeparator();
    QAction* all = menu.addAction(tr("&Show all lanes in full"));
    all->setEnabled(!m_hidden.isEmpty() || !m_collapsed.isEmpty());
    connect(all, &QAction::triggered, this, &LaneChoices::showAll);
}

} // namespace telltale
