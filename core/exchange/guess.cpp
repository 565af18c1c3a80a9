// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/format.h"
#include "exchange/labelrows.h"
#include "exchange/spanfiles.h"
#include "exchange/spanformat.h"
#include <algorithm>
#include <array>
#include <fstream>

namespace telltale {
namespace {

namespace fs = std::filesystem;

Error stopped() { return {ErrorCode::Cancelled, "the import was stopped, nothing was changed"}; }

/// A format that the file is named for.
struct Tried {
    const ExchangeFormat* format = nullptr;
    std::string why; ///< what is wrong with the file for it; empty: it reads it
};

/// How well the format reads the file: its spans, less what is wrong with it; -1: it is none of it, and `why`
/// not.
int64_t spansFound(const SpanFormat& format, const fs::path& file, const KnownContents& known,
    ProgressSink& progress, std::string& why)
{
    const ImportOptions options;
    const LabelScheme none;
    ImportProblems problems;
    std::vector<std::string> notes;
    const auto videos = readSpanFile(format, file, known, {options, none, problems, notes, progress});
    const auto told = [&](std::string sentence) {
        if (const std::string name = file.string() + ": "; sentence.starts_with(name))
            sentence.erase(0, name.size());
        why = std::move(sentence);
        return -1;
    };
    if (!videos)
        return told(videos.error().message);
    int64_t count = 0;
    for (const IntakeVideo& video : *videos)
        count += static_cast<int64_t>(video.spans.size());
    if (count == 0 && !problems.empty())
        return told(problems.kept().front().sentence());
    return count - problems.count();
}

/// The first of the files that the format could read by its name; empty: none.
fs::path sampleOf(const std::vector<fs::path>& files, const ExchangeFormat& format)
{
    const std::vector<std::string> suffixes = suffixesOf(format.fileFilter());
    std::error_code ec;
    for (const fs::path& file : files)
        if (hasSuffix(file, suffixes) && fs::is_regular_file(file, ec))
            return file;
    return {};
}

/// What was found out about a file or folder.
struct Guess {
    const SpanFormat* best = nullptr; ///< the one that reads the most of `file`
    fs::path file;
    std::vector<Tried> tried;
};

/// Tells the formats apart that have one file for everything, or one a video.
Result<Guess> guessByContent(const std::vector<fs::path>& files, ProgressSink& progress, KnownContents& known)
{
    Guess guess;
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
        Tried& tried = guess.tried.emplace_back(Tried{spans, {}});
        if (const int64_t count = spansFound(*spans, file, known, progress, tried.why); count > most) {
            most = count;
            guess.best = spans;
            guess.file = file;
        }
    }
    if (progress.cancelled())
        return stopped();
    return guess;
}

/// "VIDEO=FILE", as skeletons are named.
bool namesVideo(const fs::path& path)
{
    const std::string text = path.string();
    const size_t sign = text.find('=');
    std::error_code ec;
    return sign != std::string::npos && fs::exists(text.substr(sign + 1), ec);
}

/// Whether a file that is no list of spans speaks of points of a body, by what such JSON and tables have in
/// them.
bool holdsPoints(const fs::path& file)
{
    constexpr std::streamsize kStart = 1 << 16;
    std::string start(kStart, '\0');
    std::ifstream stream(file, std::ios::binary);
    stream.read(start.data(), kStart);
    start.resize(static_cast<size_t>(std::max<std::streamsize>(stream.gcount(), 0)));
    return std::ranges::any_of(std::array{"keypoints", "nose", "Nose", "NOSE"},
        [&start](const char* word) { return start.find(word) != std::string::npos; });
}

/// What is to be done about a file that none of the formats with names like its own reads well.
Result<const ExchangeFormat*> withoutGuess(
    const fs::path& path, const std::vector<fs::path>& files, const std::vector<Tried>& tried)
{
    const ExchangeFormat* poses = *findFormat("poses");
    const fs::path first = sampleOf(files, *poses);
    // Where only one can be meant, reading tells what is wrong with the file.
    if (!first.empty() && (tried.empty() || holdsPoints(first)))
        return poses;
    if (first.empty() && tried.size() == 1)
        return tried.front().format;
    std::string reasons;
    for (const Tried& one : tried)
        reasons += "; " + one.format->name() + ": " + one.why;
    return Error{ErrorCode::NotFound,
        path.string() + ": no format reads it" + reasons
            + "; name the right one (--format; skeletons are read by --format poses)"};
}

} // namespace

Result<const ExchangeFormat*> guessFormat(
    const fs::path& path, ProgressSink* progress, std::shared_ptr<const KnownContents>* known)
{
    std::error_code ec;
    if (!fs::exists(path, ec) && namesVideo(path))
        return findFormat("poses");
    if (!fs::exists(path, ec))
        return Error{ErrorCode::NotFound, path.string() + ": is not there"};
    std::vector<fs::path> files{path};
    if (fs::is_directory(path, ec)) {
        if (readSmgClasses(path))
            return findFormat("smg");
        ImportProblems problems;
        if (readImigue(path, -1, problems))
            return findFormat("imigue");
        files = sortedEntries(path);
    }
    ProgressSink quiet;
    auto contents = std::make_shared<KnownContents>();
    const auto guess = guessByContent(files, progress ? *progress : quiet, *contents);
    if (!guess)
        return guess.error();
    if (!guess->best)
        return withoutGuess(path, files, guess->tried);
    const fs::path second = guess->best->companionOf(guess->file);
    std::erase_if(
        *contents, [&](const auto& one) { return one.first != guess->file && one.first != second; });
    if (known)
        *known = std::move(contents);
    return guess->best;
}

} // namespace telltale
