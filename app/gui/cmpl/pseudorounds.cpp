// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/cmpl/pseudorounds.h"
#include <algorithm>
#include <array>
#include <utility>

namespace telltale {

/// What one reading gives; immutable.
struct PseudoRounds::State {
    CmplRounds rounds;
    RoundRef before;
    RoundRef after;
    std::vector<RoundChangeItem> changes;
    std::array<int64_t, 6> counts{}; ///< by RoundChange
    std::unordered_map<int64_t, RoundChange> marks; ///< by annotation
};

namespace {

constexpr int kDelayMs = 300; ///< decisions come one after the other

constexpr std::array<RoundChange, kSpanFates> kChanges{RoundChange::Kept, RoundChange::New,
    RoundChange::Dropped, RoundChange::Relabelled, RoundChange::Moved}; // in the order of SpanFate

const CmplRoundView* findIn(const CmplRounds& rounds, RoundRef ref)
{
    for (const CmplRunView& run : rounds.runs)
        if (run.model == ref.model)
            for (const CmplRoundView& round : run.rounds)
                if (round.record.round == ref.round)
                    return &round;
    return nullptr;
}

std::vector<RoundRef> refsOf(const CmplRounds& rounds)
{
    std::vector<RoundRef> refs;
    for (const CmplRunView& run : rounds.runs)
        for (const CmplRoundView& round : run.rounds)
            refs.push_back({run.model, round.record.round});
    return refs;
}

RoundChangeItem itemOf(const CmplRoundView& before, const CmplRoundView& after, const SpanChange& change)
{
    const auto old = static_cast<size_t>(change.before);
    const auto now = static_cast<size_t>(change.after);
    RoundChangeItem item;
    item.change = kChanges.at(static_cast<size_t>(change.fate));
    const bool dropped = change.after < 0;
    const CmplRoundView& shown = dropped ? before : after;
    const size_t place = dropped ? old : now;
    const RecordedLabel& label = shown.record.labels[place];
    item.videoId = shown.videos[place];
    item.person = label.person;
    item.span = label.span;
    item.classBefore = change.before < 0 ? -1 : before.record.labels[old].classId;
    item.classAfter = dropped ? -1 : label.classId;
    item.annotation = shown.annotations[place];
    if (item.annotation == 0 && !dropped && change.before >= 0)
        item.annotation = before.annotations[old];
    return item;
}

} // namespace

PseudoRounds::PseudoRounds(Session& session, std::function<double()> auditShare, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_auditShare(std::move(auditShare))
    , m_state(std::make_shared<const State>())
    , m_job(session.workers())
{
    if (const auto limits = readBiasLimits(biasLimitsFile()))
        m_limits = *limits;
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelayMs);
    connect(&m_delay, &QTimer::timeout, this, &PseudoRounds::refresh);
    connect(&session, &Session::projectChanged, this, [this] {
        m_job.cancel();
        m_wantedBefore = m_wantedAfter = {};
        m_records = std::make_shared<RoundRecords>();
        take(std::make_shared<const State>());
        refreshSoon();
    });
    connect(&session, &Session::edited, this, [this](ChangeKinds kinds) {
        const ChangeKinds all = ChangeKind::Models | ChangeKind::Annotations | ChangeKind::Predictions
            | ChangeKind::Scheme | ChangeKind::Videos;
        if (kinds & all)
            refreshSoon();
    });
}

const CmplRounds& PseudoRounds::rounds() const { return m_state->rounds; }

const CmplRoundView* PseudoRounds::find(RoundRef ref) const { return findIn(m_state->rounds, ref); }

std::vector<RoundRef> PseudoRounds::refs() const { return refsOf(m_state->rounds); }

RoundRef PseudoRounds::before() const { return m_state->before; }

RoundRef PseudoRounds::after() const { return m_state->after; }

const std::vector<RoundChangeItem>& PseudoRounds::changes() const { return m_state->changes; }

int64_t PseudoRounds::count(RoundChange change) const
{
    return m_state->counts.at(static_cast<size_t>(change));
}

void PseudoRounds::wake()
{
    if (m_stale)
        refreshSoon();
}

void PseudoRounds::compare(RoundRef before, RoundRef after)
{
    m_wantedBefore = before;
    m_wantedAfter = after;
    m_stale = true;
    m_delay.stop();
    refresh();
}

void PseudoRounds::setMarked(bool on)
{
    if (m_marked == on)
        return;
    m_marked = on;
    emit marksChanged();
    if (on && m_stale)
        refreshSoon();
}

RoundChange PseudoRounds::changeOf(int64_t annotation) const
{
    if (!m_marked)
        return RoundChange::None;
    const auto known = m_state->marks.find(annotation);
    return known == m_state->marks.end() ? RoundChange::None : known->second;
}

std::vector<RoundChangeItem> PseudoRounds::withoutSpan(int64_t videoId) const
{
    std::vector<RoundChangeItem> items;
    if (m_marked)
        std::ranges::copy_if(m_state->changes, std::back_inserter(items),
            [videoId](const auto& item) { return item.videoId == videoId && item.annotation == 0; });
    return items;
}

void PseudoRounds::refreshSoon()
{
    m_stale = true;
    if (m_marked || (m_watcher && m_watcher->isVisible()))
        m_delay.start();
}

void PseudoRounds::refresh()
{
    const Document* document = m_session.document();
    if (!document) {
        take(std::make_shared<const State>());
        return;
    }
    m_stale = false;
    m_job.start(
        [request = makeCmplRoundsRequest(*document, m_auditShare(), m_limits, m_records),
            before = m_wantedBefore,
            after = m_wantedAfter](ProgressSink& sink) -> Result<std::shared_ptr<const State>> {
            auto rounds = readCmplRounds(request, sink);
            if (!rounds)
                return rounds.error();
            return stateOf(std::move(*rounds), before, after);
        },
        [this](const Result<std::shared_ptr<const State>>& state) {
            if (state)
                take(*state);
        });
}

std::shared_ptr<const PseudoRounds::State> PseudoRounds::stateOf(
    CmplRounds rounds, RoundRef before, RoundRef after)
{
    auto state = std::make_shared<State>();
    const std::vector<RoundRef> refs = refsOf(rounds);
    // The newest round and the one before it, unless somebody has chosen others that are still there.
    state->after = std::ranges::count(refs, after) > 0 ? after : refs.empty() ? RoundRef() : refs.back();
    const auto at = std::ranges::find(refs, state->after);
    state->before = std::ranges::count(refs, before) > 0 ? before
        : at == refs.begin() || at == refs.end()         ? RoundRef()
                                                         : *std::prev(at);
    const CmplRoundView* first = findIn(rounds, state->before);
    const CmplRoundView* second = findIn(rounds, state->after);
    if (first && second) {
        for (const SpanChange& change : diffOf(*first, *second).changes) {
            RoundChangeItem item = itemOf(*first, *second, change);
            ++state->counts.at(static_cast<size_t>(item.change));
            if (item.annotation > 0) {
                const auto [mark, fresh] = state->marks.try_emplace(item.annotation, item.change);
                if (!fresh && mark->second == RoundChange::Dropped)
                    mark->second = item.change; // what is there says more than what was
            }
            state->changes.push_back(std::move(item));
        }
    }
    state->rounds = std::move(rounds);
    return state;
}

void PseudoRounds::take(std::shared_ptr<const State> state)
{
    const std::shared_ptr<const State> former = std::exchange(m_state, std::move(state));
    emit changed();
    // What lies where is told again only if it differs: the timeline makes its lanes anew.
    if (m_marked && (former->marks != m_state->marks || former->changes != m_state->changes))
        emit marksChanged();
}

} // namespace telltale
