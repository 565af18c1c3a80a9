// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/format.h"
#include "jobs/latestjob.h"
#include <QDialog>
#include <QMap>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QLabel;
class QPlainTextEdit;
class QProgressBar;

namespace telltale {

class Document;
class FormatSettingsForm;
class PathEdit;

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
    FormatSettingsForm* m_settings;
    QLabel* m_count;
    QProgressBar* m_progress;
    QPlainTextEdit* m_report;
    QDialogButtonBox* m_buttons;
    LatestJob<std::vector<std::string>> m_job;
};

} // namespace telltale
