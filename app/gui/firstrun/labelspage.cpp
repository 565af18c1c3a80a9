// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/firstrun/labelspage.h"
#include "app/gui/firstrun/classlist.h"
#include "base/files.h"
#include "widgets/models/texts.h"
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace telltale {
namespace {

constexpr qint64 kLargestList = 1 << 20; ///< bytes; a list of names is never longer

QString examples(const LabelScheme& scheme)
{
    QStringList names;
    for (int id = 0; id < std::min(3, scheme.classCount()); ++id)
        names.append(classText(scheme, id));
    return names.join(QStringLiteral(", "));
}

} // namespace

LabelsPage::LabelsPage(const QString& startFolder, QWidget* parent)
    : QWizardPage(parent)
    , m_folder(startFolder)
    , m_smg(new QRadioButton(tr("&SMG: 17 gestures of people who stand and talk")))
    , m_imigue(new QRadioButton(tr("&iMiGUE: 32 gestures of people who sit in interviews")))
    , m_own(new QRadioButton(tr("Classes of your &own, one name a line:")))
    , m_names(new QPlainTextEdit)
    , m_load(new QPushButton(tr("&Load a list...")))
    , m_hint(new QLabel)
{
    setTitle(tr("Labels"));
    setSubTitle(tr("Which gestures are told apart? Classes can be added later, and their colours, keys and "
                   "definitions changed, in Project > Label scheme."));
    auto* rows = new QVBoxLayout(this);
    rows->addWidget(m_smg);
    rows->addWidget(m_imigue);
    rows->addWidget(m_own);
    m_names->setAccessibleName(tr("Names of your own classes"));
    m_names->setToolTip(
        tr("One class a line. Numbers before names are left out. Empty: imports bring classes"));
    m_names->setPlaceholderText(tr("Touching the neck\nRubbing the hands\n..."));
    m_names->setTabChangesFocus(true);
    m_load->setToolTip(tr("Load names from a text file, or a whole label scheme from a .json file"));
    auto* row = new QHBoxLayout;
    row->addSpacing(fontMetrics().height() * 3 / 2);
    auto* column = new QVBoxLayout;
    column->addWidget(m_names, 1);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_load);
    buttons->addStretch(1);
    column->addLayout(buttons);
    row->addLayout(column, 1);
    rows->addLayout(row, 1);
    m_hint->setWordWrap(true);
    rows->addWidget(m_hint);
    m_smg->setChecked(true);
    for (QRadioButton* each : {m_smg, m_imigue, m_own})
        connect(each, &QRadioButton::toggled, this, &LabelsPage::tell);
    connect(m_names, &QPlainTextEdit::textChanged, this, [this] {
        m_loaded.reset();
        tell();
    });
    connect(m_load, &QPushButton::clicked, this, &LabelsPage::load);
    tell();
}

Result<LabelScheme> LabelsPage::scheme() const
{
    if (!m_own->isChecked())
        return loadLabelScheme(m_smg->isChecked() ? "smg" : "imigue");
    return m_loaded ? *m_loaded : readClassList(m_names->toPlainText()).scheme;
}

bool LabelsPage::isComplete() const { return scheme().ok(); }

void LabelsPage::load()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("List of classes"), m_folder,
        tr("Lists and label schemes (*.txt *.csv *.json);;All files (*)"));
    if (file.isEmpty())
        return;
    m_folder = QFileInfo(file).path();
    m_own->setChecked(true);
    if (file.endsWith(QLatin1String(".json"), Qt::CaseInsensitive)) {
        const auto loaded = loadLabelScheme(file.toStdString());
        if (!loaded)
            return m_hint->setText(QString::fromStdString(loaded.error().message));
        QStringList names;
        for (const LabelClass& each : loaded->classes)
            names.append(QString::fromStdString(each.name));
        m_names->setPlainText(names.join(QLatin1Char('\n')));
        m_loaded = *loaded;
        return tell();
    }
    if (QFileInfo(file).size() > kLargestList)
        return m_hint->setText(tr("%1 is too large for a list of classes.").arg(file));
    const auto content = readFile(toPath(file));
    if (!content)
        return m_hint->setText(QString::fromStdString(content.error().message));
    m_names->setPlainText(QString::fromStdString(*content));
}

void LabelsPage::tell()
{
    const bool own = m_own->isChecked();
    m_names->setEnabled(own);
    const auto chosen = scheme();
    if (!chosen) {
        m_hint->setText(QString::fromStdString(chosen.error().message));
    } else if (!own) {
        m_hint->setText(tr("%n classes, such as %1. Names that are not among them are refused on import.",
            nullptr, chosen->classCount())
                            .arg(examples(*chosen)));
    } else {
        const QStringList problems
            = m_loaded ? QStringList() : readClassList(m_names->toPlainText()).problems;
        const QString count = chosen->classCount() == 0
            ? tr("No class yet: imports bring them, or they are added later.")
            : tr("%n class(es) of your own; imports add more.", nullptr, chosen->classCount());
        m_hint->setText((QStringList(count) + problems).join(QLatin1Char(' ')));
    }
    emit completeChanged();
}

} // namespace telltale
