// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/draft/draft.h"
#include "data/store/pendingedit.h"
#include <deque>
#include <functional>
#include <map>

namespace telltale {

/// Numbers for new rows, taken from the store in growing batches so that an edit need not wait for it. Where
/// the store cannot be asked, numbers are taken on trust from where the store stood; commit() claims them.
class IdPool final : public IdSource {
public:
    using Ask = std::function<Result<int64_t>(const std::string& name, int64_t count)>;
    using Order = std::function<void(const std::string& name, int64_t count)>;

    /// `ask` waits for the answer, `order` has it come later through arrived(). `next`: where the store
    /// stands. `alone`: nobody else can be taking numbers on trust at the same time; otherwise these come
    /// from a place far away that chance has chosen, and the store keeps counting where it stood.
    void start(Ask ask, Order order, std::map<std::string, int64_t> next, bool alone);
    Result<int64_t> take(const std::string& name, int64_t count) override;
    void arrived(const std::string& name, int64_t first, int64_t count);
    /// Has numbers ready before the first edit wants one.
    void prepare(const std::string& name) { refill(name, m_pools[name]); }
    /// Numbers taken on trust since the last call: name and the first one not taken.
    IdClaims takeClaims() { return std::exchange(m_claims, {}); }
    /// Numbers that were reserved and not used, where they are the last ones that this program reserved.
    std::map<std::string, std::pair<int64_t, int64_t>> unused() const;

private:
    struct Range {
        int64_t next = 0;
        int64_t end = 0;
    };
    struct Pool {
        std::deque<Range> ranges;
        int64_t batch = 0;
        bool ordered = false;
        int64_t lastEnd = 0; ///< of the newest reservation
    };
    void refill(const std::string& name, Pool& pool);
    int64_t takeOnTrust(const std::string& name, int64_t count);

    Ask m_ask;
    Order m_order;
    std::map<std::string, int64_t> m_next;
    std::map<std::string, Pool> m_pools;
    IdClaims m_claims;
    bool m_alone = true;
    std::map<std::string, int64_t> m_faraway;
};

} // namespace telltale
