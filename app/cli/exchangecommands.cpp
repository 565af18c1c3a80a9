// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "data/document.h"
#include "exchange/exchangelog.h"
#include <QString>
#include <array>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

using nlohmann::json;

Result<const ExchangeFormat*> wantedFormat(const CliArguments& arguments)
{
    if (!arguments.has("format"))
        return Error{ErrorCode::Usage, "--format is missing, for example --format activitynet"};
    return findFormat(arguments.text("format"));
}

/// The format that is named, else that of the first file, which `known` then holds.
Result<const ExchangeFormat*> formatToRead(
    const CliArguments& arguments, CliConsole& console, std::shared_ptr<const KnownContents>& known)
{
    if (arguments.has("format"))
        return wantedFormat(arguments);
    auto guessed = guessFormat(arguments.path(1), &console.progress(), &known);
    if (!guessed)
        return guessed;
    const auto suffixes = suffixesOf((*guessed)->fileFilter());
    std::error_code ec;
    for (int i = 2; i < arguments.positional().size() && !suffixes.empty(); ++i)
        if (const auto path = arguments.path(i);
            !std::filesystem::is_directory(path, ec) && !hasSuffix(path, suffixes))
            return Error{ErrorCode::Usage,
                path.string() + ": is not named like files of " + (*guessed)->name() + " ("
                    + (*guessed)->fileFilter()
                    + "), the format of the first file; import each format by itself, or name one "
                      "(--format)"};
    console.note("format: " + (*guessed)->name() + ", " + (*guessed)->title());
    return guessed;
}

/// The values of --set KEY=VALUE, held against what the format knows.
Result<FormatSettings> settingsOf(const CliArguments& arguments, const std::vector<FormatSetting>& known)
{
    FormatSettings settings;
    for (const QString& text : arguments.texts("set")) {
        const auto sign = text.indexOf(QLatin1Char('='));
        if (sign < 1)
            return Error{ErrorCode::Usage,
                "--set " + text.toStdString()
                    + ": wanted is KEY=VALUE; 'formats' lists the keys of a format"};
        settings[text.left(sign).toStdString()] = text.mid(sign + 1).toStdString();
    }
    if (auto status = checkSettings(settings, known); !status)
        return Error{ErrorCode::Usage, "--set: " + status.error().message};
    return settings;
}

Result<ImportOptions> importOptions(const CliArguments& arguments, const ExchangeFormat& format)
{
    ImportOptions options;
    options.addLabels = arguments.has("add-labels");
    options.skipBad = arguments.has("skip-bad");
    options.dryRun = arguments.has("dry-run");
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
    auto settings = settingsOf(arguments, format.importSettings());
    if (!settings)
        return settings.error();
    options.settings = std::move(*settings);
    return options;
}

json conventionsOf(const Conventions& conventions)
{
    return {{"unit", conventions.unit}, {"base", conventions.base}, {"end", conventions.end},
        {"rounding", conventions.rounding}};
}

json documentOf(const ImportReport& report)
{
    json videos = json::array();
    for (const VideoChange& one : report.videos)
        videos.push_back({{"name", one.name}, {"added", one.added}, {"offline", one.offline},
            {"track", one.track}, {"spans", one.spans}, {"proposals", one.proposals},
            {"confirmed", one.confirmed}, {"reviewed", one.reviewed}, {"repeated", one.repeated}});
    json problems = json::array();
    for (const ImportProblem& one : report.problems.kept())
        problems.push_back({{"file", one.place.file ? *one.place.file : ""}, {"line", one.place.line},
            {"element", one.place.element}, {"what", one.what}, {"remedy", one.remedy}});
    return {{"spans", report.spansAdded}, {"videos", report.videosAdded}, {"tracks", report.tracksAdded},
        {"classes", report.classesAdded}, {"changes", std::move(videos)}, {"problems", std::move(problems)},
        {"problem_count", report.problems.count()}, {"conventions", conventionsOf(report.conventions)},
        {"notes", report.notes}};
}

void tell(const ImportReport& report, CliConsole& console)
{
    if (const std::string conventions = report.conventions.sentence(); !conventions.empty())
        console.note("conventions: " + conventions);
    for (const std::string& note : report.notes)
        console.note(note);
    for (const ImportProblem& problem : report.problems.kept())
        console.note("left out: " + problem.sentence());
    if (const auto more = report.problems.count() - static_cast<int64_t>(report.problems.kept().size());
        more > 0)
        console.note("left out: " + std::to_string(more) + " more");
}

Status runImport(const CliArguments& arguments, CliConsole& console)
{
    std::shared_ptr<const KnownContents> known;
    const auto format = formatToRead(arguments, console, known);
    if (!format)
        return format.error();
    if (!(*format)->canImport())
        return Error{
            ErrorCode::Unsupported, (*format)->name() + ": is only written, 'formats' says what is read"};
    auto options = importOptions(arguments, **format);
    if (!options)
        return options.error();
    options->known = std::move(known);
    const auto document = Document::open(arguments.path(0));
    if (!document)
        return document.error();
    std::vector<std::filesystem::path> paths;
    for (int i = 1; i < arguments.positional().size(); ++i)
        paths.push_back(arguments.path(i));
    auto plan = (*format)->plan(**document, paths, *options, console.progress());
    options->known.reset();
    if (!plan)
        return plan.error();
    const bool dry = options->dryRun;
    if (!dry && !options->skipBad && !plan->report.problems.empty()) {
        json refused = documentOf(plan->report);
        refused["imported"] = false;
        console.result(refused);
        return plan->report.problems.refusal();
    }
    auto report = dry ? Result<ImportReport>(std::move(plan->report))
                      : applyImport(**document, std::move(*plan), options->skipBad);
    if (!report)
        return report.error();
    tell(*report, console);
    if (dry)
        for (const std::string& line : describe(*report))
            console.print(line);
    console.print((dry ? "would import " : "imported ") + countsOf(*report));
    if (dry && !report->problems.empty() && !options->skipBad)
        console.print("refused as it is: " + std::to_string(report->problems.count())
            + " problems; --skip-bad imports the rest");
    json result = documentOf(*report);
    result["dry_run"] = dry;
    result["imported"] = !dry;
    console.result(result);
    return {};
}

Result<ExportOptions> exportOptions(const CliArguments& arguments, const ExchangeFormat& format)
{
    ExportOptions options;
    auto settings = settingsOf(arguments, format.exportSettings());
    if (!settings)
        return settings.error();
    options.settings = std::move(*settings);
    // What nobody has looked at is no label to learn from, unless somebody says so.
    if (format.kind() == FormatKind::Dataset)
        options.states.erase(SpanState::Proposed);
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
    if (!(*format)->canExport())
        return Error{
            ErrorCode::Unsupported, (*format)->name() + ": is only read, 'formats' says what is written"};
    const auto options = exportOptions(arguments, **format);
    if (!options)
        return options.error();
    const auto document = Document::open(arguments.path(0));
    if (!document)
        return document.error();
    const std::filesystem::path out = arguments.text("out");
    const auto notes = exportProject(**format, **document, out, *options, console.progress());
    if (!notes)
        return notes.error();
    for (const std::string& note : *notes)
        console.note(note);
    console.print("wrote " + out.string());
    console.result({{"out", out.string()}, {"format", (*format)->name()}, {"notes", *notes},
        {"conventions", conventionsOf((*format)->conventions({}))}});
    return {};
}

/// "activitynet, smg, ..." of those that are wanted.
std::string namesOf(bool (ExchangeFormat::*wanted)() const)
{
    std::string names;
    for (const auto& format : exchangeFormats())
        if (((*format).*wanted)())
            names += (names.empty() ? "" : ", ") + format->name();
    return names;
}

json settingsDocument(const std::vector<FormatSetting>& settings)
{
    json list = json::array();
    for (const FormatSetting& one : settings)
        list.push_back({{"key", one.key}, {"title", one.title}, {"values", one.values},
            {"default", one.values.empty() ? one.fallback : one.values.front()}});
    return list;
}

std::string settingLine(const char* side, const FormatSetting& setting)
{
    std::string values = setting.fallback.empty() ? "TEXT" : "TEXT (default " + setting.fallback + ")";
    for (size_t i = 0; i < setting.values.size(); ++i)
        values = (i ? values + "|" : std::string()) + setting.values[i];
    return std::string("      ") + side + " --set " + setting.key + "=" + values + "  " + setting.title;
}

Status runFormats(const CliArguments&, CliConsole& console)
{
    static constexpr std::array<const char*, 3> kKinds{"spans", "poses", "dataset"};
    json list = json::array();
    for (const auto& format : exchangeFormats()) {
        const std::string ways = format->canImport() && format->canExport() ? "both ways"
            : format->canImport()                                           ? "import"
                                                                            : "export";
        const std::string files = format->fileFilter().empty() ? "a folder" : format->fileFilter();
        console.print(format->name() + "  " + format->title() + "; " + ways + "; " + files);
        for (const FormatSetting& one : format->importSettings())
            console.print(settingLine("import", one));
        for (const FormatSetting& one : format->exportSettings())
            console.print(settingLine("export", one));
        list.push_back({{"name", format->name()}, {"title", format->title()},
            {"kind", kKinds.at(static_cast<size_t>(format->kind()))}, {"files", format->fileFilter()},
            {"import", format->canImport()}, {"export", format->canExport()},
            {"import_settings", settingsDocument(format->importSettings())},
            {"export_settings", settingsDocument(format->exportSettings())}});
    }
    console.result({{"formats", std::move(list)}});
    return {};
}

} // namespace

std::vector<CliCommand> exchangeCommands()
{
    static const std::string read
        = namesOf(&ExchangeFormat::canImport) + "; poses are named like their videos, or VIDEO=FILE";
    static const std::string written = namesOf(&ExchangeFormat::canExport);
    return {
        {"import", "PROJECT [--format F] PATH...",
            "bring spans, videos and skeletons of other tools into a project", 2, -1,
            {{"format", "F", read.c_str()},
                {"fps", "RATE", "nominal rate of videos that are not there, where the file names none", "25"},
                {"add-labels", nullptr, "extend a fixed label scheme by names it lacks"},
                {"frame-base", "N",
                    "number of the first frame in the file, 0 or 1, instead of the format's own"},
                {"dry-run", nullptr, "list what would change and what is wrong, and change nothing"},
                {"skip-bad", nullptr, "import what is good although some of it is not, and list the rest"},
                {"set", "KEY=VALUE", "a setting of the format, see 'formats'; may stand several times"}},
            runImport},
        {"export", "PROJECT --format F --out PATH",
            "write the spans, poses or data set of a project for other tools", 1, 1,
            {{"format", "F", written.c_str()}, {"out", "PATH", "file or folder to write"},
                {"states", "S,S,...",
                    "only spans in these states (default proposed,accepted,corrected; of a dataset "
                    "accepted,corrected)"},
                {"set", "KEY=VALUE", "a setting of the format, see 'formats'; may stand several times"}},
            runExport},
        {"formats", "", "list the formats that import and export know, with their settings", 0, 0, {},
            runFormats},
    };
}

} // namespace telltale
