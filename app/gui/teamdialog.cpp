// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/teamdialog.h"
#include "widgets/models/texts.h"
#include <QComboBox>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

namespace telltale {
namespace {

constexpr std::array<MemberRole, 3> kRoles{MemberRole::Annotator, MemberRole::Reviewer, MemberRole::Owner};
constexpr std::array kRoleNames{QT_TRANSLATE_NOOP("telltale::TeamDialog", "annotator"),
    QT_TRANSLATE_NOOP("telltale::TeamDialog", "reviewer"),
    QT_TRANSLATE_NOOP("telltale::TeamDialog", "owner")};

QString roleName(MemberRole role) { return TeamDialog::tr(kRoleNames.at(static_cast<size_t>(role))); }

} // namespace

TeamDialog::TeamDialog(Document& document, QWidget* parent)
    : QDialog(parent)
    , m_document(document)
    , m_members(new QTableWidget(0, 2))
    , m_name(new QLineEdit)
    , m_add(new QPushButton(tr("&Add")))
    , m_remove(new QPushButton(tr("&Remove")))
    , m_coders(new QTableWidget)
    , m_withheld(new QSpinBox)
    , m_hint(new QLabel)
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel))
{
    setWindowTitle(tr("Team"));
    auto* rows = new QVBoxLayout(this);
    makeMembers(*rows);
    makeCoders(*rows);
    m_hint->setWordWrap(true);
    m_hint->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_hint->setMinimumHeight(m_hint->fontMetrics().height() * 2 + 4);
    m_hint->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    rows->addWidget(m_hint);
    rows->addWidget(m_buttons);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &TeamDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (const VideoEntry& video : document.videos())
        for (const Assignment& one : document.assignments(video.id))
            m_assigned[video.id].insert(one.annotator);
    for (const Member& member : document.members())
        addMember(QString::fromStdString(member.name), member.role);
    fillCoders();
    check();
    resize(fontMetrics().averageCharWidth() * 100, fontMetrics().height() * 34);
}

void TeamDialog::makeMembers(QVBoxLayout& rows)
{
    auto* head = new QLabel(
        tr("<b>Members.</b> Annotators edit their own spans; reviewers everybody's, and they settle "
           "what independent coders made; owners also change videos, subjects, labels and members. "
           "A member's name is the one that he or she annotates under (here: %1).")
            .arg(QString::fromStdString(m_document.annotator()).toHtmlEscaped()));
    head->setWordWrap(true);
    rows.addWidget(head);
    m_members->setAccessibleName(tr("Members"));
    m_members->setHorizontalHeaderLabels({tr("Name"), tr("Role")});
    m_members->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_members->verticalHeader()->hide();
    m_members->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_members->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_members->setTabKeyNavigation(false);
    rows.addWidget(m_members, 1);
    auto* row = new QHBoxLayout;
    m_name->setPlaceholderText(tr("Name of a new member"));
    m_name->setAccessibleName(m_name->placeholderText());
    row->addWidget(m_name, 1);
    row->addWidget(m_add);
    row->addWidget(m_remove);
    rows.addLayout(row);
    const auto add = [this] {
        addMember(
            m_name->text().trimmed(), m_members->rowCount() == 0 ? MemberRole::Owner : MemberRole::Annotator);
        m_name->clear();
        m_name->setFocus();
    };
    m_add->setAutoDefault(false);
    m_remove->setAutoDefault(false);
    connect(m_add, &QPushButton::clicked, this, add);
    connect(m_remove, &QPushButton::clicked, this, [this] { removeMember(m_members->currentRow()); });
    connect(m_name, &QLineEdit::textChanged, this, &TeamDialog::check);
    connect(m_members, &QTableWidget::currentCellChanged, this, &TeamDialog::check);
}

void TeamDialog::makeCoders(QVBoxLayout& rows)
{
    auto* head = new QLabel(
        tr("<b>Independent coding.</b> Whoever is checked codes the video alone, in a layer that the "
           "other coders do not see; reviewers compare the layers and settle them in a third."));
    head->setWordWrap(true);
    rows.addWidget(head);
    m_coders->setAccessibleName(tr("Independent coders of each video"));
    m_coders->setTabKeyNavigation(false);
    m_coders->setEditTriggers(QAbstractItemView::NoEditTriggers);
    rows.addWidget(m_coders, 1);
    auto* row = new QHBoxLayout;
    auto* name = new QLabel(tr("&Withhold from coders who are new:"));
    name->setBuddy(m_withheld);
    m_withheld->setRange(0, 100);
    m_withheld->setSingleStep(10);
    m_withheld->setSuffix(tr(" % of the proposals"));
    m_withheld->setAccessibleName(tr("Percent of the models' proposals that new coders do not see"));
    m_withheld->setToolTip(tr(
        "<p>Whoever sees what a model proposes tends to agree with it. Of these proposals, drawn at random "
        "and the same for all coders, nothing is shown; agreement is then told with and without hints. "
        "100 % withholds a whole video.</p>"));
    row->addWidget(name);
    row->addWidget(m_withheld);
    row->addStretch(1);
    rows.addLayout(row);
    connect(m_coders, &QTableWidget::itemChanged, this, &TeamDialog::rememberCoders);
}

QString TeamDialog::hint() const { return m_hint->text(); }

void TeamDialog::addMember(const QString& name, MemberRole role)
{
    if (name.isEmpty() || wanted().contains(name.toStdString()))
        return;
    const int row = m_members->rowCount();
    m_members->insertRow(row);
    m_members->setItem(row, 0, new QTableWidgetItem(name));
    auto* choice = new QComboBox;
    for (const MemberRole each : kRoles)
        choice->addItem(roleName(each), static_cast<int>(each));
    choice->setCurrentIndex(choice->findData(static_cast<int>(role)));
    choice->setAccessibleName(tr("Role of %1").arg(name));
    connect(choice, &QComboBox::currentIndexChanged, this, &TeamDialog::check);
    m_members->setCellWidget(row, 1, choice);
    fillCoders();
    check();
}

void TeamDialog::removeMember(int row)
{
    if (row < 0 || row >= m_members->rowCount())
        return;
    m_members->removeRow(row);
    fillCoders();
    check();
}

std::map<std::string, MemberRole> TeamDialog::wanted() const
{
    std::map<std::string, MemberRole> members;
    for (int row = 0; row < m_members->rowCount(); ++row)
        if (const auto* choice = qobject_cast<const QComboBox*>(m_members->cellWidget(row, 1)))
            members[m_members->item(row, 0)->text().toStdString()]
                = static_cast<MemberRole>(choice->currentData().toInt());
    return members;
}

void TeamDialog::fillCoders()
{
    const QSignalBlocker blocker(m_coders);
    std::set<std::string> names;
    for (const auto& [name, role] : wanted())
        names.insert(name);
    for (const auto& [video, coders] : m_assigned)
        names.insert(coders.begin(), coders.end());
    QStringList columns;
    for (const std::string& name : names)
        columns.append(QString::fromStdString(name));
    m_coders->clear();
    m_coders->setColumnCount(static_cast<int>(columns.size()));
    m_coders->setHorizontalHeaderLabels(columns);
    m_coders->setRowCount(static_cast<int>(m_document.videos().size()));
    QStringList videos;
    int row = 0;
    for (const VideoEntry& video : m_document.videos()) {
        videos.append(QString::fromStdString(video.name));
        const std::vector<Assignment> assigned = m_document.assignments(video.id);
        int columnNumber = 0;
        for (const std::string& name : names) {
            const bool finished = std::ranges::any_of(
                assigned, [&](const Assignment& one) { return one.annotator == name && one.finished; });
            const std::vector<Withholding> withheld = m_document.withholdings(video.id);
            const auto hidden = std::ranges::find(withheld, name, &Withholding::annotator);
            QStringList notes;
            if (finished)
                notes.append(tr("finished"));
            if (hidden != withheld.end() && hidden->percent > 0)
                notes.append(tr("%1 % withheld").arg(hidden->percent));
            auto* item = new QTableWidgetItem(notes.join(QStringLiteral(", ")));
            item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
            item->setCheckState(m_assigned[video.id].contains(name) ? Qt::Checked : Qt::Unchecked);
            item->setData(Qt::AccessibleTextRole,
                tr("%1 codes %2").arg(QString::fromStdString(name), QString::fromStdString(video.name)));
            m_coders->setItem(row, columnNumber++, item);
        }
        ++row;
    }
    m_coders->setVerticalHeaderLabels(videos);
}

void TeamDialog::rememberCoders()
{
    for (int row = 0; row < m_coders->rowCount(); ++row) {
        std::set<std::string>& coders = m_assigned[m_document.videos()[static_cast<size_t>(row)].id];
        coders.clear();
        for (int column = 0; column < m_coders->columnCount(); ++column)
            if (m_coders->item(row, column)->checkState() == Qt::Checked)
                coders.insert(m_coders->horizontalHeaderItem(column)->text().toStdString());
    }
}

void TeamDialog::check()
{
    const bool owner = m_document.role() == MemberRole::Owner;
    const bool reviewer = m_document.role() >= MemberRole::Reviewer;
    const auto members = wanted();
    const bool someOwner
        = std::ranges::any_of(members, [](const auto& member) { return member.second == MemberRole::Owner; });
    QString hint;
    if (!owner)
        hint = reviewer ? tr("Only owners change the members; you may say who codes a video.")
                        : tr("Only owners change the team.");
    else if (members.empty())
        hint = tr("Without members everybody who opens the project may do everything.");
    else if (!someOwner)
        hint = tr("A team needs an owner: give somebody that role.");
    else if (!members.contains(m_document.annotator())
        || members.at(m_document.annotator()) != MemberRole::Owner)
        hint = tr("You (%1) will not be an owner, and cannot change the team any more.")
                   .arg(QString::fromStdString(m_document.annotator()));
    m_hint->setText(hint);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_members, m_name})
        widget->setEnabled(owner);
    m_coders->setEnabled(reviewer);
    m_withheld->setEnabled(reviewer);
    // Return adds the name that is being typed, and only then closes the dialog.
    const bool typing = owner && !m_name->text().trimmed().isEmpty();
    m_buttons->button(QDialogButtonBox::Ok)->setDefault(!typing);
    m_add->setDefault(typing);
    m_add->setEnabled(owner && !m_name->text().trimmed().isEmpty());
    m_remove->setEnabled(owner && m_members->currentRow() >= 0);
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(reviewer && (members.empty() || someOwner));
}

Status TeamDialog::applyMembers()
{
    const auto members = wanted();
    const std::vector<Member> before = m_document.members();
    const std::string self = m_document.annotator();
    if (before.empty() && members.empty())
        return {};
    // Whoever changes the team is its owner until everything else is done.
    if (auto status = m_document.setMember(self, MemberRole::Owner); !status)
        return status;
    for (const auto& [name, role] : members)
        if (name != self)
            if (auto status = m_document.setMember(name, role); !status)
                return status;
    for (const Member& member : before)
        if (member.name != self && !members.contains(member.name))
            if (auto status = m_document.removeMember(member.name); !status)
                return status;
    const auto own = members.find(self);
    return own != members.end() ? m_document.setMember(self, own->second) : m_document.removeMember(self);
}

Status TeamDialog::applyCoders()
{
    for (const auto& [video, coders] : m_assigned) {
        std::set<std::string> before;
        for (const Assignment& one : m_document.assignments(video))
            before.insert(one.annotator);
        if (before == coders)
            continue;
        if (auto status = m_document.assign(video, {coders.begin(), coders.end()}, m_withheld->value());
            !status)
            return status;
    }
    return {};
}

Status TeamDialog::apply()
{
    const bool owner = m_document.role() == MemberRole::Owner;
    if (auto status = applyCoders(); !status)
        return status;
    return owner ? applyMembers() : Status();
}

void TeamDialog::accept()
{
    if (const Status status = apply(); !status) {
        m_hint->setText(QString::fromStdString(status.error().message));
        return;
    }
    QDialog::accept();
}

} // namespace telltale
