// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "base/npy.h"
#include "nn/safetensors.h"
#include <cmath>
#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <nlohmann/json.hpp>

using namespace telltale;
using testing::HasSubstr;

namespace {

std::filesystem::path checkpoints()
{
    const char* folder = std::getenv("TELLTALE_TESTDATA");
    return std::filesystem::path(folder != nullptr ? folder : TELLTALE_SOURCE_DIR "/../shared/testdata")
        / "checkpoints";
}

/// A file with the header as given and `dataBytes` zeros behind it.
std::string fileWith(const std::string& header, size_t dataBytes)
{
    const uint64_t size = header.size();
    return std::string(reinterpret_cast<const char*>(&size), 8) + header + std::string(dataBytes, '\0');
}

NdArray arrayOf(std::vector<int64_t> shape, std::vector<float> values)
{
    NdArray array;
    array.shape = std::move(shape);
    array.values = std::move(values);
    return array;
}

} // namespace

TEST(Safetensors, WhatWasWrittenIsReadBackExactly)
{
    TensorFile content;
    content.tensors["b.weight"] = arrayOf({2, 3}, {1, -2.5f, 1e-30f, 3e38f, 0, -0.f});
    content.tensors["a.bias"] = arrayOf({1}, {0.1f});
    content.tensors["empty"] = arrayOf({0, 4}, {});
    content.metadata["note"] = "Grüße \"quoted\"";
    const auto bytes = formatSafetensors(content);
    const auto read = parseSafetensors(bytes, "memory");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->metadata, content.metadata);
    ASSERT_EQ(read->tensors.size(), 3u);
    EXPECT_EQ(read->tensors.at("b.weight").shape, (std::vector<int64_t>{2, 3}));
    EXPECT_EQ(read->tensors.at("b.weight").values, content.tensors["b.weight"].values);
    EXPECT_EQ(formatSafetensors(*read), bytes);
}

TEST(Safetensors, HalfStorageRoundsMatricesToTheNearestAndLeavesVectorsAlone)
{
    TensorFile content;
    const std::vector<float> values = {1.f / 3, -65504.f, 65520.f, 6e-8f, 1e-5f, 2049.f, 2051.f, 0.f};
    content.tensors["matrix"] = arrayOf({2, 4}, values);
    content.tensors["vector"] = arrayOf({8}, values);
    const auto read = parseSafetensors(formatSafetensors(content, MatrixStorage::F16), "memory");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->tensors.at("vector").values, values);
    const auto& halves = read->tensors.at("matrix").values;
    EXPECT_FLOAT_EQ(halves[0], 0.33325195f);
    EXPECT_EQ(halves[1], -65504.f);
    EXPECT_EQ(halves[2], std::numeric_limits<float>::infinity());
    EXPECT_FLOAT_EQ(halves[3], 0x1p-24f);
    EXPECT_NEAR(halves[4], 1e-5f, 0x1p-25f);
    EXPECT_EQ(halves[5], 2048.f) << "ties go to even";
    EXPECT_EQ(halves[6], 2052.f);
    EXPECT_EQ(halves[7], 0.f);
}

TEST(Safetensors, HostileHeadersAreRefusedWithASentence)
{
    const std::pair<std::string, std::string> cases[] = {
        {fileWith(R"({"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}})", 8), "outside the file"},
        {fileWith(R"({"a":{"dtype":"F32","shape":[4],"data_offsets":[16,0]}})", 16), "outside the file"},
        {fileWith(R"({"a":{"dtype":"F32","shape":[3],"data_offsets":[0,16]}})", 16), "wants 12"},
        {fileWith(R"({"a":{"dtype":"F32","shape":[4294967296,4294967296,4],"data_offsets":[0,0]}})", 0),
            "absurd"},
        {fileWith(R"({"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", 4), "malformed"},
        {fileWith(R"({"a":{"dtype":"X9","shape":[1],"data_offsets":[0,4]}})", 4), "X9"},
        {fileWith(
             R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
             4),
            "overlap"},
        {fileWith(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", 8), "gaps"},
        {fileWith("[1, 2]", 0), "no JSON table"},
        {fileWith("{\"a\":", 0), "no JSON table"},
        {fileWith(R"({"__metadata__":{"a":1}})", 0), "no text"},
        {std::string(8, '\xff'), "more than the format allows"},
        {std::string("\x40\0\0\0\0\0\0\0{}", 10), "ends inside the header"},
        {"abc", "ends inside the header"},
    };
    for (const auto& [bytes, expected] : cases) {
        const auto read = parseSafetensors(bytes, "bad.safetensors");
        ASSERT_FALSE(read) << expected;
        EXPECT_THAT(read.error().message, HasSubstr(expected));
        EXPECT_THAT(read.error().message, HasSubstr("bad.safetensors"));
    }
}

TEST(parity, EveryTensorOfAForeignFileHasParityWithItsSource)
{
    const char* folder = std::getenv("TELLTALE_FIXTURES");
    const std::filesystem::path fixtures
        = folder != nullptr ? folder : TELLTALE_SOURCE_DIR "/../shared/fixtures";
    const auto text = readFile(fixtures / "l_videomaev2_tiny_params.json");
    const auto numbers = readNpy(fixtures / "l_videomaev2_tiny_params.npy");
    const auto read = readSafetensors(checkpoints() / "videomaev2_tiny.safetensors");
    if (!text || !numbers || !read)
        GTEST_SKIP() << "fixtures or checkpoints are not there";
    const auto values = toFloat(*numbers, "parameters");
    ASSERT_TRUE(values);
    const auto json = nlohmann::json::parse(*text);
    for (const auto& entry : json["params"]) {
        const auto found = read->tensors.find(entry["name"].get<std::string>());
        ASSERT_NE(found, read->tensors.end()) << entry;
        EXPECT_EQ(found->second.shape, entry["shape"].get<std::vector<int64_t>>()) << entry;
        EXPECT_TRUE(std::equal(found->second.values.begin(), found->second.values.end(),
            values->values.begin() + entry["offset"].get<int64_t>()))
            << entry;
    }
}

TEST(Safetensors, RealFileOfAnotherWriterIsReadAndItsBrokenCopiesAreNot)
{
    const auto folder = checkpoints();
    if (!std::filesystem::exists(folder))
        GTEST_SKIP() << folder << " is not there";
    const auto good = readSafetensors(folder / "videomaev2_tiny.safetensors");
    ASSERT_TRUE(good) << good.error().message;
    EXPECT_GT(good->tensors.size(), 10u);
    for (const char* name :
        {"hostile_header.safetensors", "hostile_offsets.safetensors", "truncated.safetensors"}) {
        const auto bad = readSafetensors(folder / name);
        ASSERT_FALSE(bad) << name;
        EXPECT_EQ(bad.error().code, ErrorCode::BadFormat);
        EXPECT_THAT(bad.error().message, HasSubstr(name));
    }
    const auto missing = readSafetensors(folder / "no_such.safetensors");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
}
