// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/systemkind.h"
#include "base/mappedfile.h"
#include "learn/clips/clipsetjson.h"
#include "learn/untrimmed/untrimmedtext.h"
#include "nn/safetensors.h"
#include <array>

namespace telltale {

namespace {

namespace fs = std::filesystem;

struct KindFacts {
    SystemKind kind;
    const char* name;
    const char* setFormat; ///< in the set's header
    const char* manifest; ///< in the folder of a trained system
    const char* set;
    const char* folder;
};
constexpr std::array kKinds{
    KindFacts{SystemKind::Track1, "track1", kClipSetFormat, "track1.json", "is a set of clips",
        "holds a Track 1 system"},
    KindFacts{SystemKind::Track2, "track2", kUntrimmedFormat, "track2.json", "is a set of untrimmed videos",
        "holds a Track 2 detector"},
};

Error mixedUp(const fs::path& path, const char* what, const KindFacts& meant)
{
    return {ErrorCode::Usage, path.string() + " " + what + "; say --system " + meant.name};
}

} // namespace

Status checkSetKind(const fs::path& file, SystemKind wanted)
{
    const auto mapped = MappedFile::open(file);
    if (!mapped)
        return {};
    const auto view = viewSafetensors((*mapped)->bytes(), file.string());
    if (!view)
        return {};
    const auto format = view->metadata.find("format");
    for (const KindFacts& kind : kKinds)
        if (kind.kind != wanted && format != view->metadata.end() && format->second == kind.setFormat)
            return mixedUp(file, kind.set, kind);
    return {};
}

Status checkSystemFolder(const fs::path& folder, SystemKind wanted)
{
    std::error_code ignored;
    for (const KindFacts& kind : kKinds)
        if (kind.kind == wanted && fs::exists(folder / kind.manifest, ignored))
            return {};
    for (const KindFacts& kind : kKinds)
        if (kind.kind != wanted && fs::exists(folder / kind.manifest, ignored))
            return mixedUp(folder, kind.folder, kind);
    return {};
}

} // namespace telltale
