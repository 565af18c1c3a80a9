// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/loops/loopfeed.h"
#include "app/gui/loops/looptile.h"
#include "app/gui/workbench.h"
#include "review/sprintpages.h"
#include <QDialog>
#include <QElapsedTimer>
#include <QTimer>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;

namespace telltale {

struct SprintClass;

/// Nine looping proposals of one rare class at a time: keys mark what is right or wrong, Enter decides the
/// page in one step of undo and brings the next nine. What is left unmarked stays open, and what a person has
/// decided meanwhile stays as it is. Closes with the project. GUI thread.
class SprintDialog : public QDialog {
    Q_OBJECT
public:
    static constexpr int kSide = 3;
    static constexpr int kTiles = kSide * kSide;

    SprintDialog(Workbench& bench, QWidget* parent = nullptr);

    void chooseClass(int classId);
    int classId() const;
    const SprintPages& pages() const { return m_pages; }
    const std::vector<LoopTile*>& tiles() const { return m_tiles; }
    LoopFeed& loops() { return m_loops; }
    QString standing() const; ///< the line that says how many are left
    void mark(size_t place, SprintMark mark); ///< or takes the mark away; nothing where nothing is open
    void commit();
    void takeBack(); ///< the last page, while nothing else has been done since

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* makeHead();
    QWidget* makeGrid();
    QWidget* makeFoot();
    void fillClasses();
    QString textOf(const SprintClass& one) const;
    void recount();
    void start(); ///< with the chosen class, from its first page
    void showPage();
    void showTile(size_t place);
    void showStanding();
    void load();
    /// By video and start, so that each video is opened once and read forwards.
    std::vector<int64_t> asTheyLie(std::vector<int64_t> ids) const;
    void follow(ChangeKinds kinds);
    bool handleKey(const QKeyEvent& event);
    void moveFocus(int across, int down);
    int focusedTile() const; ///< -1: none
    void tick();
    /// Whether the span is still a proposal of the class.
    bool isOpen(int64_t id) const;

    Workbench& m_bench;
    LoopFeed m_loops;
    SprintPages m_pages;
    int64_t m_decided = 0; ///< in this sprint
    int64_t m_lastDecided = 0; ///< on the page that can be taken back
    int m_undoIndex = -1; ///< of the undo stack after the last page; -1: no page to take back
    std::vector<LoopTile*> m_tiles;
    QComboBox* m_class = nullptr;
    QCheckBox* m_skeletons = nullptr;
    QLabel* m_page = nullptr;
    QLabel* m_standing = nullptr;
    QPushButton* m_commit = nullptr;
    QPushButton* m_back = nullptr;
    QTimer m_clock;
    QElapsedTimer m_since;
};

/// The digit 1 to 9 of a key press, wherever the keyboard has it: with Shift a digit's key gives another sign
/// on most keyboards, and on French ones it is the other way round. 0: none.
int digitOf(const QKeyEvent& event);

QDialog* openSprint(Workbench& bench);

} // namespace telltale
