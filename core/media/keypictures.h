// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: single key pictures, each for the cost of decoding one picture.
#include "media/demuxer.h"

namespace telltale {

/// Belongs to one thread at a time.
class KeyPictures {
public:
    static Result<std::unique_ptr<KeyPictures>> open(const std::filesystem::path& file, int stream);

    /// The picture of key packet `number` alone. Null where it does not stand alone: with gradual refresh,
    /// damage, or a file without time stamps.
    std::shared_ptr<const AVFrame> read(const PacketIndex& index, int64_t number);

private:
    KeyPictures() = default;

    std::unique_ptr<Demuxer> m_demuxer;
    av::CodecPtr m_codec;
    av::PacketPtr m_packet;
};

/// Presentation indices of the key pictures that are shown, ascending.
std::vector<int64_t> shownKeyPictures(const PacketIndex& index);

} // namespace telltale
