// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/keys/keydialog.h"
#include "app/gui/keys/keyedit.h"
#include "app/gui/keys/keypresets.h"
#include "app/gui/keys/reactiontime.h"
#include "widgets/colors.h"
#include <QComboBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace telltale {
namespace {

constexpr int kTroubleLines = 2;

const QColor kWarning(0xd6, 0x45, 0x3d);

} // namespace

KeyDialog::KeyDialog(KeyMap& keys, std::optional<LabelScheme> scheme, QWidget* parent)
    : QDialog(parent)
    , m_keys(keys)
    , m_scheme(std::move(scheme))
    , m_before(keys.choice())
    , m_preset(new QComboBox)
    , m_search(new QLineEdit)
    , m_table(new QTableWidget(0, ColumnCount))
    , m_name(new QLabel)
    , m_reset(new QPushButton(tr("&Reset")))
    , m_take(new QPushButton)
    , m_trouble(new QLabel)
    , m_lag(new QSpinBox)
{
    setWindowTitle(tr("Keys"));
    auto* rows = new QVBoxLayout(this);
    rows->addWidget(makeTop());
    rows->addWidget(m_table, 1);
    rows->addWidget(makeDetails());
    rows->addWidget(makeBottom());
    m_table->setAccessibleName(tr("Actions and their keys"));
    m_table->setHorizontalHeaderLabels({tr("Action"), tr("Menu"), tr("Keys")});
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(ActionColumn, QHeaderView::Stretch);
    fill();
    connect(m_table, &QTableWidget::currentCellChanged, this, [this] { showChosen(); });
    connect(m_table, &QTableWidget::cellActivated, this, [this] { m_edits[0]->setFocus(); });
    connect(m_search, &QLineEdit::textChanged, this, &KeyDialog::filter);
    connect(&m_keys, &KeyMap::changed, this, &KeyDialog::showKeys);
    showKeys();
    m_table->setCurrentCell(0, 0);
    m_table->setColumnWidth(MenuColumn, fontMetrics().averageCharWidth() * 18);
    m_table->setColumnWidth(KeysColumn, fontMetrics().averageCharWidth() * 34);
    resize(fontMetrics().averageCharWidth() * 116, fontMetrics().height() * 36);
    m_search->setFocus();
}

QWidget* KeyDialog::makeTop()
{
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    auto* label = new QLabel(tr("Keys &as in"));
    label->setBuddy(m_preset);
    m_preset->setAccessibleName(tr("Preset"));
    m_preset->setToolTip(tr("Keys that you know from another program. Your own changes stay."));
    for (const KeyPreset& preset : keyPresets())
        m_preset->addItem(QString::fromLatin1(preset.name), QString::fromLatin1(preset.id));
    m_search->setPlaceholderText(tr("Find an action, or a key such as Ctrl+G"));
    m_search->setAccessibleName(tr("Find an action or a key"));
    m_search->setClearButtonEnabled(true);
    row->addWidget(label);
    row->addWidget(m_preset);
    row->addSpacing(12);
    row->addWidget(m_search, 1);
    connect(m_preset, &QComboBox::activated, this,
        [this](int index) { m_keys.setPreset(m_preset->itemData(index).toString()); });
    return box;
}

QWidget* KeyDialog::makeDetails()
{
    auto* box = new QWidget;
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(0, 4, 0, 0);
    QFont bold = font();
    bold.setBold(true);
    m_name->setFont(bold);
    m_edits[0] = new KeyEdit(tr("Key"));
    m_edits[1] = new KeyEdit(tr("Second key"));
    m_reset->setToolTip(tr("The keys that the preset gives this action"));
    m_trouble->setWordWrap(true);
    m_trouble->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_trouble->setMinimumHeight(fontMetrics().lineSpacing() * kTroubleLines + 2);
    m_trouble->setAccessibleName(tr("What clashes"));
    auto* first = new QLabel(tr("&Key"));
    auto* second = new QLabel(tr("&Second key"));
    first->setBuddy(m_edits[0]);
    second->setBuddy(m_edits[1]);
    grid->addWidget(m_name, 0, 0);
    grid->addWidget(first, 0, 1);
    grid->addWidget(m_edits[0], 0, 2);
    grid->addWidget(second, 0, 3);
    grid->addWidget(m_edits[1], 0, 4);
    grid->addWidget(m_reset, 0, 5);
    grid->addWidget(m_trouble, 1, 0, 1, 5);
    grid->addWidget(m_take, 1, 5, Qt::AlignTop);
    grid->setColumnStretch(0, 1);
    for (int which = 0; which < 2; ++which) {
        m_edits[which]->setFixedWidth(fontMetrics().averageCharWidth() * 20);
        connect(m_edits[which], &KeyEdit::taken, this,
            [this, which](const QKeySequence& key) { takeKey(which, key); });
    }
    connect(m_reset, &QPushButton::clicked, this, [this] {
        if (const ActionSpec* spec = chosen())
            m_keys.reset(*spec);
    });
    connect(m_take, &QPushButton::clicked, this, &KeyDialog::takeAway);
    return box;
}

QWidget* KeyDialog::makeBottom()
{
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    auto* label = new QLabel(tr("Reaction &time"));
    label->setBuddy(m_lag);
    m_lag->setRange(0, kLongestReactionMs);
    m_lag->setSingleStep(10);
    m_lag->setSuffix(tr(" ms"));
    m_lag->setAccessibleName(tr("Reaction time"));
    m_lag->setToolTip(
        tr("How long after a movement you press a key: marks that are made while the video plays are "
           "set so much earlier"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_resetAll = buttons->addButton(tr("Reset a&ll"), QDialogButtonBox::ResetRole);
    m_resetAll->setToolTip(tr("Takes all your own changes back; the preset stays"));
    row->addWidget(label);
    row->addWidget(m_lag);
    row->addStretch(1);
    row->addWidget(buttons);
    for (QAbstractButton* button : buttons->buttons()) // Enter in the table goes to the keys
        static_cast<QPushButton*>(button)->setAutoDefault(false);
    connect(m_lag, &QSpinBox::valueChanged, this, &KeyDialog::lagChanged);
    connect(m_resetAll, &QPushButton::clicked, &m_keys, &KeyMap::resetAll);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &KeyDialog::reject);
    return box;
}

void KeyDialog::setLag(int milliseconds)
{
    m_lagBefore = milliseconds;
    const QSignalBlocker blocker(m_lag);
    m_lag->setValue(milliseconds);
}

void KeyDialog::fill()
{
    int row = 0;
    m_table->setRowCount(static_cast<int>(actionTable().size()));
    for (const ActionSpec& spec : actionTable()) {
        m_table->setItem(row, ActionColumn, new QTableWidgetItem(actionPlainText(spec)));
        m_table->setItem(row, MenuColumn, new QTableWidgetItem(menuPlainText(spec.menu)));
        m_table->setItem(row, KeysColumn, new QTableWidgetItem);
        ++row;
    }
}

const ActionSpec* KeyDialog::chosen() const
{
    const int row = m_table->currentRow();
    return row < 0 ? nullptr : &actionTable()[static_cast<size_t>(row)];
}

void KeyDialog::choose(const char* action)
{
    for (int row = 0; row < m_table->rowCount(); ++row)
        if (qstrcmp(actionTable()[static_cast<size_t>(row)].id, action) == 0)
            m_table->setCurrentCell(row, 0);
}

void KeyDialog::filter()
{
    const QStringList words = m_search->text().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    int first = -1;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        QString all
            = QString::fromLatin1(actionTable()[static_cast<size_t>(row)].text).remove(QLatin1Char('&'));
        for (int column = 0; column < ColumnCount; ++column)
            all += QLatin1Char(' ') + m_table->item(row, column)->text();
        const bool fits = std::ranges::all_of(
            words, [&all](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
        m_table->setRowHidden(row, !fits);
        if (fits && first < 0)
            first = row;
    }
    if (m_table->currentRow() < 0 || m_table->isRowHidden(m_table->currentRow()))
        m_table->setCurrentCell(first, 0);
}

void KeyDialog::showKeys()
{
    m_conflicts = m_keys.conflicts(m_scheme ? &*m_scheme : nullptr);
    m_preset->setCurrentIndex(std::max(0, m_preset->findData(m_keys.choice().preset)));
    m_resetAll->setEnabled(!m_keys.choice().changed.isEmpty());
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const ActionSpec& spec = actionTable()[static_cast<size_t>(row)];
        const bool clashes = std::ranges::any_of(m_conflicts, [&spec](const KeyConflict& conflict) {
            return conflict.action == &spec || conflict.other == &spec;
        });
        QTableWidgetItem* item = m_table->item(row, KeysColumn);
        item->setText(clashes ? tr("%1  (clashes)").arg(m_keys.text(spec)) : m_keys.text(spec));
        item->setForeground(
            clashes ? QBrush(mixed(kWarning, palette().color(QPalette::Text), 0.25)) : QBrush());
        QFont font = m_table->font();
        font.setBold(m_keys.isChanged(spec));
        item->setFont(font);
        item->setToolTip(m_keys.isChanged(spec) ? tr("Changed by you") : QString());
    }
    showChosen();
}

QString KeyDialog::trouble() const { return m_trouble->text(); }

void KeyDialog::showChosen()
{
    const ActionSpec* spec = chosen();
    for (QWidget* widget : {static_cast<QWidget*>(m_edits[0]), static_cast<QWidget*>(m_edits[1])})
        widget->setEnabled(spec != nullptr);
    m_reset->setEnabled(spec && m_keys.isChanged(*spec));
    m_take->hide();
    m_name->setText(spec ? actionPlainText(*spec) : QString());
    const QList<QKeySequence> keys = spec ? m_keys.keys(*spec) : QList<QKeySequence>();
    for (int which = 0; which < 2; ++which)
        m_edits[which]->showKey(keys.value(which));
    const auto own = std::ranges::find_if(m_conflicts, [spec](const KeyConflict& conflict) {
        return spec && (conflict.action == spec || conflict.other == spec);
    });
    if (own == m_conflicts.end()) {
        m_trouble->setText(m_conflicts.empty() ? QString() : m_conflicts.front().sentence);
        return;
    }
    m_trouble->setText(own->sentence);
    if (own->kind == KeyConflict::Kind::Action) {
        const ActionSpec& other = own->action == spec ? *own->other : *own->action;
        m_take->setText(tr("Take it from \"%1\"").arg(actionPlainText(other)));
        m_take->show();
    }
}

void KeyDialog::takeKey(int which, const QKeySequence& key)
{
    const ActionSpec* spec = chosen();
    if (!spec)
        return;
    QList<QKeySequence> keys = m_keys.keys(*spec);
    while (keys.size() <= which)
        keys.append(QKeySequence());
    keys[which] = key;
    keys.removeAll(QKeySequence());
    // The same key twice is one.
    for (qsizetype i = keys.size() - 1; i > 0; --i)
        if (keys.indexOf(keys[i]) < i)
            keys.removeAt(i);
    m_keys.setKeys(*spec, keys);
    showChosen(); // also where nothing has changed
}

void KeyDialog::takeAway()
{
    const ActionSpec* spec = chosen();
    const auto own = std::ranges::find_if(m_conflicts, [spec](const KeyConflict& conflict) {
        return conflict.kind == KeyConflict::Kind::Action
            && (conflict.action == spec || conflict.other == spec);
    });
    if (!spec || own == m_conflicts.end())
        return;
    const ActionSpec& other = own->action == spec ? *own->other : *own->action;
    QList<QKeySequence> keys = m_keys.keys(other);
    keys.removeAll(own->key);
    m_keys.setKeys(other, keys);
}

void KeyDialog::reject()
{
    m_keys.setChoice(m_before);
    m_lag->setValue(m_lagBefore);
    QDialog::reject();
}

} // namespace telltale
