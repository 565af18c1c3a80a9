// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "data/store/digest.h"
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace telltale {

/// Bytes that stay valid as long as this value or a copy of it lives, whatever happens to where they came
/// from. Copies are cheap and may be used from any thread.
class MappedBytes {
public:
    MappedBytes() = default;
    MappedBytes(std::string_view bytes, std::shared_ptr<const void> owner)
        : m_bytes(bytes)
        , m_owner(std::move(owner))
    {
    }
    /// Bytes in memory, for what came over the network.
    static MappedBytes of(std::string bytes);
    std::string_view view() const { return m_bytes; }
    const char* data() const { return m_bytes.data(); }
    size_t size() const { return m_bytes.size(); }

private:
    std::string_view m_bytes;
    std::shared_ptr<const void> m_owner;
};

/// Where a block of numbers lies: what an index row of the project says.
struct ScoreSegment {
    std::string file; ///< relative to the folder of the score files
    int64_t offset = 0; ///< of the content, a multiple of 64
    int64_t bytes = 0;
    std::string digest; ///< SHA-256 of the content, 64 hex digits

    bool operator==(const ScoreSegment&) const = default;
};

/// The project's big numbers (predictions, features) in files that only grow: each block once, 64-byte
/// aligned, behind a header that says length and digest, so that the index rows can be made again from the
/// files alone. All functions may be called from any thread, and several programs may use one folder at once.
/// Blocks are never changed or moved; what a killed program left half written is cut off by the next writer.
class ScoreFiles {
public:
    static constexpr int64_t kRotateAt = int64_t{1} << 30; ///< bytes; a file that would pass them is closed

    /// Touches nothing yet; `folder` (`scores` of a project) is made by the first append().
    explicit ScoreFiles(std::filesystem::path folder, int64_t rotateAt = kRotateAt);

    /// Writes the block and flushes it to the disk. Content that the files already hold is not written again.
    /// Waits while another program writes. Io if the folder cannot be written or the disk is full; then the
    /// files are as before.
    Result<ScoreSegment> append(std::string_view bytes);
    /// The block without reading it: pages come in when they are touched. NotFound if the file is missing,
    /// BadFormat if it is too short or holds something else there. The content is not digested, see verify().
    Result<MappedBytes> map(const ScoreSegment& segment) const;
    /// Where a block with this digest lies in the files of this machine, which are not those of another one
    /// of the team. NotFound if it is in none. Looks through all headers if it was not seen before.
    Result<ScoreSegment> find(const std::string& digest) const;
    /// All whole blocks, in the order of the files. Parts that are no blocks are stepped over.
    Result<std::vector<ScoreSegment>> scan() const;
    /// Reads the whole block and compares it with its digest.
    Status verify(const ScoreSegment& segment) const;

    const std::filesystem::path& folder() const { return m_folder; }

private:
    struct Mapping;
    /// What the writer knows of a file: whole blocks up to `end`.
    struct Known {
        int64_t end = 0;
        bool clean = true; ///< nothing but whole blocks so far
    };

    Result<std::shared_ptr<const Mapping>> mapping(const std::string& file, int64_t end) const;
    Status learn();
    Status learnFile(int number, bool newest);
    Result<ScoreSegment> write(std::string_view bytes, const Sha256& digest);
    Result<ScoreSegment> writeAt(int number, std::string_view bytes, const Sha256& digest);
    /// An equal block that is on the disk for sure, or NotFound.
    Result<ScoreSegment> existing(std::string_view bytes, const Sha256& digest) const;

    std::filesystem::path m_folder;
    int64_t m_rotateAt;

    std::mutex m_writing;
    std::map<int, Known> m_known; ///< by number of the file
    std::map<Sha256, ScoreSegment> m_index;

    mutable std::mutex m_finding;
    mutable std::map<std::string, ScoreSegment> m_found; ///< by digest, for readers

    mutable std::mutex m_mapping;
    mutable std::map<std::string, std::shared_ptr<const Mapping>> m_mappings;
};

} // namespace telltale
