// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/labels/labelvectors.h"
#include "learn/labels/namehash.h"
#include <cmath>
#include <cstdint>

namespace telltale {
namespace {

constexpr int kHashDimensions = 256; // ours
constexpr double kIdentityWeight = 0.5; // ours
constexpr size_t kShortest = 2; // two characters may be a whole word of Chinese
constexpr size_t kLongest = 5;

/// FNV-1a
uint64_t hashOf(std::string_view text)
{
    uint64_t hash = 14695981039346656037ULL;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return hash ^ (hash >> 29);
}

/// Where each character of UTF-8 begins, and the end.
std::vector<size_t> charactersOf(const std::string& text)
{
    std::vector<size_t> starts;
    starts.reserve(text.size() + 1);
    for (size_t i = 0; i < text.size(); ++i)
        if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U)
            starts.push_back(i);
    starts.push_back(text.size());
    return starts;
}

void addGrams(const std::string& word, std::vector<double>& vector)
{
    const std::string marked = "<" + word + ">";
    const auto starts = charactersOf(marked);
    const size_t characters = starts.size() - 1;
    const auto add = [&](std::string_view gram) {
        const uint64_t hash = hashOf(gram);
        vector[hash % vector.size()] += (hash >> 40U) % 2 == 0 ? 1 : -1;
    };
    for (size_t length = kShortest; length <= kLongest; ++length)
        for (size_t at = 0; at + length <= characters; ++at)
            add(std::string_view(marked).substr(starts[at], starts[at + length] - starts[at]));
    add(marked);
}

} // namespace

std::vector<std::string> wordsOf(std::string_view name)
{
    std::vector<std::string> words;
    std::string word;
    for (const char c : std::string(name) + " ") {
        const bool letter
            = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        if (letter) {
            word += c;
        } else if (c >= 'A' && c <= 'Z') {
            word += static_cast<char>(c - 'A' + 'a');
        } else if (!word.empty()) {
            words.push_back(word);
            word.clear();
        }
    }
    return words;
}

bool normalise(std::vector<double>& vector)
{
    double sum = 0;
    for (const double v : vector)
        sum += v * v;
    const double length = std::sqrt(sum);
    if (!(length > 1e-12) || !std::isfinite(length))
        return false;
    for (double& v : vector)
        v /= length;
    return true;
}

std::vector<double> hashedName(std::string_view name, int dimension)
{
    std::vector<double> sum(static_cast<size_t>(dimension), 0.0);
    for (const std::string& word : wordsOf(name)) {
        std::vector<double> own(sum.size(), 0.0);
        addGrams(word, own);
        if (!normalise(own))
            continue;
        for (size_t i = 0; i < sum.size(); ++i)
            sum[i] += own[i];
    }
    normalise(sum);
    return sum;
}

LabelVectors nameVectors(const std::vector<std::string>& names)
{
    LabelVectors vectors;
    vectors.source = "names";
    vectors.classes = static_cast<int>(names.size());
    vectors.dimension = kHashDimensions + vectors.classes;
    for (size_t k = 0; k < names.size(); ++k) {
        auto row = hashedName(names[k], kHashDimensions);
        row.resize(static_cast<size_t>(vectors.dimension), 0.0);
        row[static_cast<size_t>(kHashDimensions) + k] = kIdentityWeight;
        normalise(row);
        vectors.values.insert(vectors.values.end(), row.begin(), row.end());
    }
    return vectors;
}

} // namespace telltale
