// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/marks/marktext.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <functional>
#include <map>
#include <queue>
#include <tuple>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 7> kVideoEndings{".mp4", ".avi", ".mkv", ".mov", ".webm", ".m4v", ".mpg"};

void appendUtf8(std::string& text, uint32_t code)
{
    const auto put = [&text](uint32_t byte) { text += static_cast<char>(byte); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0U | code >> 6U);
        put(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        put(0xE0U | code >> 12U);
        put(0x80U | (code >> 6U & 0x3FU));
        put(0x80U | (code & 0x3FU));
    } else {
        put(0xF0U | code >> 18U);
        put(0x80U | (code >> 12U & 0x3FU));
        put(0x80U | (code >> 6U & 0x3FU));
        put(0x80U | (code & 0x3FU));
    }
}

/// Halves of pairs that stand alone become U+FFFD.
std::string fromUtf16(std::string_view content, bool bigEnd)
{
    const auto unit = [&](size_t i) -> uint32_t {
        const auto a = static_cast<unsigned char>(content[i]);
        const auto b = static_cast<unsigned char>(content[i + 1]);
        return bigEnd ? a * 256U + b : b * 256U + a;
    };
    std::string text;
    text.reserve(content.size());
    for (size_t i = 0; i + 1 < content.size(); i += 2) {
        const uint32_t code = unit(i);
        const bool high = code >= 0xD800 && code < 0xDC00;
        if (high && i + 3 < content.size() && (unit(i + 2) & 0xFC00U) == 0xDC00U) {
            appendUtf8(text, 0x10000 + (code - 0xD800) * 0x400 + (unit(i + 2) - 0xDC00));
            i += 2;
        } else {
            appendUtf8(text, code >= 0xD800 && code < 0xE000 ? 0xFFFD : code);
        }
    }
    return text;
}

bool isUtf8(std::string_view text)
{
    for (size_t i = 0; i < text.size();) {
        const auto first = static_cast<unsigned char>(text[i]);
        const size_t length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (length == 0 || first > 0xF4 || i + length > text.size())
            return false;
        for (size_t k = 1; k < length; ++k)
            if ((static_cast<unsigned char>(text[i + k]) & 0xC0U) != 0x80U)
                return false;
        const auto second = length > 1 ? static_cast<unsigned char>(text[i + 1]) : 0U;
        if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F)
            || (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F))
            return false;
        i += length;
    }
    return true;
}

int64_t microseconds(double seconds) { return std::llround(seconds * 1e6); }

/// Each span goes to the first lane that is free, a new one where none is.
void addLanes(std::vector<SpanTier>& tiers, const SpanTier& like, std::vector<const OutgoingSpan*> spans)
{
    std::ranges::stable_sort(spans, {}, [](const OutgoingSpan* one) { return microseconds(one->start); });
    using Busy = std::pair<int64_t, size_t>; // until when, which lane
    std::priority_queue<Busy, std::vector<Busy>, std::greater<>> busy;
    std::priority_queue<size_t, std::vector<size_t>, std::greater<>> free;
    const size_t first = tiers.size();
    for (const OutgoingSpan* span : spans) {
        const int64_t start = microseconds(span->start);
        for (; !busy.empty() && busy.top().first <= start; busy.pop())
            free.push(busy.top().second);
        if (free.empty()) {
            free.push(tiers.size());
            tiers.push_back(like);
            tiers.back().lane = static_cast<int>(tiers.size() - first);
        }
        tiers[free.top()].spans.push_back(span);
        busy.emplace(std::max(microseconds(span->end), start + 1), free.top());
        free.pop();
    }
}

} // namespace

std::string utf8Text(const SourceFile& file, std::string_view content, const ReadContext& context)
{
    if (content.starts_with("\xFE\xFF") || content.starts_with("\xFF\xFE"))
        return fromUtf16(content.substr(2), content.starts_with("\xFE\xFF"));
    if (content.starts_with("\xEF\xBB\xBF"))
        content.remove_prefix(3);
    if (isUtf8(content))
        return std::string(content);
    context.notes.push_back(*file.name + ": is not in UTF-8 and was read as Latin-1");
    std::string text;
    for (const char c : content)
        appendUtf8(text, static_cast<unsigned char>(c));
    return text;
}

std::string oneLine(std::string_view text)
{
    std::string line(text);
    for (char& c : line)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            c = ' ';
    const size_t first = line.find_first_not_of(' ');
    return first == std::string::npos ? std::string()
                                      : line.substr(first, line.find_last_not_of(' ') - first + 1);
}

std::string shortText(std::string text, size_t most)
{
    if (text.size() <= most)
        return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U)
        --most;
    text.resize(most);
    return text;
}

std::string textOf(const OutgoingSpan& span)
{
    const std::string label = oneLine(span.label);
    return label.empty() ? std::string(kUnnamedGesture) : label;
}

void setLabel(IntakeSpan& span, std::string_view text)
{
    span.label = oneLine(text);
    if (span.label == kUnnamedGesture)
        span.label.clear();
}

std::string secondsText(double seconds)
{
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.6f", seconds);
    std::string made(text.data());
    made.erase(made.find_last_not_of('0') + 1);
    if (made.ends_with('.'))
        made.pop_back();
    return made == "-0" ? "0" : made;
}

std::string scoreText(double score)
{
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.9g", score);
    return text.data();
}

std::string escaped(std::string_view text, std::string_view separators)
{
    std::string made;
    for (const char c : oneLine(text)) {
        if (c != '%' && separators.find(c) == std::string_view::npos) {
            made += c;
            continue;
        }
        std::array<char, 8> code{};
        std::snprintf(
            code.data(), code.size(), "%%%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
        made += code.data();
    }
    return made;
}

std::string unescaped(std::string_view text)
{
    const auto digit = [](char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    };
    std::string made;
    for (size_t i = 0; i < text.size(); ++i) {
        const int code
            = text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0
            ? digit(text[i + 1]) * 16 + digit(text[i + 2])
            : -1;
        // Only what escaped() writes: anything else could make bytes that are no UTF-8.
        const bool ours = code >= 0x20 && code < 0x7F;
        made += ours ? static_cast<char>(code) : text[i];
        i += ours ? 2 : 0;
    }
    return made;
}

std::string personOf(const OutgoingVideo& video, const OutgoingSpan& span)
{
    std::string name = oneLine(video.personName(span.person));
    return span.person == 0 && name == "P0" ? std::string() : name;
}

void nameVideo(IntakeVideo& video, const SourceFile& file, const std::string& called)
{
    std::string path = oneLine(called);
    std::ranges::replace(path, '\\', '/');
    const fs::path folder = file.path.parent_path();
    const fs::path named = fs::path(path);
    std::vector<fs::path> candidates;
    if (!named.filename().empty())
        candidates = {named.is_absolute() ? named : folder / named, folder / named.filename()};
    video.name = oneLine(named.stem().string());
    if (video.name.empty() || video.name == "." || video.name == "..")
        video.name = oneLine(file.path.stem().string());
    if (!video.name.empty() && video.name.find('/') == std::string::npos)
        for (const char* ending : kVideoEndings)
            candidates.push_back(folder / (video.name + ending));
    std::error_code ec;
    for (const fs::path& candidate : candidates)
        if (candidate != file.path && fs::is_regular_file(candidate, ec)) {
            video.file = candidate;
            return;
        }
}

std::string settingOf(const ReadContext& context, const std::string& key, const std::string& fallback)
{
    const auto found = context.options.settings.find(key);
    return found == context.options.settings.end() ? fallback : found->second;
}

std::vector<SpanTier> tiersOf(const OutgoingVideo& video)
{
    // What people have decided comes first.
    using Key = std::tuple<int, bool, SpanState, std::string>;
    std::map<Key, std::vector<const OutgoingSpan*>> groups;
    for (const OutgoingSpan& span : video.spans)
        groups[{span.person, span.state == SpanState::Proposed, span.state, span.annotator}].push_back(&span);
    std::vector<SpanTier> tiers;
    for (auto& [key, spans] : groups) {
        SpanTier like;
        like.person = personOf(video, *spans.front());
        like.state = std::get<SpanState>(key);
        like.annotator = oneLine(std::get<std::string>(key));
        addLanes(tiers, like, std::move(spans));
    }
    return tiers;
}

} // namespace telltale
