// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/draft/draft.h"
#include "data/rows.h"
#include "data/times.h"
#include <algorithm>
#include <map>

namespace telltale {

std::string workingLayer(const State& state, int64_t videoId, const std::string& annotator, MemberRole role)
{
    bool coded = false;
    for (const Assignment& one : state.assignments().all()) {
        if (one.videoId != videoId)
            continue;
        if (one.annotator == annotator)
            return annotator;
        coded = true;
    }
    return coded && role >= MemberRole::Reviewer ? std::string(kAdjudicatedLayer) : std::string();
}

void Draft::setMembers(const std::vector<Member>& wanted)
{
    if (!allowed(MemberRole::Owner, "change the members"))
        return;
    const auto& all = m_state.members().all();
    std::map<std::string, MemberRole> roles;
    for (const Member& one : all)
        roles[one.name] = one.role;
    for (const Member& one : wanted) {
        if (one.name.empty() || one.name == kAdjudicatedLayer)
            return fail(ErrorCode::InvalidArgument, "'" + one.name + "' cannot be a member's name");
        roles[one.name] = one.role;
    }
    // Without members everybody is an owner; the first ones must not lock all others out.
    const auto owns = [](const auto& entry) { return entry.second == MemberRole::Owner; };
    if (!roles.empty() && std::ranges::none_of(roles, owns))
        return fail(ErrorCode::Conflict, "a team needs an owner: make another member owner first");
    for (Member one : wanted) {
        const auto known = std::ranges::find(all, one.name, &Member::name);
        one.id = known != all.end() ? known->id : nextId(Table::Members);
        record(
            Table::Members, one.id, known != all.end() ? rowOf(*known) : nlohmann::json(nullptr), rowOf(one));
    }
}

void Draft::removeMember(const std::string& name)
{
    if (!allowed(MemberRole::Owner, "change the members"))
        return;
    const auto& all = m_state.members().all();
    const auto known = std::ranges::find(all, name, &Member::name);
    if (known == all.end())
        return fail(ErrorCode::NotFound, "'" + name + "' is no member of this project");
    const bool someOwner = std::ranges::any_of(
        all, [&](const Member& one) { return one.role == MemberRole::Owner && one.name != name; });
    if (!someOwner && all.size() > 1)
        return fail(ErrorCode::Conflict, "a team needs an owner: make another member owner first");
    record(Table::Members, known->id, rowOf(*known), nullptr);
}

const Withholding* Draft::withholdingOf(int64_t videoId, const std::string& annotator) const
{
    const auto& all = m_state.withholdings().all();
    const auto known = std::ranges::find_if(
        all, [&](const Withholding& one) { return one.videoId == videoId && one.annotator == annotator; });
    return known != all.end() ? &*known : nullptr;
}

void Draft::withhold(int64_t videoId, const std::string& annotator, int percent)
{
    const Withholding* known = withholdingOf(videoId, annotator);
    if (percent == (known ? known->percent : 0))
        return;
    Withholding wanted{known ? known->id : nextId(Table::Withholdings), videoId, annotator, percent};
    record(Table::Withholdings, wanted.id, known ? rowOf(*known) : nlohmann::json(nullptr), rowOf(wanted));
}

void Draft::assign(int64_t videoId, const std::vector<std::string>& annotators, int withheld)
{
    if (!allowed(MemberRole::Reviewer, "assign videos") || !knownVideo(videoId))
        return;
    if (withheld < 0 || withheld > 100)
        return fail(ErrorCode::InvalidArgument,
            "from 0 to 100 percent of the proposals can be withheld, not " + std::to_string(withheld));
    for (const Assignment& one : m_state.assignments().all())
        if (one.videoId == videoId && std::ranges::find(annotators, one.annotator) == annotators.end())
            record(Table::Assignments, one.id, rowOf(one), nullptr);
    for (const std::string& name : annotators) {
        if (name.empty() || name == kAdjudicatedLayer)
            return fail(ErrorCode::InvalidArgument, "'" + name + "' cannot be a coder's name");
        const bool there = std::ranges::any_of(m_state.assignments().all(),
            [&](const Assignment& one) { return one.videoId == videoId && one.annotator == name; });
        if (there)
            continue;
        const Assignment made{nextId(Table::Assignments), videoId, name, false};
        record(Table::Assignments, made.id, nullptr, rowOf(made));
        withhold(videoId, name, withheld);
        // Every coder gets the proposals that nobody has decided on, but for those withheld.
        for (Annotation proposal : m_state.annotations(videoId, "")) {
            if (proposal.state != SpanState::Proposed || proposal.predictionId == 0
                || isWithheld(proposal.predictionId, withheld))
                continue;
            proposal.id = nextId(Table::Annotations);
            proposal.layer = name;
            proposal.annotator.clear();
            record(Table::Annotations, proposal.id, nullptr, rowOf(proposal));
        }
    }
}

void Draft::setFinished(int64_t videoId, bool finished)
{
    for (const Assignment& one : m_state.assignments().all()) {
        if (one.videoId != videoId || one.annotator != m_context.annotator)
            continue;
        Assignment changed = one;
        changed.finished = finished;
        return record(Table::Assignments, one.id, rowOf(one), rowOf(changed));
    }
    fail(ErrorCode::NotFound, m_context.annotator + " does not code this video");
}

void Draft::adjudicate(
    int64_t videoId, const std::vector<Annotation>& agreed, const std::vector<int64_t>& instead)
{
    if (!allowed(MemberRole::Reviewer, "adjudicate"))
        return;
    for (const int64_t id : instead) {
        const Annotation* former = m_state.annotation(id);
        if (!former || former->layer != kAdjudicatedLayer)
            return fail(ErrorCode::NotFound, "a settled span that was to be replaced is not there any more");
        record(Table::Annotations, id, rowOf(*former), nullptr);
    }
    for (Annotation one : agreed) {
        if (!checkSpan(videoId, one.span) || !checkClass(one.classId))
            return;
        one.id = nextId(Table::Annotations);
        one.videoId = videoId;
        one.layer = kAdjudicatedLayer;
        one.annotator = m_context.annotator;
        record(Table::Annotations, one.id, nullptr, rowOf(one));
    }
}

int64_t Draft::addConflict(EditConflict conflict)
{
    conflict.id = nextId(Table::Conflicts);
    record(Table::Conflicts, conflict.id, nullptr, rowOf(conflict));
    return conflict.id;
}

void Draft::closeConflict(int64_t id, const RowChanges& wanted)
{
    const EditConflict* known = m_state.conflicts().find(id);
    if (!known || !known->open)
        return fail(ErrorCode::NotFound, "the conflict " + std::to_string(id) + " is settled already");
    EditConflict closed = *known;
    closed.open = false;
    record(Table::Conflicts, id, rowOf(*known), rowOf(closed));
    for (const RowChange& change : wanted)
        record(change.table, change.id, change.before, change.after);
}

} // namespace telltale
