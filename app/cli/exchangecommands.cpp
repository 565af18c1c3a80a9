// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "data/document.h"
#include "exchange/importplan.h"
#include <QString>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

Result<const ExchangeFormat*> wantedFormat(const CliArguments& arguments)
{
    if (!arguments.has("format"))
        return Error{ErrorCode::Usage, "--format is missing, for example --format activitynet"};
    return findFormat(arguments.text("format"));
}

Result<ImportOptions> importOptions(const CliArguments& arguments)
{
    ImportOptions options;
    options.addLabels = arguments.has("add-labels");
    const auto fps = arguments.number("fps", 0.001, 1000);
    if (!fps)
        return fps.error();
    options.nominalFps = *fps;
    if (arguments.has("frame-base")) {
        const auto base = arguments.integer("frame-base", 0, 1);
        if (!base)
            return base.error();
        options.frameBase = static_cast<int>(*base);
    }
    return options;
}

Status runImport(const CliArguments& arguments, CliConsole& console)
{
    const auto format = wantedFormat(arguments);
    if (!format)
        return format.error();
    const auto options = importOptions(arguments);
    if (!options)
        return options.error();
    const auto document = Document::open(arguments.path(0));
    if (!document)
        return document.error();
    std::vector<std::filesystem::path> paths;
    for (int i = 1; i < arguments.positional().size(); ++i)
        paths.push_back(arguments.path(i));
    const auto report = (*format)->read(**document, paths, *options, console.progress());
    if (!report)
        return report.error();
    for (const std::string& note : report->notes)
        console.note(note);
    console.print("imported " + std::to_string(report->spansAdded) + " spans, "
        + std::to_string(report->videosAdded) + " videos, " + std::to_string(report->tracksAdded)
        + " pose tracks");
    console.result({{"spans", report->spansAdded}, {"videos", report->videosAdded},
        {"tracks", report->tracksAdded}, {"notes", report->notes}});
    return {};
}

Result<ExportOptions> exportOptions(const CliArguments& arguments)
{
    ExportOptions options;
    if (!arguments.has("states"))
        return options;
    options.states.clear();
    for (const QString& name : QString::fromStdString(arguments.text("states")).split(QLatin1Char(','))) {
        SpanState state{};
        if (!parseName(name.trimmed().toStdString(), state))
            return Error{ErrorCode::Usage,
                "--states: there is no state '" + name.toStdString()
                    + "', known are proposed, accepted, corrected, rejected, skipped, flagged"};
        options.states.insert(state);
    }
    return options;
}

Status runExport(const CliArguments& arguments, CliConsole& console)
{
    const auto format = wantedFormat(arguments);
    if (!format)
        return format.error();
    if (!arguments.has("out"))
        return Error{ErrorCode::Usage, "--out is missing: where shall it go?"};
    const auto options = exportOptions(arguments);
    if (!options)
        return options.error();
    const auto document = Document::open(arguments.path(0));
    if (!document)
        return document.error();
    const std::filesystem::path out = arguments.text("out");
    const auto notes = (*format)->write(**document, out, *options, console.progress());
    if (!notes)
        return notes.error();
    for (const std::string& note : *notes)
        console.note(note);
    console.print("wrote " + out.string());
    console.result({{"out", out.string()}, {"format", (*format)->name()}, {"notes", *notes}});
    return {};
}

} // namespace

std::vector<CliCommand> exchangeCommands()
{
    return {
        {"import", "PROJECT --format F PATH...",
            "bring spans, videos and skeletons of other tools into a project", 2, -1,
            {{"format", "F",
                 "activitynet, smg, imigue, csv, or poses: skeleton files named like their videos, or "
                 "VIDEO=FILE"},
                {"fps", "RATE", "nominal rate of videos that are not there, where the file names none", "25"},
                {"add-labels", nullptr, "extend a fixed label scheme by names it lacks"},
                {"frame-base", "N",
                    "number of the first frame in the file, 0 or 1, instead of the format's own"}},
            runImport},
        {"export", "PROJECT --format F --out PATH", "write the spans of a project for other tools", 1, 1,
            {{"format", "F", "activitynet, smg or csv"}, {"out", "PATH", "file or folder to write"},
                {"states", "S,S,...", "only spans in these states (default proposed,accepted,corrected)"}},
            runExport},
    };
}

} // namespace telltale
