// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QColor>
#include <QString>
#include <QWidget>
#include <vector>

namespace telltale {

/// F1 per class as bars, and where the current model is as a mark across the bar. As high as it has rows; to
/// be put into a scroll area.
class ClassScoreBars : public QWidget {
    Q_OBJECT
public:
    struct Row {
        QString name;
        QColor color;
        double now = 0; ///< of the model in use, 0..1
        double next = 0; ///< of the heads in training
    };
    explicit ClassScoreBars(QWidget* parent = nullptr);
    void setRows(std::vector<Row> rows);
    const std::vector<Row>& rows() const { return m_rows; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    int rowHeight() const;

    std::vector<Row> m_rows;
};

} // namespace telltale
