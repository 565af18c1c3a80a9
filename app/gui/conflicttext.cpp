// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/conflicttext.h"
#include "app/gui/localtime.h"
#include "data/conflictrows.h"
#include "data/document.h"
#include "widgets/models/texts.h"
#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace telltale {
namespace {

constexpr size_t kMostRows = 50; ///< of a bulk edit; more are counted, not listed

struct Conflicts {
    Q_DECLARE_TR_FUNCTIONS(Conflicts)
};

struct Name {
    const char* id;
    const char* text;
};
constexpr std::array<Name, 16> kTables{{{"schemes", QT_TRANSLATE_NOOP("Conflicts", "Label scheme")},
    {"subjects", QT_TRANSLATE_NOOP("Conflicts", "Subject")},
    {"videos", QT_TRANSLATE_NOOP("Conflicts", "Video")},
    {"persons", QT_TRANSLATE_NOOP("Conflicts", "Person")},
    {"models", QT_TRANSLATE_NOOP("Conflicts", "Model")},
    {"tracks", QT_TRANSLATE_NOOP("Conflicts", "Skeleton")},
    {"runs", QT_TRANSLATE_NOOP("Conflicts", "Model run")},
    {"annotations", QT_TRANSLATE_NOOP("Conflicts", "Span")},
    {"reviewed", QT_TRANSLATE_NOOP("Conflicts", "Reviewed range")},
    {"notes", QT_TRANSLATE_NOOP("Conflicts", "Note")}, {"syncs", QT_TRANSLATE_NOOP("Conflicts", "Camera")},
    {"members", QT_TRANSLATE_NOOP("Conflicts", "Member")},
    {"assignments", QT_TRANSLATE_NOOP("Conflicts", "Assignment")},
    {"withholdings", QT_TRANSLATE_NOOP("Conflicts", "Withheld proposals")},
    {"pseudo_labels", QT_TRANSLATE_NOOP("Conflicts", "Pseudo-label")},
    {"conflicts", QT_TRANSLATE_NOOP("Conflicts", "Conflict")}}};
constexpr std::array<Name, 12> kColumns{{{"name", QT_TRANSLATE_NOOP("Conflicts", "Name")},
    {"path", QT_TRANSLATE_NOOP("Conflicts", "File")}, {"role", QT_TRANSLATE_NOOP("Conflicts", "Role")},
    {"offline", QT_TRANSLATE_NOOP("Conflicts", "Missing")}, {"text", QT_TRANSLATE_NOOP("Conflicts", "Text")},
    {"author", QT_TRANSLATE_NOOP("Conflicts", "Author")}, {"time", QT_TRANSLATE_NOOP("Conflicts", "Time")},
    {"frame", QT_TRANSLATE_NOOP("Conflicts", "Frame")},
    {"annotator", QT_TRANSLATE_NOOP("Conflicts", "Annotator")},
    {"offset_us", QT_TRANSLATE_NOOP("Conflicts", "Offset in microseconds")},
    {"finished", QT_TRANSLATE_NOOP("Conflicts", "Finished")},
    {"active", QT_TRANSLATE_NOOP("Conflicts", "In use")}}};

template <size_t Count> QString named(const std::array<Name, Count>& names, std::string_view id)
{
    const auto at = std::ranges::find_if(names, [&](const Name& one) { return id == one.id; });
    return at != names.end() ? Conflicts::tr(at->text)
                             : QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size()));
}

class Describer {
public:
    Describer(const Document& document, ConflictText& text) : m_document(document), m_text(text) { }

    void add(const ConflictRow& row)
    {
        if (row.mine || row.theirs)
            addSpan(row);
        else
            addColumns(row);
    }

private:
    void line(const QString& what, const QString& mine, const QString& theirs)
    {
        m_text.lines.push_back({what, mine, theirs, mine != theirs});
    }

    void heading(const ConflictRow& row, const QString& what)
    {
        const QString there = Conflicts::tr("is there");
        const QString gone = Conflicts::tr("is not there");
        line(what, row.mineThere ? there : gone, row.theirsThere ? there : gone);
    }

    QString videoName(int64_t id) const
    {
        const VideoEntry* video = m_document.video(id);
        return video ? QString::fromStdString(video->name) : QString::number(id);
    }

    QString frames(const Annotation& span) const
    {
        const VideoEntry* video = m_document.video(span.videoId);
        QString numbers = Conflicts::tr("frames %1 to %2").arg(span.span.first).arg(span.span.last - 1);
        if (!video || video->fps <= 0)
            return numbers;
        const auto at = [&](int64_t frame) {
            return clockText(MediaTime(std::llround(static_cast<double>(frame) * 1e6 / video->fps)));
        };
        return Conflicts::tr("%1 (%2 to %3)").arg(numbers, at(span.span.first), at(span.span.last));
    }

    void addSpan(const ConflictRow& row)
    {
        const Annotation mine = row.mine.value_or(Annotation());
        const Annotation theirs = row.theirs.value_or(Annotation());
        const Annotation& known = row.theirs ? theirs : mine;
        const auto both = [&](const char* what, const std::function<QString(const Annotation&)>& text) {
            line(Conflicts::tr(what), row.mine ? text(mine) : Conflicts::tr("(removed)"),
                row.theirs ? text(theirs) : Conflicts::tr("(removed)"));
        };
        if (m_text.videoId == 0) {
            m_text.videoId = known.videoId;
            m_text.span = known.span;
            m_text.annotationId = m_document.annotation(row.id) ? row.id : 0;
            m_text.summary = Conflicts::tr("A span of %1").arg(videoName(known.videoId));
        }
        both(QT_TRANSLATE_NOOP("Conflicts", "Class"),
            [&](const Annotation& one) { return classLongText(m_document.scheme(), one.classId); });
        both(QT_TRANSLATE_NOOP("Conflicts", "Place"), [&](const Annotation& one) { return frames(one); });
        both(QT_TRANSLATE_NOOP("Conflicts", "State"),
            [](const Annotation& one) { return stateText(one.state); });
        both(QT_TRANSLATE_NOOP("Conflicts", "Annotator"),
            [](const Annotation& one) { return QString::fromStdString(one.annotator); });
        if (mine.person != theirs.person)
            both(QT_TRANSLATE_NOOP("Conflicts", "Person"),
                [](const Annotation& one) { return QString::number(one.person); });
        if (mine.layer != theirs.layer)
            both(QT_TRANSLATE_NOOP("Conflicts", "Layer"),
                [](const Annotation& one) { return QString::fromStdString(one.layer); });
    }

    void addColumns(const ConflictRow& row)
    {
        const QString what = named(kTables, row.table);
        const QString name = QString::fromStdString(row.name);
        const QString title = name.isEmpty() ? what : Conflicts::tr("%1 %2").arg(what, name);
        if (m_text.summary.isEmpty())
            m_text.summary = title;
        heading(row, title);
        for (const ConflictRow::Column& column : row.columns)
            line(named(kColumns, column.name), QString::fromStdString(column.mine),
                QString::fromStdString(column.theirs));
    }

    const Document& m_document;
    ConflictText& m_text;
};

QString localTime(const std::string& time)
{
    const QDateTime when = localTimeOf(time);
    return when.isValid() ? QLocale().toString(when, QLocale::ShortFormat) : QString::fromStdString(time);
}

} // namespace

ConflictText describeConflict(const Document& document, const EditConflict& conflict)
{
    ConflictText text;
    text.own = conflict.annotator == document.annotator();
    const QString who = QString::fromStdString(conflict.annotator);
    const QString other
        = conflict.other.empty() ? Conflicts::tr("somebody else") : QString::fromStdString(conflict.other);
    text.title
        = Conflicts::tr("%1: %2 (%3)").arg(who, commandText(conflict.command), localTime(conflict.time));
    text.mine = text.own ? Conflicts::tr("Mine (%1)").arg(who) : Conflicts::tr("Of %1").arg(who);
    text.theirs = Conflicts::tr("In the project (%1)").arg(other);
    const auto rows = rowsOfConflict(conflict);
    if (!rows) {
        text.summary = QString::fromStdString(rows.error().message);
        return text;
    }
    Describer describer(document, text);
    for (size_t i = 0; i < std::min(rows->size(), kMostRows); ++i)
        describer.add((*rows)[i]);
    if (rows->size() > 1)
        text.summary
            = Conflicts::tr("%1, and %n more", nullptr, static_cast<int>(rows->size() - 1)).arg(text.summary);
    if (text.videoId == 0)
        text.videoId = conflict.videoId;
    return text;
}

} // namespace telltale
