// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/workbench.h"
#include "pipeline/augmentationcourse.h"
#include <QWidget>

class QLabel;
class QStackedLayout;
class QTableWidget;

namespace telltale {

class CoursePlot;

/// How strongly the gestures of each class were varied while the detector in use was trained: what came of it
/// in a table, how it went in a plot. Reads off the GUI thread.
class AugmentationPanel : public QWidget {
    Q_OBJECT
public:
    explicit AugmentationPanel(Workbench& bench, QWidget* parent = nullptr);
    /// Follows the detector in use; what is shown already is not read again.
    void refresh();
    bool reading() const { return m_job.running(); }
    QTableWidget& table() { return *m_table; }
    CoursePlot& plot() const { return *m_plot; }
    /// Null while there is only a sentence.
    const AugmentationCourse* course() const;

signals:
    void shown(); ///< a detector's course, or a sentence

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeContent();
    void clear();
    void say(const QString& sentence);
    void take(const Result<AugmentationCourse>& course);
    void fillTable();
    void showSummary();
    void showLines();
    /// Id in the project's scheme; -1 if it has no such class.
    int classId(const AugmentedClass& one) const;
    QString nameOf(const AugmentedClass& one) const;

    Workbench& m_bench;
    QStackedLayout* m_pages;
    QLabel* m_message;
    QWidget* m_content = nullptr;
    QLabel* m_summary = nullptr;
    QLabel* m_hint = nullptr;
    QTableWidget* m_table = nullptr;
    CoursePlot* m_plot = nullptr;
    AugmentationCourse m_course;
    std::filesystem::path m_folder; ///< of the detector that is shown or being read
    LatestJob<AugmentationCourse> m_job;
};

} // namespace telltale
