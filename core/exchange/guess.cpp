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

Error stopped() { return {ErrorCode::Cancelled, "the import was stopped, nothing was changed"}; }

/// How well the format reads the file: its spans, less what is wrong with it; -1: it is none of it.
int64_t spansFound(
    const SpanFormat& format, const fs::path& file, const KnownContents& known, ProgressSink& progress)
{
    const ImportOptions options;
    const LabelScheme none;
    ImportProblems problems;
    std::vector<std::string> notes;
    const auto videos = readSpanFile(format, file, known, {options, none, problems, notes, progress});
    if (!videos)
        return -1;
    int64_t count = 0;
    for (const IntakeVideo& video : *videos)
        count += static_cast<int64_t>(video.spans.size());
    return count == 0 && !problems.empty() ? -1 : count - problems.count();
}

/// The first of the files that the format could read by its name; empty: none.
fs::path sampleOf(const std::vector<fs::path>& files, const SpanFormat& format)
{
    const std::vector<std::string> suffixes = suffixesOf(format.fileFilter());
    std::error_code ec;
    for (const fs::path& file : files)
        if (hasSuffix(file, suffixes) && fs::is_regular_file(file, ec))
            return file;
    return {};
}

/// Tells the formats apart that have one file for everything, or one a video.
Result<const ExchangeFormat*> guessByContent(
    const std::vector<fs::path>& files, ProgressSink& progress, KnownContents& known)
{
    const SpanFormat* best = nullptr;
    fs::path bestFile;
    int64_t most = -1;
    for (const auto& format : exchangeFormats()) {
        const auto* spans = dynamic_cast<const SpanFormat*>(format.get());
        if (!spans || !spans->canImport())
            continue;
        if (progress.cancelled())
            return stopped();
        const fs::path file = sampleOf(files, *spans);
        if (file.empty() || !readContents(*spans, file, known))
            continue;
        if (const int64_t count = spansFound(*spans, file, known, progress); count > most) {
            most = count;
            best = spans;
            bestFile = file;
        }
    }
    if (progress.cancelled())
        return stopped();
    const fs::path second = best ? best->companionOf(bestFile) : fs::path();
    std::erase_if(known, [&](const auto& one) { return one.first != bestFile && one.first != second; });
    return best;
}

} // namespace

Result<const ExchangeFormat*> guessFormat(
    const fs::path& path, ProgressSink* progress, std::shared_ptr<const KnownContents>* known)
{
    std::error_code ec;
    if (!fs::exists(path, ec))
        return Error{ErrorCode::NotFound, path.string() + ": is not there"};
    std::vector<fs::path> files{path};
    if (fs::is_directory(path, ec)) {
        if (readSmgClasses(path))
            return findFormat("smg");
        if (readImigue(path))
            return findFormat("imigue");
        files = sortedEntries(path);
    }
    ProgressSink quiet;
    auto contents = std::make_shared<KnownContents>();
    const auto best = guessByContent(files, progress ? *progress : quiet, *contents);
    if (!best)
        return best.error();
    if (!*best)
        return Error{ErrorCode::NotFound,
            path.string()
                + ": no format reads it without trouble; name one (--format), and what is wrong will be "
                  "told"};
    if (known)
        *known = std::move(contents);
    return best;
}

} // namespace telltale
