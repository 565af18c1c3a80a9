// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace telltale {

/// Appends the shortest text that gives the same number back.
template <typename T> void appendNumber(std::string& out, T value)
{
    char text[40];
    const auto [end, error] = std::to_chars(std::begin(text), std::end(text), value);
    if (error == std::errc{})
        out.append(text, static_cast<size_t>(end - text));
}

/// A file written piece by piece, so that text many times as large as the track need not lie in memory.
class TextFile {
public:
    explicit TextFile(const std::filesystem::path& file)
        : m_name(file.string())
        , m_out(file, std::ios::binary | std::ios::trunc)
    {
    }

    /// What is to come next; goes to the disk once it is long enough.
    std::string& text()
    {
        if (m_text.size() > kPiece)
            flush();
        return m_text;
    }

    /// Io if any of it could not be written.
    Status finish()
    {
        flush();
        m_out.close();
        if (!m_out)
            return Error{ErrorCode::Io, m_name + ": cannot be written; is the disk full?"};
        return {};
    }

private:
    static constexpr size_t kPiece = size_t{1} << 18;

    void flush()
    {
        m_out.write(m_text.data(), static_cast<std::streamsize>(m_text.size()));
        m_text.clear();
    }

    std::string m_name;
    std::ofstream m_out;
    std::string m_text;
};

/// `text` between quotes as JSON has it. Bytes that are no UTF-8 become '?'.
void appendJsonText(std::string& out, std::string_view text);

} // namespace telltale
