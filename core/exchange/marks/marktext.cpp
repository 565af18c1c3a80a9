// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/marks/marktext.h"
#include "exchange/encoding.h"
#include "exchange/labelrows.h"
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

/// "\r\n", "\r" and "\r\r\n", which writing in two programs makes of one line end, become "\n".
std::string withPlainLineEnds(std::string text)
{
    size_t to = 0;
    for (size_t i = 0; i < text.size();) {
        const size_t next = std::min(text.find_first_not_of('\r', i), text.size());
        if (next == text.size() || text[next] != '\n')
            for (; i < next; ++i)
                text[to++] = '\n';
        if (next < text.size())
            text[to++] = text[next];
        i = next + 1;
    }
    text.resize(to);
    return text;
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
    if (auto wide = fromUtf16(content))
        return withPlainLineEnds(std::move(*wide));
    if (content.starts_with("\xEF\xBB\xBF"))
        content.remove_prefix(3);
    if (isUtf8(content))
        return withPlainLineEnds(std::string(content));
    context.notes.push_back(*file.name + ": is not in UTF-8 and was read as Latin-1");
    std::string text;
    for (const char c : content)
        appendUtf8(text, static_cast<unsigned char>(c));
    return withPlainLineEnds(std::move(text));
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
        for (const char* ending : videoEndings())
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
