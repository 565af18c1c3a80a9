// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"

namespace telltale {

/// Passes on that somebody wants to stop, and keeps to itself how far a small part of the work is. Lives no
/// longer than `sink`.
class QuietProgress final : public ProgressSink {
public:
    explicit QuietProgress(const ProgressSink& sink) : m_sink(sink) { }
    bool cancelled() const override { return m_sink.cancelled(); }

private:
    const ProgressSink& m_sink;
};

} // namespace telltale
