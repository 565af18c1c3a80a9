// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/labels/labelvectors.h"
#include "learn/labels/namehash.h"
#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string_view>

namespace telltale {
namespace {

constexpr size_t kBlock = size_t{1} << 20U;
/// No line of word vectors is longer (1,000 numbers take about 20 KB): whoever gives a video by mistake gets
/// a sentence, not a full memory.
constexpr size_t kLongestLine = size_t{1} << 20U;

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

/// Cuts the first word off `line`; empty at its end.
std::string_view takeField(std::string_view& line)
{
    size_t begin = 0;
    while (begin < line.size() && isBlank(line[begin]))
        ++begin;
    size_t end = begin;
    while (end < line.size() && !isBlank(line[end]))
        ++end;
    const auto field = line.substr(begin, end - begin);
    line.remove_prefix(end);
    return field;
}

size_t countFields(std::string_view line)
{
    size_t fields = 0;
    bool inside = false;
    for (const char c : line) {
        const bool blank = isBlank(c);
        fields += !blank && !inside ? 1 : 0;
        inside = !blank;
    }
    return fields;
}

template <typename T> std::optional<T> numberIn(std::string_view field)
{
    T value{};
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
    if (error != std::errc() || end != field.data() + field.size())
        return std::nullopt;
    return value;
}

/// The vectors of the wanted words, line by line.
class WordTable {
public:
    WordTable(const std::filesystem::path& file, std::set<std::string> wanted)
        : m_name(file.string())
        , m_wanted(std::move(wanted))
    {
    }

    Status read(std::string_view line)
    {
        ++m_line;
        const size_t fields = countFields(line);
        if (fields == 0)
            return {};
        if (m_line == 1 && isHeading(line, fields))
            return {};
        if (m_numbers == 0 && fields >= 2)
            m_numbers = fields - 1;
        if (m_numbers == 0 || fields < m_numbers + 1)
            return broken("has " + std::to_string(fields - 1) + " numbers instead of "
                + (m_numbers == 0 ? "at least 1" : std::to_string(m_numbers)));
        if (fields > m_numbers + 1)
            return {}; // some tables have entries with blanks in them; no word of a class name is one
        const std::string word(takeField(line));
        if (m_wanted.count(word) == 0 || m_found.count(word) > 0)
            return {};
        return readNumbers(word, line);
    }

    bool complete() const { return m_numbers > 0 && m_found.size() == m_wanted.size(); }
    size_t numbers() const { return m_numbers; }
    const std::vector<double>* find(const std::string& word) const
    {
        const auto found = m_found.find(word);
        return found == m_found.end() ? nullptr : &found->second;
    }
    Status broken(const std::string& what) const
    {
        return Error{ErrorCode::BadFormat,
            m_name + ", line " + std::to_string(m_line) + " " + what
                + "; a file of word vectors has a word and its numbers in each line. Get the file again or "
                  "choose another."};
    }
    void countLine() { ++m_line; }

private:
    /// word2vec's text format begins with the number of words and of dimensions.
    bool isHeading(std::string_view line, size_t fields)
    {
        if (fields != 2)
            return false;
        const auto words = numberIn<int64_t>(takeField(line));
        const auto dimension = numberIn<int64_t>(takeField(line));
        if (!words || !dimension || *words < 1 || *dimension < 2 || *dimension > 1'000'000)
            return false;
        m_numbers = static_cast<size_t>(*dimension);
        return true;
    }

    Status readNumbers(const std::string& word, std::string_view line)
    {
        std::vector<double> vector;
        vector.reserve(m_numbers);
        while (vector.size() < m_numbers) {
            const auto field = takeField(line);
            const auto value = numberIn<double>(field);
            if (!value || !std::isfinite(*value))
                return broken("has \"" + std::string(field.substr(0, 40)) + "\" where a number should be");
            vector.push_back(*value);
        }
        m_found[word] = std::move(vector);
        return {};
    }

    std::string m_name;
    std::set<std::string> m_wanted;
    std::map<std::string, std::vector<double>> m_found;
    size_t m_numbers = 0; ///< a line has
    int64_t m_line = 0;
};

Status readLines(const std::filesystem::path& file, WordTable& table, ProgressSink* progress)
{
    std::error_code error;
    const auto bytes = std::filesystem::file_size(file, error);
    std::ifstream in(file, std::ios::binary);
    if (error || !in)
        return Error{
            ErrorCode::NotFound, file.string() + " cannot be read: choose a text file of word vectors."};
    std::string block(kBlock, '\0');
    std::string rest;
    int64_t done = 0;
    while (in && !table.complete()) {
        if (progress && progress->cancelled())
            return Error{ErrorCode::Cancelled, "Reading word vectors was stopped."};
        in.read(block.data(), static_cast<std::streamsize>(block.size()));
        const auto got = static_cast<size_t>(in.gcount());
        done += static_cast<int64_t>(got);
        if (progress)
            progress->report(done, static_cast<int64_t>(bytes), "word vectors");
        rest.append(block, 0, got);
        size_t begin = 0;
        for (size_t end = rest.find('\n'); end != std::string::npos && !table.complete();
             end = rest.find('\n', begin)) {
            if (const auto status = table.read(std::string_view(rest).substr(begin, end - begin)); !status)
                return status;
            begin = end + 1;
        }
        rest.erase(0, begin);
        if (rest.size() > kLongestLine && !table.complete()) {
            table.countLine();
            return table.broken("is longer than a megabyte");
        }
    }
    if (in.bad())
        return Error{ErrorCode::Io, file.string() + " could not be read to its end: check the disk."};
    return table.complete() ? Status() : table.read(rest);
}

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

/// Mean of the vectors of the words of one name; empty if none is known.
std::vector<double> meanOf(const WordTable& table, const std::string& name, std::vector<std::string>& unknown)
{
    std::vector<double> sum(table.numbers(), 0.0);
    int known = 0;
    for (const std::string& word : wordsOf(name)) {
        const auto* vector = table.find(word);
        if (!vector) {
            unknown.push_back(word);
            continue;
        }
        ++known;
        for (size_t i = 0; i < sum.size(); ++i)
            sum[i] += (*vector)[i];
    }
    if (known == 0)
        return {};
    for (double& v : sum)
        v /= known;
    return sum;
}

double lengthOf(const std::vector<double>& vector)
{
    double sum = 0;
    for (const double v : vector)
        sum += v * v;
    return std::sqrt(sum);
}

/// What stands in where no word of a name is known: the hashed name, as long as the other vectors are on
/// average.
std::vector<double> standIn(const std::string& name, size_t index, size_t dimension, double length)
{
    auto row = hashedName(name, static_cast<int>(dimension));
    if (!normalise(row))
        row[index % dimension] = 1;
    for (double& v : row)
        v *= length;
    return row;
}

void noteEqualRows(const std::vector<std::string>& names, LabelVectors& vectors)
{
    for (int a = 0; a < vectors.classes; ++a)
        for (int b = a + 1; b < vectors.classes; ++b)
            if (cosine(vectors, a, b) > 1 - 1e-9)
                vectors.notes.push_back("The classes \"" + names[static_cast<size_t>(a)] + "\" and \""
                    + names[static_cast<size_t>(b)]
                    + "\" have the same word vector: nothing pulls them apart.");
}

} // namespace

Result<LabelVectors> wordVectors(
    const std::filesystem::path& file, const std::vector<std::string>& names, ProgressSink* progress)
{
    std::set<std::string> wanted;
    for (const std::string& name : names)
        for (const std::string& word : wordsOf(name))
            wanted.insert(word);
    WordTable table(file, wanted);
    if (const auto status = readLines(file, table, progress); !status)
        return status.error();
    if (table.numbers() == 0)
        return Error{ErrorCode::BadFormat,
            file.string()
                + " has no word vectors: choose a text file with a word and its numbers in each line."};
    LabelVectors vectors;
    vectors.source = "words";
    vectors.classes = static_cast<int>(names.size());
    vectors.dimension = static_cast<int>(table.numbers());
    std::vector<std::vector<double>> rows;
    rows.reserve(names.size());
    double length = 0;
    int known = 0;
    for (const std::string& name : names) {
        std::vector<std::string> unknown;
        rows.push_back(meanOf(table, name, unknown));
        if (!rows.back().empty()) {
            length += lengthOf(rows.back());
            ++known;
        }
        if (rows.back().empty())
            vectors.notes.push_back("No word of the class \"" + name + "\" has a vector in "
                + file.filename().string() + ": a vector is made from the letters of its name.");
        else if (!unknown.empty())
            vectors.notes.push_back("The class \"" + name + "\" has words without a vector in "
                + file.filename().string() + ", which are left out: " + joined(unknown) + ".");
    }
    for (size_t k = 0; k < rows.size(); ++k) {
        if (rows[k].empty())
            rows[k] = standIn(names[k], k, table.numbers(), known > 0 ? length / known : 1);
        vectors.values.insert(vectors.values.end(), rows[k].begin(), rows[k].end());
    }
    noteEqualRows(names, vectors);
    return vectors;
}

} // namespace telltale
