// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <unordered_map>
#include <vector>

namespace telltale {

/// What an item is ranked by within its group: greater comes first, the later numbers where the earlier ones
/// are equal, then the smaller id. What is no number comes last.
struct RankKey {
    double value = 0;
    double second = 0;
    double third = 0;
};

/// Where a group stands: all items of a group of higher priority come first; among groups of equal priority
/// items compare by scale x value, then as in RankKey. `scale` > 0.
struct RankStanding {
    double priority = 0;
    double scale = 1;

    bool operator==(const RankStanding&) const = default;
};

/// Items in order, where most changes touch one item or one group: each group is kept sorted, a change of a
/// group's standing touches none of its items, and order() merges the groups that have changed into the
/// others, whose order among themselves is as it was. With the gain's rarity as the scale of a class, a
/// decision costs one place in one group and one pass over all, no sort. A value; not for several threads at
/// once.
class RankedQueue {
public:
    struct Item {
        int64_t id = 0;
        int group = 0;
        RankKey key;
    };

    /// In place of all items; ids differ. Standings stay.
    void assign(std::vector<Item> items);
    /// Adds the item, or gives it another key and group.
    void put(const Item& item);
    void remove(int64_t id); ///< nothing if it is not there
    void setStanding(int group, const RankStanding& standing);

    bool contains(int64_t id) const { return m_places.contains(id); }
    size_t size() const { return m_places.size(); }
    /// All ids, first to last.
    std::vector<int64_t> order();
    /// The place of an item in order(), without making it; -1 if it is not there.
    int64_t rank(int64_t id) const;

private:
    struct Entry {
        RankKey key;
        int64_t id = 0;
    };
    struct Group {
        RankStanding standing;
        std::vector<Entry> entries; ///< first to last
        bool changed = false; ///< since order() was asked for last
    };
    /// An entry as it compares among all groups: `key.value` is scaled.
    struct Ranked {
        double priority = 0;
        Entry entry;
        int group = 0;
    };
    struct Place {
        int group = 0;
        RankKey key;
    };
    static bool before(const Entry& a, const RankStanding& of, const Entry& b, const RankStanding& than);
    static bool within(const Entry& a, const Entry& b);
    static bool ahead(const Ranked& a, const Ranked& b);
    std::vector<Ranked> changedOnes() const;

    std::map<int, Group> m_groups;
    std::unordered_map<int64_t, Place> m_places;
    std::vector<Ranked> m_order; ///< as it was asked for last
};

} // namespace telltale
