// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/inspector/examplefinder.h"
#include "app/gui/loops/loopfeed.h"
#include "app/gui/loops/looptile.h"
#include "app/gui/workbench.h"
#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QGridLayout;
class QLabel;
class QToolButton;

namespace telltale {

/// What a class means and what it looks like: its definition, and the confirmed examples of other people that
/// are nearest to the selected span, playing in step with it. The class is the span's own or one of the three
/// that the models offer. Works only while it is seen.
class ClassPage : public QWidget {
    Q_OBJECT
public:
    explicit ClassPage(Workbench& bench, QWidget* parent = nullptr);

    void refresh(); ///< the selection, or what is known of it, has changed
    void chooseNext(); ///< the span's own class, then the offered ones, then the span's own again
    int classId() const; ///< that is shown; -1: none
    QString card() const;
    QString explanation() const;
    /// The span itself, then its examples.
    const std::vector<LoopTile*>& tiles() const { return m_tiles; }
    bool working() const { return m_delay.isActive() || m_finder.working() || m_loops.working(); }
    ExampleFinder& finder() { return m_finder; }
    LoopFeed& loops() { return m_loops; }

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeChoices();
    void showCard();
    void findSoon();
    void find();
    void showExamples();
    void showTile(LoopTile& tile, int64_t id, const NearExample* example);
    int room() const; ///< pixels that tiles have side by side
    void arrange();
    void load();
    void tick();
    double phase() const;
    std::vector<int> classes() const; ///< the span's own, then the offered ones

    Workbench& m_bench;
    ExampleFinder m_finder;
    LoopFeed m_loops;
    int64_t m_span = 0;
    int m_choice = 0; ///< 0: the span's own class, 1 to 3: an offered one
    int m_foundClass = -2; ///< what the examples are of
    int64_t m_foundSpan = 0;
    bool m_withPicture = true;
    std::vector<QToolButton*> m_choices;
    QLabel* m_card;
    QLabel* m_heading;
    QLabel* m_explanation;
    QGridLayout* m_grid;
    std::vector<LoopTile*> m_tiles;
    QTimer m_delay;
    QTimer m_clock;
    QElapsedTimer m_since;
};

} // namespace telltale
