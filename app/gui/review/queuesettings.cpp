// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/review/queuesettings.h"
#include <QSettings>
#include <algorithm>

namespace telltale {
namespace {

struct OrderName {
    QueueOrder order;
    const char* name; ///< never changes: it stands in people's settings
};
constexpr std::array kOrderNames{OrderName{QueueOrder::Gain, "gain"}, OrderName{QueueOrder::TailHunt, "tail"},
    OrderName{QueueOrder::BoundaryFix, "boundary"}, OrderName{QueueOrder::ConfusionPair, "pair"},
    OrderName{QueueOrder::Audit, "audit"}, OrderName{QueueOrder::MostCertain, "certain"},
    OrderName{QueueOrder::LeastCertain, "uncertain"}, OrderName{QueueOrder::Time, "time"},
    OrderName{QueueOrder::Detector, "detector"}, OrderName{QueueOrder::Ensemble, "ensemble"},
    OrderName{QueueOrder::Together, "together"}};

QString keyOf(const char* name) { return QStringLiteral("queue/") + QLatin1String(name); }

double numberIn(const QSettings& stored, const char* name, double low, double high, double usual)
{
    bool isNumber = false;
    const double value = stored.value(keyOf(name), usual).toDouble(&isNumber);
    return isNumber && value >= low && value <= high ? value : usual;
}

} // namespace

const std::array<WeightRow, 5>& weightRows()
{
    static constexpr std::array<WeightRow, 5> rows{
        {{&GainWeights::uncertainty, "uncertainty",
             QT_TRANSLATE_NOOP("telltale::QueueWeights", "&Uncertainty"),
             QT_TRANSLATE_NOOP("telltale::QueueWeights",
                 "How evenly the probability is spread over the classes (entropy)")},
            {&GainWeights::rarity, "rarity", QT_TRANSLATE_NOOP("telltale::QueueWeights", "&Rarity"),
                QT_TRANSLATE_NOOP("telltale::QueueWeights",
                    "How few decided examples the class has (one over the square root)")},
            {&GainWeights::disagreement, "disagreement",
                QT_TRANSLATE_NOOP("telltale::QueueWeights", "&Disagreement"),
                QT_TRANSLATE_NOOP("telltale::QueueWeights",
                    "How far skeleton, heatmap and picture are apart (Jensen-Shannon divergence)")},
            {&GainWeights::novelty, "novelty", QT_TRANSLATE_NOOP("telltale::QueueWeights", "&Novelty"),
                QT_TRANSLATE_NOOP("telltale::QueueWeights",
                    "How unlike the nearest decided example it looks to the networks")},
            {&GainWeights::seconds, "seconds", QT_TRANSLATE_NOOP("telltale::QueueWeights", "&Time it takes"),
                QT_TRANSLATE_NOOP("telltale::QueueWeights",
                    "Expected seconds for the look: the gain is divided by them")}}};
    return rows;
}

QueueSettings QueueSettings::load(const QSettings& stored)
{
    QueueSettings settings;
    const QString name = stored.value(keyOf("order")).toString();
    for (const OrderName& one : kOrderNames)
        if (name == QLatin1String(one.name))
            settings.order = one.order;
    for (const WeightRow& row : weightRows())
        settings.weights.*row.value
            = numberIn(stored, row.key, 0, kGreatestWeight, settings.weights.*row.value);
    settings.auditShare
        = numberIn(stored, "auditShare", kLeastAuditShare, kGreatestAuditShare, settings.auditShare);
    return settings;
}

void QueueSettings::save(QSettings& stored) const
{
    const auto name = std::ranges::find(kOrderNames, order, &OrderName::order);
    stored.setValue(keyOf("order"), QString::fromLatin1(name->name));
    for (const WeightRow& row : weightRows())
        stored.setValue(keyOf(row.key), weights.*row.value);
    stored.setValue(keyOf("auditShare"), auditShare);
}

} // namespace telltale
