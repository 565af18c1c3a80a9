// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/retrain/classtrendmodel.h"
#include "widgets/models/texts.h"
#include <QLocale>
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

constexpr double kVisible = 0.005; // what two digits show

/// F1, or not a number where a class occurs neither in the truth nor in the answers.
double figureOf(const ClipReport& report, size_t classId)
{
    if (classId >= report.perClass.size())
        return ClassTrend::kNotMeasured;
    const ClassScore& score = report.perClass[classId];
    return score.truth + score.predicted > 0 ? score.f1 : ClassTrend::kNotMeasured;
}

bool isShown(const ClassTrend& trend) { return std::isfinite(trend.now) || std::isfinite(trend.next); }

/// A class that only one of the two heads has answered with: the other one found nothing of it.
void complete(ClassTrend& trend)
{
    if (!isShown(trend))
        return;
    for (double* value : {&trend.now, &trend.next})
        *value = std::isfinite(*value) ? *value : 0;
}

} // namespace

ClassTrendModel::ClassTrendModel(QObject* parent) : QAbstractListModel(parent) { }

void ClassTrendModel::reset(const LabelScheme& scheme)
{
    beginResetModel();
    m_shown.clear();
    m_all.assign(static_cast<size_t>(scheme.classCount()), {});
    for (size_t c = 0; c < m_all.size(); ++c) {
        m_all[c].classId = static_cast<int>(c);
        m_all[c].name = classText(scheme, m_all[c].classId);
        m_all[c].color = classColor(scheme, m_all[c].classId);
    }
    endResetModel();
}

void ClassTrendModel::addEpoch(const RetrainProgress& progress)
{
    const QString modality = modalityText(progress.modality);
    for (size_t c = 0; c < m_all.size(); ++c) {
        ClassTrend& trend = m_all[c];
        trend.now = figureOf(progress.current, c);
        trend.next = figureOf(progress.held, c);
        trend.examples = c < progress.held.perClass.size() ? progress.held.perClass[c].truth : 0;
        complete(trend);
        if (!isShown(trend))
            continue;
        if (trend.parts.empty() || trend.parts.back().modality != modality)
            trend.parts.push_back({modality, trend.now, {}});
        trend.parts.back().values.push_back(trend.next);
    }
    arrange();
}

void ClassTrendModel::setFigures(
    const std::vector<double>& now, const std::vector<double>& next, const std::vector<int64_t>& examples)
{
    for (size_t c = 0; c < m_all.size(); ++c) {
        m_all[c].now = c < now.size() ? now[c] : ClassTrend::kNotMeasured;
        m_all[c].next = c < next.size() ? next[c] : ClassTrend::kNotMeasured;
        m_all[c].examples = c < examples.size() ? examples[c] : 0;
        complete(m_all[c]);
    }
    arrange();
}

void ClassTrendModel::setForgotten(const std::vector<ForgottenClass>& forgotten)
{
    for (ClassTrend& trend : m_all)
        trend.forgotten = std::ranges::any_of(
            forgotten, [&trend](const ForgottenClass& one) { return one.classId == trend.classId; });
    if (!m_shown.empty())
        emit dataChanged(index(0), index(rowCount() - 1));
}

void ClassTrendModel::setOrder(Order order)
{
    m_order = order;
    arrange();
}

bool ClassTrendModel::before(const ClassTrend& a, const ClassTrend& b) const
{
    return m_order == Order::LargestLoss ? a.change() < b.change() : a.examples > b.examples;
}

void ClassTrendModel::arrange()
{
    std::vector<size_t> shown;
    for (size_t c = 0; c < m_all.size(); ++c)
        if (isShown(m_all[c]))
            shown.push_back(c);
    std::ranges::stable_sort(shown, [this](size_t a, size_t b) { return before(m_all[a], m_all[b]); });
    if (shown.size() != m_shown.size()) {
        beginResetModel();
        m_shown = std::move(shown);
        endResetModel();
        return;
    }
    if (shown != m_shown) { // who is on a class stays on it
        emit layoutAboutToBeChanged();
        const QModelIndexList old = persistentIndexList();
        QModelIndexList moved;
        for (const QModelIndex& one : old) {
            const auto at = std::ranges::find(shown, m_shown[static_cast<size_t>(one.row())]);
            moved.append(at == shown.end() ? QModelIndex() : index(static_cast<int>(at - shown.begin())));
        }
        m_shown = std::move(shown);
        changePersistentIndexList(old, moved);
        emit layoutChanged();
    }
    if (!m_shown.empty())
        emit dataChanged(index(0), index(rowCount() - 1));
}

QString ClassTrendModel::sentence(const ClassTrend& trend) const
{
    const auto text = [](double value) { return QLocale().toString(value, 'f', 2); };
    const double change = trend.change();
    QString line;
    if (std::abs(change) < kVisible)
        line = tr("%1: %2, as in use").arg(trend.name, text(trend.next));
    else if (change < 0)
        line = tr("%1: %2, in use %3, falls by %4")
                   .arg(trend.name, text(trend.next), text(trend.now), text(-change));
    else
        line = tr("%1: %2, in use %3, rises by %4")
                   .arg(trend.name, text(trend.next), text(trend.now), text(change));
    return trend.forgotten ? tr("%1 (forgotten)").arg(line) : line;
}

int ClassTrendModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant ClassTrendModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const ClassTrend& one = trend(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return one.name;
    case Qt::AccessibleTextRole:
        return sentence(one);
    case Qt::ToolTipRole:
        return one.examples > 0
            ? QVariant(QStringList{sentence(one), tr("Measured on %1 examples of it").arg(one.examples)}.join(
                QLatin1Char('\n')))
            : QVariant(sentence(one));
    default:
        return {};
    }
}

} // namespace telltale
