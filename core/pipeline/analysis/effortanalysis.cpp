// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/analysis/effortanalysis.h"
#include "data/document.h"
#include "data/effortlog.h"
#include <QtGlobal>
#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <map>

namespace telltale {
namespace {

/// Some milliseconds of the store's thread; an edit that comes meanwhile waits no longer. Ours.
constexpr int64_t kEntriesAtOnce = 500;

Effort effortOf(const EffortPart& part)
{
    return {static_cast<double>(part.milliseconds) / 1000, static_cast<double>(part.keys),
        static_cast<double>(part.clicks)};
}

EffortStep stepOf(const EffortEntry& entry)
{
    EffortStep step;
    if (entry.effort) {
        step.mode = static_cast<int>(entry.effort->mode);
        step.onSpan = effortOf(entry.effort->span);
        step.search = effortOf(entry.effort->search);
    }
    for (const EffortEntry::Span& span : entry.spans)
        step.spans.push_back(span.id);
    return step;
}

using Group = std::vector<const SpanEffort*>;

std::vector<SpanEffort> costliestOf(const Group& spans, const FrozenProject& project)
{
    const auto dearer = [](const SpanEffort& one, const SpanEffort& other) {
        const double cost = one.onSpan.seconds + one.search.seconds;
        const double otherCost = other.onSpan.seconds + other.search.seconds;
        return cost != otherCost ? cost > otherCost : one.span < other.span;
    };
    std::vector<SpanEffort> costly; // a heap with the cheapest in front
    for (const SpanEffort* const one : spans) {
        const bool full = costly.size() == kCostliestSpans;
        if ((full && !dearer(*one, costly.front())) || !project.annotation(one->span))
            continue;
        if (full) {
            std::ranges::pop_heap(costly, dearer);
            costly.pop_back();
        }
        costly.push_back(*one);
        std::ranges::push_heap(costly, dearer);
    }
    std::ranges::sort(costly, dearer);
    return costly;
}

EffortRow rowOf(int id, const Group& spans, const FrozenProject& project)
{
    EffortRow row;
    row.id = id;
    std::vector<double> seconds;
    std::vector<double> presses;
    seconds.reserve(spans.size());
    presses.reserve(spans.size());
    SpanEffort sum;
    for (const SpanEffort* const one : spans) {
        seconds.push_back(one->onSpan.seconds);
        presses.push_back(one->onSpan.presses());
        sum.onSpan += one->onSpan;
        sum.search += one->search;
    }
    row.seconds = spreadOf(std::move(seconds));
    row.presses = spreadOf(std::move(presses));
    const auto count = static_cast<double>(spans.size());
    row.keys = sum.onSpan.keys / count;
    row.clicks = sum.onSpan.clicks / count;
    row.searchSeconds = sum.search.seconds / count;
    row.searchPresses = sum.search.presses() / count;
    row.costliest = costliestOf(spans, project);
    return row;
}

std::vector<EffortRow> rowsOf(const std::map<int, Group>& groups, const FrozenProject& project)
{
    std::vector<EffortRow> rows;
    for (const auto& [id, spans] : groups)
        rows.push_back(rowOf(id, spans, project));
    std::ranges::stable_sort(rows, std::greater<>(), [](const EffortRow& row) { return row.seconds.count; });
    return rows;
}

const std::vector<TableColumn>& figureColumns()
{
    static const std::vector<TableColumn> columns{{"spans", "spans"},
        {"seconds_median", "seconds, median", 2}, {"seconds_median_low", "median from", 2},
        {"seconds_median_high", "to", 2}, {"seconds_quarter", "25 %", 2},
        {"seconds_three_quarters", "75 %", 2}, {"seconds_mean", "seconds, mean", 2},
        {"presses_median", "presses, median", 2}, {"presses_median_low", "median from", 2},
        {"presses_median_high", "to", 2}, {"presses_quarter", "25 %", 2},
        {"presses_three_quarters", "75 %", 2}, {"keys_mean", "keys, mean", 2},
        {"clicks_mean", "clicks, mean", 2}, {"search_seconds_mean", "finding it: seconds, mean", 2},
        {"search_presses_mean", "finding it: presses, mean", 2}};
    return columns;
}

std::vector<TableCell> figuresOf(const std::string& name, const EffortRow& row)
{
    std::vector<TableCell> cells{name, row.seconds.count};
    for (const double value : {row.seconds.median, row.seconds.medianLow, row.seconds.medianHigh,
             row.seconds.quarter, row.seconds.threeQuarters, row.seconds.mean, row.presses.median,
             row.presses.medianLow, row.presses.medianHigh, row.presses.quarter, row.presses.threeQuarters,
             row.keys, row.clicks, row.searchSeconds, row.searchPresses})
        cells.push_back(cellOf(value));
    return cells;
}

std::string noteOf(const EffortAnalysis& analysis)
{
    std::string note = "Active time and presses since a span was chosen, of each pause 30 seconds at most; "
                       "spans of one step "
                       "share its effort. Medians with 95 % bootstrap intervals. Recorded since ";
    note.append(analysis.since).append("; decisions without a record: ");
    return note.append(std::to_string(analysis.unrecorded)).append(".");
}

Table tableOf(std::string key, std::string title, TableColumn first, const EffortAnalysis& analysis)
{
    Table table{std::move(key), std::move(title), noteOf(analysis), {std::move(first)}, {}};
    table.columns.insert(table.columns.end(), figureColumns().begin(), figureColumns().end());
    return table;
}

Table modesTable(const EffortAnalysis& analysis)
{
    Table table
        = tableOf("effort_modes", "Effort per span by way of working", {"mode", "way of working"}, analysis);
    table.columns.insert(table.columns.end(),
        {{"decisions", "decisions"}, {"decisions_per_minute", "decisions a minute", 1},
            {"undone", "taken back, %", 1, true}, {"minutes", "minutes in all", 1}});
    const auto add = [&table](const std::string& name, const EffortRow& row) {
        std::vector<TableCell> cells = figuresOf(name, row);
        cells.insert(cells.end(),
            {row.work.decisions, cellOf(row.work.perMinute()), cellOf(row.work.undoneShare()),
                cellOf((row.work.onSpan.seconds + row.work.search.seconds) / 60)});
        table.rows.push_back(std::move(cells));
    };
    add("all", analysis.all);
    for (const EffortRow& row : analysis.modes)
        add(effortModeTitle(static_cast<EffortMode>(row.id)), row);
    return table;
}

Table classesTable(const EffortAnalysis& analysis, const LabelScheme& scheme)
{
    Table table = tableOf("effort_classes", "Effort per span by class", {"class", "class"}, analysis);
    for (const EffortRow& row : analysis.classes) {
        const bool named = row.id >= 0 && row.id < scheme.classCount();
        table.rows.push_back(
            figuresOf(named ? scheme.classes[static_cast<size_t>(row.id)].name : "(no name)", row));
    }
    return table;
}

} // namespace

void EffortLedger::add(const EffortEntry& entry)
{
    m_sequence = entry.sequence;
    const EffortStep step = stepOf(entry);
    for (const EffortEntry::Span& span : entry.spans)
        m_classes[span.id] = span.classId;
    if (entry.effort && m_since.empty())
        m_since = entry.time;
    if (entry.kind != "do")
        turn(entry, step);
    else if (worksOnSpans(entry.command))
        decide(entry, step);
    else if (entry.effort)
        (m_elsewhere += step.onSpan) += step.search;
    m_step = entry.kind == "do" ? entry.step : std::string();
}

void EffortLedger::decide(const EffortEntry& entry, const EffortStep& step)
{
    if (!entry.effort) {
        ++m_unrecorded;
        return;
    }
    const bool goesOn
        = !entry.step.empty() && entry.step == m_step && m_decisions.contains(entry.sequence - 1);
    if (goesOn)
        m_efforts.addTo(step);
    else
        m_lastDecision = m_efforts.addDecision(step);
    m_decisions[entry.sequence] = m_lastDecision;
}

void EffortLedger::turn(const EffortEntry& entry, const EffortStep& step)
{
    if (entry.effort && worksOnSpans(entry.command))
        m_efforts.addTo(step);
    else if (entry.effort)
        (m_elsewhere += step.onSpan) += step.search;
    const auto turned = m_decisions.find(entry.undoOf);
    if (turned == m_decisions.end())
        return; // of a time without a record
    const size_t decision = turned->second;
    m_decisions[entry.sequence] = decision;
    if (entry.kind == "undo")
        m_efforts.undone(decision);
}

int EffortLedger::classOf(int64_t span) const
{
    const auto known = m_classes.find(span);
    return known != m_classes.end() ? known->second : -1;
}

namespace {

using ReadSome = std::function<Result<std::vector<EffortEntry>>(int64_t after, int64_t most)>;

Status readInPortions(EffortLedger& ledger, int64_t last, ProgressSink& progress, const ReadSome& read)
{
    const int64_t first = ledger.sequence();
    while (ledger.sequence() < last) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "reading the edit log was stopped"};
        const int64_t most = std::min(kEntriesAtOnce, last - ledger.sequence());
        const auto entries = read(ledger.sequence(), most);
        if (!entries)
            return entries.error();
        for (const EffortEntry& entry : *entries)
            ledger.add(entry);
        progress.report(ledger.sequence() - first, 0, "reading the edit log");
        if (static_cast<int64_t>(entries->size()) < most)
            return {};
    }
    return {};
}

} // namespace

Status readEffort(const Document& document, EffortLedger& ledger, ProgressSink& progress)
{
    return readInPortions(ledger, std::numeric_limits<int64_t>::max(), progress,
        [&document](int64_t after, int64_t most) { return document.effortLog(after, most); });
}

Status readEffort(const FrozenProject& project, EffortLedger& ledger, ProgressSink& progress)
{
    const auto log = EffortLog::open(project.folder());
    if (!log)
        return log.error();
    return readInPortions(ledger, project.sequence(), progress,
        [&log](int64_t after, int64_t most) { return (*log)->entries(after, most); });
}

EffortAnalysis analyzeEffort(const EffortLedger& ledger, const FrozenProject& project)
{
    EffortAnalysis analysis;
    analysis.sequence = ledger.sequence();
    analysis.unrecorded = ledger.unrecorded();
    analysis.since = ledger.since();
    analysis.elsewhere = ledger.elsewhere().seconds;
    const std::vector<SpanEffort>& spans = ledger.efforts().bySpan();
    if (spans.empty()) {
        analysis.missing = ledger.unrecorded() > 0 ? EffortMissing::Recording : EffortMissing::Decisions;
        return analysis;
    }
    analysis.missing = EffortMissing::Nothing;
    Group all;
    std::map<int, Group> classes;
    for (const SpanEffort& one : spans) {
        const Annotation* now = project.annotation(one.span);
        all.push_back(&one);
        classes[now ? now->classId : ledger.classOf(one.span)].push_back(&one);
    }
    std::map<int, Group> modes;
    for (const SpanEffort& one : ledger.efforts().bySpanAndMode())
        modes[one.mode].push_back(&one);
    analysis.all = rowOf(-1, all, project);
    analysis.classes = rowsOf(classes, project);
    analysis.modes = rowsOf(modes, project);
    for (EffortRow& row : analysis.modes)
        row.work = ledger.efforts().modes().at(row.id);
    for (const auto& [mode, work] : ledger.efforts().modes())
        analysis.all.work += work;
    return analysis;
}

const char* effortModeTitle(EffortMode mode)
{
    static constexpr std::array<const char*, kEffortModes> kTitles{
        QT_TRANSLATE_NOOP("telltale::EffortFigures", "queue: expected gain"),
        QT_TRANSLATE_NOOP("telltale::EffortFigures", "queue: tail hunt"),
        QT_TRANSLATE_NOOP("telltale::EffortFigures", "queue: boundary fix"),
        QT_TRANSLATE_NOOP("telltale::EffortFigures", "queue: confusion pair"),
        QT_TRANSLATE_NOOP("telltale::EffortFigures", "queue: audit"),
        QT_TRANSLATE_NOOP("telltale::EffortFigures", "queue: other orders"),
        QT_TRANSLATE_NOOP("telltale::EffortFigures", "tail sprint"),
        QT_TRANSLATE_NOOP("telltale::EffortFigures", "timeline, by hand"),
        QT_TRANSLATE_NOOP("telltale::EffortFigures", "paint mode"),
        QT_TRANSLATE_NOOP("telltale::EffortFigures", "adjudication"),
        QT_TRANSLATE_NOOP("telltale::EffortFigures", "all above a threshold"),
        QT_TRANSLATE_NOOP("telltale::EffortFigures", "other ways"),
    };
    return kTitles.at(static_cast<size_t>(mode));
}

std::vector<Table> tables(const EffortAnalysis& analysis, const LabelScheme& scheme)
{
    if (analysis.missing != EffortMissing::Nothing)
        return {};
    return {modesTable(analysis), classesTable(analysis, scheme)};
}

std::string missingText(const EffortAnalysis& analysis)
{
    switch (analysis.missing) {
    case EffortMissing::Decisions:
        return "Nobody has decided on a span yet: what decisions cost is recorded while people work in the "
               "window.";
    case EffortMissing::Recording:
        return "The decisions of this project were made before effort was recorded, on the command line, or "
               "with the "
               "recording turned off; it is recorded while people work in the window with Edit > Record "
               "effort on.";
    case EffortMissing::Nothing:
        break;
    }
    return {};
}

} // namespace telltale
