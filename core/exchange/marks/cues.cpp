// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/marks/cues.h"
#include "exchange/csv.h"
#include "exchange/marks/marktext.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>

namespace telltale {
namespace {

constexpr std::string_view kArrow = "-->";
constexpr std::string_view kSeparators = ";=[]<>&";

bool isDigit(char c) { return c >= '0' && c <= '9'; }

std::string_view trimmed(std::string_view text)
{
    const size_t first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Seconds of `hh:mm:ss.mmm`; nothing where it is no time.
std::optional<double> timeOf(std::string_view text)
{
    double seconds = 0;
    double part = 0;
    size_t digits = 0;
    int colons = 0;
    size_t i = 0;
    for (; i < text.size() && (isDigit(text[i]) || text[i] == ':'); ++i) {
        if (isDigit(text[i])) {
            part = part * 10 + (text[i] - '0');
            if (++digits > 6)
                return std::nullopt;
            continue;
        }
        // Minutes and seconds have two digits and end at 59.
        if (digits == 0 || ++colons > 2 || (colons == 2 && part > 59))
            return std::nullopt;
        seconds = (seconds + part) * 60;
        part = 0;
        digits = 0;
    }
    if (colons == 0 || digits != 2 || part > 59)
        return std::nullopt;
    seconds += part;
    if (i == text.size())
        return seconds;
    const std::string_view rest = text.substr(i + 1);
    if ((text[i] != '.' && text[i] != ',') || rest.empty() || rest.size() > 9
        || !std::ranges::all_of(rest, isDigit))
        return std::nullopt;
    double share = 0;
    double unit = 1;
    for (const char c : rest)
        share += (c - '0') * (unit /= 10);
    return seconds + share;
}

/// Cuts the text into blocks; one pass over the lines.
class Blocks {
public:
    Blocks(const SourceFile& file, int64_t line, bool hasNotes, const ReadContext& context)
        : m_file(file)
        , m_context(context)
        , m_line(line)
        , m_hasNotes(hasNotes)
    {
    }

    CueFile run(std::string_view text)
    {
        while (!text.empty()) {
            const size_t end = text.find('\n');
            take(text.substr(0, end));
            text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
            ++m_line;
        }
        endBlock();
        return std::move(m_found);
    }

private:
    void take(std::string_view line)
    {
        if (trimmed(line).empty())
            return endBlock();
        if (m_inNote) {
            if (m_keepsNote)
                m_found.note.emplace_back(line);
        } else if (line.find(kArrow) != std::string_view::npos) {
            begin(line);
        } else if (m_open) {
            m_cue.lines.emplace_back(line);
        } else if (m_hasNotes && m_above.empty() && startsNote(line)) {
            m_inNote = true;
            m_keepsNote = m_found.note.empty() && line.starts_with("NOTE");
            if (m_keepsNote)
                m_found.note.emplace_back(line);
        } else {
            m_above = line;
            m_aboveLine = m_line;
        }
    }

    static bool startsNote(std::string_view line)
    {
        const std::string_view word = line.substr(0, line.find_first_of(" \t"));
        return word == "NOTE" || word == "STYLE" || word == "REGION";
    }

    void begin(std::string_view line)
    {
        // A cue right below another one without a blank line: the last line is its number.
        if (m_open && m_cue.lines.size() > 1 && std::ranges::all_of(m_cue.lines.back(), isDigit)) {
            m_above = m_cue.lines.back();
            m_cue.lines.pop_back();
        }
        std::string id = std::exchange(m_above, {});
        endBlock();
        m_open = true;
        m_cue = {m_file.at(m_line), std::move(id), 0, 0, {}};
        ++m_found.blocks;
        const size_t arrow = line.find(kArrow);
        const std::string_view from = trimmed(line.substr(0, arrow));
        std::string_view to = trimmed(line.substr(arrow + kArrow.size()));
        to = to.substr(0, to.find_first_of(" \t"));
        const auto start = timeOf(from);
        const auto end = timeOf(to);
        m_good = start && end;
        if (!m_good)
            return m_context.problem(m_cue.place,
                std::string("'").append(shortText(oneLine(start ? to : from), 60)).append("' is no time"),
                "write hours:minutes:seconds.milliseconds");
        m_cue.start = *start;
        m_cue.end = *end;
    }

    void endBlock()
    {
        if (m_open && m_good && m_cue.lines.empty())
            m_context.problem(m_cue.place, "the cue has no text", "give it the name of a class or remove it");
        else if (m_open && m_good)
            m_found.cues.push_back(std::move(m_cue));
        else if (!m_open && !m_above.empty())
            m_context.problem(m_file.at(m_aboveLine), "is no cue, there are no times below it");
        m_open = m_inNote = false;
        m_above.clear();
    }

    const SourceFile& m_file;
    const ReadContext& m_context;
    CueFile m_found;
    Cue m_cue;
    std::string m_above;
    int64_t m_aboveLine = 0;
    int64_t m_line = 1;
    bool m_hasNotes = false;
    bool m_open = false;
    bool m_good = false;
    bool m_inNote = false;
    bool m_keepsNote = false;
};

struct NamedCharacter {
    std::string_view name; ///< between & and ;
    std::string_view text;
};
constexpr std::array<NamedCharacter, 8> kCharacters{{{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"nbsp", " "},
    {"quot", "\""}, {"apos", "'"}, {"lrm", ""}, {"rlm", ""}}};

/// The character by name that starts at `text`; null: it is an ordinary '&'.
const NamedCharacter* characterAt(std::string_view text)
{
    for (const NamedCharacter& one : kCharacters)
        if (text.size() > one.name.size() + 1 && text.substr(1, one.name.size()) == one.name
            && text[one.name.size() + 1] == ';')
            return &one;
    return nullptr;
}

std::string withCharacters(std::string_view text)
{
    std::string made;
    for (size_t i = 0; i < text.size(); ++i) {
        const NamedCharacter* found = text[i] == '&' ? characterAt(text.substr(i)) : nullptr;
        if (found) {
            made += found->text;
            i += found->name.size() + 1;
        } else {
            made += text[i];
        }
    }
    return made;
}

/// Length of the tag at the start of `text`; 0: it is an ordinary '<'.
size_t tagLength(std::string_view text)
{
    // A tag that nothing ends is looked for once a cue, not once a '<': names are short.
    constexpr size_t kLongest = 400;
    if (text.size() < 3 || (std::isalnum(static_cast<unsigned char>(text[1])) == 0 && text[1] != '/'))
        return 0;
    const size_t end = text.substr(0, kLongest).find('>');
    return end == std::string_view::npos ? 0 : end + 1;
}

} // namespace

CueFile readCues(const SourceFile& file, std::string_view text, int64_t firstLine, bool hasNotes,
    const ReadContext& context)
{
    return Blocks(file, firstLine, hasNotes, context).run(text);
}

std::string cueTime(double seconds, char point)
{
    const int64_t all = std::llround(std::max(seconds, 0.0) * 1000);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%02lld:%02lld:%02lld%c%03lld",
        static_cast<long long>(all / 3600000), static_cast<long long>(all / 60000 % 60),
        static_cast<long long>(all / 1000 % 60), point, static_cast<long long>(all % 1000));
    return text.data();
}

std::string cueText(const std::vector<std::string>& lines, std::string& voice)
{
    std::string joined;
    for (const std::string& line : lines)
        joined.append(joined.empty() ? "" : " ").append(line);
    std::string_view text = joined;
    // Where the text stands on the screen, in SubRip files of some programs.
    while (text.starts_with("{\\") && text.find('}') != std::string_view::npos)
        text.remove_prefix(text.find('}') + 1);
    std::string plain;
    for (size_t i = 0; i < text.size(); ++i) {
        const size_t tag = text[i] == '<' ? tagLength(text.substr(i)) : 0;
        if (tag == 0) {
            plain += text[i];
            continue;
        }
        const std::string_view inside = text.substr(i + 1, tag - 2);
        const size_t space = inside.find(' ');
        if (space != std::string_view::npos && inside.front() == 'v' && (space == 1 || inside[1] == '.'))
            voice = oneLine(withCharacters(inside.substr(space + 1)));
        i += tag - 1;
    }
    return oneLine(withCharacters(plain));
}

std::string escapedCueText(std::string_view text, bool all)
{
    std::string made;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool arrow = i >= 2 && text.substr(i - 2, 3) == kArrow;
        if (text[i] == '&' && (all || characterAt(text.substr(i))))
            made += "&amp;";
        else if (text[i] == '<' && (all || tagLength(text.substr(i)) > 0))
            made += "&lt;";
        else if (text[i] == '>' && (all || arrow))
            made += "&gt;";
        else
            made += text[i];
    }
    return made;
}

std::string cueDetails(const OutgoingSpan& span, const std::string& person)
{
    std::string text;
    if (!person.empty())
        text.append("person=").append(escaped(person, kSeparators)).append("; ");
    text.append("state=").append(nameOf(span.state));
    if (span.score)
        text.append("; score=").append(scoreText(*span.score));
    if (!span.annotator.empty())
        text.append("; annotator=").append(escaped(span.annotator, kSeparators));
    return text;
}

bool takeCueDetails(std::string_view details, IntakeSpan& span)
{
    IntakeSpan made = span;
    bool hasState = false;
    while (!details.empty()) {
        const size_t end = details.find(';');
        const std::string_view part = trimmed(details.substr(0, end));
        details.remove_prefix(end == std::string_view::npos ? details.size() : end + 1);
        const size_t equals = part.find('=');
        if (equals == std::string_view::npos)
            return false;
        const std::string_view key = part.substr(0, equals);
        const std::string value = unescaped(part.substr(equals + 1));
        if (key == "state")
            hasState = parseName(value, made.state);
        else if (key == "person")
            made.personName = value;
        else if (key == "annotator")
            made.annotator = value;
        else if (key == "score")
            made.score = decimalNumber(value);
        else
            return false;
    }
    if (hasState)
        span = std::move(made);
    return hasState;
}

} // namespace telltale
