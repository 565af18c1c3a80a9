// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Every format with spans that is read and written: 100,000 spans out of a project and into an empty one.
#include "app/cli/bench.h"
#include "app/cli/benchstore.h"
#include "app/cli/benchtools.h"
#include "exchange/importplan.h"
#include <chrono>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr BenchProjectSize kSize{100, 500, 1}; // 50,000 spans of persons, 50,000 proposals with scores
constexpr double kSecondsGoal = 3;
constexpr double kMegabytesGoal = 500;

struct Used {
    double seconds = 0; ///< wall time
    double megabytes = 0; ///< most memory
};

/// What `work` takes in a process of its own.
Result<Used> usedBy(const std::function<Status()>& work)
{
    const auto start = std::chrono::steady_clock::now();
    const auto usage = inChild([&work](const std::function<void()>& measure) -> Status {
        if (Status status = work(); !status)
            return status;
        measure();
        return {};
    });
    if (!usage)
        return usage.error();
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    return Used{wall.count(), static_cast<double>(usage->peakBytes) / (1 << 20)};
}

Status exportAll(const ExchangeFormat& format, const fs::path& project, const fs::path& out)
{
    const auto document = Document::open(project);
    if (!document)
        return document.error();
    ProgressSink quiet;
    const auto notes = format.write(**document, out, {}, quiet);
    return notes ? Status() : Status(notes.error());
}

Status importAll(
    const ExchangeFormat& format, const LabelScheme& scheme, const fs::path& folder, const fs::path& file)
{
    const auto document = Document::create(folder, scheme);
    if (!document)
        return document.error();
    ImportOptions options;
    options.nominalFps = 28;
    options.addLabels = true;
    ProgressSink quiet;
    const auto report = format.read(**document, {file}, options, quiet);
    if (!report)
        return report.error();
    if (report->spansAdded != kSize.spans())
        return Error{ErrorCode::Internal,
            std::to_string(report->spansAdded) + " of " + std::to_string(kSize.spans()) + " spans came back"};
    return (*document)->flush();
}

void tell(const BenchSettings& settings, const std::string& what, const Result<Used>& used)
{
    BenchRow time{what, "s", "limit"};
    BenchRow memory{what + ", memory", "MB", "limit"};
    time.theirs = kSecondsGoal;
    memory.theirs = kMegabytesGoal;
    time.goal = memory.goal = 1;
    if (used) {
        time.ours = used->seconds;
        memory.ours = used->megabytes;
        time.ratio = time.ours / time.theirs;
        memory.ratio = memory.ours / memory.theirs;
    } else {
        time.missing = memory.missing = used.error().message;
    }
    settings.row(time);
    settings.row(memory);
}

} // namespace

Status benchFormats(const BenchSettings& settings)
{
    ProgressSink quiet;
    const fs::path project = settings.folder / "formats_project";
    const auto scheme = loadLabelScheme("imigue"); // the one that a format insists on
    if (!scheme)
        return scheme.error();
    ProgressSink& progress = settings.progress ? *settings.progress : quiet;
    if (Status status = makeBenchProject(project, kSize, *scheme, progress); !status)
        return status;
    for (const auto& format : exchangeFormats()) {
        if (format->kind() != FormatKind::Spans || !format->canExport() || !format->canImport())
            continue;
        if (settings.cancelled())
            return Error{ErrorCode::Cancelled, "the benchmark was stopped"};
        const fs::path out = settings.folder / ("formats_" + format->name());
        const fs::path target = settings.folder / "formats_target";
        std::error_code ec;
        fs::remove_all(out, ec);
        fs::remove_all(target, ec);
        tell(settings, format->name() + " out", usedBy([&] { return exportAll(*format, project, out); }));
        tell(settings, format->name() + " in",
            usedBy([&] { return importAll(*format, *scheme, target, out); }));
        fs::remove_all(out, ec);
        fs::remove_all(target, ec);
    }
    return {};
}

} // namespace telltale
