// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/format.h"
#include <memory>

namespace telltale {

/// One maker for each format; the registry lists them.
std::unique_ptr<ExchangeFormat> makeActivityNetFormat();
std::unique_ptr<ExchangeFormat> makeSmgFormat();
std::unique_ptr<ExchangeFormat> makeImigueFormat();
std::unique_ptr<ExchangeFormat> makeCsvFormat();
std::unique_ptr<ExchangeFormat> makePosesFormat();

/// What an export is about to write.
struct OutgoingVideo {
    const VideoEntry* video = nullptr;
    std::vector<Annotation> spans; ///< in the wanted states
};
/// The videos of the document with their spans in the wanted states; sentences about what they hold go to
/// `notes`.
std::vector<OutgoingVideo> outgoing(
    const Document& document, const ExportOptions& options, std::vector<std::string>& notes);
/// The score of the prediction behind a proposal: the fused probability of its class, else the detector's.
double scoreOf(const Document& document, const Annotation& annotation);
/// Name of the class; empty for a span without one.
std::string classNameOf(const Document& document, const Annotation& annotation);

/// Files an export collects in a new folder that appears complete or not at all. Conflict if `out` holds
/// something.
class FolderWriter {
public:
    explicit FolderWriter(std::filesystem::path out);
    ~FolderWriter();
    FolderWriter(const FolderWriter&) = delete;
    FolderWriter& operator=(const FolderWriter&) = delete;
    Status begin();
    std::filesystem::path path(const std::string& relative) const { return m_part / relative; }
    Status finish();

private:
    std::filesystem::path m_out;
    std::filesystem::path m_part;
};

} // namespace telltale
