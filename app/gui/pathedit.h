// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QWidget>

class QLineEdit;
class QPushButton;

namespace telltale {

/// A path that can be typed or chosen.
class PathEdit : public QWidget {
    Q_OBJECT
public:
    enum class Kind { Folder, OpenFile, OpenFiles, SaveFile };
    PathEdit(Kind kind, const QString& name, QWidget* parent = nullptr);
    void setKind(Kind kind);
    /// For files: "*.json"; empty: any.
    void setFilter(const QString& filter) { m_filter = filter; }
    void setStartFolder(const QString& folder) { m_folder = folder; }
    void setPath(const QString& path);
    QString path() const;
    /// With Kind::OpenFiles: those between semicolons.
    QStringList paths() const;
    void setPlaceholder(const QString& text);

signals:
    void changed();

private:
    void browse();
    void browseFolder();

    Kind m_kind;
    QString m_filter;
    QString m_folder;
    QLineEdit* m_edit;
    QPushButton* m_folderButton; ///< beside files only
};

} // namespace telltale
