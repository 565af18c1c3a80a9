// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/keys/commandpalette.h"
#include "app/gui/keys/keymap.h"
#include "app/gui/mainwindow.h"
#include "widgets/colors.h"
#include "widgets/models/texts.h"
#include <QAction>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPointer>
#include <QTimer>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

namespace telltale {
namespace {

constexpr size_t kMost = 200; ///< rows: nobody reads more
constexpr int kPage = 10;

enum Column { TitleColumn, KindColumn, KeysColumn, ColumnCount };

/// Why an action is disabled: the first that is missing counts.
struct Missing {
    Need need;
    const char* text;
};
constexpr std::array kMissing{
    Missing{Need::Project, QT_TRANSLATE_NOOP("telltale::CommandPalette", "needs a project")},
    Missing{Need::Video, QT_TRANSLATE_NOOP("telltale::CommandPalette", "needs a video")},
    Missing{Need::Span, QT_TRANSLATE_NOOP("telltale::CommandPalette", "needs a selected span")},
    Missing{Need::Candidates, QT_TRANSLATE_NOOP("telltale::CommandPalette", "needs a span with candidates")},
    Missing{
        Need::Draft, QT_TRANSLATE_NOOP("telltale::CommandPalette", "needs marks: set them with in and out")},
    Missing{Need::Undo, QT_TRANSLATE_NOOP("telltale::CommandPalette", "nothing to undo")},
    Missing{Need::Redo, QT_TRANSLATE_NOOP("telltale::CommandPalette", "nothing to redo")},
    Missing{Need::Idle, QT_TRANSLATE_NOOP("telltale::CommandPalette", "waits for the running job")},
    Missing{Need::Busy, QT_TRANSLATE_NOOP("telltale::CommandPalette", "no job is running")},
    Missing{Need::Spans, QT_TRANSLATE_NOOP("telltale::CommandPalette", "the list is empty")},
    Missing{Need::Cameras, QT_TRANSLATE_NOOP("telltale::CommandPalette", "needs a session of cameras")},
    Missing{
        Need::SlowSeek, QT_TRANSLATE_NOOP("telltale::CommandPalette", "this video seeks quickly as it is")},
    Missing{Need::Poses, QT_TRANSLATE_NOOP("telltale::CommandPalette", "needs a skeleton")},
    Missing{Need::Persons, QT_TRANSLATE_NOOP("telltale::CommandPalette", "needs a second person")},
    Missing{Need::Crops, QT_TRANSLATE_NOOP("telltale::CommandPalette", "needs crops")},
    Missing{Need::OwnFile, QT_TRANSLATE_NOOP("telltale::CommandPalette", "needs a project of your own")},
    Missing{Need::Conflicts, QT_TRANSLATE_NOOP("telltale::CommandPalette", "there are no conflicts")},
};

QString obstacleOf(const ActionSpec& spec, const ActionSet& actions)
{
    if (actions.action(spec.id)->isEnabled())
        return {};
    for (const Missing& missing : kMissing)
        if (spec.needs.testFlag(missing.need) && !actions.present().testFlag(missing.need))
            return CommandPalette::tr(missing.text);
    return CommandPalette::tr("not now");
}

void addActions(Workbench& bench, std::vector<PaletteEntry>& entries)
{
    for (const ActionSpec& spec : actionTable()) {
        QString english = QString::fromLatin1(spec.text);
        english.remove(QLatin1Char('&'));
        QAction* const action = bench.window.actions().action(spec.id);
        entries.push_back({actionPlainText(spec), english, menuPlainText(spec.menu), bench.keys.text(spec),
            obstacleOf(spec, bench.window.actions()), {}, [action] { action->trigger(); }});
    }
}

void addClasses(Workbench& bench, std::vector<PaletteEntry>& entries)
{
    const LabelScheme& scheme = bench.session.document()->scheme();
    const QString obstacle = bench.review.selectedSpan() || bench.review.draft()
        ? QString()
        : CommandPalette::tr("needs a selected span");
    for (int id = 0; id < scheme.classCount(); ++id) {
        const LabelClass& label = scheme.classes[static_cast<size_t>(id)];
        if (label.retired)
            continue;
        entries.push_back(
            {classLongText(scheme, id), QStringLiteral("class relabel ") + classText(scheme, id),
                CommandPalette::tr("Class"), classKey(label).toString(QKeySequence::NativeText), obstacle,
                classColor(scheme, id), [&bench, id] {
                    if (bench.review.draft())
                        bench.review.createSpan(id);
                    else
                        bench.review.relabel(id);
                }});
    }
}

void addVideos(Workbench& bench, std::vector<PaletteEntry>& entries)
{
    for (const VideoEntry& video : bench.session.document()->videos())
        entries.push_back({QString::fromStdString(video.name),
            QStringLiteral("video go to ") + QString::fromStdString(video.subject),
            CommandPalette::tr("Video"), {}, {}, {},
            [&bench, id = video.id] { bench.session.openVideo(id); }});
}

/// 0 best: the title begins so, one of its words does, anything else.
int rankOf(const PaletteEntry& entry, const QString& text)
{
    const auto begins = [&text](const QString& name) { return name.startsWith(text, Qt::CaseInsensitive); };
    if (begins(entry.title) || begins(entry.alias))
        return 0;
    const QString inside = QLatin1Char(' ') + text;
    return entry.title.contains(inside, Qt::CaseInsensitive)
            || entry.alias.contains(inside, Qt::CaseInsensitive)
        ? 1
        : 2;
}

} // namespace

std::vector<PaletteEntry> paletteEntries(Workbench& bench)
{
    std::vector<PaletteEntry> entries;
    addActions(bench, entries);
    if (bench.session.document()) {
        addClasses(bench, entries);
        addVideos(bench, entries);
    }
    return entries;
}

std::vector<size_t> paletteMatches(const std::vector<PaletteEntry>& entries, const QString& text)
{
    const QString wanted = text.simplified();
    const QStringList words = wanted.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::vector<std::pair<int, size_t>> found;
    for (size_t i = 0; i < entries.size(); ++i) {
        const PaletteEntry& entry = entries[i];
        const QString all = entry.title + QLatin1Char(' ') + entry.alias + QLatin1Char(' ') + entry.kind;
        const bool fits = std::ranges::all_of(
            words, [&all](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
        if (fits)
            found.emplace_back((entry.obstacle.isEmpty() ? 0 : 3) + rankOf(entry, wanted), i);
    }
    std::ranges::stable_sort(found, {}, &std::pair<int, size_t>::first);
    std::vector<size_t> places;
    for (const auto& [rank, place] : found)
        places.push_back(place);
    return places;
}

CommandPalette::CommandPalette(std::vector<PaletteEntry> entries, QWidget* parent)
    : QDialog(parent)
    , m_entries(std::move(entries))
    , m_edit(new QLineEdit)
    , m_list(new QTreeWidget)
{
    setWindowTitle(tr("Commands"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* layout = new QVBoxLayout(this);
    m_edit->setPlaceholderText(tr("Type what you want to do, a class or a video"));
    m_edit->setAccessibleName(tr("What to do"));
    m_edit->installEventFilter(this);
    m_list->setAccessibleName(tr("What can be done"));
    m_list->setColumnCount(ColumnCount);
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(TitleColumn, QHeaderView::Stretch);
    layout->addWidget(m_edit);
    layout->addWidget(m_list, 1);
    connect(m_edit, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_edit, &QLineEdit::returnPressed, this, &CommandPalette::take);
    connect(m_list, &QTreeWidget::itemClicked, this, &CommandPalette::take);
    resize(fontMetrics().averageCharWidth() * 96, fontMetrics().height() * 28);
    filter({});
    m_edit->setFocus();
}

void CommandPalette::filter(const QString& text)
{
    m_list->clear();
    const QColor quiet = quietText(palette());
    QList<QTreeWidgetItem*> items;
    for (const size_t place : paletteMatches(m_entries, text)) {
        if (static_cast<size_t>(items.size()) == kMost)
            break;
        const PaletteEntry& entry = m_entries[place];
        auto* item = new QTreeWidgetItem;
        const bool possible = entry.obstacle.isEmpty();
        item->setText(TitleColumn, possible ? entry.title : tr("%1 - %2").arg(entry.title, entry.obstacle));
        item->setSizeHint(TitleColumn, {0, fontMetrics().height() + 8});
        item->setText(KindColumn, entry.kind);
        item->setText(KeysColumn, entry.keys);
        item->setTextAlignment(KeysColumn, Qt::AlignRight | Qt::AlignVCenter);
        item->setForeground(KindColumn, quiet);
        item->setData(TitleColumn, Qt::UserRole, static_cast<qulonglong>(place));
        if (!possible)
            item->setForeground(TitleColumn, quiet);
        if (entry.color.isValid()) {
            QPixmap swatch(14, 14);
            swatch.fill(entry.color);
            item->setIcon(TitleColumn, swatch);
        }
        items.append(item);
    }
    m_list->addTopLevelItems(items);
    m_list->setCurrentItem(m_list->topLevelItem(0));
}

void CommandPalette::move(int by)
{
    const int count = m_list->topLevelItemCount();
    if (count == 0)
        return;
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    m_list->setCurrentItem(m_list->topLevelItem(std::clamp(row + by, 0, count - 1)));
}

bool CommandPalette::eventFilter(QObject* object, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(object, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Up:
        move(-1);
        return true;
    case Qt::Key_Down:
        move(1);
        return true;
    case Qt::Key_PageUp:
        move(-kPage);
        return true;
    case Qt::Key_PageDown:
        move(kPage);
        return true;
    default:
        return QDialog::eventFilter(object, event);
    }
}

void CommandPalette::take()
{
    const QTreeWidgetItem* item = m_list->currentItem();
    if (!item)
        return;
    const PaletteEntry& entry
        = m_entries[static_cast<size_t>(item->data(TitleColumn, Qt::UserRole).toULongLong())];
    if (!entry.obstacle.isEmpty())
        return;
    // When the window is no longer blocked by this dialog.
    if (parentWidget())
        QTimer::singleShot(0, parentWidget(), entry.run);
    accept();
}

} // namespace telltale
