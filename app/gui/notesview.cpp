// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/notesview.h"
#include "app/gui/reviewmarks.h"
#include "app/gui/spanactions.h"
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace telltale {
namespace {

constexpr int kRowsShown = 5; // lines of text before the list scrolls

QToolButton* makeButton(const QString& text, const QString& name)
{
    auto* button = new QToolButton;
    button->setText(text);
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setAutoRaise(true);
    return button;
}

} // namespace

NotesView::NotesView(Workbench& bench, QWidget* parent)
    : QWidget(parent)
    , m_bench(bench)
    , m_title(new QLabel)
    , m_list(new QListWidget)
    , m_add(makeButton(tr("Add"), tr("Add a note")))
    , m_edit(makeButton(tr("Change"), tr("Change the note")))
    , m_delete(makeButton(tr("Delete"), tr("Delete the note")))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 0, 8, 8);
    layout->setSpacing(2);
    layout->addWidget(makeHead());
    m_list->setAccessibleName(tr("Notes on this video"));
    m_list->setWordWrap(true);
    m_list->setAlternatingRowColors(true);
    m_list->setTextElideMode(Qt::ElideNone);
    m_list->setMaximumHeight(fontMetrics().height() * kRowsShown + 12);
    layout->addWidget(m_list);
    connect(m_list, &QListWidget::itemActivated, this, &NotesView::goTo);
    connect(m_list, &QListWidget::itemClicked, this, &NotesView::goTo);
    connect(m_list, &QListWidget::currentItemChanged, this, &NotesView::updateButtons);
    connect(&bench.review, &Review::selectionChanged, this, &NotesView::refresh);
    connect(&bench.session, &Session::videoChanged, this, &NotesView::refresh);
    connect(&bench.session, &Session::projectChanged, this, &NotesView::refresh);
    connect(&bench.session, &Session::edited, this, &NotesView::refresh);
    refresh();
}

QWidget* NotesView::makeHead()
{
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    row->addWidget(m_title, 1);
    auto* menu = new QMenu(m_add);
    QAction* onSpan = menu->addAction(tr("On the selected &span..."));
    menu->addAction(tr("On this &frame..."))->setObjectName(QStringLiteral("note-on-frame"));
    menu->addAction(tr("On the &video..."));
    const QList<QAction*> places = menu->actions();
    for (qsizetype i = 0; i < places.size(); ++i)
        connect(
            places[i], &QAction::triggered, this, [this, i] { addNote(m_bench, static_cast<NotePlace>(i)); });
    connect(menu, &QMenu::aboutToShow, this,
        [this, onSpan] { onSpan->setEnabled(m_bench.review.selectedSpan() != nullptr); });
    m_add->setMenu(menu);
    m_add->setPopupMode(QToolButton::InstantPopup);
    connect(m_edit, &QToolButton::clicked, this, &NotesView::edit);
    connect(m_delete, &QToolButton::clicked, this, &NotesView::remove);
    row->addWidget(m_add);
    row->addWidget(m_edit);
    row->addWidget(m_delete);
    return head;
}

void NotesView::refresh()
{
    const Document* document = m_bench.session.document();
    const int64_t video = m_bench.session.videoId();
    const Note* before = noteOf(m_list->currentItem());
    const int64_t current = before ? before->id : 0;
    m_notes.clear();
    if (document && video != 0)
        m_notes = document->notes(video);
    const int64_t selected = m_bench.review.selected();
    std::ranges::stable_sort(m_notes, {}, [selected](const Note& note) {
        return std::pair(selected == 0 || note.annotationId != selected, note.frame);
    });
    const QSignalBlocker blocker(m_list);
    m_list->clear();
    for (const Note& note : m_notes) {
        addRow(note);
        if (note.id == current)
            m_list->setCurrentRow(m_list->count() - 1);
    }
    m_list->setVisible(!m_notes.empty());
    m_title->setText(
        m_notes.empty() ? tr("No notes on this video") : tr("%n note(s)", nullptr, m_list->count()));
    m_add->setEnabled(video != 0);
    updateButtons();
}

void NotesView::addRow(const Note& note)
{
    const Document& document = *m_bench.session.document();
    auto* item = new QListWidgetItem(
        tr("%1: %2").arg(notePlace(document, note), QString::fromStdString(note.text)), m_list);
    item->setToolTip(
        tr("%1, %2").arg(QString::fromStdString(note.author), QString::fromStdString(note.time)));
    if (note.annotationId > 0 && note.annotationId == m_bench.review.selected()) {
        QFont bold = item->font();
        bold.setBold(true);
        item->setFont(bold);
    }
}

const Note* NotesView::noteOf(const QListWidgetItem* item) const
{
    const int row = item ? m_list->row(item) : -1;
    return row >= 0 && row < static_cast<int>(m_notes.size()) ? &m_notes[static_cast<size_t>(row)] : nullptr;
}

void NotesView::goTo(const QListWidgetItem* item)
{
    const Note* note = noteOf(item);
    if (!note)
        return;
    const Note target = *note;
    if (target.annotationId > 0) {
        m_bench.review.select(target.annotationId, true);
    } else if (target.frame >= 0) {
        m_bench.player.stop();
        m_bench.player.seek(target.frame);
    }
}

void NotesView::edit()
{
    if (const Note* note = noteOf(m_list->currentItem()))
        editNote(m_bench, note->id);
}

void NotesView::remove()
{
    const Note* note = noteOf(m_list->currentItem());
    if (!note)
        return;
    if (const Status status = m_bench.session.document()->setNote(note->id, {}); !status)
        emit m_bench.review.failed(QString::fromStdString(status.error().message));
}

void NotesView::updateButtons()
{
    const bool chosen = noteOf(m_list->currentItem()) != nullptr;
    m_edit->setEnabled(chosen);
    m_delete->setEnabled(chosen);
}

} // namespace telltale
