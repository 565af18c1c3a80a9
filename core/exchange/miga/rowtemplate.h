// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/spans.h"
#include <map>
#include <string_view>

namespace telltale {

/// A row that a user describes: text with placeholders, for challenges whose columns change from year to
/// year.
/// `{video},{class+1},{start},{end-1}`: video, subject, class (from 0), label, start and end (frames from 0,
/// the end is exclusive), start_s and end_s (seconds), score, person, state, annotator. class, start and end
/// take +1 or -1;
/// `\t` is a tab, `{{` a brace. Values with a quotation mark, or with one of the separators , ; tab that the
/// template has, are quoted as in CSV. A value type.
class RowTemplate {
public:
    /// Usage names an unknown placeholder, or two with nothing between them.
    static Result<RowTemplate> parse(const std::string& text);

    /// Usage where rows of this template do not say what a span needs.
    Status checkReadable() const;
    bool namesVideo() const;

    /// Without a line end. Spans that somebody has confirmed have the score 1.
    std::string row(const OutgoingVideo& video, const OutgoingSpan& span) const;
    /// Fills the span, and name and subject of its video; what is wrong with the row, or empty.
    std::string read(std::string_view line, IntakeSpan& span, IntakeVideo& video) const;

private:
    enum class Field {
        Literal,
        Video,
        Subject,
        Label,
        State,
        Annotator,
        Person,
        Class,
        Start,
        End,
        StartSeconds,
        EndSeconds,
        Score
    };
    struct Piece {
        Field field = Field::Literal;
        std::string literal;
        int64_t add = 0;
    };
    struct Name;
    static const std::vector<Name>& names();

    static bool isText(Field field);
    static bool isWhole(Field field);
    bool has(Field field) const;
    bool isSeparator(char c) const { return m_separators.find(c) != std::string::npos; }
    std::string quoted(const std::string& value) const;
    std::string valueOf(const Piece& piece, const OutgoingVideo& video, const OutgoingSpan& span) const;
    bool match(std::string_view line, std::vector<std::string>& values) const;

    std::vector<Piece> m_pieces;
    std::string m_separators;
};

} // namespace telltale
