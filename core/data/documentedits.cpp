// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// The typed commands: each asks a draft for the changes and makes them one edit.
#include "data/documentprivate.h"
#include "data/store/scorefiles.h"
#include <array>

namespace telltale {

Result<int64_t> Document::addVideo(VideoEntry video)
{
    Draft draft = d->draft();
    const int64_t id = draft.addVideo(std::move(video));
    return d->run("add_video", commandText("add_video"), draft, id);
}

Status Document::findVideo(int64_t videoId, VideoEntry found, const FrameTimes& times)
{
    Draft draft = d->draft();
    draft.findVideo(videoId, std::move(found), times);
    return d->run("find_video", commandText("find_video"), draft);
}

Status Document::relocateVideos(const std::map<int64_t, std::filesystem::path>& files)
{
    if (d->location.isTeam()) // on other machines they are elsewhere
        return d->keepPlaces(files);
    Draft draft = d->draft();
    for (const auto& [id, file] : files)
        draft.relocateVideo(id, file);
    return d->run("relocate_videos", commandText("relocate_videos"), draft);
}

Status Document::setTrack(int64_t videoId, const std::string& trackInProject)
{
    return setTrack(videoId, trackAt(trackInProject));
}

Status Document::setTrack(int64_t videoId, TrackEntry track)
{
    Draft draft = d->draft();
    draft.setTrack(videoId, std::move(track));
    return d->run("set_track", commandText("set_track"), draft);
}

Status Document::setSubjectRole(const std::string& subject, SubjectRole role)
{
    Draft draft = d->draft();
    draft.setSubjectRole(subject, role);
    return d->run("set_subject_role", commandText("set_subject_role"), draft);
}

Status Document::renameSubject(const std::string& subject, const std::string& name)
{
    Draft draft = d->draft();
    draft.renameSubject(subject, name);
    return d->run("rename_subject", commandText("rename_subject"), draft);
}

Status Document::setPerson(Person person)
{
    Draft draft = d->draft();
    draft.setPerson(std::move(person));
    return d->run("set_person", commandText("set_person"), draft);
}

Result<int64_t> Document::addAnnotation(Annotation annotation)
{
    Draft draft = d->draft();
    const int64_t id = draft.addAnnotation(std::move(annotation));
    return d->run("add_annotation", commandText("add_annotation"), draft, id);
}

Status Document::addAnnotations(std::vector<Annotation> annotations, const QString& what)
{
    ImportBatch batch;
    batch.annotations = std::move(annotations);
    return importBatch(std::move(batch), what);
}

Status Document::importBatch(ImportBatch batch, const QString& what)
{
    Draft draft = d->draft();
    draft.addBatch(std::move(batch));
    return d->run("import", what, draft);
}

Status Document::removeAnnotation(int64_t id) { return removeAnnotations({id}); }

Status Document::removeAnnotations(const std::vector<int64_t>& ids)
{
    Draft draft = d->draft();
    for (const int64_t id : ids)
        draft.removeAnnotation(id);
    return d->run("remove_annotation", commandText("remove_annotation"), draft);
}

Status Document::setSpan(int64_t id, FrameSpan span, int dragSerial)
{
    Draft draft = d->draft();
    draft.setSpan(id, span);
    return d->run("set_span", commandText("set_span"), draft, {id, dragSerial});
}

Status Document::relabel(int64_t id, int classId)
{
    Draft draft = d->draft();
    draft.relabel(id, classId);
    return d->run("relabel", commandText("relabel"), draft);
}

Status Document::setState(int64_t id, SpanState state) { return setStates({id}, state); }

Status Document::setStates(const std::vector<int64_t>& ids, SpanState state)
{
    Draft draft = d->draft();
    for (const int64_t id : ids)
        draft.setState(id, state);
    static const std::array<const char*, 6> kTexts{QT_TR_NOOP("Propose again"), QT_TR_NOOP("Accept"),
        QT_TR_NOOP("Correct"), QT_TR_NOOP("Reject"), QT_TR_NOOP("Skip"), QT_TR_NOOP("Flag")};
    const QString text = tr(kTexts.at(static_cast<size_t>(state)));
    return d->run("set_state",
        ids.size() > 1 ? tr("%1 (%n spans)", nullptr, static_cast<int>(ids.size())).arg(text) : text, draft);
}

Result<int64_t> Document::acceptAbove(double threshold, int classId, int64_t videoId)
{
    Draft draft = d->draft();
    int64_t count = 0;
    for (const VideoEntry& video : videos()) {
        if (videoId > 0 && video.id != videoId)
            continue;
        for (const Annotation& one : annotations(video.id)) {
            if (one.state != SpanState::Proposed || one.predictionId == 0
                || (classId >= 0 && one.classId != classId))
                continue;
            const auto score = d->scoreOf(one.predictionId);
            if (!score || *score < threshold)
                continue;
            draft.setState(one.id, SpanState::Accepted);
            ++count;
        }
    }
    return d->run("accept_above", commandText("accept_above"), draft, count);
}

Result<int64_t> Document::decideProposals(
    const std::vector<int64_t>& accepted, const std::vector<int64_t>& rejected)
{
    Draft draft = d->draft();
    int64_t count = 0;
    const auto decide = [&](const std::vector<int64_t>& ids, SpanState state) {
        for (const int64_t id : ids) {
            const Annotation* known = d->state.annotation(id);
            if (!known || known->state != SpanState::Proposed)
                continue;
            draft.setState(id, state);
            ++count;
        }
    };
    decide(accepted, SpanState::Accepted);
    decide(rejected, SpanState::Rejected);
    const QString text = tr("Decide %n proposal(s)", nullptr, static_cast<int>(count));
    return d->run("decide_proposals", text, draft, count);
}

Result<int64_t> Document::splitAnnotation(int64_t id, int64_t frame)
{
    Draft draft = d->draft();
    const int64_t rest = draft.split(id, frame);
    return d->run("split", commandText("split"), draft, rest);
}

Status Document::mergeAnnotations(const std::vector<int64_t>& ids)
{
    Draft draft = d->draft();
    draft.merge(ids);
    return d->run("merge", commandText("merge"), draft);
}

Status Document::markReviewed(int64_t videoId, FrameSpan span)
{
    Draft draft = d->draft();
    draft.markReviewed(videoId, span);
    return d->run("mark_reviewed", commandText("mark_reviewed"), draft);
}

Status Document::unmarkReviewed(int64_t videoId, FrameSpan span)
{
    Draft draft = d->draft();
    draft.unmarkReviewed(videoId, span);
    return d->run("unmark_reviewed", commandText("unmark_reviewed"), draft);
}

Result<int64_t> Document::addNote(Note note)
{
    Draft draft = d->draft();
    const int64_t id = draft.addNote(std::move(note));
    return d->run("add_note", commandText("add_note"), draft, id);
}

Status Document::setNote(int64_t id, const std::string& text)
{
    Draft draft = d->draft();
    draft.setNote(id, text);
    return d->run("set_note", commandText("set_note"), draft);
}

Result<int64_t> Document::importRun(PredictionRun run, const std::vector<Prediction>& predictions)
{
    auto prepared = prepareRun(*d->scores, std::move(run), predictions);
    return prepared ? importRun(std::move(*prepared)) : Result<int64_t>(prepared.error());
}

Result<int64_t> Document::importRun(PreparedRun run)
{
    Draft draft = d->draft();
    const int64_t id = draft.addRun(std::move(run));
    return d->run("import_run", commandText("import_run"), draft, id);
}

std::shared_ptr<ScoreFiles> Document::scoreFiles() const { return d->scores; }

Result<int64_t> Document::addModel(ModelEntry model)
{
    Draft draft = d->draft();
    const int64_t id = draft.addModel(std::move(model), true);
    return d->run("add_model", commandText("add_model"), draft, id);
}

Result<int64_t> Document::addCandidate(ModelEntry model)
{
    Draft draft = d->draft();
    const int64_t id = draft.addModel(std::move(model), false);
    return d->run("add_candidate", commandText("add_candidate"), draft, id);
}

Status Document::useModel(int64_t id, const std::string& kind)
{
    Draft draft = d->draft();
    draft.useModel(id, kind);
    return d->run("use_model", commandText("use_model"), draft);
}

Status Document::removeModel(int64_t id)
{
    Draft draft = d->draft();
    draft.removeModel(id);
    return d->run("remove_model", commandText("remove_model"), draft);
}

Status Document::addClasses(const std::vector<LabelClass>& classes, bool force)
{
    Draft draft = d->draft();
    draft.addClasses(classes, force);
    return d->run("add_classes", commandText("add_classes"), draft);
}

Status Document::setScheme(LabelScheme scheme)
{
    Draft draft = d->draft();
    draft.setScheme(std::move(scheme));
    return d->run("set_scheme", commandText("set_scheme"), draft);
}

Status Document::synchronize(const std::vector<SyncedVideo>& cameras)
{
    Draft draft = d->draft();
    draft.synchronize(cameras);
    return d->run("synchronize", commandText("synchronize"), draft);
}

Status Document::setCameraOffset(int64_t videoId, int64_t offsetUs, int dragSerial)
{
    Draft draft = d->draft();
    draft.setCameraOffset(videoId, offsetUs);
    return d->run("set_camera_offset", commandText("set_camera_offset"), draft, {videoId, dragSerial});
}

Status Document::unsynchronize(int64_t videoId)
{
    Draft draft = d->draft();
    draft.unsynchronize(videoId);
    return d->run("unsynchronize", commandText("unsynchronize"), draft);
}

Status Document::setMember(const std::string& name, MemberRole role) { return setMembers({{0, name, role}}); }

Status Document::setMembers(const std::vector<Member>& members)
{
    Draft draft = d->draft();
    draft.setMembers(members);
    return d->run("set_team", commandText("set_team"), draft);
}

Status Document::removeMember(const std::string& name)
{
    Draft draft = d->draft();
    draft.removeMember(name);
    return d->run("set_team", commandText("set_team"), draft);
}

Status Document::assign(int64_t videoId, const std::vector<std::string>& annotators, int withheld)
{
    Draft draft = d->draft();
    draft.assign(videoId, annotators, withheld);
    return d->run("set_team", commandText("set_team"), draft);
}

Status Document::setFinished(int64_t videoId, bool finished)
{
    Draft draft = d->draft();
    draft.setFinished(videoId, finished);
    return d->run("set_team", commandText("set_team"), draft);
}

Status Document::adjudicate(
    int64_t videoId, const std::vector<Annotation>& agreed, const std::vector<int64_t>& instead)
{
    Draft draft = d->draft();
    draft.adjudicate(videoId, agreed, instead);
    return d->run("adjudicate", commandText("adjudicate"), draft);
}

Status Document::resolveConflict(int64_t id, Side side)
{
    RowChanges wanted;
    if (const EditConflict* conflict = d->state.conflicts().find(id); conflict && side == Side::Mine) {
        EditRecord record;
        record.before = conflict->theirs;
        record.after = conflict->mine;
        auto changes = parseChanges(record);
        if (!changes)
            return changes.error();
        wanted = std::move(*changes);
        // The other version may have been changed again since.
        for (RowChange& change : wanted)
            change.before = d->state.row(change.table, change.id);
    }
    Draft draft = d->draft();
    draft.closeConflict(id, wanted);
    return d->run("resolve_conflict", commandText("resolve_conflict"), draft);
}

} // namespace telltale
