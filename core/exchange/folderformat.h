// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/outgoing.h"

namespace telltale {

/// A format whose files are folders with a small one for each video. Stateless, any thread.
class FolderFormat : public ExchangeFormat {
public:
    FormatKind kind() const final { return FormatKind::Spans; }
    std::string fileFilter() const final { return {}; }
    Result<ImportPlan> plan(const Document& document, const std::vector<std::filesystem::path>& paths,
        const ImportOptions& options, ProgressSink& progress) const final;
    Result<std::vector<std::string>> write(const Document& document, const std::filesystem::path& out,
        const ExportOptions& options, ProgressSink& progress) const final;

protected:
    /// The videos at or below `path`. NotFound, or BadFormat where none is there at all; what is wrong with
    /// one of them or with a row goes to `problems`.
    virtual Result<std::vector<IntakeVideo>> readFolder(
        const std::filesystem::path& path, int frameBase, ImportProblems& problems) const = 0;
    /// What to know of every import.
    virtual std::vector<std::string> importNotes() const = 0;
    /// Fills the folder; `notes` gets what the format has no place for.
    virtual Status fill(const OutgoingProject& project, const FolderWriter& folder, ProgressSink& progress,
        std::vector<std::string>& notes) const = 0;
};

} // namespace telltale
