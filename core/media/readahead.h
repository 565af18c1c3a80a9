// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: which pictures are worth decoding before somebody asks for them.
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace telltale {

/// In this order: the near pictures in the direction of travel and behind, where the review goes next, then
/// the farther ones. Reaches less far where few pictures have room, so that it never chases its own tail.
class ReadAhead {
public:
    /// Pictures that can be kept in all.
    void setRoom(int64_t pictures);
    void setFrameCount(int64_t count) { m_count = count; }
    /// The picture somebody looks at; its distance from the one before tells the direction of travel.
    void moveTo(int64_t index);
    void setHints(std::vector<int64_t> hints) { m_hints = std::move(hints); }

    struct Goal {
        int64_t index; ///< decode this picture
        int64_t from; ///< and on the way to it everything from here on
    };
    std::optional<Goal> next(const std::function<bool(int64_t)>& isKept) const;
    /// Whether a kept picture should outlive others that were used later.
    bool isWorthKeeping(int64_t index) const;
    /// From where on pictures are worth decoding with the one that somebody waits for.
    int64_t fromForCursor() const;

private:
    std::optional<Goal> search(
        int64_t first, int64_t last, int step, const std::function<bool(int64_t)>& isKept) const;
    size_t hintsInReach() const;

    int64_t m_count = 0;
    int64_t m_cursor = -1;
    int m_direction = 1;
    std::vector<int64_t> m_hints;
    int64_t m_room = 0;
    int64_t m_near = 0;
    int64_t m_far = 0;
};

} // namespace telltale
