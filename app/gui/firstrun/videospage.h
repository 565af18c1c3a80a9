// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QWizardPage>

class QLabel;
class QTableView;

namespace telltale {

class VideoCheck;

/// Which videos: chosen, or dropped on the list.
class VideosPage : public QWizardPage {
    Q_OBJECT
public:
    VideosPage(VideoCheck& videos, const QString& startFolder, QWidget* parent = nullptr);
    bool isComplete() const override;

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void chooseFiles();
    void chooseFolder();
    void removeSelected();
    void tell();

    VideoCheck& m_videos;
    QString m_folder; ///< where file dialogs begin
    QTableView* m_table;
    QLabel* m_hint;
};

} // namespace telltale
