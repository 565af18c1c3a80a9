// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/exchange/importpreview.h"
#include "app/gui/jobdialog.h"
#include <QDir>
#include <QHeaderView>
#include <QLocale>
#include <QPlainTextEdit>
#include <QTreeWidget>

namespace telltale {
namespace {

QTreeWidget* makeList(const QString& name, const QStringList& columns)
{
    auto* list = new QTreeWidget;
    list->setAccessibleName(name);
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    list->setAlternatingRowColors(true);
    list->setHeaderLabels(columns);
    list->header()->setStretchLastSection(true);
    return list;
}

QString text(const std::string& words) { return QString::fromStdString(words); }

QString numberOrNothing(int64_t number)
{
    return number > 0 ? QLocale().toString(static_cast<qlonglong>(number)) : QString();
}

} // namespace

ImportPreview::ImportPreview(QWidget* parent)
    : QTabWidget(parent)
    , m_changes(makeList(
          tr("Changes"), {tr("Video"), tr("Change"), tr("Spans"), tr("Proposals"), tr("There already")}))
    , m_problems(
          makeList(tr("Problems"), {tr("File"), tr("Line"), tr("Element"), tr("Problem"), tr("Remedy")}))
    , m_report(makeOutcome(
          tr("Report"), tr("Choose a file: what it would change is listed before anything happens.")))
{
    addTab(m_report, tr("Report"));
    addTab(m_changes, tr("Changes"));
    addTab(m_problems, tr("Problems"));
}

void ImportPreview::clear()
{
    m_changes->clear();
    m_problems->clear();
    m_report->clear();
    setTabText(indexOf(m_changes), tr("Changes"));
    setTabText(indexOf(m_problems), tr("Problems"));
}

void ImportPreview::fill(const ImportReport& report)
{
    clear();
    for (const std::string& name : report.classesAdded)
        m_changes->addTopLevelItem(new QTreeWidgetItem({QString(), tr("new class: %1").arg(text(name))}));
    for (const VideoChange& one : report.videos) {
        QStringList what;
        if (one.added)
            what.append(one.offline ? tr("new, waits for its file") : tr("new"));
        if (one.track)
            what.append(tr("gets a skeleton"));
        if (one.confirmed > 0)
            what.append(tr("confirms %n proposal(s)", nullptr, static_cast<int>(one.confirmed)));
        if (one.reviewed > 0)
            what.append(tr("%n part(s) reviewed", nullptr, static_cast<int>(one.reviewed)));
        auto* item = new QTreeWidgetItem({text(one.name), what.join(tr(", ")), numberOrNothing(one.spans),
            numberOrNothing(one.proposals), numberOrNothing(one.repeated)});
        for (int column = 2; column < 5; ++column)
            item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
        m_changes->addTopLevelItem(item);
    }
    for (const ImportProblem& one : report.problems.kept()) {
        const QString file = one.place.file ? text(*one.place.file) : QString();
        auto* item = new QTreeWidgetItem({file.section(QLatin1Char('/'), -1),
            one.place.line > 0 ? QString::number(one.place.line) : QString(), text(one.place.element),
            text(one.what), text(one.remedy)});
        item->setToolTip(0, QDir::toNativeSeparators(file));
        item->setToolTip(3, text(one.sentence()));
        m_problems->addTopLevelItem(item);
    }
    for (QTreeWidget* list : {m_changes, m_problems})
        for (int column = 0; column + 1 < list->columnCount(); ++column)
            list->resizeColumnToContents(column);
    setTabText(indexOf(m_changes), tr("Changes (%1)").arg(m_changes->topLevelItemCount()));
    setTabText(indexOf(m_problems), tr("Problems (%1)").arg(report.problems.count()));
}

void ImportPreview::showPlan(const ImportReport& report)
{
    fill(report);
    QStringList lines{tr("Would import: %1, %2, %3. Nothing has changed yet.")
                          .arg(tr("%n span(s)", nullptr, static_cast<int>(report.spansAdded)),
                              tr("%n video(s)", nullptr, static_cast<int>(report.videosAdded)),
                              tr("%n skeleton(s)", nullptr, static_cast<int>(report.tracksAdded)))};
    lines.append(text(report.conventions.sentence()));
    for (const std::string& note : report.notes)
        lines.append(text(note));
    lines.removeAll(QString());
    m_report->setPlainText(lines.join(QLatin1Char('\n')));
    setCurrentWidget(report.problems.empty() ? static_cast<QWidget*>(m_changes) : m_problems);
}

void ImportPreview::showDone(const ImportReport& report)
{
    fill(report);
    QStringList lines{tr("Imported: %1, %2, %3. Undo takes all of it back.")
                          .arg(tr("%n span(s)", nullptr, static_cast<int>(report.spansAdded)),
                              tr("%n video(s)", nullptr, static_cast<int>(report.videosAdded)),
                              tr("%n skeleton(s)", nullptr, static_cast<int>(report.tracksAdded)))};
    if (!report.problems.empty())
        lines.append(tr("%n element(s) left out, listed under Problems.", nullptr,
            static_cast<int>(report.problems.count())));
    lines.append(text(report.conventions.sentence()));
    for (const std::string& note : report.notes)
        lines.append(text(note));
    lines.removeAll(QString());
    m_report->setPlainText(lines.join(QLatin1Char('\n')));
    setCurrentWidget(m_report);
}

void ImportPreview::showText(const QString& text)
{
    m_report->setPlainText(text);
    setCurrentWidget(m_report);
}

} // namespace telltale
