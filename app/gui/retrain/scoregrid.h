// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QWidget>
#include <array>

class QLabel;

namespace telltale {

/// Six scores of the heads in use beside those of the new ones. Names wrap, so that it fits a narrow dock.
class ScoreGrid : public QWidget {
    Q_OBJECT
public:
    static constexpr int kScores = 6;
    using Scores = std::array<double, kScores>; ///< not a number: not measured

    explicit ScoreGrid(QWidget* parent = nullptr);
    void setScores(const Scores& now, const Scores& next);
    static const char* key(int score); ///< in stored metrics

private:
    enum Column { Name, Now, Next, Change, Columns };

    std::array<std::array<QLabel*, Columns>, kScores> m_cells;
};

} // namespace telltale
