// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "review/biasalarm.h"
#include "eval/longtail.h"
#include <cmath>
#include <numeric>
#include <optional>

namespace telltale {
namespace {

struct Asked {
    std::span<const BiasRound> rounds;
    std::span<const int64_t> labelled;
    const BiasLimits& limits;

    const BiasRound& first() const { return rounds.front(); }
    const BiasRound& last() const { return rounds.back(); }
};

int64_t sum(std::span<const int64_t> counts)
{
    return std::accumulate(counts.begin(), counts.end(), int64_t{0});
}

int64_t at(std::span<const int64_t> counts, int classId)
{
    const auto place = static_cast<size_t>(classId);
    return place < counts.size() ? counts[place] : 0;
}

int64_t sumOf(std::span<const int64_t> counts, const std::vector<int>& classes)
{
    int64_t all = 0;
    for (const int classId : classes)
        all += at(counts, classId);
    return all;
}

std::optional<BiasAlarm> narrowing(const Asked& asked)
{
    const BiasLimits& limits = asked.limits;
    if (asked.rounds.size() < 2 || sum(asked.labelled) < limits.leastClips
        || sum(asked.first().accepted) < limits.leastClips || sum(asked.last().accepted) < limits.leastClips)
        return {};
    BiasAlarm alarm{BiasRule::Narrowing};
    alarm.now = effectiveClasses(asked.last().accepted);
    alarm.former = effectiveClasses(asked.first().accepted);
    alarm.reference = effectiveClasses(asked.labelled);
    const bool broken
        = alarm.now <= limits.narrowShare * alarm.reference && alarm.now <= limits.narrowFall * alarm.former;
    return broken ? std::optional(alarm) : std::nullopt;
}

std::optional<BiasAlarm> moreButWorse(const Asked& asked)
{
    const BiasLimits& limits = asked.limits;
    const BiasRound& first = asked.first();
    const BiasRound& last = asked.last();
    if (asked.rounds.size() < 2 || first.pool < 1 || last.pool < 1 || first.audits.clips < limits.leastDecided
        || last.audits.clips < limits.leastDecided)
        return {};
    BiasAlarm alarm{BiasRule::MoreButWorse};
    alarm.now = static_cast<double>(sum(last.accepted)) / static_cast<double>(last.pool);
    alarm.former = static_cast<double>(sum(first.accepted)) / static_cast<double>(first.pool);
    alarm.reference = last.audits.precision;
    alarm.referenceFormer = first.audits.precision;
    alarm.count = last.audits.clips;
    const bool broken
        = alarm.now >= alarm.former + limits.acceptanceRise && first.audits.precision > last.audits.high;
    return broken ? std::optional(alarm) : std::nullopt;
}

std::optional<BiasAlarm> headPreferred(const Asked& asked)
{
    const BiasLimits& limits = asked.limits;
    const LongTailGroups groups
        = longTailGroups(std::vector<int64_t>(asked.labelled.begin(), asked.labelled.end()));
    const BiasRound& last = asked.last();
    const int64_t head = sumOf(last.named, groups.head);
    const int64_t tail = sumOf(last.named, groups.tail);
    if (head < limits.leastClips || tail < limits.leastClips)
        return {};
    const PrecisionEstimate often = wilsonInterval(sumOf(last.accepted, groups.head), head);
    const PrecisionEstimate seldom = wilsonInterval(sumOf(last.accepted, groups.tail), tail);
    BiasAlarm alarm{BiasRule::HeadPreferred};
    alarm.now = often.precision;
    alarm.reference = seldom.precision;
    alarm.count = tail;
    const bool broken = often.precision >= limits.headFactor * seldom.precision && often.low > seldom.high;
    return broken ? std::optional(alarm) : std::nullopt;
}

std::optional<BiasAlarm> shownAccepted(const Asked& asked)
{
    const BiasLimits& limits = asked.limits;
    const BiasRound& last = asked.last();
    if (last.shown < limits.leastDecided || last.audits.clips < limits.leastDecided)
        return {};
    const PrecisionEstimate shown = wilsonInterval(last.shownRight, last.shown);
    BiasAlarm alarm{BiasRule::ShownAccepted};
    alarm.now = shown.precision;
    alarm.reference = last.audits.precision;
    alarm.count = last.audits.clips;
    const bool broken
        = shown.precision >= last.audits.precision + limits.shownGap && shown.low > last.audits.high;
    return broken ? std::optional(alarm) : std::nullopt;
}

void growsThoughRejected(const Asked& asked, std::vector<BiasAlarm>& alarms)
{
    if (asked.rounds.size() < 2)
        return;
    const BiasLimits& limits = asked.limits;
    const BiasRound& last = asked.last();
    const BiasRound& before = asked.rounds[asked.rounds.size() - 2];
    for (int classId = 0; classId < static_cast<int>(last.accepted.size()); ++classId) {
        const int64_t decided = at(last.decided, classId);
        BiasAlarm alarm{BiasRule::GrowsThoughRejected, classId};
        alarm.now = static_cast<double>(at(last.accepted, classId));
        alarm.former = static_cast<double>(at(before.accepted, classId));
        alarm.count = decided;
        if (decided < limits.leastDecided || alarm.now <= alarm.former
            || alarm.now < limits.growth * alarm.former)
            continue;
        alarm.reference = static_cast<double>(at(last.wrong, classId)) / static_cast<double>(decided);
        if (alarm.reference >= limits.rejectedShare)
            alarms.push_back(alarm);
    }
}

} // namespace

double effectiveClasses(std::span<const int64_t> counts)
{
    const auto all = static_cast<double>(sum(counts));
    if (all <= 0)
        return 0;
    double entropy = 0;
    for (const int64_t count : counts)
        if (count > 0) {
            const double share = static_cast<double>(count) / all;
            entropy -= share * std::log(share);
        }
    return std::exp(entropy);
}

std::vector<BiasAlarm> biasAlarms(
    std::span<const BiasRound> rounds, std::span<const int64_t> labelled, const BiasLimits& limits)
{
    std::vector<BiasAlarm> alarms;
    if (rounds.empty())
        return alarms;
    const Asked asked{rounds, labelled, limits};
    for (const auto rule : {narrowing, moreButWorse, headPreferred, shownAccepted})
        if (const std::optional<BiasAlarm> alarm = rule(asked))
            alarms.push_back(*alarm);
    growsThoughRejected(asked, alarms);
    return alarms;
}

} // namespace telltale
