// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/inspector/spanedittext.h"
#include "widgets/models/texts.h"
#include <QCoreApplication>
#include <QStringList>
#include <cstdlib>

namespace telltale {
namespace {

QString text(const char* source, int64_t count = -1)
{
    return QCoreApplication::translate("SpanEditText", source, nullptr, static_cast<int>(count));
}

QString named(const LabelScheme& scheme, const Annotation& span)
{
    return QStringLiteral("\"%1\"").arg(classText(scheme, span.classId));
}

QString frames(const FrameSpan& span)
{
    return text(QT_TRANSLATE_NOOP("SpanEditText", "frames %1 to %2")).arg(span.first).arg(span.last - 1);
}

QString appeared(const SpanEdit& edit, const LabelScheme& scheme)
{
    const Annotation& span = *edit.after;
    if (edit.kind != "do")
        return text(QT_TRANSLATE_NOOP("SpanEditText", "The span is there again"));
    if (edit.command == "split")
        return text(QT_TRANSLATE_NOOP("SpanEditText", "Split off from another span, %1"))
            .arg(frames(span.span));
    if (span.origin == SpanOrigin::Model)
        return text(QT_TRANSLATE_NOOP("SpanEditText", "Proposed by a model as %1, %2"))
            .arg(named(scheme, span), frames(span.span));
    if (span.origin == SpanOrigin::Import)
        return text(QT_TRANSLATE_NOOP("SpanEditText", "Imported as %1, %2"))
            .arg(named(scheme, span), frames(span.span));
    return text(QT_TRANSLATE_NOOP("SpanEditText", "Created as %1, %2"))
        .arg(named(scheme, span), frames(span.span));
}

QString went(const SpanEdit& edit)
{
    if (edit.kind != "do")
        return text(QT_TRANSLATE_NOOP("SpanEditText", "The span is gone again"));
    if (edit.command == "merge")
        return text(QT_TRANSLATE_NOOP("SpanEditText", "Merged into another span"));
    if (edit.command == "import_run" || edit.command == "import")
        return text(QT_TRANSLATE_NOOP("SpanEditText", "Replaced by a newer run"));
    return text(QT_TRANSLATE_NOOP("SpanEditText", "Removed"));
}

/// How far an edge moved; empty: not at all.
QString moved(bool start, int64_t by)
{
    if (by == 0)
        return {};
    const int64_t count = std::abs(by);
    if (start)
        return by > 0 ? text(QT_TRANSLATE_N_NOOP("SpanEditText", "start moved %n frame(s) later"), count)
                      : text(QT_TRANSLATE_N_NOOP("SpanEditText", "start moved %n frame(s) earlier"), count);
    return by > 0 ? text(QT_TRANSLATE_N_NOOP("SpanEditText", "end moved %n frame(s) later"), count)
                  : text(QT_TRANSLATE_N_NOOP("SpanEditText", "end moved %n frame(s) earlier"), count);
}

QStringList changed(const Annotation& before, const Annotation& after, const LabelScheme& scheme)
{
    QStringList parts;
    const auto add = [&parts](const QString& part) {
        if (!part.isEmpty())
            parts.append(part);
    };
    if (before.classId != after.classId)
        add(text(QT_TRANSLATE_NOOP("SpanEditText", "relabelled %1 \u2192 %2"))
                .arg(named(scheme, before), named(scheme, after)));
    add(moved(true, after.span.first - before.span.first));
    add(moved(false, after.span.last - before.span.last));
    if (before.state != after.state)
        add(after.state == SpanState::Proposed ? text(QT_TRANSLATE_NOOP("SpanEditText", "open again"))
                                               : stateText(after.state));
    if (before.person != after.person)
        add(text(QT_TRANSLATE_NOOP("SpanEditText", "now person %1")).arg(after.person + 1));
    if (before.predictionId != after.predictionId)
        add(text(QT_TRANSLATE_NOOP("SpanEditText", "scores of another run")));
    if (before.layer != after.layer)
        add(text(QT_TRANSLATE_NOOP("SpanEditText", "moved to another layer")));
    return parts;
}

QString capitalised(QString sentence)
{
    if (!sentence.isEmpty())
        sentence[0] = sentence[0].toUpper();
    return sentence;
}

QString plainText(const SpanEdit& edit, const LabelScheme& scheme)
{
    if (!edit.before && !edit.after)
        return {};
    if (!edit.before)
        return appeared(edit, scheme);
    if (!edit.after)
        return went(edit);
    QStringList parts = changed(*edit.before, *edit.after, scheme);
    if (edit.command == "split")
        parts.prepend(text(QT_TRANSLATE_NOOP("SpanEditText", "split in two")));
    else if (edit.command == "merge")
        parts.prepend(text(QT_TRANSLATE_N_NOOP("SpanEditText", "merged with %n span(s)"), edit.others));
    if (parts.isEmpty())
        parts.append(text(QT_TRANSLATE_NOOP("SpanEditText", "touched without a visible change")));
    return capitalised(parts.join(QStringLiteral("; ")));
}

} // namespace

QString spanEditText(const SpanEdit& edit, const LabelScheme& scheme)
{
    const QString what = plainText(edit, scheme);
    if (edit.kind == "undo")
        return text(QT_TRANSLATE_NOOP("SpanEditText", "Undone: %1")).arg(what);
    return edit.kind == "redo" ? text(QT_TRANSLATE_NOOP("SpanEditText", "Redone: %1")).arg(what) : what;
}

} // namespace telltale
