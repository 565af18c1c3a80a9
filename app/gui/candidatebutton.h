// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QAbstractButton>

namespace telltale {

/// One class that the models offer: its key, its name and its probability as a bar.
class CandidateButton : public QAbstractButton {
    Q_OBJECT
public:
    explicit CandidateButton(const QString& key, QWidget* parent = nullptr);
    /// `share` < 0: nothing is offered.
    void offer(const QString& name, const QString& longName, const QColor& color, double share);
    void setKey(const QString& key); ///< empty: there is none, or it does something else at the moment
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_key;
    QString m_name;
    QString m_longName;
    QColor m_color;
    double m_share = -1;
};

} // namespace telltale
