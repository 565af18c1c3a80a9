// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Praat's TextGrid, https://www.fon.hum.uva.nl/praat/manual/TextGrid_file_formats.html, one file a video.
// Praat reads a text file as a row of free-standing numbers, strings in quotes and flags in <>, and skips all
// else: so the long and the short form are one to it, and to this reader.
#include "exchange/csv.h"
#include "exchange/formats.h"
#include "exchange/marks/marktext.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace telltale {
namespace {

constexpr const char* kScores = "scores";
constexpr std::string_view kSeparators = "/";
constexpr int64_t kToldTiers = 50;

struct Token {
    enum class Kind { Number, Text, End };
    Kind kind = Kind::End;
    double number = 0;
    std::string text;
    int64_t line = 0;
};

/// Cuts the text into tokens, on demand.
class Tokens {
public:
    explicit Tokens(std::string_view text) : m_text(text) { advance(); }

    const Token& next() const { return m_next; }
    Token take()
    {
        Token token = std::move(m_next);
        advance();
        return token;
    }

private:
    void advance()
    {
        m_next = {};
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c == '\n')
                ++m_line;
            if (isSpace(c)) {
                ++m_at;
            } else if (c == '"') {
                return takeText();
            } else if (c == '!') {
                m_at = std::min(m_text.find('\n', m_at), m_text.size());
            } else if (takeWord()) {
                return;
            }
        }
        m_next.line = m_line;
    }

    static bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0'; }

    void takeText()
    {
        m_next.kind = Token::Kind::Text;
        m_next.line = m_line;
        for (++m_at; m_at < m_text.size(); ++m_at) {
            const bool quote = m_text[m_at] == '"';
            if (quote && (m_at + 1 >= m_text.size() || m_text[m_at + 1] != '"')) {
                ++m_at;
                return;
            }
            m_at += quote ? 1 : 0;
            m_line += m_text[m_at] == '\n' ? 1 : 0;
            m_next.text += m_text[m_at];
        }
    }

    /// True where the word is a number; others mean nothing.
    bool takeWord()
    {
        const size_t start = m_at;
        while (m_at < m_text.size() && !isSpace(m_text[m_at]) && m_text[m_at] != '"')
            ++m_at;
        const auto number = decimalNumber(m_text.substr(start, m_at - start));
        if (!number)
            return false;
        m_next = {Token::Kind::Number, *number, {}, m_line};
        return true;
    }

    std::string_view m_text;
    size_t m_at = 0;
    int64_t m_line = 1;
    Token m_next;
};

struct Mark {
    int64_t line = 0;
    double start = 0;
    double end = 0;
    std::string text;
};

/// What the name of one of our tiers says.
struct TierName {
    std::string person;
    SpanState state = SpanState::Accepted;
    std::string annotator;
    bool scores = false;
};

struct Tier {
    int64_t line = 0;
    bool points = false;
    bool known = true; ///< a kind that this reader has
    std::string name; ///< its beginning
    std::optional<TierName> ours; ///< nothing: another program has named it
    std::vector<Mark> marks;
};

std::string nameOf(const SpanTier& tier)
{
    std::string name = escaped(tier.person.empty() ? "P0" : tier.person, kSeparators);
    name.append("/").append(nameOf(tier.state)).append("/").append(escaped(tier.annotator, kSeparators));
    return name.append("/").append(std::to_string(tier.lane));
}

/// Nothing: the tier is none of ours.
std::optional<TierName> ourName(std::string_view text)
{
    std::vector<std::string_view> parts;
    for (size_t slash = 0; slash != std::string_view::npos && parts.size() < 6;) {
        slash = text.find('/');
        parts.push_back(text.substr(0, slash));
        text.remove_prefix(slash == std::string_view::npos ? text.size() : slash + 1);
    }
    TierName name;
    if (parts.size() < 4 || parts.size() > 5 || !parseName(parts[1], name.state) || !wholeNumber(parts[3])
        || (parts.size() == 5 && parts[4] != kScores))
        return std::nullopt;
    name.person = shortText(unescaped(parts[0]), kLongestName);
    name.annotator = shortText(unescaped(parts[2]), kLongestName);
    name.scores = parts.size() == 5;
    return name;
}

/// Walks the tokens of one file.
class Reader {
public:
    Reader(const SourceFile& file, std::string_view text, const ReadContext& context)
        : m_file(file)
        , m_tokens(text)
        , m_context(context)
    {
    }

    Result<IntakeVideo> run()
    {
        const Token type = m_tokens.take();
        const Token object = m_tokens.take();
        if (type.kind != Token::Kind::Text || !type.text.starts_with("ooTextFile")
            || object.kind != Token::Kind::Text || !object.text.starts_with("TextGrid"))
            return m_file.broken(
                "is no TextGrid of Praat as a text file; in Praat, choose \"Save as text file\"");
        std::vector<double> head;
        while (m_tokens.next().kind == Token::Kind::Number)
            head.push_back(m_tokens.take().number);
        if (head.size() < 2)
            return m_file.broken("says no start and end of its time");
        nameVideo(m_video, m_file, {});
        m_video.seconds = std::max(head[1], 0.0);
        while (m_tokens.next().kind == Token::Kind::Text)
            readTier();
        const auto wanted = head.size() > 2 ? head[2] : 0.0;
        if (static_cast<double>(m_tiers) != wanted)
            m_context.problem(m_file.at(m_tokens.next().line),
                "holds " + std::to_string(m_tiers) + " tiers where it announces " + secondsText(wanted),
                "the file may have been cut");
        return std::move(m_video);
    }

private:
    void readTier()
    {
        Tier tier;
        Token token = m_tokens.take();
        tier.line = token.line;
        tier.points = token.text == "TextTier";
        tier.known = tier.points || token.text == "IntervalTier";
        ++m_tiers;
        if (m_tokens.next().kind == Token::Kind::Text) {
            std::string name = oneLine(m_tokens.take().text);
            tier.ours = ourName(name);
            tier.name = shortText(std::move(name), kLongestName);
        }
        if (!tier.known)
            m_context.problem(m_file.at(token.line, shortText(oneLine(token.text), 80)), "is no kind of tier",
                "wanted is IntervalTier or TextTier");
        std::vector<double> numbers = takeNumbers();
        if (numbers.size() < 3) {
            m_context.problem(m_file.at(token.line, "tier " + tier.name),
                "needs its start, its end and the number of its intervals or points");
            numbers.resize(3);
        }
        const double announced = numbers[2];
        numbers.erase(numbers.begin(), numbers.begin() + 3);
        const int64_t count = readMarks(tier, std::move(numbers));
        if (static_cast<double>(count) != announced)
            m_context.problem(m_file.at(tier.line, "tier " + tier.name),
                "holds " + std::to_string(count) + " intervals or points where it announces "
                    + secondsText(announced),
                "the file may have been cut");
        if (tier.known)
            takeTier(tier);
    }

    std::vector<double> takeNumbers()
    {
        // More than five in a row is no TextGrid: the rest is skipped.
        std::vector<double> numbers;
        while (m_tokens.next().kind == Token::Kind::Number) {
            const Token token = m_tokens.take();
            if (numbers.size() < 8)
                numbers.push_back(token.number);
        }
        return numbers;
    }

    /// `numbers`: those that were read before the first text. Returns how many marks there are, good or bad.
    int64_t readMarks(Tier& tier, std::vector<double> numbers)
    {
        const size_t wanted = tier.points ? 1 : 2;
        int64_t count = 0;
        // A text without numbers before it begins the next tier.
        for (; m_tokens.next().kind == Token::Kind::Text && !numbers.empty(); numbers = takeNumbers()) {
            Token text = m_tokens.take();
            ++count;
            if (!tier.known)
                continue;
            if (numbers.size() != wanted) {
                m_context.problem(m_file.at(text.line, "tier " + tier.name),
                    wanted == 1 ? "a point needs one time that is a number"
                                : "an interval needs a start and an end that are numbers");
                continue;
            }
            tier.marks.push_back({text.line, numbers.front(), numbers.back(), std::move(text.text)});
        }
        if (!numbers.empty()) {
            ++count;
            m_context.problem(m_file.at(m_tokens.next().line, "tier " + tier.name), "ends without a text");
        }
        return count;
    }

    void takeTier(Tier& tier)
    {
        const auto& ours = tier.ours;
        if (ours && ours->scores)
            return takeScores(tier);
        const std::string names = settingOf(m_context, "tiers", "ignore");
        const size_t first = m_video.spans.size();
        for (Mark& mark : tier.marks) {
            IntakeSpan span;
            span.place = m_file.at(mark.line, "tier " + tier.name);
            span.inSeconds = true;
            span.start = mark.start;
            span.end = mark.end;
            span.point = tier.points || mark.start == mark.end;
            setLabel(span, mark.text);
            if (oneLine(mark.text).empty())
                continue;
            if (ours) {
                span.personName = ours->person;
                span.state = ours->state;
                span.annotator = ours->annotator;
            } else if (names == "person") {
                span.personName = tier.name;
            } else if (names == "annotator") {
                span.annotator = tier.name;
            }
            m_video.spans.push_back(std::move(span));
        }
        m_scored = {first, m_video.spans.size()};
        if (!ours && m_tiers <= kToldTiers)
            m_context.notes.push_back(*m_file.name + ": tier '" + tier.name + "' has "
                + std::to_string(m_video.spans.size() - first) + " spans");
    }

    /// The tier above has the spans that these numbers are of, at the same times.
    void takeScores(const Tier& tier)
    {
        std::map<double, double> scores;
        for (const Mark& mark : tier.marks) {
            const std::string text = oneLine(mark.text);
            if (const auto score = decimalNumber(text))
                scores[mark.start] = *score;
            else if (!text.empty())
                m_context.problem(
                    m_file.at(mark.line, "tier " + tier.name), "the score '" + text + "' is not a number");
        }
        for (size_t i = m_scored.first; i < m_scored.second; ++i)
            if (const auto score = scores.find(m_video.spans[i].start); score != scores.end())
                m_video.spans[i].score = score->second;
        m_scored = {};
    }

    const SourceFile& m_file;
    Tokens m_tokens;
    const ReadContext& m_context;
    IntakeVideo m_video;
    std::pair<size_t, size_t> m_scored; ///< the spans of the last tier
    int64_t m_tiers = 0;
};

std::string inQuotes(std::string_view text)
{
    std::string made = "\"";
    for (const char c : text)
        made.append(c == '"' ? 2 : 1, c);
    return made + "\"";
}

/// One tier in the long form. Intervals fill it from 0 to `end`, those without a text lie between the others.
class TierWriter {
public:
    TierWriter(std::string name, bool points, double end)
        : m_name(std::move(name))
        , m_points(points)
        , m_end(end)
    {
    }

    bool empty() const { return m_count == 0; }

    void add(double start, double end, const std::string& text)
    {
        if (m_points)
            return write(start, start, text);
        fillTo(start);
        write(start, end, text);
        m_at = end;
    }

    std::string finish(int number)
    {
        if (!m_points)
            fillTo(m_end);
        const std::string head = "    item [" + std::to_string(number) + "]:\n        class = "
            + (m_points ? "\"TextTier\"" : "\"IntervalTier\"") + "\n        name = " + inQuotes(m_name)
            + "\n        xmin = 0\n        xmax = " + secondsText(m_end) + "\n        "
            + (m_points ? "points" : "intervals") + ": size = " + std::to_string(m_count) + "\n";
        return head + m_text;
    }

private:
    void fillTo(double time)
    {
        if (time - m_at > 5e-7)
            write(m_at, time, {});
    }

    void write(double start, double end, const std::string& text)
    {
        m_text.append(m_points ? "        points [" : "        intervals [")
            .append(std::to_string(++m_count));
        m_text.append(m_points ? "]:\n            number = " : "]:\n            xmin = ")
            .append(secondsText(start));
        if (!m_points)
            m_text.append("\n            xmax = ").append(secondsText(end));
        m_text.append(m_points ? "\n            mark = " : "\n            text = ")
            .append(inQuotes(text))
            .append("\n");
    }

    std::string m_name;
    bool m_points = false;
    double m_end = 0;
    double m_at = 0;
    int64_t m_count = 0;
    std::string m_text;
};

/// The tier, beside it one with its scores and one with its points, where it has some.
std::vector<TierWriter> tiersFor(const SpanTier& tier, double end)
{
    TierWriter intervals(nameOf(tier), false, end);
    TierWriter scores(nameOf(tier) + "/" + kScores, false, end);
    TierWriter points(nameOf(tier), true, end);
    TierWriter pointScores(nameOf(tier) + "/" + kScores, true, end);
    for (const OutgoingSpan* span : tier.spans) {
        const bool point = span->end - span->start < 5e-7;
        (point ? points : intervals).add(span->start, span->end, textOf(*span));
        if (span->score)
            (point ? pointScores : scores).add(span->start, span->end, scoreText(*span->score));
    }
    std::vector<TierWriter> written;
    for (TierWriter* one : {&intervals, &scores, &points, &pointScores})
        if (!one->empty())
            written.push_back(std::move(*one));
    return written;
}

class TextGridFormat final : public SpanFormat {
public:
    std::string name() const override { return "textgrid"; }
    std::string title() const override { return "Praat TextGrid"; }
    std::string fileFilter() const override { return "*.TextGrid"; }
    bool perVideo() const override { return true; }

    Conventions conventions(const ImportOptions&) const override
    {
        return {"seconds of the video's own time stamps", {}, "the end is exclusive", kTimesToFrames};
    }

    std::vector<FormatSetting> importSettings() const override
    {
        return {{"tiers", "What the names of tiers are", {"ignore", "person", "annotator"}}};
    }

    Result<std::vector<IntakeVideo>> read(const SourceFile& file, const ReadContext& context) const override
    {
        const std::string text = utf8Text(file, file.content, context);
        auto video = Reader(file, text, context).run();
        if (!video)
            return video.error();
        return std::vector{std::move(*video)};
    }

    Result<OutgoingFile> render(
        const OutgoingProject& project, const ExportOptions&, std::vector<std::string>&) const override
    {
        if (project.videos.size() != 1)
            return Error{ErrorCode::InvalidArgument, "a TextGrid holds one video"};
        const OutgoingVideo& video = project.videos.front();
        double end = video.seconds();
        for (const OutgoingSpan& span : video.spans)
            end = std::max(end, span.end);
        std::string tiers;
        int count = 0;
        for (const SpanTier& tier : tiersOf(video))
            for (TierWriter& one : tiersFor(tier, end))
                tiers += one.finish(++count);
        // Praat refuses a TextGrid without a tier.
        if (count == 0)
            tiers = TierWriter(nameOf(SpanTier{}), false, end).finish(++count);
        std::string text = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0\nxmax = "
            + secondsText(end) + "\ntiers? <exists>\nsize = " + std::to_string(count) + "\nitem []:\n";
        return OutgoingFile{video.name + ".TextGrid", text + tiers};
    }
};

} // namespace

std::unique_ptr<ExchangeFormat> makeTextGridFormat() { return std::make_unique<TextGridFormat>(); }

} // namespace telltale
