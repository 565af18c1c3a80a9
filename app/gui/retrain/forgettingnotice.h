// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/labelscheme.h"
#include "review/forgetting.h"
#include <QLabel>
#include <vector>

namespace telltale {

/// The alarm: which classes new heads forget, from what to what, and on how many examples that rests. Hidden
/// while there are none. Readers are told when it comes.
class ForgettingNotice : public QLabel {
    Q_OBJECT
public:
    explicit ForgettingNotice(QWidget* parent = nullptr);
    /// `modality`: the one that is in training, empty for finished heads.
    void announce(const LabelScheme& scheme, const std::vector<ForgottenClass>& forgotten,
        const QString& modality = {});
    void withdraw();
    /// What makes a class forgotten, for the tool tip.
    void setRule(const ForgettingRule& rule);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace telltale
