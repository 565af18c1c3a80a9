// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/sha256.h"
#include <gtest/gtest.h>

using namespace telltale;

// Examples of FIPS 180 (NIST, "Secure Hash Standard: SHA-256 examples").
TEST(Sha256, GivesTheSumsOfTheStandard)
{
    EXPECT_EQ(hexOf(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hexOf(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hexOf(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, PiecesOfAnySizeGiveTheSameSum)
{
    std::string text;
    for (int i = 0; i < 1000; ++i)
        text += static_cast<char>(i * 7);
    for (const size_t piece : {size_t{1}, size_t{3}, size_t{63}, size_t{64}, size_t{65}, size_t{200}}) {
        Sha256Stream stream;
        for (size_t at = 0; at < text.size(); at += piece)
            stream.add(std::string_view(text).substr(at, piece));
        EXPECT_EQ(stream.finish(), sha256(text)) << piece;
    }
    std::string million(1000000, 'a');
    EXPECT_EQ(hexOf(sha256(million)), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}
