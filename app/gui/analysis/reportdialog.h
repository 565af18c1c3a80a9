// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/report/projectreport.h"
#include "jobs/latestjob.h"
#include <QDialog>

class QDialogButtonBox;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;

namespace telltale {

class Document;
class PathEdit;

/// Writes the analysis of the project, as it is when the writing starts, as a report. What takes long runs on
/// `pool`.
class ReportDialog : public QDialog {
    Q_OBJECT
public:
    ReportDialog(
        const Document& document, QThreadPool& pool, const QString& startFolder, QWidget* parent = nullptr);
    QString path() const;
    void reject() override; ///< stops what is running, else closes

private:
    void check();
    void run();
    void finish(const QString& file, const Result<std::vector<SectionMaker>>& sections);
    void setBusy(bool busy);

    const Document& m_document;
    PathEdit* m_path;
    QProgressBar* m_progress;
    QPlainTextEdit* m_outcome;
    QDialogButtonBox* m_buttons;
    QPushButton* m_open;
    QString m_written;
    LatestJob<std::vector<SectionMaker>> m_job;
};

} // namespace telltale
