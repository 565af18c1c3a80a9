// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: the memory of delivered pictures, used again.
#include "media/framesource.h"
#include <mutex>
#include <utility>

namespace telltale {

/// A picture that nobody holds any more gives its memory back, on whatever thread that happens: fresh memory
/// costs as much as the conversion of a picture. Synchronised.
class StoragePool {
public:
    /// Empty if there is none to use again.
    std::vector<uint8_t> take()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_spare, {});
    }
    static std::shared_ptr<const VideoFrame> lend(const std::shared_ptr<StoragePool>& pool, VideoFrame frame)
    {
        return {new VideoFrame(std::move(frame)), [pool](VideoFrame* returned) {
                    pool->giveBack(std::move(returned->picture.bgra));
                    delete returned;
                }};
    }

private:
    void giveBack(std::vector<uint8_t> storage)
    {
        const std::lock_guard lock(m_mutex);
        m_spare = std::move(storage);
    }

    std::mutex m_mutex;
    std::vector<uint8_t> m_spare;
};

} // namespace telltale
