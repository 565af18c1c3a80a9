// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/dataset/manifest.h"
#include "base/files.h"
#include "base/sha256.h"
#include <algorithm>
#include <fstream>
#include <vector>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr const char* kName = "manifest.sha256";

Error stopped() { return {ErrorCode::Cancelled, "the export was stopped, nothing was written"}; }

Result<std::string> sumOf(const fs::path& file, const ProgressSink& progress)
{
    std::ifstream in(file, std::ios::binary);
    Sha256Stream sum;
    std::vector<char> block(size_t{4} << 20U);
    while (in) {
        if (progress.cancelled())
            return stopped();
        in.read(block.data(), static_cast<std::streamsize>(block.size()));
        sum.add({block.data(), static_cast<size_t>(in.gcount())});
    }
    if (!in.eof())
        return Error{ErrorCode::Io, file.string() + ": cannot be read"};
    return hexOf(sum.finish());
}

} // namespace

Status writeManifest(const fs::path& folder, ProgressSink& progress)
{
    std::vector<std::string> names;
    std::error_code ec;
    for (fs::recursive_directory_iterator at(folder, ec), end; !ec && at != end; at.increment(ec))
        if (at->is_regular_file(ec) && !at->is_symlink(ec))
            names.push_back(fs::relative(at->path(), folder, ec).generic_string());
    if (ec)
        return Error{ErrorCode::Io, folder.string() + ": cannot be listed (" + ec.message() + ")"};
    std::ranges::sort(names);
    std::string text;
    for (size_t i = 0; i < names.size(); ++i) {
        progress.report(static_cast<int64_t>(i), static_cast<int64_t>(names.size()), "computing sums");
        const auto sum = sumOf(folder / names[i], progress);
        if (!sum)
            return sum.error();
        text.append(*sum).append("  ").append(names[i]).append("\n");
    }
    return writeFileAtomically(folder / kName, text);
}

} // namespace telltale
