// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include <QObject>
#include <functional>

namespace telltale {

/// Calls back when all edits so far are written, without waiting for them. GUI thread.
class WhenWritten : public QObject {
public:
    using Done = std::function<void(const Status&)>;

    using QObject::QObject;
    /// Begins to listen; an error says why edits cannot be written now. Whoever closes the document calls
    /// stop() before.
    void listen(const Document& document, Done done);
    void look(); ///< calls back now if nothing is on its way; to be called once after listen()
    void stop();
    bool waiting() const { return m_done != nullptr; }

private:
    const Document* m_document = nullptr;
    Done m_done;
    QMetaObject::Connection m_health;
};

} // namespace telltale
