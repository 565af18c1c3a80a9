// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/store/digest.h"
#include <array>
#include <bit>
#include <cstring>

namespace telltale {
namespace {

static_assert(
    std::endian::native == std::endian::little, "the files of a project hold little-endian numbers");

/// The two halves of the product of 64-bit numbers, folded into one.
uint64_t foldedProduct(uint64_t a, uint64_t b)
{
    const auto product = static_cast<unsigned __int128>(a) * b;
    return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

constexpr uint64_t kFirst = 0x9e3779b97f4a7c15ULL;
constexpr uint64_t kSecond = 0xd6e8feb86659fd93ULL;

uint64_t mixPair(uint64_t state, const char* at)
{
    uint64_t low = 0;
    uint64_t high = 0;
    std::memcpy(&low, at, sizeof low);
    std::memcpy(&high, at + sizeof low, sizeof high);
    return foldedProduct(low ^ kFirst, high ^ state) + kSecond;
}

} // namespace

uint64_t checksum64(std::string_view bytes, uint64_t seed)
{
    constexpr size_t kStep = 16;
    uint64_t state = foldedProduct(seed ^ kSecond, bytes.size() ^ kFirst);
    const char* at = bytes.data();
    size_t left = bytes.size();
    for (; left >= kStep; left -= kStep, at += kStep)
        state = mixPair(state, at);
    if (left > 0) {
        std::array<char, kStep> rest{};
        std::memcpy(rest.data(), at, left);
        state = mixPair(state, rest.data());
    }
    return foldedProduct(state ^ kFirst, kSecond);
}

} // namespace telltale
