// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/importplan.h"
#include "jobs/latestjob.h"
#include <QDialog>
#include <QTimer>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QDoubleSpinBox;
class QProgressBar;
class QSpinBox;

namespace telltale {

class FormatSettingsForm;
class ImportPreview;
class PathEdit;

/// Reads spans and skeletons of others into the project. What a file would change is listed as soon as it is
/// chosen; the import itself is one undo step. Files are read on `pool`, against a second document of the
/// same folder; only the finished edit runs on the GUI thread.
class ImportDialog : public QDialog {
    Q_OBJECT
public:
    ImportDialog(
        Document& document, QThreadPool& pool, const QString& startFolder, QWidget* parent = nullptr);
    QString path() const; ///< of the first file
    void reject() override; ///< stops what is running, else closes

private:
    const ExchangeFormat* format() const; ///< null: to be recognised
    ImportOptions options() const;
    void showFormat();
    /// What was listed does not hold any more; lists anew after a moment.
    void choiceChanged();
    void look();
    void run();
    void start(bool dryRun);
    void showPlan(const Result<ImportPlan>& plan);
    void finish(const Result<ImportPlan>& plan);
    void setBusy(bool busy);

    Document& m_document;
    QComboBox* m_format;
    PathEdit* m_path;
    FormatSettingsForm* m_settings;
    QCheckBox* m_addLabels;
    QCheckBox* m_skipBad;
    QDoubleSpinBox* m_fps;
    QSpinBox* m_base;
    QProgressBar* m_progress;
    ImportPreview* m_preview;
    QDialogButtonBox* m_buttons;
    QTimer m_pause; ///< between a change and the look at it
    bool m_importing = false;
    LatestJob<ImportPlan> m_job;
};

} // namespace telltale
