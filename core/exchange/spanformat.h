// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/format.h"
#include "exchange/spans.h"
#include <string_view>

namespace telltale {

/// One file that is read.
struct SourceFile {
    std::filesystem::path path;
    std::string_view content;
    std::shared_ptr<const std::string> name; ///< `path` as text, for ImportPlace::file
    /// Content of the file that belongs to it, see SpanFormat::companionOf(); nothing where it is not there.
    std::optional<std::string_view> companion = {};

    /// A place in this file.
    ImportPlace at(int64_t line, std::string element = {}) const { return {name, line, std::move(element)}; }
    Error broken(const std::string& what) const;
};

/// What a reader may know and what it tells.
struct ReadContext {
    const ImportOptions& options;
    const LabelScheme& scheme; ///< of the project
    ImportProblems& problems; ///< for what is left out: one bad element does not end the reading
    std::vector<std::string>& notes; ///< sentences for the log
    ProgressSink& progress;

    void problem(ImportPlace place, std::string what, std::string remedy = {}) const
    {
        problems.add({std::move(place), std::move(what), std::move(remedy), ErrorCode::BadFormat});
    }
};

/// A file on its way out; its name is relative to the folder where it goes.
struct OutgoingFile {
    std::string name;
    std::string content;
    /// Further files of the same video, whose names begin with the stem of this one's.
    std::vector<OutgoingFile> more = {};
};

/// A format whose files hold spans: reader and writer are pure functions between bytes and values, so that
/// they can be tested, timed and fuzzed without a project. Stateless, any thread.
class SpanFormat : public ExchangeFormat {
public:
    FormatKind kind() const final { return FormatKind::Spans; }
    Conventions conventions(const ImportOptions& options) const override = 0;
    /// The videos and spans of one file. BadFormat where it is none of this format at all; a single element
    /// that makes no sense goes to context.problem() and is left out. Numbers are finite; ends may lie before
    /// starts or below 0: planImport() tells about these.
    virtual Result<std::vector<IntakeVideo>> read(
        const SourceFile& file, const ReadContext& context) const = 0;
    /// The second file that belongs to each file of formats with two; empty: there is none.
    virtual std::filesystem::path companionOf(const std::filesystem::path&) const { return {}; }
    /// True: one file a video; the export makes a folder, unless the name of a file is given for one video.
    virtual bool perVideo() const { return false; }
    bool exportsFolder() const override { return perVideo(); }
    /// One file; with perVideo() it is called with projects of one video each.
    virtual Result<OutgoingFile> render(const OutgoingProject& project, const ExportOptions& options,
        std::vector<std::string>& notes) const = 0;

    /// What the file `out` gets for the content of a render: packed, where its name asks for that.
    virtual Result<std::string> bytesOf(std::string content, const std::filesystem::path& out) const;

    Result<ImportPlan> plan(const Document& document, const std::vector<std::filesystem::path>& paths,
        const ImportOptions& options, ProgressSink& progress) const override;
    Result<std::vector<std::string>> write(const Document& document, const std::filesystem::path& out,
        const ExportOptions& options, ProgressSink& progress) const override;
};

/// The file and its companion, if the format knows one that is there: into `known`, unless they are in it.
/// BadFormat where one is larger than any label file, NotFound, Io.
Status readContents(const SpanFormat& format, const std::filesystem::path& file, KnownContents& known);
/// Reads one file with a format, outside of any project. What `known` holds is not read from the disk.
Result<std::vector<IntakeVideo>> readSpanFile(const SpanFormat& format, const std::filesystem::path& file,
    const KnownContents& known, const ReadContext& context);
/// The same, from the disk.
Result<std::vector<IntakeVideo>> readSpanFile(const SpanFormat& format, const std::filesystem::path& file,
    const ImportOptions& options, ImportProblems& problems);
/// The first problem is the failure.
Result<std::vector<IntakeVideo>> readSpanFile(
    const SpanFormat& format, const std::filesystem::path& file, const ImportOptions& options);

} // namespace telltale
