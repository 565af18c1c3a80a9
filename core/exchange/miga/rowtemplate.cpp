// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/miga/rowtemplate.h"
#include "exchange/csv.h"
#include "exchange/marks/marktext.h"
#include <algorithm>
#include <array>
#include <cstdio>

namespace telltale {
namespace {

constexpr size_t kLongestLine = 4096;
constexpr size_t kLongestNumber = 32;
constexpr int64_t kMostPeople = 1000;

Error usage(const std::string& what) { return {ErrorCode::Usage, "the template of the columns " + what}; }

std::string sixDigits(double value)
{
    std::array<char, 400> text{};
    std::snprintf(text.data(), text.size(), "%.6f", value);
    return text.data();
}

/// A small number is one, all else a name.
void takePerson(const std::string& value, IntakeSpan& span)
{
    const int64_t number = wholeNumber(value).value_or(-1);
    if (number >= 0 && number <= kMostPeople)
        span.person = static_cast<int>(number);
    else
        span.personName = value;
}

} // namespace

struct RowTemplate::Name {
    const char* name;
    Field field;
};

const std::vector<RowTemplate::Name>& RowTemplate::names()
{
    static const std::vector<Name> list{{"video", Field::Video}, {"subject", Field::Subject},
        {"class", Field::Class}, {"label", Field::Label}, {"start", Field::Start}, {"end", Field::End},
        {"start_s", Field::StartSeconds}, {"end_s", Field::EndSeconds}, {"score", Field::Score},
        {"person", Field::Person}, {"state", Field::State}, {"annotator", Field::Annotator}};
    return list;
}

bool RowTemplate::isText(Field field) { return field >= Field::Video && field <= Field::Person; }

bool RowTemplate::isWhole(Field field)
{
    return field == Field::Class || field == Field::Start || field == Field::End;
}

bool RowTemplate::has(Field field) const
{
    return std::ranges::find(m_pieces, field, &Piece::field) != m_pieces.end();
}

bool RowTemplate::namesVideo() const { return has(Field::Video); }

Result<RowTemplate> RowTemplate::parse(const std::string& text)
{
    RowTemplate made;
    std::string literal;
    const auto endLiteral = [&] {
        if (!literal.empty())
            made.m_pieces.push_back({Field::Literal, literal, 0});
        literal.clear();
    };
    for (size_t i = 0; i < text.size(); ++i) {
        const std::string_view two = std::string_view(text).substr(i, 2);
        if (two == "{{" || two == "\\t") {
            literal += two == "{{" ? '{' : '\t';
            ++i;
            continue;
        }
        if (text[i] != '{') {
            literal += text[i];
            continue;
        }
        const size_t close = text.find('}', i);
        if (close == std::string::npos)
            return usage("opens a brace that is never closed");
        std::string name = text.substr(i + 1, close - i - 1);
        Piece piece;
        if (name.ends_with("+1") || name.ends_with("-1")) {
            piece.add = name[name.size() - 2] == '+' ? 1 : -1;
            name.resize(name.size() - 2);
        }
        const auto known = std::ranges::find(names(), name, &Name::name);
        if (known == names().end() || (piece.add != 0 && !isWhole(known->field))) {
            std::string all;
            for (const Name& one : names())
                all += std::string(all.empty() ? "" : ", ") + one.name;
            return usage("has no placeholder '" + text.substr(i, close - i + 1) + "', known are " + all
                + "; class, start and end also with +1 or -1");
        }
        endLiteral();
        piece.field = known->field;
        if (!made.m_pieces.empty() && made.m_pieces.back().field != Field::Literal)
            return usage("needs some text before '" + text.substr(i, close - i + 1) + "'");
        made.m_pieces.push_back(std::move(piece));
        i = close;
    }
    endLiteral();
    for (const char c : {',', ';', '\t'})
        for (const Piece& piece : made.m_pieces)
            if (piece.literal.find(c) != std::string::npos && !made.isSeparator(c))
                made.m_separators += c;
    if (std::ranges::all_of(made.m_pieces, [](const Piece& one) { return one.field == Field::Literal; }))
        return usage("has no placeholder");
    return made;
}

Status RowTemplate::checkReadable() const
{
    const bool frames = has(Field::Start) && has(Field::End);
    const bool seconds = has(Field::StartSeconds) && has(Field::EndSeconds);
    if (!has(Field::Class) && !has(Field::Label))
        return usage("needs {class} or {label} to be read");
    if (!frames && !seconds)
        return usage("needs {start} and {end}, or {start_s} and {end_s}, to be read");
    return {};
}

std::string RowTemplate::quoted(const std::string& value) const
{
    std::string line = value;
    std::ranges::replace_if(
        line, [](char c) { return c == '\n' || c == '\r'; }, ' ');
    if (std::ranges::none_of(line, [this](char c) { return c == '"' || isSeparator(c); }))
        return line;
    std::string text = "\"";
    for (const char c : line)
        text += c == '"' ? std::string("\"\"") : std::string(1, c);
    return text + "\"";
}

std::string RowTemplate::valueOf(
    const Piece& piece, const OutgoingVideo& video, const OutgoingSpan& span) const
{
    switch (piece.field) {
    case Field::Literal:
        return piece.literal;
    case Field::Video:
        return quoted(video.name);
    case Field::Subject:
        return quoted(video.subject);
    case Field::Label:
        return quoted(span.label);
    case Field::State:
        return std::string(nameOf(span.state));
    case Field::Annotator:
        return quoted(span.annotator);
    case Field::Person:
        return quoted(video.personName(span.person));
    case Field::Class:
        return std::to_string(span.classId + piece.add);
    case Field::Start:
        return std::to_string(span.frames.first + piece.add);
    case Field::End:
        return std::to_string(span.frames.last + piece.add);
    case Field::StartSeconds:
        return sixDigits(span.start);
    case Field::EndSeconds:
        return sixDigits(span.end);
    case Field::Score:
        return scoreText(span.state == SpanState::Proposed ? span.score.value_or(1) : 1);
    }
    return {};
}

std::string RowTemplate::row(const OutgoingVideo& video, const OutgoingSpan& span) const
{
    std::string line;
    for (const Piece& piece : m_pieces)
        line += valueOf(piece, video, span);
    return line;
}

/// Whether the pieces from p on can make up the line from i on is worked out from the back, so that names
/// which hold the text between two placeholders are found too; then the shortest texts and longest numbers
/// are taken.
bool RowTemplate::match(std::string_view line, std::vector<std::string>& values) const
{
    const size_t length = line.size();
    const size_t count = m_pieces.size();
    // Where a quoted text ends whose content goes on at i.
    std::vector<size_t> close(length + 2, length + 1);
    for (size_t i = length; i-- > 0;)
        close[i] = line[i] != '"'                  ? close[i + 1]
            : i + 1 < length && line[i + 1] == '"' ? close[i + 2]
                                                   : i + 1;
    std::vector<std::vector<char>> fits(count + 1, std::vector<char>(length + 2, 0));
    fits[count][length] = 1;
    const auto allowed = [&](char c) { return c != '"' && !isSeparator(c); };
    const auto numeric = [](Field field, char c) {
        return (c >= '0' && c <= '9') || c == '-' || c == '+'
            || (!isWhole(field) && (c == '.' || c == 'e' || c == 'E'));
    };
    const auto quoteEnd = [&](size_t i) { return i < length && line[i] == '"' ? close[i + 1] : length + 1; };
    for (size_t p = count; p-- > 0;) {
        const Piece& piece = m_pieces[p];
        for (size_t i = length + 1; i-- > 0;) {
            bool good = false;
            if (piece.field == Field::Literal) {
                good = line.substr(i, piece.literal.size()) == piece.literal
                    && fits[p + 1][i + piece.literal.size()];
            } else if (isText(piece.field)) {
                good = fits[p + 1][i] || fits[p + 1][quoteEnd(i)]
                    || (i < length && allowed(line[i]) && fits[p][i + 1]);
            } else {
                size_t end = i;
                while (!good && end < length && end - i < kLongestNumber && numeric(piece.field, line[end]))
                    good = fits[p + 1][++end];
                good = good || (piece.field == Field::Score && fits[p + 1][i]);
            }
            fits[p][i] = good ? 1 : 0;
        }
    }
    if (!fits[0][0])
        return false;
    values.assign(count, {});
    for (size_t p = 0, i = 0; p < count; ++p) {
        const Piece& piece = m_pieces[p];
        size_t end = i;
        if (piece.field == Field::Literal) {
            end = i + piece.literal.size();
        } else if (isText(piece.field) && fits[p + 1][quoteEnd(i)]) {
            end = quoteEnd(i);
            for (size_t k = i + 1; k + 1 < end; ++k) {
                values[p] += line[k];
                k += line[k] == '"' ? 1 : 0;
            }
            i = end;
            continue;
        } else if (isText(piece.field)) {
            while (!fits[p + 1][end])
                ++end;
        } else {
            for (size_t to = i; to < length && to - i < kLongestNumber && numeric(piece.field, line[to]);)
                if (fits[p + 1][++to])
                    end = to;
        }
        values[p] = line.substr(i, end - i);
        i = end;
    }
    return true;
}

std::string RowTemplate::read(std::string_view line, IntakeSpan& span, IntakeVideo& video) const
{
    if (line.size() > kLongestLine)
        return "is longer than " + std::to_string(kLongestLine) + " characters";
    if (!isUtf8(line))
        return "is not written in UTF-8";
    std::vector<std::string> values;
    if (!match(line, values))
        return "does not fit the template of the columns";
    const bool frames = has(Field::Start) && has(Field::End);
    bool stateKnown = false;
    span.inSeconds = !frames;
    for (size_t p = 0; p < m_pieces.size(); ++p) {
        const Piece& piece = m_pieces[p];
        const std::string& value = values[p];
        const auto whole = isWhole(piece.field) ? frameNumber(value) : std::optional<int64_t>(0);
        const bool number = piece.field == Field::StartSeconds || piece.field == Field::EndSeconds
            || (piece.field == Field::Score && !value.empty());
        const auto real = number ? decimalNumber(value) : std::nullopt;
        if (!whole || (number && !real))
            return "'" + value + "' is no number that makes sense";
        if (piece.field == Field::Video)
            video.name = value;
        else if (piece.field == Field::Subject)
            video.subject = value;
        else if (piece.field == Field::Label)
            span.label = value;
        else if (piece.field == Field::Annotator)
            span.annotator = value;
        else if (piece.field == Field::Person)
            takePerson(value, span);
        else if (piece.field == Field::Class && (*whole - piece.add < -1 || *whole - piece.add > 100'000))
            return "there is no class " + value;
        else if (piece.field == Field::Class)
            span.classId = static_cast<int>(*whole - piece.add);
        else if (piece.field == Field::Start)
            span.frames.first = *whole - piece.add;
        else if (piece.field == Field::End)
            span.frames.last = *whole - piece.add;
        else if (piece.field == Field::StartSeconds)
            span.start = *real;
        else if (piece.field == Field::EndSeconds)
            span.end = *real;
        else if (piece.field == Field::Score)
            span.score = real;
        else if (piece.field == Field::State && !(stateKnown = parseName(value, span.state)))
            return "there is no state '" + value + "'";
    }
    if (!stateKnown && span.score)
        span.state = SpanState::Proposed;
    return video.name.empty() && namesVideo() ? "names no video" : "";
}

} // namespace telltale
