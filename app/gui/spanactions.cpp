// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/spanactions.h"
#include "app/gui/acceptabovedialog.h"
#include "app/gui/mainwindow.h"
#include "app/gui/schemedialog.h"
#include "app/gui/subjectsdialog.h"
#include "app/gui/timelinepresenter.h"
#include "widgets/models/texts.h"
#include "widgets/timeline/timelineview.h"
#include <QCoreApplication>
#include <QInputDialog>
#include <QPlainTextEdit>
#include <QShortcut>
#include <QStatusBar>
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

constexpr int kNoticeMs = 8000;
constexpr double kSnapSeconds = 0.7; ///< how far a boundary goes to meet a movement. Ours.

int64_t snapReach(const FrameTimes& times)
{
    return std::max<int64_t>(1, std::llround(kSnapSeconds * times.meanFps()));
}

QString text(const char* source, int count = -1)
{
    return QCoreApplication::translate("SpanActions", source, nullptr, count);
}

void tell(Workbench& bench, const QString& sentence)
{
    bench.window.statusBar()->showMessage(sentence, kNoticeMs);
}

bool succeeded(Workbench& bench, const Status& status)
{
    if (!status)
        emit bench.review.failed(QString::fromStdString(status.error().message));
    return status.ok();
}

QDialog* show(QDialog* dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    return dialog;
}

QDialog* askForText(Workbench& bench, const QString& title, const QString& label, const QString& before,
    const std::function<Status(Document&, const std::string&)>& take)
{
    auto* dialog = new QInputDialog(&bench.window);
    dialog->setOption(QInputDialog::UsePlainTextEditForTextInput);
    dialog->setWindowTitle(title);
    dialog->setLabelText(label);
    dialog->setTextValue(before);
    if (auto* edit = dialog->findChild<QPlainTextEdit*>()) {
        edit->setTabChangesFocus(true);
        edit->setAccessibleName(title);
    }
    new QShortcut(QKeySequence(QStringLiteral("Ctrl+Return")), dialog, dialog, &QDialog::accept);
    dialog->resize(dialog->fontMetrics().averageCharWidth() * 60, dialog->fontMetrics().height() * 12);
    QObject::connect(
        dialog, &QInputDialog::textValueSelected, &bench.window, [&bench, take](const QString& written) {
            if (Document* document = bench.session.document())
                succeeded(bench, take(*document, written.trimmed().toStdString()));
        });
    return show(dialog);
}

/// The span that follows the selected one on its lane, 0 if none.
int64_t followerOf(const Document& document, const Annotation& span)
{
    for (const Annotation& other : document.annotations(span.videoId)) {
        const bool later = other.span.first > span.span.first
            || (other.span.first == span.span.first && other.id > span.id);
        if (later && other.person == span.person && other.state != SpanState::Rejected
            && isOnUpperLane(other) == isOnUpperLane(span))
            return other.id;
    }
    return 0;
}

} // namespace

void splitAtPlayhead(Workbench& bench)
{
    const Annotation* span = bench.review.selectedSpan();
    if (!span)
        return;
    const int64_t id = span->id;
    bench.player.stop();
    const auto rest = bench.session.document()->splitAnnotation(id, bench.player.frame());
    if (!rest) {
        emit bench.review.failed(QString::fromStdString(rest.error().message));
        return;
    }
    bench.review.select(id, false);
}

std::vector<MotionOnset> onsetsAround(const Workbench& bench, const Annotation& span)
{
    const auto track = bench.session.track();
    const auto times = bench.session.times();
    if (!track || !times)
        return {};
    const int64_t reach = snapReach(*times);
    return onsetsIn(*track, span.person, *times, {span.span.first - reach, span.span.last + reach + 1});
}

void snapToMotion(Workbench& bench)
{
    const Annotation* span = bench.review.selectedSpan();
    if (!span)
        return;
    if (!bench.session.track()) {
        emit bench.review.failed(text(QT_TRANSLATE_NOOP("SpanActions",
            "There is no skeleton whose movement a span could snap to: analyze the video with a pose "
            "model.")));
        return;
    }
    const FrameSpan snapped
        = snapToMotion(span->span, onsetsAround(bench, *span), snapReach(*bench.session.times()));
    if (snapped == span->span)
        tell(
            bench, text(QT_TRANSLATE_NOOP("SpanActions", "Nothing begins or ceases to move near its ends.")));
    else
        succeeded(bench, bench.session.document()->setSpan(span->id, snapped));
}

void mergeWithNext(Workbench& bench)
{
    const Annotation* span = bench.review.selectedSpan();
    if (!span)
        return;
    Document& document = *bench.session.document();
    const int64_t id = span->id;
    const int64_t next = followerOf(document, *span);
    if (next == 0) {
        emit bench.review.failed(text(QT_TRANSLATE_NOOP(
            "SpanActions", "No span follows this one on its lane, so there is nothing to merge it with.")));
        return;
    }
    if (succeeded(bench, document.mergeAnnotations({id, next})))
        bench.review.select(id, false);
}

FrameSpan stretchToReview(const Workbench& bench)
{
    if (const auto& marks = bench.review.draft())
        return *marks;
    return clampSpan(bench.window.timeline().visibleFrames(), bench.player.frameCount());
}

void setReviewed(Workbench& bench, bool reviewed)
{
    Document* document = bench.session.document();
    const FrameSpan stretch = stretchToReview(bench);
    if (!document || stretch.empty())
        return;
    const int64_t video = bench.session.videoId();
    if (!succeeded(bench,
            reviewed ? document->markReviewed(video, stretch) : document->unmarkReviewed(video, stretch)))
        return;
    if (bench.review.draft())
        bench.review.clearDraft();
    tell(bench,
        (reviewed ? text(QT_TRANSLATE_NOOP(
             "SpanActions", "Frames %1 to %2 are marked as reviewed: no span there means no gesture."))
                  : text(QT_TRANSLATE_NOOP("SpanActions",
                      "Frames %1 to %2 are not marked as reviewed any more: no span there means unknown.")))
            .arg(stretch.first)
            .arg(stretch.last - 1));
}

QDialog* acceptAbove(Workbench& bench)
{
    auto* dialog = new AcceptAboveDialog(*bench.session.document(), bench.session.videoId(), &bench.window);
    QObject::connect(dialog, &AcceptAboveDialog::failed, &bench.review, &Review::failed);
    QObject::connect(dialog, &AcceptAboveDialog::acceptedAbove, &bench.window, [&bench](qint64 count) {
        tell(bench,
            text(QT_TRANSLATE_N_NOOP("SpanActions", "%n proposal(s) accepted. One undo takes them all back."),
                static_cast<int>(count)));
    });
    return show(dialog);
}

QDialog* addNote(Workbench& bench, NotePlace place)
{
    const Annotation* span = bench.review.selectedSpan();
    Note note;
    note.videoId = bench.session.videoId();
    QString label = text(QT_TRANSLATE_NOOP("SpanActions", "Note on the video:"));
    if (place == NotePlace::Span && span) {
        note.annotationId = span->id;
        label = text(QT_TRANSLATE_NOOP("SpanActions", "Note on the span \"%1\" at frame %2:"))
                    .arg(classText(bench.session.document()->scheme(), span->classId))
                    .arg(span->span.first);
    } else if (place == NotePlace::Frame) {
        note.frame = bench.player.frame();
        label = text(QT_TRANSLATE_NOOP("SpanActions", "Note on frame %1:")).arg(note.frame);
    }
    return askForText(bench, text(QT_TRANSLATE_NOOP("SpanActions", "Add a note")), label, {},
        [note](Document& document, const std::string& written) -> Status {
            if (written.empty())
                return {};
            Note made = note;
            made.text = written;
            const auto id = document.addNote(std::move(made));
            return id ? Status() : Status(id.error());
        });
}

QDialog* editNote(Workbench& bench, int64_t noteId)
{
    const Document& document = *bench.session.document();
    for (const int64_t video : {bench.session.videoId(), int64_t{0}})
        for (const Note& note : document.notes(video))
            if (note.id == noteId)
                return askForText(bench, text(QT_TRANSLATE_NOOP("SpanActions", "Change the note")),
                    text(QT_TRANSLATE_NOOP("SpanActions", "An empty text removes the note:")),
                    QString::fromStdString(note.text),
                    [noteId](Document& project, const std::string& written) {
                        return project.setNote(noteId, written);
                    });
    return nullptr;
}

QDialog* editSubjects(Workbench& bench)
{
    return show(new SubjectsDialog(*bench.session.document(), &bench.window));
}

QDialog* editScheme(Workbench& bench)
{
    return show(new SchemeDialog(*bench.session.document(), bench.keys, &bench.window));
}

} // namespace telltale
