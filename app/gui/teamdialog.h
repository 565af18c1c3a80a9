// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include <QDialog>
#include <map>
#include <set>

class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTableWidget;
class QVBoxLayout;

namespace telltale {

/// The members of a project with their roles, and who codes which video independently. Changes are made when
/// the dialog is accepted; what is refused is told and the dialog stays.
class TeamDialog : public QDialog {
    Q_OBJECT
public:
    explicit TeamDialog(Document& document, QWidget* parent = nullptr);

    QTableWidget& members() { return *m_members; }
    QTableWidget& coders() { return *m_coders; }
    /// Percent of the proposals that are withheld from coders who are new.
    QSpinBox& withheld() { return *m_withheld; }
    void addMember(const QString& name, MemberRole role);
    void removeMember(int row);
    QString hint() const;
    void accept() override;

private:
    void makeMembers(QVBoxLayout& rows);
    void makeCoders(QVBoxLayout& rows);
    void fillCoders();
    void rememberCoders();
    void check();
    std::map<std::string, MemberRole> wanted() const;
    Status apply();
    Status applyMembers();
    Status applyCoders();

    Document& m_document;
    std::map<int64_t, std::set<std::string>> m_assigned; ///< wanted coders by video
    QTableWidget* m_members;
    QLineEdit* m_name;
    QPushButton* m_add;
    QPushButton* m_remove;
    QTableWidget* m_coders;
    QSpinBox* m_withheld;
    QLabel* m_hint;
    QDialogButtonBox* m_buttons;
};

} // namespace telltale
