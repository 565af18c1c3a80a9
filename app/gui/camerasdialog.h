// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include <QDialog>

class QLabel;
class QListWidget;
class QPushButton;

namespace telltale {

/// Which videos of the project show the same session as one of them, from other sides.
class CamerasDialog : public QDialog {
    Q_OBJECT
public:
    CamerasDialog(Document& document, int64_t videoId, QWidget* parent = nullptr);

    QListWidget& list() { return *m_list; }
    void accept() override;

signals:
    void failed(const QString& sentence);

private:
    std::vector<int64_t> chosen() const;
    void check();

    Document& m_document;
    int64_t m_videoId;
    QListWidget* m_list;
    QLabel* m_hint;
    QPushButton* m_ok = nullptr;
};

} // namespace telltale
