// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/format.h"
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

/// Reads spans of others into the project and shows the report.
class ImportDialog : public QDialog {
    Q_OBJECT
public:
    ImportDialog(Document& document, const QString& startFolder, QWidget* parent = nullptr);
    QString path() const;

private:
    const ExchangeFormat* format() const;
    void showFormat();
    void check();
    void run();

    Document& m_document;
    QComboBox* m_format;
    PathEdit* m_path;
    QCheckBox* m_addLabels;
    QDoubleSpinBox* m_fps;
    QSpinBox* m_base;
    QProgressBar* m_progress;
    QPlainTextEdit* m_report;
    QDialogButtonBox* m_buttons;
};

/// Writes the project's spans in another program's form.
class ExportDialog : public QDialog {
    Q_OBJECT
public:
    ExportDialog(const Document& document, const QString& startFolder, QWidget* parent = nullptr);
    QString path() const;

private:
    const ExchangeFormat* format() const;
    ExportOptions options() const;
    void showFormat();
    void check();
    void run();

    const Document& m_document;
    QComboBox* m_format;
    PathEdit* m_path;
    QMap<int, QCheckBox*> m_states;
    QLabel* m_count;
    QPlainTextEdit* m_report;
    QDialogButtonBox* m_buttons;
};

} // namespace telltale
