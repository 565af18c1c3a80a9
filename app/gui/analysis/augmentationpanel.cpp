// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/analysis/augmentationpanel.h"
#include "app/gui/bardelegate.h"
#include "app/gui/ordercell.h"
#include "app/report/augmentationfigures.h"
#include "pipeline/projectdetector.h"
#include "widgets/colors.h"
#include "widgets/models/texts.h"
#include "widgets/plot/courseplot.h"
#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QSplitter>
#include <QStackedLayout>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace telltale {
namespace {

constexpr int kShareRole = Qt::UserRole + 1; ///< in [0, 1], drawn as a bar
constexpr int kIndexRole = Qt::UserRole + 3; ///< in AugmentationCourse::classes
constexpr size_t kMostLines = 6; ///< more cannot be told apart

enum Column { ClassColumn, CountColumn, RarityColumn, DifficultyColumn, IntensityColumn, ColumnCount };

QString number(double value) { return QLocale().toString(value, 'f', 2); }

double lastOf(const std::vector<double>& values) { return values.empty() ? 0 : values.back(); }

/// By epoch, what an intensity is made of.
QStringList partsOf(const AugmentedClass& one)
{
    QStringList parts;
    for (const double difficulty : one.difficulty)
        parts.append(
            AugmentationPanel::tr("rarity %1, difficulty %2").arg(number(one.rarity), number(difficulty)));
    return parts;
}

} // namespace

AugmentationPanel::AugmentationPanel(Workbench& bench, QWidget* parent)
    : QWidget(parent)
    , m_bench(bench)
    , m_pages(new QStackedLayout(this))
    , m_message(new QLabel)
    , m_job(bench.session.workers())
{
    m_message->setWordWrap(true);
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setMargin(fontMetrics().height());
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_pages->setContentsMargins(0, 0, 0, 0);
    m_pages->addWidget(m_message);
    m_content = makeContent();
    m_pages->addWidget(m_content);
    clear();
}

QWidget* AugmentationPanel::makeContent()
{
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->setSpacing(4);
    m_summary = new QLabel;
    m_summary->setWordWrap(true);
    layout->addWidget(m_summary);
    auto* parts = new QSplitter(Qt::Vertical);
    parts->setChildrenCollapsible(false);
    layout->addWidget(parts, 1);
    m_table = new QTableWidget(0, ColumnCount);
    m_table->setAccessibleName(tr("Intensity of the augmentation by class"));
    m_table->setHorizontalHeaderLabels(
        {tr("Class"), tr("Count"), tr("Rarity"), tr("Difficulty"), tr("Intensity")});
    const QString explained[]{tr("Choose classes to see how their intensity went."),
        tr("Labelled gestures that the detector learned from."),
        tr("How few gestures a class has: 0 for the most frequent class, 1 for the rarest."),
        tr("How hard a class is to learn: its running loss over that of the hardest class."),
        tr("Rarity and difficulty together: how strongly and how often a window with this class is varied.")};
    for (int column = 0; column < ColumnCount; ++column)
        m_table->horizontalHeaderItem(column)->setToolTip(explained[column]);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::MultiSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_table->setMinimumHeight(fontMetrics().height() * 5);
    m_table->setItemDelegate(new BarDelegate(kShareRole, this));
    QHeaderView* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(ClassColumn, QHeaderView::Stretch);
    header->setMinimumSectionSize(fontMetrics().height());
    // As narrow as the titles allow: the names of the classes need the room.
    const int least = fontMetrics().horizontalAdvance(QStringLiteral("0.00")) * 3 / 2;
    for (int column = CountColumn; column < ColumnCount; ++column) {
        const QString title = m_table->horizontalHeaderItem(column)->text();
        m_table->setColumnWidth(
            column, std::max(least, fontMetrics().horizontalAdvance(title) + fontMetrics().height() * 3 / 4));
    }
    parts->addWidget(m_table);
    auto* lower = new QWidget;
    auto* below = new QVBoxLayout(lower);
    below->setContentsMargins(0, 0, 0, 0);
    below->setSpacing(2);
    m_plot = new CoursePlot;
    below->addWidget(m_plot, 1);
    m_hint = new QLabel;
    m_hint->setWordWrap(true);
    below->addWidget(m_hint);
    parts->addWidget(lower);
    parts->setStretchFactor(0, 1);
    parts->setStretchFactor(1, 1);
    parts->setSizes({fontMetrics().height() * 9, fontMetrics().height() * 12});
    m_table->installEventFilter(this);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &AugmentationPanel::showLines);
    return content;
}

void AugmentationPanel::clear()
{
    m_job.cancel();
    m_folder.clear();
    m_course = {};
    say(tr("No detector is in use in this project.\n\nTrain one on its decided spans:\n"
           "telltale-cli train PROJECT --system track2\n\n"
           "Then this view shows how strongly the gestures of each class were varied in the training."));
}

void AugmentationPanel::say(const QString& sentence)
{
    m_message->setText(sentence);
    m_pages->setCurrentWidget(m_message);
    emit shown();
}

void AugmentationPanel::refresh()
{
    const Document* document = m_bench.session.document();
    const auto folder = document ? activeDetector(*document)
                                 : Result<std::filesystem::path>(Error{ErrorCode::NotFound, {}});
    if (!folder) {
        clear();
        return;
    }
    if (*folder == m_folder)
        return;
    m_folder = *folder;
    say(tr("Reading the detector..."));
    m_job.start([path = *folder](ProgressSink&) { return readAugmentationCourse(path); },
        [this](const Result<AugmentationCourse>& course) { take(course); });
}

void AugmentationPanel::take(const Result<AugmentationCourse>& course)
{
    if (!m_bench.session.document())
        return; // closed while it was read
    if (!course) {
        say(QString::fromStdString(course.error().message));
        return;
    }
    m_course = *course;
    if (m_course.epochs.empty() || m_course.classes.empty()) {
        say(tr("The detector in use has no history of its training."));
        return;
    }
    fillTable();
    showSummary();
    showLines();
    m_pages->setCurrentWidget(m_content);
    emit shown();
}

const AugmentationCourse* AugmentationPanel::course() const
{
    return m_pages->currentWidget() == m_content ? &m_course : nullptr;
}

int AugmentationPanel::classId(const AugmentedClass& one) const
{
    const Document* document = m_bench.session.document();
    if (!document)
        return -1;
    const auto& classes = document->scheme().classes;
    const auto found = std::ranges::find(classes, one.name, &LabelClass::name);
    return found == classes.end() ? -1 : static_cast<int>(found - classes.begin());
}

QString AugmentationPanel::nameOf(const AugmentedClass& one) const
{
    const int id = classId(one);
    return id < 0 ? QString::fromStdString(one.name) : classText(m_bench.session.document()->scheme(), id);
}

void AugmentationPanel::fillTable()
{
    const QSignalBlocker quiet(m_table);
    m_table->setSortingEnabled(false);
    m_table->clearContents();
    m_table->setRowCount(static_cast<int>(m_course.classes.size()));
    const LabelScheme& scheme = m_bench.session.document()->scheme();
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const AugmentedClass& one = m_course.classes[static_cast<size_t>(row)];
        const double shares[]{one.rarity, lastOf(one.difficulty), lastOf(one.intensity)};
        auto* name = new OrderCell(nameOf(one));
        name->setData(Qt::DecorationRole, classDecoration(scheme, classId(one)));
        name->setData(kIndexRole, row);
        m_table->setItem(row, ClassColumn, name);
        auto* gestures = new OrderCell(QLocale().toString(static_cast<qlonglong>(one.gestures)));
        gestures->setData(OrderCell::kOrderRole, static_cast<double>(one.gestures));
        gestures->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_table->setItem(row, CountColumn, gestures);
        for (int part = 0; part < 3; ++part) {
            auto* cell = new OrderCell(number(shares[part]));
            cell->setData(kShareRole, shares[part]);
            cell->setData(OrderCell::kOrderRole, shares[part]);
            m_table->setItem(row, RarityColumn + part, cell);
        }
        const QString tip
            = tr("%1: intensity %2 after epoch %3, %4 after epoch %5 (rarity %6, difficulty %7)")
                  .arg(QString::fromStdString(one.name), number(one.intensity.front()))
                  .arg(m_course.epochs.front())
                  .arg(number(shares[2]))
                  .arg(m_course.epochs.back())
                  .arg(number(shares[0]), number(shares[1]));
        for (int column = 0; column < ColumnCount; ++column)
            m_table->item(row, column)->setToolTip(tip);
    }
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder); // rarest first, as they come
    m_table->setSortingEnabled(true);
}

void AugmentationPanel::showSummary()
{
    const QString recipe = QString::fromStdString(m_course.recipe);
    const QString epochs = tr("%n epoch(s)", nullptr, static_cast<int>(m_course.epochs.size()));
    m_summary->setText(m_course.adaptive
            ? tr("%1, %2: the rarer and the harder a class, the more its windows were varied.")
                  .arg(recipe, epochs)
            : tr("%1, %2: every window was varied alike, whatever its classes.").arg(recipe, epochs));
}

void AugmentationPanel::showLines()
{
    if (!m_bench.session.document())
        return;
    std::vector<CoursePlot::Line> lines;
    const QModelIndexList rows = m_table->selectionModel()->selectedRows(ClassColumn);
    for (const QModelIndex& row : rows) {
        if (lines.size() == kMostLines)
            break;
        const AugmentedClass& one = m_course.classes[static_cast<size_t>(row.data(kIndexRole).toInt())];
        lines.push_back({nameOf(one), classColor(m_bench.session.document()->scheme(), classId(one)),
            one.intensity, partsOf(one)});
    }
    if (lines.empty()) {
        showGroups(*m_plot, m_course);
    } else {
        m_plot->setLines(m_course.epochs, std::move(lines), tr("intensity"));
    }
    m_hint->setText(rows.isEmpty() ? tr("Thirds of the classes; choose classes to see their own.")
            : static_cast<size_t>(rows.size()) > kMostLines
            ? tr("The first %1 of %2 chosen classes are drawn.").arg(kMostLines).arg(rows.size())
            : tr("Choose a class again to leave it out."));
}

/// The space bar plays and pauses everywhere else; here it chooses.
bool AugmentationPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space)
        event->accept();
    return QWidget::eventFilter(watched, event);
}

void AugmentationPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange || !m_hint)
        return;
    QPalette quiet = palette();
    quiet.setColor(
        QPalette::WindowText, mixed(quiet.color(QPalette::WindowText), quiet.color(QPalette::Window), 0.3));
    m_hint->setPalette(quiet);
}

} // namespace telltale
