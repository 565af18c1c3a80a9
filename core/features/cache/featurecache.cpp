// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "features/cache/featurecache.h"
#include "base/bytestream.h"
#include "base/descriptor.h"
#include "base/files.h"
#include "base/sha256.h"
#include "features/cache/cachefile.h"
#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <ctime>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEntry = ".features";
constexpr std::string_view kPart = ".part"; ///< in the names of files that are being written
constexpr const char* kLimitFile = "limit";
constexpr const char* kLockFile = "lock";

/// Files of ours have names of this many hex digits before the dot: nothing else is ever removed, whatever
/// folder a person names.
constexpr size_t kNameDigits = 40;

bool isOurs(const std::string& name, std::string_view rest)
{
    return name.size() > kNameDigits && name.find_first_not_of("0123456789abcdef") == kNameDigits
        && std::string_view(name).substr(kNameDigits).starts_with(rest);
}

bool isEntry(const fs::path& file)
{
    const std::string name = file.filename().string();
    return isOurs(name, kEntry) && name.size() == kNameDigits + kEntry.size();
}

bool isPart(const fs::path& file)
{
    return isOurs(file.filename().string(), std::string(kEntry) + std::string(kPart));
}

/// Unique among all threads of all programs of this machine.
fs::path partOf(const fs::path& file)
{
    static std::atomic<uint64_t> count = 0;
    return file.string() + std::string(kPart) + std::to_string(::getpid()) + "-" + std::to_string(count++);
}

/// The folder and the one it lies in; more would bring back a project that was deleted. False with errno.
bool makeFolder(const fs::path& folder)
{
    ::mkdir(folder.parent_path().c_str(), 0755);
    return ::mkdir(folder.c_str(), 0755) == 0 || errno == EEXIST;
}

/// The time as files have it, in nanoseconds.
int64_t modified(const struct stat& facts)
{
    return static_cast<int64_t>(facts.st_mtim.tv_sec) * 1'000'000'000 + facts.st_mtim.tv_nsec;
}

void touch(const fs::path& file)
{
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now); // finer than the kernel's own stamps
    const std::array<timespec, 2> times{timespec{0, UTIME_OMIT}, now};
    ::utimensat(AT_FDCWD, file.c_str(), times.data(), 0);
}

/// Parts whose writers died: nobody holds their lock.
void removeDeadParts(const fs::path& folder)
{
    std::error_code ec;
    for (const auto& item : fs::directory_iterator(folder, ec)) {
        if (!isPart(item.path()))
            continue;
        const Descriptor part(item.path(), O_RDWR);
        if (part.ok() && part.lock(false))
            ::unlink(item.path().c_str());
    }
}

/// Entries by last use, without a look inside.
std::vector<CacheFile> entriesOf(const fs::path& folder)
{
    std::vector<CacheFile> entries;
    std::error_code ec;
    for (fs::directory_iterator item(folder, ec), end; !ec && item != end; item.increment(ec)) {
        struct stat facts { };
        if (isEntry(item->path()) && ::stat(item->path().c_str(), &facts) == 0 && S_ISREG(facts.st_mode))
            entries.push_back({item->path(), facts.st_size, modified(facts), {}});
    }
    std::sort(entries.begin(), entries.end(), [](const CacheFile& a, const CacheFile& b) {
        return std::pair(a.lastUse, a.file) < std::pair(b.lastUse, b.file);
    });
    return entries;
}

CacheCleaning removeOldest(const fs::path& folder, int64_t bytes)
{
    CacheCleaning cleaning;
    removeDeadParts(folder);
    const std::vector<CacheFile> entries = entriesOf(folder);
    int64_t left = 0;
    for (const CacheFile& entry : entries)
        left += entry.bytes;
    for (const CacheFile& entry : entries) {
        if (left <= std::max<int64_t>(bytes, 0))
            break;
        left -= entry.bytes;
        if (::unlink(entry.file.c_str()) != 0)
            continue;
        ++cleaning.removed;
        cleaning.freed += entry.bytes;
    }
    return cleaning;
}

/// Writes the parts one after the other; false with errno.
bool writeFile(const fs::path& file, const std::string& head, std::span<const CacheArray> arrays)
{
    const fs::path part = partOf(file);
    const Descriptor out(part, O_WRONLY | O_CREAT | O_EXCL);
    if (!out.ok())
        return false;
    std::vector<std::string_view> parts{head};
    for (const CacheArray& array : arrays)
        parts.insert(parts.end(), {array.bytes, cachePadding(array.bytes.size())});
    const bool done = out.lock(true) && out.writeAt(0, parts) && ::fsync(out.get()) == 0
        && ::rename(part.c_str(), file.c_str()) == 0;
    if (!done) {
        const int failure = errno;
        ::unlink(part.c_str());
        errno = failure;
    }
    return done;
}

} // namespace

std::string CacheKey::digest() const
{
    ByteWriter all;
    for (const std::string* field : {&video, &extractor, &parameters, &model})
        all.text(*field);
    return hexOf(sha256(all.bytes()));
}

CacheArray floatArray(std::string name, std::span<const float> values)
{
    return {std::move(name), "f4", {static_cast<int64_t>(values.size())},
        {reinterpret_cast<const char*>(values.data()), values.size_bytes()}};
}

const CacheArray* CacheEntry::array(std::string_view name) const
{
    const auto found = std::find_if(
        m_arrays.begin(), m_arrays.end(), [name](const CacheArray& one) { return one.name == name; });
    return found == m_arrays.end() ? nullptr : &*found;
}

std::optional<std::span<const float>> CacheEntry::floats(std::string_view name) const
{
    const CacheArray* const found = array(name);
    if (!found || found->dtype != "f4")
        return std::nullopt;
    return std::span(
        reinterpret_cast<const float*>(found->bytes.data()), found->bytes.size() / sizeof(float));
}

fs::path FeatureCache::fileOf(const CacheKey& key) const
{
    return m_folder / (key.digest().substr(0, kNameDigits) + std::string(kEntry));
}

void FeatureCache::note(const std::string& sentence)
{
    const std::lock_guard lock(m_noting);
    if (std::find(m_said.begin(), m_said.end(), sentence) != m_said.end())
        return;
    m_said.push_back(sentence);
    m_notes.push_back(sentence);
}

std::vector<std::string> FeatureCache::takeNotes()
{
    const std::lock_guard lock(m_noting);
    return std::exchange(m_notes, {});
}

void FeatureCache::discard(const fs::path& file, const std::string& why)
{
    note(file.string() + ": " + why + "; it was removed from the feature cache and is made again.");
    ::unlink(file.c_str());
}

std::optional<CacheEntry> FeatureCache::get(const CacheKey& key)
{
    if (m_folder.empty())
        return std::nullopt;
    const fs::path file = fileOf(key);
    Result<std::shared_ptr<const MappedFile>> mapped = MappedFile::open(file);
    if (!mapped) {
        if (mapped.error().code != ErrorCode::NotFound)
            note(mapped.error().message + "; it is made again.");
        return std::nullopt;
    }
    Result<ParsedCacheFile> parsed = parseCacheFile((*mapped)->bytes());
    if (!parsed || parsed->key.digest() != key.digest()) {
        discard(file, parsed ? "it is the entry of something else" : parsed.error().message);
        return std::nullopt;
    }
    touch(file);
    CacheEntry entry;
    entry.m_file = std::move(*mapped);
    entry.m_facts = std::move(parsed->facts);
    entry.m_arrays = std::move(parsed->arrays);
    return entry;
}

Status FeatureCache::put(const CacheKey& key, std::span<const CacheArray> arrays, const CacheFacts& facts)
{
    if (m_folder.empty())
        return {};
    for (const CacheArray& array : arrays)
        if (!isWhole(array))
            return Error{ErrorCode::InvalidArgument, "The array " + array.name + " does not fit its shape."};
    const int64_t most = limit();
    const std::string head = cacheFileHead(key, arrays, facts);
    auto bytes = static_cast<int64_t>(head.size());
    for (const CacheArray& array : arrays)
        bytes += static_cast<int64_t>(array.bytes.size() + cachePadding(array.bytes.size()).size());
    if (bytes > most)
        return {}; // it would have to go at once
    // A program that cleans, or a person who deletes the folder, may take the file away while it is written.
    bool written = false;
    for (int attempt = 0; attempt < 3 && !written; ++attempt) {
        written = makeFolder(m_folder) && writeFile(fileOf(key), head, arrays);
        if (!written && errno != ENOENT)
            break;
    }
    if (!written) {
        Error error = ioError(m_folder, "results cannot be kept here, so they are made again next time");
        note(error.message);
        return error;
    }
    const Descriptor lock(m_folder / kLockFile, O_RDWR | O_CREAT);
    if (lock.ok() && lock.lock(false)) // else somebody else is cleaning
        removeOldest(m_folder, most);
    return {};
}

CacheUse FeatureCache::use() const
{
    CacheUse all;
    all.limit = limit();
    if (m_folder.empty())
        return all;
    all.entries = entriesOf(m_folder);
    for (CacheFile& entry : all.entries) {
        all.bytes += entry.bytes;
        if (const auto mapped = MappedFile::open(entry.file); mapped.ok())
            entry.extractor = cacheFileExtractor((*mapped)->bytes());
    }
    return all;
}

int64_t FeatureCache::limit() const
{
    if (m_folder.empty())
        return 0;
    const auto text = readFile(m_folder / kLimitFile);
    int64_t bytes = 0;
    if (!text || std::from_chars(text->data(), text->data() + text->size(), bytes).ec != std::errc{}
        || bytes < 0)
        return kDefaultLimit;
    return bytes;
}

Status FeatureCache::setLimit(int64_t bytes)
{
    if (bytes < 0)
        return Error{
            ErrorCode::InvalidArgument, "The limit of a cache is a number of bytes, 0 for no cache."};
    if (m_folder.empty() || !makeFolder(m_folder))
        return ioError(m_folder, "the folder cannot be made, choose another place");
    return writeFileAtomically(m_folder / kLimitFile, std::to_string(bytes) + "\n");
}

Result<CacheCleaning> FeatureCache::clean(int64_t bytes)
{
    std::error_code ec;
    if (m_folder.empty() || !fs::is_directory(m_folder, ec))
        return CacheCleaning{};
    const Descriptor lock(m_folder / kLockFile, O_RDWR | O_CREAT);
    if (!lock.ok() || !lock.lock(true))
        return ioError(m_folder, "nothing can be removed here, check the permissions");
    return removeOldest(m_folder, bytes);
}

CacheCheck FeatureCache::verify()
{
    CacheCheck check;
    for (const CacheFile& entry : entriesOf(m_folder)) {
        const auto mapped = MappedFile::open(entry.file);
        if (!mapped && mapped.error().code == ErrorCode::NotFound)
            continue; // cleaned meanwhile
        ++check.checked;
        const auto parsed
            = mapped ? parseCacheFile((*mapped)->bytes()) : Result<ParsedCacheFile>(mapped.error());
        if (parsed && fileOf(parsed->key) == entry.file)
            continue;
        check.damaged.push_back(entry.file);
        discard(entry.file, parsed ? "it is the entry of something else" : parsed.error().message);
    }
    return check;
}

Result<fs::path> findFeatureCache(const fs::path& place)
{
    std::error_code ec;
    if (fs::exists(place / "project.db", ec) || fs::is_directory(place / "cache", ec))
        return place / "cache" / "features";
    if (fs::is_directory(place / "features", ec))
        return place / "features";
    const bool ours = fs::is_directory(place, ec)
        && (fs::exists(place / kLimitFile, ec) || fs::exists(place / kLockFile, ec)
            || fs::canonical(place, ec).filename() == "features" || !entriesOf(place).empty());
    if (ours)
        return place;
    return Error{ErrorCode::NotFound,
        place.string() + ": there is no feature cache here; name a project or its cache folder."};
}

} // namespace telltale
