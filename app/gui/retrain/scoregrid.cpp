// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/retrain/scoregrid.h"
#include <QCoreApplication>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <cmath>

namespace telltale {
namespace {

struct ScoreRow {
    const char* name;
    const char* key;
};

constexpr ScoreRow kRows[ScoreGrid::kScores] = {
    {QT_TRANSLATE_NOOP("telltale::RetrainPanel", "Accuracy"), "accuracy"},
    {QT_TRANSLATE_NOOP("telltale::RetrainPanel", "Macro F1"), "macro_f1"},
    {QT_TRANSLATE_NOOP("telltale::RetrainPanel", "Weighted F1"), "weighted_f1"},
    {QT_TRANSLATE_NOOP("telltale::RetrainPanel", "F1 of frequent classes"), "head_f1"},
    {QT_TRANSLATE_NOOP("telltale::RetrainPanel", "F1 of medium classes"), "medium_f1"},
    {QT_TRANSLATE_NOOP("telltale::RetrainPanel", "F1 of rare classes"), "tail_f1"},
};

// The words are those of the panel, which had them first.
QString panelText(const char* text) { return QCoreApplication::translate("telltale::RetrainPanel", text); }

QString scoreText(double value)
{
    return std::isfinite(value) ? QLocale().toString(value, 'f', 3) : QStringLiteral("\u2013");
}

} // namespace

const char* ScoreGrid::key(int score) { return kRows[score].key; }

ScoreGrid::ScoreGrid(QWidget* parent) : QWidget(parent), m_cells()
{
    setAccessibleName(panelText(
        QT_TRANSLATE_NOOP("telltale::RetrainPanel", "Scores of the heads in use and of the new ones")));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(Name, 1);
    const std::array<QString, Columns> heads{QString(),
        panelText(QT_TRANSLATE_NOOP("telltale::RetrainPanel", "In use")),
        panelText(QT_TRANSLATE_NOOP("telltale::RetrainPanel", "New")),
        panelText(QT_TRANSLATE_NOOP("telltale::RetrainPanel", "Change"))};
    for (int column = Now; column < Columns; ++column)
        grid->addWidget(
            new QLabel(heads.at(static_cast<size_t>(column))), 0, column, Qt::AlignRight | Qt::AlignBottom);
    for (int row = 0; row < kScores; ++row)
        for (int column = Name; column < Columns; ++column) {
            auto* label = new QLabel;
            m_cells.at(static_cast<size_t>(row)).at(static_cast<size_t>(column)) = label;
            grid->addWidget(label, row + 1, column);
            label->setAlignment((column == Name ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
            const QString name = panelText(kRows[row].name);
            if (column == Name) {
                label->setText(name);
                label->setWordWrap(true);
            } else {
                label->setAccessibleName(
                    QStringLiteral("%1, %2").arg(name, heads.at(static_cast<size_t>(column))));
            }
        }
}

void ScoreGrid::setScores(const Scores& now, const Scores& next)
{
    for (size_t row = 0; row < kScores; ++row) {
        const double change = next.at(row) - now.at(row);
        m_cells.at(row)[Now]->setText(scoreText(now.at(row)));
        m_cells.at(row)[Next]->setText(scoreText(next.at(row)));
        m_cells.at(row)[Change]->setText((change >= 0 ? QStringLiteral("+") : QString()) + scoreText(change));
    }
}

} // namespace telltale
