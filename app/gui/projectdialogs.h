// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/labelscheme.h"
#include "data/types.h"
#include <QDialog>
#include <QStringList>
#include <vector>

class QComboBox;
class QDialogButtonBox;
class QLabel;
class QFormLayout;
class QListWidget;

namespace telltale {

class Document;
class PathEdit;

/// Asks where a new project lies and which labels it uses.
class NewProjectDialog : public QDialog {
    Q_OBJECT
public:
    explicit NewProjectDialog(const QString& startFolder, QWidget* parent = nullptr);
    QString folder() const;
    /// "smg", "imigue", "own" or a file, as loadLabelScheme() takes it.
    QString scheme() const;

private:
    void check();

    PathEdit* m_folder;
    QComboBox* m_scheme;
    PathEdit* m_file;
    QFormLayout* m_form;
    QLabel* m_hint;
    QDialogButtonBox* m_buttons;
};

/// Asks for video files, and whom they show.
class AddVideosDialog : public QDialog {
    Q_OBJECT
public:
    AddVideosDialog(const Document& document, const QString& startFolder, const QStringList& files,
        QWidget* parent = nullptr);
    QStringList files() const;
    QString subject() const;
    SubjectRole role() const;

private:
    void choose();
    void check();
    void followSubject(); ///< somebody who is in the project has a role already

    std::vector<Subject> m_known;
    QString m_start;
    QListWidget* m_files;
    QComboBox* m_subject;
    QComboBox* m_role;
    QLabel* m_roleHint;
    QDialogButtonBox* m_buttons;
};

/// Asks which videos to analyze, and where the pose comes from.
class AnalyzeDialog : public QDialog {
    Q_OBJECT
public:
    AnalyzeDialog(
        const Document& document, int64_t currentVideo, const QString& poseModel, QWidget* parent = nullptr);
    std::vector<int64_t> videos() const;
    QString poseModel() const; ///< empty: the videos' own tracks

private:
    void addModels(const QString& chosen);
    void check();

    QListWidget* m_videos;
    QComboBox* m_source;
    QComboBox* m_known; ///< models by name; the last one is a file of the user's choice
    PathEdit* m_model;
    QFormLayout* m_form;
    QLabel* m_hint;
    QDialogButtonBox* m_buttons;
};

} // namespace telltale
