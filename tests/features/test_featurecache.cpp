// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "features/cache/featurecache.h"
#include "tests/data/smalldisk.h"
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <functional>
#include <gtest/gtest.h>
#include <numeric>
#include <sys/file.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace telltale;

namespace {

namespace fs = std::filesystem;

class FeatureCacheTest : public testing::Test {
protected:
    FeatureCacheTest()
    {
        std::string pattern = (fs::temp_directory_path() / "telltale_cache_XXXXXX").string();
        m_project = ::mkdtemp(pattern.data());
    }
    ~FeatureCacheTest() override
    {
        std::error_code ec;
        fs::permissions(folder(), fs::perms::owner_all, ec);
        fs::remove_all(m_project, ec);
    }
    fs::path folder() const { return m_project / "cache" / "features"; }
    const fs::path& project() const { return m_project; }

private:
    fs::path m_project;
};

CacheKey keyOf(int number) { return {"video" + std::to_string(number), "curve 1", "side=96", ""}; }

std::vector<float> numbers(size_t count, float first)
{
    std::vector<float> values(count);
    std::iota(values.begin(), values.end(), first);
    return values;
}

Status store(FeatureCache& cache, int number, size_t count = 1000)
{
    const std::vector<float> values = numbers(count, static_cast<float>(number));
    const std::vector<CacheArray> arrays{floatArray("values", values)};
    return cache.put(keyOf(number), arrays, {{"rows", std::to_string(count)}});
}

bool holds(FeatureCache& cache, int number, size_t count = 1000)
{
    const auto entry = cache.get(keyOf(number));
    if (!entry)
        return false;
    const auto values = entry->floats("values");
    const std::vector<float> wanted = numbers(count, static_cast<float>(number));
    EXPECT_TRUE(values && std::equal(values->begin(), values->end(), wanted.begin(), wanted.end()))
        << "entry " << number << " has other numbers";
    return true;
}

/// The only entry of the folder.
fs::path onlyFile(const FeatureCache& cache)
{
    const CacheUse use = cache.use();
    EXPECT_EQ(use.entries.size(), 1u);
    return use.entries.empty() ? fs::path() : use.entries.front().file;
}

void ageBy(const fs::path& file, std::chrono::seconds age)
{
    fs::last_write_time(file, fs::file_time_type::clock::now() - age);
}

fs::path fileOf(FeatureCache& cache, int number)
{
    (void)cache.get(keyOf(number)); // becomes the one used last
    return cache.use().entries.back().file;
}

void replaceFile(const fs::path& file, const std::string& content)
{
    std::ofstream(file, std::ios::binary | std::ios::trunc) << content;
}

size_t filesIn(const fs::path& folder, const std::string& part)
{
    size_t count = 0;
    for (const auto& item : fs::directory_iterator(folder))
        count += item.path().filename().string().find(part) != std::string::npos ? 1 : 0;
    return count;
}

/// Runs `work` in another process; its exit status, or minus the signal that ended it.
int inProcess(const std::function<void()>& work)
{
    const pid_t child = ::fork();
    if (child == 0) {
        work();
        ::_exit(testing::Test::HasFailure() ? 1 : 0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

} // namespace

TEST_F(FeatureCacheTest, GivesBackWhatWasKept)
{
    FeatureCache cache(folder());
    EXPECT_FALSE(fs::exists(folder())) << "a look at a cache makes nothing";
    EXPECT_FALSE(cache.get(keyOf(1)));
    const std::vector<float> values = numbers(6, 0.5f);
    const std::string bytes = "\x01\x02\x03";
    const std::vector<CacheArray> arrays{
        {"grid", "f4", {2, 3}, {reinterpret_cast<const char*>(values.data()), 24}},
        {"flags", "u1", {3}, bytes}, {"nothing", "f4", {0, 5}, {}}};
    ASSERT_TRUE(cache.put(keyOf(1), arrays, {{"made by", "test"}, {"note", ""}}).ok());

    FeatureCache other(folder());
    const auto entry = other.get(keyOf(1));
    ASSERT_TRUE(entry);
    EXPECT_EQ(entry->facts(), (CacheFacts{{"made by", "test"}, {"note", ""}}));
    ASSERT_EQ(entry->arrays().size(), 3u);
    EXPECT_EQ(entry->array("grid")->shape, (std::vector<int64_t>{2, 3}));
    const auto grid = entry->floats("grid");
    ASSERT_TRUE(grid);
    EXPECT_EQ(std::vector<float>(grid->begin(), grid->end()), values);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(grid->data()) % 64, 0u);
    EXPECT_EQ(entry->array("flags")->bytes, bytes);
    EXPECT_FALSE(entry->floats("flags")) << "no floats";
    EXPECT_EQ(entry->array("nothing")->shape, (std::vector<int64_t>{0, 5}));
    EXPECT_EQ(entry->array("other"), nullptr);
    EXPECT_TRUE(other.takeNotes().empty());
}

TEST_F(FeatureCacheTest, EachPartOfTheKeyCounts)
{
    FeatureCache cache(folder());
    ASSERT_TRUE(store(cache, 1).ok());
    const CacheKey key = keyOf(1);
    EXPECT_TRUE(cache.get(key));
    for (std::string CacheKey::*part :
        {&CacheKey::video, &CacheKey::extractor, &CacheKey::parameters, &CacheKey::model}) {
        CacheKey other = key;
        other.*part += "x";
        EXPECT_FALSE(cache.get(other));
    }
    // The border between two parts counts, too.
    EXPECT_FALSE(cache.get({"video1c", "urve 1", "side=96", ""}));
}

TEST_F(FeatureCacheTest, TheLastOneKeptCounts)
{
    FeatureCache cache(folder());
    ASSERT_TRUE(store(cache, 1, 10).ok());
    ASSERT_TRUE(store(cache, 1, 20).ok());
    EXPECT_TRUE(holds(cache, 1, 20));
    EXPECT_EQ(cache.use().entries.size(), 1u);
}

TEST_F(FeatureCacheTest, ArraysThatDoNotFitTheirShapeAreRefused)
{
    FeatureCache cache(folder());
    const std::string bytes(16, 'x');
    for (const CacheArray& wrong : {CacheArray{"a", "f4", {5}, bytes}, CacheArray{"a", "f4", {-4}, bytes},
             CacheArray{"a", "text", {4}, bytes}, CacheArray{"a", "f4", {int64_t{1} << 62, 16}, bytes},
             CacheArray{"a", "", {16}, bytes}}) {
        const Status put = cache.put(keyOf(1), std::span(&wrong, 1));
        ASSERT_FALSE(put.ok());
        EXPECT_EQ(put.error().code, ErrorCode::InvalidArgument);
    }
    EXPECT_FALSE(cache.get(keyOf(1)));
}

TEST_F(FeatureCacheTest, ACacheOfNoFolderKeepsNothingAndSaysNothing)
{
    FeatureCache none;
    EXPECT_TRUE(store(none, 1).ok());
    EXPECT_FALSE(none.get(keyOf(1)));
    EXPECT_TRUE(none.use().entries.empty());
    EXPECT_TRUE(none.clean(0).ok());
    EXPECT_EQ(none.verify().checked, 0);
    EXPECT_TRUE(none.takeNotes().empty());
}

TEST_F(FeatureCacheTest, AFlippedBitAnywhereIsNeverReadAsTruth)
{
    FeatureCache cache(folder());
    ASSERT_TRUE(store(cache, 1, 60).ok());
    const fs::path file = onlyFile(cache);
    const std::string good = *readFile(file);
    size_t refused = 0;
    for (size_t at = 0; at < good.size(); ++at) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 0x10);
        replaceFile(file, bad);
        if (holds(cache, 1, 60)) // only between header and array, where nothing is
            continue;
        ++refused;
        EXPECT_FALSE(fs::exists(file)) << "byte " << at;
        const auto notes = cache.takeNotes();
        ASSERT_LE(notes.size(), 1u);
        if (!notes.empty()) {
            EXPECT_NE(notes.front().find(file.string()), std::string::npos);
        }
    }
    EXPECT_GE(refused + 128, good.size());
}

TEST_F(FeatureCacheTest, ATruncatedOrForeignFileCountsAsAbsentAndIsMadeAgain)
{
    FeatureCache cache(folder());
    ASSERT_TRUE(store(cache, 1, 60).ok());
    const fs::path file = onlyFile(cache);
    const std::string good = *readFile(file);
    for (size_t length = 0; length < good.size(); ++length) {
        replaceFile(file, good.substr(0, length));
        ASSERT_FALSE(cache.get(keyOf(1))) << length << " bytes";
        EXPECT_FALSE(fs::exists(file));
    }
    replaceFile(file, good + "more");
    EXPECT_FALSE(cache.get(keyOf(1)));
    // A whole entry, but of something else.
    FeatureCache other(project() / "features");
    ASSERT_TRUE(store(other, 2, 60).ok());
    fs::copy_file(onlyFile(other), file);
    EXPECT_FALSE(cache.get(keyOf(1)));
    ASSERT_TRUE(store(cache, 1, 60).ok());
    EXPECT_TRUE(holds(cache, 1, 60));
}

TEST_F(FeatureCacheTest, OfWhatIsUnusedForLongestTheLimitTakesFirst)
{
    FeatureCache cache(folder());
    for (int i = 0; i < 5; ++i)
        ASSERT_TRUE(store(cache, i).ok());
    const int64_t each = cache.use().bytes / 5;
    for (int i = 0; i < 5; ++i)
        ageBy(fileOf(cache, i), std::chrono::hours(100 - i)); // 0 is the oldest
    EXPECT_TRUE(holds(cache, 1)); // used now, so 0, 2 and 3 are the longest unused
    ASSERT_TRUE(cache.setLimit(3 * each).ok());
    EXPECT_EQ(cache.use().entries.size(), 5u) << "a new limit cleans nothing by itself";
    ASSERT_TRUE(store(cache, 7).ok());
    const CacheUse use = cache.use();
    EXPECT_EQ(use.limit, 3 * each);
    EXPECT_LE(use.bytes, use.limit);
    EXPECT_FALSE(cache.get(keyOf(0)));
    EXPECT_FALSE(cache.get(keyOf(2)));
    EXPECT_FALSE(cache.get(keyOf(3)));
    for (const int kept : {1, 4, 7})
        EXPECT_TRUE(holds(cache, kept)) << kept;
}

TEST_F(FeatureCacheTest, CleaningByHandFreesWhatIsAskedFor)
{
    FeatureCache cache(folder());
    EXPECT_EQ(cache.clean(0)->removed, 0) << "no folder yet";
    for (int i = 0; i < 4; ++i)
        ASSERT_TRUE(store(cache, i).ok());
    const int64_t all = cache.use().bytes;
    const auto some = cache.clean(all / 2);
    ASSERT_TRUE(some.ok());
    EXPECT_EQ(some->removed, 2);
    EXPECT_EQ(some->freed, all / 2);
    EXPECT_EQ(cache.clean(0)->removed, 2);
    EXPECT_EQ(cache.use().bytes, 0);
}

TEST_F(FeatureCacheTest, WhatIsLargerThanTheLimitIsNotKept)
{
    FeatureCache cache(folder());
    ASSERT_TRUE(cache.setLimit(2000).ok());
    ASSERT_TRUE(store(cache, 1, 100).ok());
    EXPECT_TRUE(store(cache, 2, 1000).ok()) << "that is no failure";
    EXPECT_FALSE(cache.get(keyOf(2)));
    EXPECT_TRUE(holds(cache, 1, 100)) << "and nothing had to go for it";
    EXPECT_FALSE(cache.setLimit(-1).ok());
    ASSERT_TRUE(cache.setLimit(0).ok());
    ASSERT_TRUE(store(cache, 3, 1).ok());
    EXPECT_FALSE(cache.get(keyOf(3)));
}

TEST_F(FeatureCacheTest, ADamagedLimitIsTheUsualOne)
{
    FeatureCache cache(folder());
    ASSERT_TRUE(cache.setLimit(123).ok());
    EXPECT_EQ(FeatureCache(folder()).limit(), 123);
    std::ofstream(folder() / "limit") << "much";
    EXPECT_EQ(cache.limit(), FeatureCache::kDefaultLimit);
    fs::remove_all(folder());
    EXPECT_EQ(cache.limit(), FeatureCache::kDefaultLimit);
}

TEST_F(FeatureCacheTest, ReadersKeepWhatIsDeletedUnderThem)
{
    FeatureCache cache(folder());
    ASSERT_TRUE(store(cache, 1, 100000).ok());
    const auto entry = cache.get(keyOf(1));
    ASSERT_TRUE(entry);
    const CacheEntry copy = *entry;
    fs::remove_all(project() / "cache");
    const auto values = copy.floats("values");
    ASSERT_TRUE(values);
    EXPECT_EQ(values->size(), 100000u);
    EXPECT_FLOAT_EQ((*values)[99999], 100000);
    EXPECT_FALSE(cache.get(keyOf(1)));
    ASSERT_TRUE(store(cache, 1).ok()) << "the folder comes back";
    EXPECT_TRUE(holds(cache, 1));
}

TEST_F(FeatureCacheTest, ADeletedProjectDoesNotComeBack)
{
    FeatureCache cache(folder());
    ASSERT_TRUE(store(cache, 1).ok());
    fs::remove_all(project());
    EXPECT_FALSE(store(cache, 1).ok());
    EXPECT_FALSE(fs::exists(project()));
    EXPECT_EQ(cache.takeNotes().size(), 1u);
    EXPECT_FALSE(store(cache, 1).ok());
    EXPECT_TRUE(cache.takeNotes().empty()) << "it is said once";
}

TEST_F(FeatureCacheTest, AProgramKilledWhileItWritesLeavesNoHalfEntry)
{
    ASSERT_TRUE(fs::create_directory(project() / "cache"));
    for (int round = 0; round < 12; ++round) {
        const pid_t child = ::fork();
        if (child == 0) {
            FeatureCache cache(folder());
            for (int i = 0;; ++i)
                (void)store(cache, i % 3, 200'000);
        }
        // At least one entry is whole; the kill comes at some moment of a later one.
        FeatureCache cache(folder());
        while (cache.use().entries.empty())
            std::this_thread::yield();
        for (int k = 0; k < round * 2000; ++k)
            (void)::getppid(); // a little later each round
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        EXPECT_TRUE(cache.verify().damaged.empty());
        for (int i = 0; i < 3; ++i)
            (void)holds(cache, i, 200'000); // right or absent
        EXPECT_TRUE(cache.takeNotes().empty());
        ASSERT_TRUE(store(cache, 9, 10).ok());
        EXPECT_EQ(filesIn(folder(), ".part"), 0u) << "the next writer takes away what was left";
        ASSERT_TRUE(cache.clean(0).ok());
    }
}

TEST_F(FeatureCacheTest, WhatSomebodyIsWritingIsNotTakenAway)
{
    FeatureCache cache(folder());
    ASSERT_TRUE(store(cache, 1).ok());
    const std::string dead = onlyFile(cache).string() + ".part1-1";
    std::ofstream(dead) << "half";
    const std::string alive = onlyFile(cache).string() + ".part1-2";
    const int writer = ::open(alive.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    ASSERT_EQ(::flock(writer, LOCK_EX), 0);
    std::ofstream(folder() / "film.part1.rar") << "not ours";
    std::ofstream(folder() / "notes.features") << "not ours either";
    ASSERT_TRUE(cache.clean(0).ok());
    EXPECT_FALSE(fs::exists(dead));
    EXPECT_TRUE(fs::exists(alive));
    ::close(writer);
    EXPECT_TRUE(fs::exists(folder() / "film.part1.rar"));
    EXPECT_TRUE(fs::exists(folder() / "notes.features"));
}

TEST_F(FeatureCacheTest, ProgramsThatHammerOneKeyNeverSeeAnythingHalf)
{
    // Each writes and reads the same keys, one of them cleans all the time and another deletes the folder.
    std::vector<pid_t> children;
    for (int process = 0; process < 4; ++process) {
        const pid_t child = ::fork();
        if (child > 0) {
            children.push_back(child);
            continue;
        }
        FeatureCache cache(folder());
        bool right = true;
        for (int i = 0; i < 300; ++i) {
            const Status put = store(cache, i % 2, 5000);
            right = right && put.ok();
            (void)holds(cache, (i + process) % 2, 5000);
            if (process == 1)
                (void)cache.clean(i % 3 * 20000);
            if (process == 2 && i % 50 == 0) {
                std::error_code ec;
                fs::remove_all(folder(), ec);
            }
        }
        for (const std::string& note : cache.takeNotes())
            std::fprintf(stderr, "%s\n", note.c_str());
        // Somebody deleted the folder under a writer: that one result is not kept, which is allowed.
        ::_exit(testing::Test::HasFailure() ? 1 : right ? 0 : 2);
    }
    for (const pid_t child : children) {
        int status = 0;
        ::waitpid(child, &status, 0);
        ASSERT_TRUE(WIFEXITED(status));
        EXPECT_NE(WEXITSTATUS(status), 1);
    }
    FeatureCache cache(folder());
    EXPECT_TRUE(cache.verify().damaged.empty());
}

TEST_F(FeatureCacheTest, OfTwoWritersOfOneKeyOneWins)
{
    ASSERT_EQ(inProcess([&] {
        FeatureCache cache(folder());
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < 100; ++i) {
                    EXPECT_TRUE(store(cache, 1, 3000).ok());
                    EXPECT_TRUE(holds(cache, 1, 3000));
                }
            });
    }),
        0);
    FeatureCache cache(folder());
    EXPECT_TRUE(holds(cache, 1, 3000));
    EXPECT_EQ(filesIn(folder(), ".part"), 0u);
}

TEST_F(FeatureCacheTest, AReadOnlyFolderIsReadAndNothingFails)
{
    const SmallDisk disk(4 << 20);
    if (disk.ranElsewhere())
        return;
    if (!disk.ok())
        GTEST_SKIP() << disk.reason();
    const fs::path place = disk / "features";
    FeatureCache cache(place);
    ASSERT_TRUE(store(cache, 1).ok());
    if (!disk.setReadOnly(true))
        GTEST_SKIP() << "no read-only disk can be made here";
    EXPECT_TRUE(holds(cache, 1));
    const Status put = store(cache, 2);
    ASSERT_FALSE(put.ok());
    EXPECT_EQ(put.error().code, ErrorCode::Io);
    EXPECT_NE(put.error().message.find(place.string()), std::string::npos) << put.error().message;
    EXPECT_FALSE(cache.get(keyOf(2)));
    EXPECT_FALSE(cache.clean(0).ok());
    EXPECT_EQ(cache.takeNotes().size(), 1u);
    EXPECT_TRUE(disk.setReadOnly(false));
}

TEST_F(FeatureCacheTest, AFullDiskKeepsWhatItHasAndSaysSo)
{
    const SmallDisk disk(1 << 20);
    if (disk.ranElsewhere())
        return;
    if (!disk.ok())
        GTEST_SKIP() << disk.reason();
    FeatureCache cache(disk / "features");
    ASSERT_TRUE(store(cache, 1).ok());
    disk.fill(2 * 4096);
    EXPECT_FALSE(store(cache, 2, 50'000).ok());
    EXPECT_FALSE(store(cache, 1, 50'000).ok());
    EXPECT_TRUE(holds(cache, 1)) << "what was there is there";
    EXPECT_EQ(filesIn(disk / "features", ".part"), 0u);
    EXPECT_FALSE(cache.takeNotes().empty());
    disk.makeRoom();
    EXPECT_TRUE(store(cache, 2, 50'000).ok());
    EXPECT_TRUE(holds(cache, 2, 50'000));
}

TEST_F(FeatureCacheTest, IsFoundFromProjectCacheFolderAndItself)
{
    FeatureCache cache(folder());
    ASSERT_TRUE(store(cache, 1).ok());
    for (const fs::path& place : {project(), project() / "cache", folder()})
        EXPECT_EQ(*findFeatureCache(place), folder());
    const auto nowhere = findFeatureCache(project() / "film");
    ASSERT_FALSE(nowhere.ok());
    EXPECT_EQ(nowhere.error().code, ErrorCode::NotFound);
    ASSERT_TRUE(fs::create_directory(project() / "film"));
    EXPECT_FALSE(findFeatureCache(project() / "film").ok()) << "a folder of something else";
}

TEST_F(FeatureCacheTest, SaysWhatItHolds)
{
    FeatureCache cache(folder());
    ASSERT_TRUE(store(cache, 1).ok());
    const CacheUse use = cache.use();
    ASSERT_EQ(use.entries.size(), 1u);
    EXPECT_EQ(use.entries.front().extractor, "curve 1");
    EXPECT_EQ(use.bytes, static_cast<int64_t>(fs::file_size(use.entries.front().file)));
    EXPECT_EQ(use.limit, FeatureCache::kDefaultLimit);
}
