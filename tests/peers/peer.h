// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Other engines that find a picture in a video, for `telltale-cli bench` alone. They live in a program of
// their own, so that the product never links them, and a benchmark can run where they are missing.
#include <cstdint>
#include <memory>
#include <string>

namespace telltale::peer {

/// One engine, using one thread where it can be told to. Functions throw std::runtime_error.
class Peer {
public:
    virtual ~Peer() = default;
    /// Opens the file from nothing, indexing it if the engine has to. Number of pictures, 0 if it cannot
    /// know.
    virtual int64_t open(const std::string& file) = 0;
    /// Returns when the picture is decoded.
    virtual void frame(int64_t index) = 0;
};

// Each is null where the library was missing when this program was built.
std::unique_ptr<Peer> makeFfms2();
std::unique_ptr<Peer> makeOpenCv();
std::unique_ptr<Peer> makeMpv();
std::unique_ptr<Peer> makeOpenCvDnn(); ///< runs a network instead of showing a video

} // namespace telltale::peer
