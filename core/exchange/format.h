// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include "data/types.h"
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

class Document;
struct Conventions;
struct ImportPlan;
struct ImportReport;

/// Settings of one format beyond those that all have, by the keys that it lists.
using FormatSettings = std::map<std::string, std::string>;

/// Contents of files, by path.
using KnownContents = std::map<std::filesystem::path, std::string>;

struct ImportOptions {
    double nominalFps = 25; ///< for videos that are not there
    bool addLabels = false; ///< extend a fixed scheme instead of refusing
    int frameBase = -1; ///< first frame number of the file, -1: the format's default
    bool skipBad = false; ///< import what is good although some of it is not
    bool dryRun = false; ///< the plan is only looked at: nothing is written, it cannot be applied
    FormatSettings settings = {};
    std::shared_ptr<const KnownContents> known = {}; ///< of guessFormat(): is not read again; may be null
};

struct ExportOptions {
    std::set<SpanState> states = {SpanState::Proposed, SpanState::Accepted, SpanState::Corrected};
    FormatSettings settings = {};

    /// The value of a setting, `fallback` where nobody has chosen one.
    std::string setting(const std::string& key, const std::string& fallback) const
    {
        const auto found = settings.find(key);
        return found == settings.end() ? fallback : found->second;
    }
};

/// One thing about a format that a user may choose; listed by the dialogs and the command line.
struct FormatSetting {
    std::string key; ///< "flavour"
    std::string title; ///< for dialogs and help
    std::vector<std::string> values; ///< the first one is the default; empty: any text
    std::string fallback = {}; ///< the default of a free text
};

enum class FormatKind { Spans, Poses, Dataset };

/// One interchange format. Stateless; used on the thread of the document that it is given. A window opens a
/// second document on the same folder for that, on a thread of its own.
class ExchangeFormat {
public:
    virtual ~ExchangeFormat() = default;
    virtual FormatKind kind() const = 0;
    virtual std::string name() const = 0; ///< "activitynet", "smg", "eaf", ...
    virtual std::string title() const = 0; ///< for dialogs
    virtual std::string fileFilter() const = 0; ///< "*.json *.jsonl"; empty: a folder
    virtual bool canImport() const { return true; }
    virtual bool canExport() const { return true; }
    /// Where an export goes: a folder, or a file.
    virtual bool exportsFolder() const { return fileFilter().empty(); }
    /// How its files count; empty where that does not apply.
    virtual Conventions conventions(const ImportOptions& options) const;
    virtual std::vector<FormatSetting> importSettings() const { return {}; }
    virtual std::vector<FormatSetting> exportSettings() const { return {}; }
    /// Reads everything and works out what it means for this project. Nothing changes; what cannot be
    /// imported stands among the problems of the report.
    virtual Result<ImportPlan> plan(const Document& document, const std::vector<std::filesystem::path>& paths,
        const ImportOptions& options, ProgressSink& progress) const = 0;
    /// plan() and applyImport().
    Result<ImportReport> read(Document& document, const std::vector<std::filesystem::path>& paths,
        const ImportOptions& options, ProgressSink& progress) const;
    /// Writes atomically. Returns sentences for the log (conventions, counts).
    virtual Result<std::vector<std::string>> write(const Document& document, const std::filesystem::path& out,
        const ExportOptions& options, ProgressSink& progress) const = 0;
};

/// Usage where a setting is none of the listed ones or has another value than they allow.
Status checkSettings(const FormatSettings& settings, const std::vector<FormatSetting>& known);

const std::vector<std::unique_ptr<ExchangeFormat>>& exchangeFormats();
/// NotFound names the known formats.
Result<const ExchangeFormat*> findFormat(std::string_view name);
/// The format of a file or folder, found by trying those whose names fit: the one that reads the most of it.
/// NotFound where none reads anything; Cancelled. Every file is read once; `known` gets what was read for
/// that format, for ImportOptions::known. Either may be null.
Result<const ExchangeFormat*> guessFormat(const std::filesystem::path& path, ProgressSink* progress = nullptr,
    std::shared_ptr<const KnownContents>* known = nullptr);
/// ".json", ".jsonl" of "*.json *.jsonl".
std::vector<std::string> suffixesOf(const std::string& filter);
/// Whether the name of a file ends with one of these, in capitals or not.
bool hasSuffix(const std::filesystem::path& file, const std::vector<std::string>& suffixes);

} // namespace telltale
