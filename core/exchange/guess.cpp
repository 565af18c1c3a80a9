// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/format.h"
#include "exchange/labelrows.h"
#include "exchange/spanfiles.h"
#include "exchange/spanformat.h"
#include <algorithm>

namespace telltale {
namespace {

namespace fs = std::filesystem;

/// How well the format reads the file: its spans, less what is wrong with it; -1: it is none of it.
int64_t spansFound(const SpanFormat& format, const fs::path& file)
{
    ImportProblems problems;
    const auto videos = readSpanFile(format, file, {}, problems);
    if (!videos)
        return -1;
    int64_t count = 0;
    for (const IntakeVideo& video : *videos)
        count += static_cast<int64_t>(video.spans.size());
    return count == 0 && !problems.empty() ? -1 : count - problems.count();
}

/// The first file of the folder that a format with a file a video could read.
fs::path sampleOf(const fs::path& path, const SpanFormat& format)
{
    std::error_code ec;
    if (!fs::is_directory(path, ec))
        return path;
    for (const fs::path& entry : sortedEntries(path))
        if (fs::is_regular_file(entry, ec) && hasSuffix(entry, suffixesOf(format.fileFilter())))
            return entry;
    return {};
}

} // namespace

Result<const ExchangeFormat*> guessFormat(const fs::path& path)
{
    std::error_code ec;
    if (!fs::exists(path, ec))
        return Error{ErrorCode::NotFound, path.string() + ": is not there"};
    if (fs::is_directory(path, ec)) {
        if (readSmgClasses(path))
            return findFormat("smg");
        if (readImigue(path))
            return findFormat("imigue");
    }
    const ExchangeFormat* best = nullptr;
    int64_t most = -1;
    for (const auto& format : exchangeFormats()) {
        const auto* spans = dynamic_cast<const SpanFormat*>(format.get());
        if (!spans || !spans->canImport())
            continue;
        const fs::path file = sampleOf(path, *spans);
        if (file.empty() || !hasSuffix(file, suffixesOf(spans->fileFilter())))
            continue;
        if (const int64_t count = spansFound(*spans, file); count > most) {
            most = count;
            best = format.get();
        }
    }
    if (best)
        return best;
    return Error{ErrorCode::NotFound,
        path.string()
            + ": no format reads it without trouble; name one (--format), and what is wrong will be told"};
}

} // namespace telltale
