// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/classpicker.h"
#include "widgets/models/texts.h"
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace telltale {

ClassPicker::ClassPicker(const LabelScheme& scheme, int current, QWidget* parent)
    : QDialog(parent)
    , m_scheme(scheme)
    , m_edit(new QLineEdit)
    , m_list(new QListWidget)
{
    setWindowTitle(tr("Choose a class"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* layout = new QVBoxLayout(this);
    m_edit->setPlaceholderText(tr("Type a part of the name"));
    m_edit->setAccessibleName(tr("Part of the class's name"));
    m_edit->installEventFilter(this);
    m_list->setAccessibleName(tr("Classes"));
    m_list->setUniformItemSizes(true);
    layout->addWidget(m_edit);
    layout->addWidget(m_list, 1);
    if (scheme.classes.empty()) {
        auto* hint = new QLabel(tr("This project has no classes yet. Import a file that names them."));
        hint->setWordWrap(true);
        layout->addWidget(hint);
    }
    for (int id = 0; id < scheme.classCount(); ++id) {
        if (scheme.classes[static_cast<size_t>(id)].retired && id != current)
            continue;
        const QString name = classLongText(scheme, id);
        const QString shortName = classText(scheme, id);
        auto* item = new QListWidgetItem(
            name.compare(shortName, Qt::CaseInsensitive) == 0 ? name : tr("%1 (%2)").arg(name, shortName),
            m_list);
        item->setIcon(classSwatch(scheme, id, 14));
        item->setData(Qt::UserRole, id);
        item->setToolTip(QString::fromStdString(scheme.classes[static_cast<size_t>(id)].description));
    }
    m_list->setCurrentRow(0);
    for (int row = 0; row < m_list->count(); ++row)
        if (m_list->item(row)->data(Qt::UserRole).toInt() == current)
            m_list->setCurrentRow(row);
    connect(m_edit, &QLineEdit::textChanged, this, &ClassPicker::filter);
    connect(m_edit, &QLineEdit::returnPressed, this, &ClassPicker::take);
    connect(m_list, &QListWidget::itemActivated, this, &ClassPicker::take);
    resize(fontMetrics().averageCharWidth() * 60, fontMetrics().height() * 26);
    m_edit->setFocus();
}

bool ClassPicker::eventFilter(QObject* object, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp || key == Qt::Key_PageDown) {
            const int by = key == Qt::Key_Up ? -1
                : key == Qt::Key_Down        ? 1
                : key == Qt::Key_PageUp      ? -10
                                             : 10;
            const int step = by > 0 ? 1 : -1;
            int row = m_list->currentRow();
            for (int moved = 0, next = row + step; moved != by && next >= 0 && next < m_list->count();
                 next += step) {
                if (m_list->item(next)->isHidden())
                    continue;
                row = next;
                moved += step;
            }
            m_list->setCurrentRow(row);
            return true;
        }
    }
    return QDialog::eventFilter(object, event);
}

void ClassPicker::filter(const QString& text)
{
    const QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    int first = -1;
    for (int row = 0; row < m_list->count(); ++row) {
        const QString name = m_list->item(row)->text();
        const bool fits = std::all_of(words.begin(), words.end(),
            [&name](const QString& word) { return name.contains(word, Qt::CaseInsensitive); });
        m_list->item(row)->setHidden(!fits);
        if (fits && first < 0)
            first = row;
    }
    m_list->setCurrentRow(first);
}

void ClassPicker::take()
{
    QListWidgetItem* item = m_list->currentItem();
    if (!item || item->isHidden())
        return;
    emit picked(item->data(Qt::UserRole).toInt());
    accept();
}

} // namespace telltale
