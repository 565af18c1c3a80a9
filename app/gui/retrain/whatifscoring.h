// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/session.h"
#include "review/whatif.h"
#include <QObject>
#include <filesystem>
#include <unordered_set>

namespace telltale {

/// Which open proposals the candidate heads would name otherwise, found out in the background whenever there
/// is a candidate. Spans that are decided meanwhile leave the list. GUI thread.
class WhatIfScoring : public QObject {
    Q_OBJECT
public:
    enum class State {
        None, ///< there are no new heads
        Scoring,
        Stopped,
        Failed,
        Ready,
    };
    WhatIfScoring(Session& session, QObject* parent = nullptr);
    State state() const { return m_state; }
    const WhatIf& changes() const { return m_open; } ///< of spans that are still open
    const QString& error() const { return m_error; } ///< State::Failed: why
    /// Compares the heads in the file with those in use.
    void start(const std::filesystem::path& heads);
    void restart(); ///< after a stop
    void cancel();

signals:
    void changed();
    void progressed(int permille);

private:
    void followModels();
    void followEdit(ChangeKinds kinds);
    void take(const Result<WhatIf>& found);
    void keepOpen();
    void set(State state);

    Session& m_session;
    State m_state = State::None;
    std::filesystem::path m_heads; ///< that are compared; empty: none
    std::filesystem::path m_inUse; ///< beside which; empty: those of the weights
    QString m_error;
    WhatIf m_all;
    WhatIf m_open;
    std::unordered_set<int64_t> m_spans; ///< of m_all
    LatestJob<WhatIf> m_job;
};

} // namespace telltale
