// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/whenwritten.h"
#include <utility>

namespace telltale {

void WhenWritten::listen(const Document& document, Done done)
{
    stop();
    m_document = &document;
    m_done = std::move(done);
    m_health = connect(&document, &Document::healthChanged, this, &WhenWritten::look);
}

void WhenWritten::stop()
{
    disconnect(m_health);
    m_done = {};
    m_document = nullptr;
}

void WhenWritten::look()
{
    if (!m_document)
        return;
    const StoreHealth health = m_document->health();
    if (health.pending > 0 && health.trouble.empty())
        return;
    const Done done = std::exchange(m_done, {});
    stop();
    done(health.pending == 0 ? Status() : Status(Error{ErrorCode::Io, health.trouble}));
}

} // namespace telltale
