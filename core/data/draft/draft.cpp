// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/draft/draft.h"
#include <algorithm>

namespace telltale {

Draft::Draft(const State& state, DraftContext context, IdSource& ids)
    : m_state(state)
    , m_context(std::move(context))
    , m_ids(ids)
{
}

void Draft::fail(ErrorCode code, std::string sentence)
{
    if (!m_failure)
        m_failure = Error{code, std::move(sentence)};
}

int64_t Draft::takeIds(const std::string& name, int64_t count)
{
    const auto first = m_ids.take(name, count);
    if (!first) {
        fail(first.error().code, first.error().message);
        return 0;
    }
    return *first;
}

void Draft::record(Table table, int64_t id, nlohmann::json before, nlohmann::json after)
{
    if (before != after)
        m_changes.push_back({table, id, std::move(before), std::move(after)});
}

bool Draft::allowed(MemberRole least, const std::string& what)
{
    if (m_context.role >= least)
        return true;
    fail(ErrorCode::Conflict,
        m_context.annotator + " is " + std::string(nameOf(m_context.role)) + " in this project and may not "
            + what + "; ask " + (least == MemberRole::Owner ? "an owner" : "a reviewer or an owner"));
    return false;
}

bool Draft::allowedOn(const std::string& layer, int64_t videoId)
{
    if (m_context.role >= MemberRole::Reviewer
        || layer == workingLayer(m_state, videoId, m_context.annotator, m_context.role))
        return true;
    return allowed(MemberRole::Reviewer, "change spans of others");
}

const VideoEntry* Draft::video(int64_t id) const
{
    const auto fresh = std::ranges::find(m_newVideos, id, &VideoEntry::id);
    return fresh != m_newVideos.end() ? &*fresh : m_state.video(id);
}

const VideoEntry* Draft::knownVideo(int64_t id)
{
    const VideoEntry* known = video(id);
    if (!known)
        fail(ErrorCode::NotFound, "there is no video " + std::to_string(id));
    return known;
}

const Annotation* Draft::annotation(int64_t id)
{
    const Annotation* found = m_state.annotation(id);
    if (!found)
        fail(ErrorCode::NotFound, "there is no span " + std::to_string(id) + " any more");
    else if (!allowedOn(found->layer, found->videoId))
        return nullptr;
    return found;
}

bool Draft::checkSpan(int64_t videoId, const FrameSpan& span)
{
    const VideoEntry* owner = knownVideo(videoId);
    if (!owner)
        return false;
    // An offline video may turn out longer than what is known of it.
    const bool bounded = !owner->offline && owner->frameCount > 0;
    if (span.first < 0 || span.empty() || (bounded && span.last > owner->frameCount)) {
        fail(ErrorCode::InvalidArgument,
            owner->name + ": frames " + std::to_string(span.first) + " to " + std::to_string(span.last)
                + " are no span of this video"
                + (bounded ? " of " + std::to_string(owner->frameCount) + " frames" : std::string()));
        return false;
    }
    return true;
}

bool Draft::checkClass(int classId)
{
    if (classId >= -1 && classId < scheme().classCount())
        return true;
    fail(ErrorCode::InvalidArgument,
        "there is no class " + std::to_string(classId) + ", the scheme '" + scheme().name + "' has "
            + std::to_string(scheme().classCount()));
    return false;
}

} // namespace telltale
