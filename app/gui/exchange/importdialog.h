// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/importplan.h"
#include "jobs/latestjob.h"
#include <QDialog>
#include <QMap>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QDoubleSpinBox;
class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QSpinBox;

namespace telltale {

class PathEdit;

/// Reads spans of others into the project and shows the report. Files are read on `pool`, against a second
/// document of the same folder; only the finished edit runs on the GUI thread.
class ImportDialog : public QDialog {
    Q_OBJECT
public:
    ImportDialog(
        Document& document, QThreadPool& pool, const QString& startFolder, QWidget* parent = nullptr);
    QString path() const;
    void reject() override; ///< stops what is running, else closes

private:
    const ExchangeFormat* format() const;
    void showFormat();
    void check();
    void run();
    void finish(const Result<ImportPlan>& plan);
    void setBusy(bool busy);

    Document& m_document;
    QComboBox* m_format;
    PathEdit* m_path;
    QCheckBox* m_addLabels;
    QDoubleSpinBox* m_fps;
    QSpinBox* m_base;
    QProgressBar* m_progress;
    QPlainTextEdit* m_report;
    QDialogButtonBox* m_buttons;
    LatestJob<ImportPlan> m_job;
};

/// Writes the project's spans in another program's form, on `pool`.
class ExportDialog : public QDialog {
    Q_OBJECT
public:
    ExportDialog(
        const Document& document, QThreadPool& pool, const QString& startFolder, QWidget* parent = nullptr);
    QString path() const;
    void reject() override; ///< stops what is running, else closes

private:
    const ExchangeFormat* format() const;
    ExportOptions options() const;
    void showFormat();
    void check();
    void run();
    void finish(const QString& file, const Result<std::vector<std::string>>& lines);
    void setBusy(bool busy);

    const Document& m_document;
    QComboBox* m_format;
    PathEdit* m_path;
    QMap<int, QCheckBox*> m_states;
    QLabel* m_count;
    QProgressBar* m_progress;
    QPlainTextEdit* m_report;
    QDialogButtonBox* m_buttons;
    LatestJob<std::vector<std::string>> m_job;
};

} // namespace telltale
