// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/firstrun/subjectspage.h"
#include "app/gui/firstrun/subjectrule.h"
#include "app/gui/firstrun/videocheck.h"
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSet>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QVBoxLayout>

namespace telltale {
namespace {

enum Column { SubjectColumn, FileColumn, ColumnCount };

} // namespace

SubjectsPage::SubjectsPage(const VideoCheck& videos, QWidget* parent)
    : QWizardPage(parent)
    , m_videos(videos)
    , m_rule(new QComboBox)
    , m_pattern(new QLineEdit)
    , m_same(new QCheckBox(tr("The &same subject in all videos:")))
    , m_sameName(new QLineEdit(tr("s1")))
    , m_table(new QTableWidget(0, ColumnCount))
    , m_hint(new QLabel)
{
    setTitle(tr("Subjects"));
    setSubTitle(
        tr("Whom does each video show? Subjects keep training and testing apart, so that nobody is in "
           "both. All of them begin as training; Project > Subjects changes that."));
    for (const SubjectRule& rule : subjectRules())
        m_rule->addItem(subjectRuleText(rule));
    m_rule->addItem(tr("A pattern of your own"));
    m_rule->setToolTip(tr("How the subject is told from the path of a video"));
    m_pattern->setToolTip(
        tr("A regular expression over the path of the file; what is in the first brackets is the subject"));
    m_sameName->setAccessibleName(tr("Name of the one subject"));
    m_same->setToolTip(tr("One name for everything, whatever the files are called"));
    m_sameName->setToolTip(m_same->toolTip());
    auto* form = new QFormLayout;
    form->addRow(tr("Subject &is:"), m_rule);
    form->addRow(tr("&Pattern:"), m_pattern);
    auto* same = new QHBoxLayout;
    same->addWidget(m_same);
    same->addWidget(m_sameName);
    same->addStretch(1);
    m_table->setHorizontalHeaderLabels({tr("Subject"), tr("Video")});
    m_table->setAccessibleName(tr("Subjects of the videos"));
    m_table->setToolTip(tr("F2 or a double click changes a subject by hand"));
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setColumnWidth(SubjectColumn, fontMetrics().averageCharWidth() * 26);
    m_hint->setWordWrap(true);
    auto* rows = new QVBoxLayout(this);
    rows->addLayout(form);
    rows->addLayout(same);
    rows->addWidget(m_table, 1);
    rows->addWidget(m_hint);
    connect(m_rule, &QComboBox::activated, this, &SubjectsPage::chooseRule);
    connect(m_pattern, &QLineEdit::textEdited, this, [this] {
        m_rule->setCurrentIndex(m_rule->count() - 1);
        m_byHand.clear();
        apply();
    });
    connect(m_same, &QCheckBox::toggled, this, &SubjectsPage::apply);
    connect(m_sameName, &QLineEdit::textEdited, this, [this] {
        m_same->setChecked(true);
        apply();
    });
    connect(m_table, &QTableWidget::itemChanged, this,
        [this](const QTableWidgetItem* item) { take(item->row()); });
}

void SubjectsPage::initializePage()
{
    const QStringList files = m_videos.goodFiles();
    if (files == m_files)
        return;
    const bool first = m_files.isEmpty();
    m_files = files;
    if (first)
        chooseRule(guessSubjectRule(files));
    else
        apply();
}

void SubjectsPage::chooseRule(int rule)
{
    m_rule->setCurrentIndex(rule);
    if (rule < static_cast<int>(subjectRules().size()))
        m_pattern->setText(QString::fromLatin1(subjectRules()[static_cast<size_t>(rule)].pattern));
    m_same->setChecked(false);
    m_byHand.clear();
    apply();
}

void SubjectsPage::apply()
{
    {
        const QSignalBlocker blocker(m_table);
        m_table->setRowCount(static_cast<int>(m_files.size()));
        for (int row = 0; row < m_table->rowCount(); ++row) {
            const QString& file = m_files[row];
            const QString guessed
                = m_same->isChecked() ? m_sameName->text().trimmed() : subjectOf(file, m_pattern->text());
            m_table->setItem(row, SubjectColumn, new QTableWidgetItem(m_byHand.value(file, guessed)));
            auto* name = new QTableWidgetItem(QDir::toNativeSeparators(file));
            name->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
            name->setToolTip(name->text());
            m_table->setItem(row, FileColumn, name);
        }
        if (m_table->currentRow() < 0)
            m_table->setCurrentCell(0, SubjectColumn);
    }
    tell();
}

void SubjectsPage::take(int row)
{
    m_byHand.insert(m_files[row], m_table->item(row, SubjectColumn)->text().trimmed());
    tell();
}

QStringList SubjectsPage::subjects() const
{
    QStringList all;
    for (int row = 0; row < m_table->rowCount(); ++row)
        all.append(m_table->item(row, SubjectColumn)->text().trimmed());
    return all;
}

bool SubjectsPage::isComplete() const
{
    const QStringList all = subjects();
    return !all.isEmpty() && !all.contains(QString());
}

void SubjectsPage::tell()
{
    const QStringList all = subjects();
    const auto nameless = all.count(QString());
    if (!m_same->isChecked() && !QRegularExpression(m_pattern->text()).isValid())
        m_hint->setText(tr("This pattern is no regular expression."));
    else if (nameless > 0)
        m_hint->setText(tr("%n video(s) have no subject yet: change the rule, or write one in the table.",
            nullptr, static_cast<int>(nameless)));
    else
        m_hint->setText(
            tr("%n subject(s).", nullptr, static_cast<int>(QSet<QString>(all.begin(), all.end()).size())));
    emit completeChanged();
}

} // namespace telltale
