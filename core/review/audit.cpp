// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "review/audit.h"
#include "base/random.h"
#include <algorithm>
#include <cmath>
#include <limits>

namespace telltale {
namespace {

/// The run of judged audit items from the first place on.
PrecisionEstimate unbrokenRun(std::vector<AuditedItem> audits)
{
    std::ranges::sort(audits, {}, &AuditedItem::place);
    int64_t right = 0;
    int64_t judged = 0;
    for (const AuditedItem& item : audits) {
        if (item.verdict == Verdict::Open)
            break;
        judged += item.verdict != Verdict::Unclear ? 1 : 0;
        right += item.verdict == Verdict::Right ? 1 : 0;
    }
    return wilsonInterval(right, judged);
}

int64_t looksToHalve(const PrecisionEstimate& now)
{
    if (now.clips == 0)
        return 0;
    const double wanted = (now.high - now.low) / 2;
    const auto tooWide = [&](int64_t more) {
        const ShareInterval ends = wilsonEnds(now.precision, static_cast<double>(now.clips + more));
        return ends.high - ends.low > wanted;
    };
    // Four times as many looks halve the normal interval; Wilson's is nearer to that the more there are.
    int64_t low = 0;
    int64_t high = now.clips;
    while (tooWide(high))
        high *= 2;
    while (high - low > 1) {
        const int64_t middle = (low + high) / 2;
        (tooWide(middle) ? low : high) = middle;
    }
    return high;
}

} // namespace

double auditPlace(int64_t proposal, uint64_t seed)
{
    return Random(seed).fork(static_cast<uint64_t>(proposal)).uniform();
}

std::vector<int64_t> interleave(std::vector<int64_t> ranked, const std::vector<int64_t>& audits, double share,
    int64_t decided, int64_t decidedAudits)
{
    if (audits.empty())
        return ranked;
    std::vector<int64_t> merged;
    merged.reserve(ranked.size() + audits.size());
    auto next = ranked.begin();
    auto audit = audits.begin();
    while (next != ranked.end() && audit != audits.end()) {
        // Those that come first count as decided when the later ones are reached.
        const bool due = static_cast<double>(decidedAudits + 1) <= share * static_cast<double>(decided + 1);
        merged.push_back(due ? *audit++ : *next++);
        decidedAudits += due ? 1 : 0;
        ++decided;
    }
    merged.insert(merged.end(), next, ranked.end());
    merged.insert(merged.end(), audit, audits.end());
    return merged;
}

StopEstimate stopEstimate(std::span<const AuditedItem> items, double share)
{
    StopEstimate estimate;
    std::vector<AuditedItem> audits;
    int64_t wrong = 0;
    for (const AuditedItem& item : items) {
        const bool open = item.verdict == Verdict::Open;
        estimate.open += open ? 1 : 0;
        estimate.proposals += item.verdict != Verdict::Unclear ? 1 : 0;
        wrong += item.verdict == Verdict::Wrong ? 1 : 0;
        if (item.place >= share)
            continue;
        audits.push_back(item);
        estimate.audits += item.verdict != Verdict::Unclear ? 1 : 0;
        estimate.openAudits += open ? 1 : 0;
    }
    estimate.precision = unbrokenRun(std::move(audits));
    estimate.toHalve = looksToHalve(estimate.precision);
    const PrecisionEstimate& run = estimate.precision;
    const int64_t rest = estimate.proposals - run.clips;
    const int64_t wrongInRest = wrong - (run.clips - run.correct);
    const auto openWrong = [&](double shareWrong) {
        return std::clamp(static_cast<double>(rest) * shareWrong - static_cast<double>(wrongInRest), 0.0,
            static_cast<double>(estimate.open));
    };
    if (run.clips == 0) {
        estimate.wrong = std::numeric_limits<double>::quiet_NaN();
        estimate.wrongHigh = static_cast<double>(estimate.open);
        return estimate;
    }
    const double looks = static_cast<double>(run.clips) * static_cast<double>(rest)
        / static_cast<double>(estimate.proposals);
    const ShareInterval ends = wilsonEnds(run.precision, looks);
    estimate.wrong = openWrong(1 - run.precision);
    estimate.wrongLow = openWrong(1 - ends.high);
    estimate.wrongHigh = openWrong(1 - ends.low);
    return estimate;
}

} // namespace telltale
