// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/mappedfile.h"
#include "base/result.h"
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// What an entry was made from. Equal keys mean equal results.
struct CacheKey {
    std::string video; ///< fingerprint of the file (base/files.h)
    std::string extractor; ///< name and version of the code, "motion rows 1"
    std::string parameters; ///< every constant that the result depends on, as text
    std::string model; ///< digest of the network; empty if there is none

    /// 64 hex digits over all fields.
    std::string digest() const;
};

/// A named array of numbers in row-major order; `bytes` belong to somebody else.
struct CacheArray {
    std::string name;
    std::string dtype; ///< as NumPy writes it, without the byte order: "f4", "u1"
    std::vector<int64_t> shape;
    std::string_view bytes;
};

/// Float32 numbers as an array of one row.
CacheArray floatArray(std::string name, std::span<const float> values);

using CacheFacts = std::map<std::string, std::string>;

/// An entry that was read: its arrays stay valid as long as this value or a copy of it lives, also when the
/// cache is deleted meanwhile. Const use from any thread.
class CacheEntry {
public:
    const CacheFacts& facts() const { return m_facts; }
    const std::vector<CacheArray>& arrays() const { return m_arrays; }
    /// Null if there is none of that name.
    const CacheArray* array(std::string_view name) const;
    /// The numbers of a float32 array; nullopt if there is none of that name and type.
    std::optional<std::span<const float>> floats(std::string_view name) const;

private:
    friend class FeatureCache;
    std::shared_ptr<const MappedFile> m_file;
    CacheFacts m_facts;
    std::vector<CacheArray> m_arrays;
};

/// One file of a cache.
struct CacheFile {
    std::filesystem::path file;
    int64_t bytes = 0; ///< on the disk
    int64_t lastUse = 0; ///< nanoseconds since 1970
    std::string extractor; ///< as far as the file can be read
};

struct CacheUse {
    std::vector<CacheFile> entries; ///< longest unused first
    int64_t bytes = 0;
    int64_t limit = 0;
};

struct CacheCleaning {
    int64_t removed = 0;
    int64_t freed = 0; ///< bytes
};

struct CacheCheck {
    int64_t checked = 0;
    std::vector<std::filesystem::path> damaged; ///< removed
};

/// Results that are expensive to make and can always be made again, one file each, named by its key. Files
/// are written beside and renamed, so half ones are never seen; each holds digests of its content, and one
/// that does not fit them is removed and counts as absent. Several programs may use one folder at once, and
/// anybody may delete any of it at any time. The files that were not used for longest go when there are more
/// bytes than the limit, which a file in the folder says. All functions may be called from any thread.
class FeatureCache {
public:
    static constexpr int64_t kDefaultLimit = int64_t{4} << 30; ///< bytes. Ours.

    /// A cache that keeps nothing.
    FeatureCache() = default;
    /// Touches nothing yet; `folder` (`cache/features` of a project) is made by the first put().
    explicit FeatureCache(std::filesystem::path folder) : m_folder(std::move(folder)) { }

    /// The entry, mapped and verified, and notes its use; nothing if there is none.
    std::optional<CacheEntry> get(const CacheKey& key);
    /// Keeps the arrays under the key; an entry that is there is replaced. Removes others if the limit asks
    /// for it. Io if it cannot be written (read-only folder, full disk), InvalidArgument for arrays whose
    /// bytes do not fit their shape; nothing changed then, and a note says so once.
    Status put(const CacheKey& key, std::span<const CacheArray> arrays, const CacheFacts& facts = {});

    CacheUse use() const;
    int64_t limit() const;
    /// Kept in the folder; 0 keeps nothing. Does not clean.
    Status setLimit(int64_t bytes);
    /// Removes the longest unused entries until at most `bytes` are left, and what killed programs left
    /// behind. What others have open stays readable for them.
    Result<CacheCleaning> clean(int64_t bytes);
    /// Reads everything and removes what is damaged.
    CacheCheck verify();

    /// Sentences for the user since the last call: damaged entries, no room, no right to write.
    std::vector<std::string> takeNotes();
    const std::filesystem::path& folder() const { return m_folder; }

private:
    std::filesystem::path fileOf(const CacheKey& key) const;
    void note(const std::string& sentence);
    void discard(const std::filesystem::path& file, const std::string& why);

    std::filesystem::path m_folder;
    std::mutex m_noting;
    std::vector<std::string> m_notes;
    std::vector<std::string> m_said; ///< each sentence is said once
};

/// The cache's folder for what a person names: a project, its cache folder, or the folder of features itself.
/// NotFound if there is nothing.
Result<std::filesystem::path> findFeatureCache(const std::filesystem::path& place);

} // namespace telltale
