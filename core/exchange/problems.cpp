// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/problems.h"
#include <algorithm>

namespace telltale {
namespace {
constexpr size_t kKept = 1000;
constexpr size_t kTold = 20;
} // namespace

std::string ImportPlace::text() const
{
    std::string text = file ? *file : std::string();
    const auto append = [&text](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
    if (line > 0)
        append("line " + std::to_string(line));
    if (!element.empty())
        append("element " + element);
    return text;
}

std::string ImportProblem::sentence() const
{
    const std::string where = place.text();
    return (where.empty() ? "" : where + ": ") + what + (remedy.empty() ? "" : "; " + remedy);
}

void ImportProblems::add(ImportProblem problem)
{
    ++m_count;
    if (problem.remedy.empty() && problem.place.file)
        problem.remedy = "correct it there, or leave it out (--skip-bad)";
    if (m_kept.size() < kKept)
        m_kept.push_back(std::move(problem));
}

Error ImportProblems::refusal() const
{
    if (m_kept.empty())
        return {ErrorCode::Internal, "there is nothing wrong with the import"};
    if (m_count == 1) {
        std::string sentence = m_kept.front().sentence() + "; nothing was imported";
        if (sentence.find("--skip-bad") == std::string::npos)
            sentence += ", the rest can be imported without it (--skip-bad)";
        return {m_kept.front().code, std::move(sentence)};
    }
    std::string text = std::to_string(m_count)
        + " problems, nothing was imported; the rest can be imported "
          "without them (--skip-bad):";
    for (size_t i = 0; i < std::min(m_kept.size(), kTold); ++i)
        text += "\n" + m_kept[i].sentence();
    if (m_count > static_cast<int64_t>(kTold))
        text += "\nand " + std::to_string(m_count - static_cast<int64_t>(kTold)) + " more";
    return {m_kept.front().code, text};
}

} // namespace telltale
