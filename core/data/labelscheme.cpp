// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/labelscheme.h"
#include "base/files.h"
#include "data/rows.h"
#include <QString>
#include <array>
#include <cmath>

namespace telltale {
namespace {

struct Rgb {
    int red;
    int green;
    int blue;
};

// Eight hues that people with red-green blindness tell apart (after Okabe and Ito), in an order that keeps
// neighbours in the list far from each other.
constexpr std::array<Rgb, 8> kHues{{{0x00, 0x72, 0xb2}, {0xe6, 0x9f, 0x00}, {0x56, 0xb4, 0xe9},
    {0xd5, 0x5e, 0x00}, {0x00, 0x9e, 0x73}, {0xcc, 0x79, 0xa7}, {0xd8, 0xc8, 0x1e}, {0x8c, 0x8c, 0x8c}}};
// Further rounds differ in lightness: below 0 towards black, above towards white.
constexpr std::array<double, 4> kRounds{0.0, -0.35, 0.45, -0.6};

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

std::string defaultClassColor(int index)
{
    const auto i = static_cast<size_t>(std::max(0, index));
    const Rgb hue = kHues[i % kHues.size()];
    const double shift = kRounds[(i / kHues.size()) % kRounds.size()];
    const auto mixed = [shift](int channel) {
        const double target = shift > 0 ? 255.0 : 0.0;
        return static_cast<int>(std::lround(channel + (target - channel) * std::abs(shift)));
    };
    std::array<char, 8> text{};
    std::snprintf(
        text.data(), text.size(), "#%02x%02x%02x", mixed(hue.red), mixed(hue.green), mixed(hue.blue));
    return text.data();
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
