// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/schemedialog.h"
#include "app/gui/classshortcuts.h"
#include "data/exclusions.h"
#include "widgets/models/texts.h"
#include <QColorDialog>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

namespace telltale {
namespace {

enum Column { NameColumn, ShortColumn, BodyColumn, ColorColumn, KeyColumn, RetiredColumn, ColumnCount };

struct TextColumn {
    int column;
    std::string LabelClass::*text;
};
constexpr std::array kTexts{TextColumn{NameColumn, &LabelClass::name},
    TextColumn{ShortColumn, &LabelClass::shortName}, TextColumn{BodyColumn, &LabelClass::bodyPart},
    TextColumn{ColorColumn, &LabelClass::color}, TextColumn{KeyColumn, &LabelClass::shortcut}};

/// Says it on one side or on both: here always on both, so that unchecking works from either.
void setExclusion(LabelScheme& scheme, int one, int other, bool on)
{
    const auto set = [&scheme, on](int id, int partner) {
        std::vector<int>& excludes = scheme.classes[static_cast<size_t>(id)].excludes;
        std::erase(excludes, partner);
        if (on)
            excludes.push_back(partner);
        std::ranges::sort(excludes);
    };
    set(one, other);
    set(other, one);
}

} // namespace

SchemeDialog::SchemeDialog(Document& document, const KeyMap& keys, QWidget* parent)
    : QDialog(parent)
    , m_document(document)
    , m_keys(keys)
    , m_before(document.scheme())
    , m_scheme(document.scheme())
    , m_table(new QTableWidget)
    , m_definition(new QPlainTextEdit)
    , m_starts(new QPlainTextEdit)
    , m_ends(new QPlainTextEdit)
    , m_excludes(new QListWidget)
    , m_color(new QPushButton(tr("Choose c&olour...")))
    , m_hint(new QLabel)
{
    setWindowTitle(tr("Label scheme"));
    auto* layout = new QVBoxLayout(this);
    auto* about = new QLabel(tr("Classes keep their places, because spans refer to them: one that is not "
                                "wanted any more is retired, which keeps its old spans and offers it no "
                                "longer."));
    about->setWordWrap(true);
    layout->addWidget(about);
    auto* row = new QHBoxLayout;
    row->addWidget(makeTable(), 3);
    row->addWidget(makeDetails(), 1);
    layout->addLayout(row, 1);
    m_hint->setWordWrap(true);
    m_hint->setMinimumHeight(fontMetrics().height() * 2);
    layout->addWidget(m_hint);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    m_ok->setText(tr("Make this version %1").arg(m_scheme.version + 1));
    m_ok->setAutoDefault(false);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &SchemeDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    resize(fontMetrics().averageCharWidth() * 150, fontMetrics().height() * 36);
    fill();
    m_table->setCurrentCell(0, NameColumn);
    check();
}

QWidget* SchemeDialog::makeTable()
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    m_table->setColumnCount(ColumnCount);
    m_table->setHorizontalHeaderLabels(
        {tr("Name"), tr("Short name"), tr("Body part"), tr("Colour"), tr("Key"), tr("Retired")});
    m_table->setAccessibleName(tr("Classes"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(NameColumn, QHeaderView::Stretch);
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    layout->addWidget(m_table, 1);
    auto* row = new QHBoxLayout;
    auto* add = new QPushButton(tr("&Add a class"));
    add->setAutoDefault(false);
    m_color->setAutoDefault(false);
    row->addWidget(add);
    row->addWidget(m_color);
    row->addStretch(1);
    layout->addLayout(row);
    connect(add, &QPushButton::clicked, this, &SchemeDialog::addClass);
    connect(m_color, &QPushButton::clicked, this, &SchemeDialog::chooseColor);
    connect(m_table, &QTableWidget::itemChanged, this, &SchemeDialog::takeCell);
    connect(m_table, &QTableWidget::currentCellChanged, this, &SchemeDialog::showDetails);
    return box;
}

QWidget* SchemeDialog::makeDetails()
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* excludes = new QLabel(tr("Cannot happen at the same time &with:"));
    excludes->setBuddy(m_excludes);
    excludes->setWordWrap(true);
    m_excludes->setAccessibleName(tr("Classes that this one excludes"));
    addText(*layout, *m_definition, tr("&Definition, as annotators read it:"), tr("Definition"),
        &LabelClass::description);
    addText(*layout, *m_starts, tr("It &starts when:"), tr("When it starts"), &LabelClass::starts);
    addText(*layout, *m_ends, tr("It &ends when:"), tr("When it ends"), &LabelClass::ends);
    layout->addWidget(excludes);
    layout->addWidget(m_excludes, 2);
    connect(m_excludes, &QListWidget::itemChanged, this, &SchemeDialog::takeExclusion);
    return box;
}

void SchemeDialog::addText(QVBoxLayout& layout, QPlainTextEdit& edit, const QString& label,
    const QString& name, std::string LabelClass::*text)
{
    auto* title = new QLabel(label);
    title->setBuddy(&edit);
    title->setWordWrap(true);
    edit.setTabChangesFocus(true);
    edit.setAccessibleName(name);
    layout.addWidget(title);
    layout.addWidget(&edit, 1);
    connect(&edit, &QPlainTextEdit::textChanged, this, [this, &edit, text] {
        if (current() >= 0)
            at(current()).*text = edit.toPlainText().trimmed().toStdString();
    });
}

void SchemeDialog::fill()
{
    const QSignalBlocker blocker(m_table);
    m_table->setRowCount(m_scheme.classCount());
    for (int row = 0; row < m_scheme.classCount(); ++row)
        fillRow(row);
}

void SchemeDialog::fillRow(int row)
{
    const QSignalBlocker blocker(m_table);
    for (const TextColumn& each : kTexts)
        m_table->setItem(row, each.column, new QTableWidgetItem(QString::fromStdString(at(row).*each.text)));
    m_table->item(row, ColorColumn)->setData(Qt::DecorationRole, classDecoration(m_scheme, row));
    auto* retired = new QTableWidgetItem;
    retired->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    retired->setCheckState(at(row).retired ? Qt::Checked : Qt::Unchecked);
    m_table->setItem(row, RetiredColumn, retired);
    m_table->setVerticalHeaderItem(row, new QTableWidgetItem(QString::number(row)));
}

int SchemeDialog::current() const
{
    const int row = m_table->currentRow();
    return row < m_scheme.classCount() ? row : -1;
}

void SchemeDialog::addClass()
{
    LabelClass added;
    added.color = defaultClassColor(m_scheme.classCount());
    m_scheme.classes.push_back(std::move(added));
    const int row = m_scheme.classCount() - 1;
    {
        const QSignalBlocker blocker(m_table);
        m_table->setRowCount(row + 1);
    }
    fillRow(row);
    m_table->setCurrentCell(row, NameColumn);
    m_table->editItem(m_table->item(row, NameColumn));
    check();
}

void SchemeDialog::takeCell(const QTableWidgetItem* item)
{
    LabelClass& label = at(item->row());
    for (const TextColumn& each : kTexts)
        if (each.column == item->column())
            label.*each.text = item->text().trimmed().toStdString();
    if (item->column() == RetiredColumn)
        label.retired = item->checkState() == Qt::Checked;
    if (item->column() == ColorColumn) {
        const QSignalBlocker blocker(m_table);
        m_table->item(item->row(), ColorColumn)
            ->setData(Qt::DecorationRole, classDecoration(m_scheme, item->row()));
    }
    check();
}

void SchemeDialog::showDetails()
{
    const int id = current();
    const QSignalBlocker quietList(m_excludes);
    m_color->setEnabled(id >= 0);
    const std::pair<QPlainTextEdit*, std::string LabelClass::*> texts[]{
        {m_definition, &LabelClass::description}, {m_starts, &LabelClass::starts},
        {m_ends, &LabelClass::ends}};
    for (const auto& [edit, text] : texts) {
        const QSignalBlocker quiet(edit);
        edit->setEnabled(id >= 0);
        edit->setPlainText(id >= 0 ? QString::fromStdString(at(id).*text) : QString());
    }
    m_excludes->clear();
    for (int other = 0; id >= 0 && other < m_scheme.classCount(); ++other) {
        if (other == id)
            continue;
        auto* item = new QListWidgetItem(classText(m_scheme, other), m_excludes);
        item->setData(Qt::UserRole, other);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(exclude(m_scheme, id, other) ? Qt::Checked : Qt::Unchecked);
    }
}

void SchemeDialog::takeExclusion(const QListWidgetItem* item)
{
    if (current() >= 0)
        setExclusion(
            m_scheme, current(), item->data(Qt::UserRole).toInt(), item->checkState() == Qt::Checked);
}

void SchemeDialog::chooseColor()
{
    const int row = current();
    if (row < 0)
        return;
    auto* dialog = new QColorDialog(classColor(m_scheme, row), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QColorDialog::colorSelected, this,
        [this, row](const QColor& color) { m_table->item(row, ColorColumn)->setText(color.name()); });
    dialog->open();
}

QString SchemeDialog::hint() const { return m_hint->text(); }

void SchemeDialog::check()
{
    QString trouble;
    for (int id = 0; id < m_scheme.classCount() && trouble.isEmpty(); ++id) {
        const LabelClass& label = at(id);
        const QString color = QString::fromStdString(label.color);
        if (label.name.empty())
            trouble = tr("Class %1 needs a name.").arg(id);
        else if (const int other = m_scheme.find(label.name); other != id)
            trouble = tr("Classes %1 and %2 are both called \"%3\".")
                          .arg(other)
                          .arg(id)
                          .arg(QString::fromStdString(label.name));
        else if (!color.isEmpty() && !QColor::isValidColor(color))
            trouble = tr("\"%1\" is no colour: write it as #rrggbb or choose one.").arg(color);
    }
    if (trouble.isEmpty())
        trouble = shortcutTrouble(m_scheme, m_keys);
    m_hint->setText(trouble);
    m_ok->setEnabled(trouble.isEmpty());
}

void SchemeDialog::accept()
{
    if (!m_ok->isEnabled())
        return;
    if (m_document.scheme() != m_before) {
        m_hint->setText(tr("The scheme has been changed elsewhere meanwhile: close this window, open it "
                           "again and make your changes to the new version."));
        return;
    }
    if (const Status status = m_document.setScheme(m_scheme); !status) {
        m_hint->setText(QString::fromStdString(status.error().message));
        return;
    }
    QDialog::accept();
}

} // namespace telltale
