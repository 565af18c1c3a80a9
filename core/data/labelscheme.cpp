// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "data/labelindex.h"
#include "data/rows.h"
#include <QString>
#include <algorithm>
#include <array>

namespace telltale {
namespace {

// Seven hues of Okabe and Ito and others, found by a search for 32 colours that differ as much as possible,
// neighbours in the list above all, as people without colour blindness, with protanopia and with deuteranopia
// see them (Machado et al. 2009). tests/data measures what came of it.
constexpr std::array<const char*, 32> kColors{"#cc79a7", "#d55e00", "#802060", "#f0e442", "#0072b2",
    "#009e73", "#e69f00", "#56b4e9", "#e04040", "#6080ff", "#a0e0a0", "#804040", "#0060c0", "#e0a0a0",
    "#c00000", "#2000ff", "#8080e0", "#a0e060", "#404080", "#40e0ff", "#c0a040", "#4040ff", "#a02020",
    "#20e0c0", "#206080", "#608040", "#60e0e0", "#2040c0", "#a0e080", "#008080", "#6060ff", "#a0a060"};

const std::array<const char*, 3> kShipped{"smg", "imigue", "own"};

QString folded(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).trimmed().toCaseFolded();
}

} // namespace

int LabelScheme::find(std::string_view label) const
{
    const QString wanted = folded(label);
    if (wanted.isEmpty())
        return -1;
    for (int i = 0; i < classCount(); ++i)
        if (folded(classes[static_cast<size_t>(i)].name) == wanted)
            return i;
    for (int i = 0; i < classCount(); ++i)
        if (folded(classes[static_cast<size_t>(i)].shortName) == wanted)
            return i;
    return -1;
}

LabelIndex::LabelIndex(const LabelScheme& scheme) : m_count(scheme.classCount())
{
    for (int i = 0; i < m_count; ++i) {
        const LabelClass& one = scheme.classes[static_cast<size_t>(i)];
        m_names.emplace(folded(one.name).toStdString(), i);
        m_shortNames.emplace(folded(one.shortName).toStdString(), i);
    }
}

int LabelIndex::find(std::string_view name) const
{
    const std::string wanted = folded(name).toStdString();
    if (wanted.empty())
        return -1;
    for (const auto* names : {&m_names, &m_shortNames})
        if (const auto found = names->find(wanted); found != names->end())
            return found->second;
    return -1;
}

int LabelIndex::add(std::string_view name)
{
    m_names.emplace(folded(name).toStdString(), m_count);
    return m_count++;
}

std::string defaultClassColor(int index)
{
    return kColors[static_cast<size_t>(std::max(0, index)) % kColors.size()];
}

Result<LabelScheme> loadLabelScheme(const std::string& nameOrFile)
{
    std::filesystem::path file = nameOrFile;
    for (const char* name : kShipped)
        if (nameOrFile == name)
            file = dataFolder() / "models" / "schemes" / (nameOrFile + ".json");
    auto content = readFile(file);
    if (!content && content.error().code == ErrorCode::NotFound && file == nameOrFile)
        return Error{ErrorCode::NotFound,
            nameOrFile + ": is neither a label scheme (smg, imigue, own) nor a file that exists"};
    if (!content)
        return content.error();
    return parseLabelScheme(*content, file.string());
}

} // namespace telltale
