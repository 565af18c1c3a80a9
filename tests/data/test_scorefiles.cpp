// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "base/random.h"
#include "data/store/scorefiles.h"
#include "editstream.h"
#include <QCryptographicHash>
#include <algorithm>
#include <array>
#include <csignal>
#include <fstream>
#include <functional>
#include <gtest/gtest.h>
#include <set>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace {

using namespace telltale;
namespace fs = std::filesystem;

constexpr int64_t kLine = 64;

std::string block(uint64_t seed, int64_t bytes)
{
    Random random(seed);
    std::string content;
    for (int64_t i = 0; i < bytes; ++i)
        content += static_cast<char>(random.below(256));
    return content;
}

ScoreSegment appended(ScoreFiles& files, const std::string& content)
{
    const auto segment = files.append(content);
    EXPECT_TRUE(segment.ok()) << (segment ? "" : segment.error().message);
    return segment ? *segment : ScoreSegment();
}

std::string contentOf(const ScoreFiles& files, const ScoreSegment& segment)
{
    const auto mapped = files.map(segment);
    EXPECT_TRUE(mapped.ok()) << (mapped ? "" : mapped.error().message);
    return mapped ? std::string(mapped->view()) : std::string();
}

void overwrite(const fs::path& file, int64_t at, const std::string& bytes)
{
    std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
    out.seekp(at);
    out << bytes;
}

/// Runs `work` in a child process, which must not come back from it alive or with a failure.
pid_t inChild(const std::function<bool()>& work)
{
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(work() ? 0 : 1);
    return child;
}

bool succeeded(pid_t child)
{
    int status = 0;
    return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST(scorefiles, aBlockComesBackAsItWasWrittenOnAnAddressForVectorInstructions)
{
    const ScratchFolder scratch;
    ScoreFiles files(scratch / "scores");
    for (const int64_t bytes : {0, 1, 63, 64, 65, 100000}) {
        const std::string content = block(7, bytes);
        const ScoreSegment segment = appended(files, content);
        EXPECT_EQ(segment.bytes, bytes);
        EXPECT_EQ(segment.offset % kLine, 0);
        EXPECT_EQ(segment.digest, hexOf(sha256(content)));
        EXPECT_EQ(contentOf(files, segment), content);
        EXPECT_EQ(reinterpret_cast<uintptr_t>(files.map(segment)->data()) % kLine, 0U);
        EXPECT_TRUE(files.verify(segment).ok());
    }
}

TEST(scorefiles, theDigestIsSha256)
{
    EXPECT_EQ(hexOf(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hexOf(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hexOf(sha256(std::string(1000000, 'a'))),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    for (int64_t bytes = 0; bytes < 300; ++bytes) {
        const std::string content = block(9, bytes);
        const QByteArray expected
            = QCryptographicHash::hash(QByteArray::fromStdString(content), QCryptographicHash::Sha256)
                  .toHex();
        EXPECT_EQ(hexOf(sha256(content)), expected.toStdString()) << bytes;
    }
}

TEST(scorefiles, equalContentIsStoredOnceAlsoByAnotherProgram)
{
    const ScratchFolder scratch;
    ScoreFiles files(scratch / "scores");
    const ScoreSegment first = appended(files, "the same");
    appended(files, "another");
    EXPECT_EQ(appended(files, "the same"), first);
    ScoreFiles other(scratch / "scores");
    EXPECT_EQ(appended(other, "the same"), first);
    EXPECT_EQ(files.scan()->size(), 2U);
}

TEST(scorefiles, contentThatWasDamagedOnTheDiskIsWrittenAgain)
{
    const ScratchFolder scratch;
    const ScoreSegment first = [&] {
        ScoreFiles files(scratch / "scores");
        return appended(files, "numbers");
    }();
    overwrite(scratch / "scores" / first.file, first.offset, "N");
    ScoreFiles files(scratch / "scores");
    EXPECT_EQ(files.verify(first).error().code, ErrorCode::BadFormat);
    const ScoreSegment second = appended(files, "numbers");
    EXPECT_NE(second.offset, first.offset);
    EXPECT_TRUE(files.verify(second).ok());
}

TEST(scorefiles, theIndexCanBeMadeAgainFromTheFilesAlone)
{
    const ScratchFolder scratch;
    EXPECT_TRUE(ScoreFiles(scratch / "scores").scan()->empty());
    std::vector<ScoreSegment> written;
    {
        ScoreFiles files(scratch / "scores", 4096);
        for (uint64_t i = 0; i < 100; ++i)
            written.push_back(appended(files, block(i, static_cast<int64_t>(i * 13 % 700))));
        EXPECT_EQ(*files.scan(), written);
    }
    EXPECT_GT(written.back().file, written.front().file) << "a file that is full is closed";
    const ScoreFiles files(scratch / "scores", 4096);
    EXPECT_EQ(*files.scan(), written);
    for (uint64_t i = 0; i < written.size(); ++i) {
        EXPECT_EQ(contentOf(files, written[i]), block(i, written[i].bytes));
        EXPECT_LE(static_cast<int64_t>(fs::file_size(scratch / "scores" / written[i].file)), 4096);
    }
    EXPECT_EQ(*files.find(written[42].digest), written[42]);
    EXPECT_EQ(files.find(std::string(64, '0')).error().code, ErrorCode::NotFound);
}

TEST(scorefiles, aBlockThatIsBiggerThanAFileMayBeGetsOneOfItsOwn)
{
    const ScratchFolder scratch;
    ScoreFiles files(scratch / "scores", 1024);
    const ScoreSegment small = appended(files, "small");
    const ScoreSegment big = appended(files, block(1, 5000));
    const ScoreSegment after = appended(files, "after");
    EXPECT_EQ((std::set{small.file, big.file, after.file}).size(), 3U);
    EXPECT_EQ(contentOf(files, big), block(1, 5000));
}

TEST(scorefiles, mappedBytesOutliveTheFilesAndTheirGrowth)
{
    const ScratchFolder scratch;
    MappedBytes kept;
    {
        ScoreFiles files(scratch / "scores", 256); // each block over 256 bytes needs a mapping of its own
        kept = *files.map(appended(files, "kept"));
        for (uint64_t i = 0; i < 50; ++i)
            contentOf(files, appended(files, block(i, 300)));
    }
    fs::remove_all(scratch / "scores");
    EXPECT_EQ(kept.view(), "kept");
}

TEST(scorefiles, aReaderSeesWhatAnotherProgramAppendsLater)
{
    const ScratchFolder scratch;
    ScoreFiles writer(scratch / "scores");
    const ScoreFiles reader(scratch / "scores");
    EXPECT_EQ(contentOf(reader, appended(writer, "first")), "first");
    const std::string big = block(3, 1 << 20);
    EXPECT_EQ(contentOf(reader, appended(writer, big)), big);
}

TEST(scorefiles, withoutRoomInTheAddressSpaceForMoreEachFileIsMappedAsItIs)
{
    const ScratchFolder scratch;
    ScoreFiles files(scratch / "scores", int64_t{1} << 60);
    for (uint64_t i = 0; i < 5; ++i)
        EXPECT_EQ(contentOf(files, appended(files, block(i, 5000))), block(i, 5000));
}

TEST(scorefiles, aFolderThatIsReplacedWhileItIsInUseIsReadAnew)
{
    const ScratchFolder scratch;
    ScoreFiles files(scratch / "scores");
    contentOf(files, appended(files, "old"));
    fs::remove_all(scratch / "scores");
    EXPECT_TRUE(files.scan()->empty());
    const ScoreSegment first = appended(files, "new one");
    EXPECT_EQ(first.offset, kLine);
    EXPECT_EQ(contentOf(files, first), "new one");
    EXPECT_EQ(contentOf(files, appended(files, "old")), "old");
}

TEST(scorefiles, whateverIsCutOffTheEndTheBlocksBeforeStayAndTheNextOneFollows)
{
    const ScratchFolder scratch;
    ScoreFiles source(scratch / "source");
    const ScoreSegment whole = appended(source, block(1, 200));
    const ScoreSegment last = appended(source, block(2, 400));
    const std::string bytes = *readFile(scratch / "source" / last.file);
    const auto begin = static_cast<size_t>(whole.offset + whole.bytes);
    for (size_t size = begin; size < bytes.size();
         size += size < begin + 80 || size + 60 > bytes.size() ? 3 : 41) {
        SCOPED_TRACE(size);
        const fs::path folder = scratch / ("cut" + std::to_string(size));
        fs::create_directories(folder);
        ASSERT_TRUE(writeFileAtomically(folder / last.file, bytes.substr(0, size)).ok());
        ScoreFiles files(folder);
        const bool lastIsWhole = static_cast<int64_t>(size) >= last.offset + last.bytes;
        EXPECT_EQ(files.scan()->size(), lastIsWhole ? 2U : 1U);
        if (!lastIsWhole) {
            EXPECT_EQ(files.map(last).error().code, ErrorCode::BadFormat);
        }
        const ScoreSegment next = appended(files, "next");
        EXPECT_EQ(next.file, last.file);
        EXPECT_EQ(next.offset, lastIsWhole ? static_cast<int64_t>(bytes.size()) + kLine : last.offset);
        EXPECT_EQ(files.scan()->size(), lastIsWhole ? 3U : 2U);
        EXPECT_EQ(static_cast<int64_t>(fs::file_size(folder / next.file)), next.offset + kLine)
            << "nothing of the torn block is left";
        EXPECT_EQ(contentOf(files, whole), block(1, 200));
        EXPECT_EQ(contentOf(files, next), "next");
    }
}

TEST(scorefiles, damageInTheMiddleCostsOneBlockAndNothingIsEverCutThere)
{
    const ScratchFolder scratch;
    std::vector<ScoreSegment> written;
    {
        ScoreFiles files(scratch / "scores");
        for (uint64_t i = 0; i < 3; ++i)
            written.push_back(appended(files, block(i, 500)));
    }
    const fs::path file = scratch / "scores" / written[0].file;
    const auto size = fs::file_size(file);
    overwrite(file, written[1].offset - kLine + 20, "damage");
    ScoreFiles files(scratch / "scores");
    EXPECT_EQ(*files.scan(), (std::vector{written[0], written[2]}));
    EXPECT_EQ(files.map(written[1]).error().code, ErrorCode::BadFormat);
    EXPECT_EQ(contentOf(files, written[2]), block(2, 500));
    const ScoreSegment next = appended(files, "next");
    EXPECT_NE(next.file, written[0].file);
    EXPECT_EQ(fs::file_size(file), size);
    EXPECT_EQ(files.scan()->size(), 3U);
}

TEST(scorefiles, anIndexRowThatIsWrongGivesASentenceAndNoBytes)
{
    const ScratchFolder scratch;
    ScoreFiles files(scratch / "scores");
    const ScoreSegment good = appended(files, "content");
    appended(files, "more content");
    const auto codeFor = [&](const std::function<void(ScoreSegment&)>& change) {
        ScoreSegment segment = good;
        change(segment);
        const auto mapped = files.map(segment);
        EXPECT_FALSE(mapped.ok());
        return mapped.ok() ? ErrorCode::Internal : mapped.error().code;
    };
    EXPECT_EQ(codeFor([](ScoreSegment& s) { s.file = "scores-0002.bin"; }), ErrorCode::NotFound);
    EXPECT_EQ(codeFor([](ScoreSegment& s) { s.file = "../scores/scores-0001.bin"; }), ErrorCode::BadFormat);
    EXPECT_EQ(codeFor([](ScoreSegment& s) { s.file.clear(); }), ErrorCode::BadFormat);
    EXPECT_EQ(codeFor([](ScoreSegment& s) { s.digest = std::string(64, '0'); }), ErrorCode::BadFormat);
    for (const int64_t bytes : {int64_t{-1}, int64_t{6}, int64_t{8}, INT64_MAX})
        EXPECT_EQ(codeFor([&](ScoreSegment& s) { s.bytes = bytes; }), ErrorCode::BadFormat);
    for (const int64_t offset : {int64_t{-64}, int64_t{0}, int64_t{65}, int64_t{128}, INT64_MAX - 63})
        EXPECT_EQ(codeFor([&](ScoreSegment& s) { s.offset = offset; }), ErrorCode::BadFormat);
}

TEST(scorefiles, aFolderThatCannotBeWrittenSaysSo)
{
    const ScratchFolder scratch;
    ASSERT_TRUE(writeFileAtomically(scratch / "file", "no folder").ok());
    ScoreFiles files(scratch / "file" / "scores");
    const auto segment = files.append("content");
    ASSERT_FALSE(segment.ok());
    EXPECT_EQ(segment.error().code, ErrorCode::Io);
    EXPECT_NE(segment.error().message.find("scores"), std::string::npos);
}

TEST(scorefiles, whenTheDiskIsFullTheFilesStayAsTheyWere)
{
    const ScratchFolder scratch;
    EXPECT_TRUE(succeeded(inChild([&] {
        ScoreFiles files(scratch / "scores");
        const ScoreSegment first = appended(files, block(1, 1000));
        std::signal(SIGXFSZ, SIG_IGN); // NOLINT: the limit then shows as an error, as a full disk does
        const rlimit limit{3000, RLIM_INFINITY};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        const auto failed = files.append(block(2, 5000));
        const auto size = static_cast<int64_t>(fs::file_size(scratch / "scores" / first.file));
        const bool same = !failed && failed.error().code == ErrorCode::Io && size == first.offset + 1024;
        const auto small = files.append("fits");
        return same && small && files.verify(*small).ok() && files.verify(first).ok();
    })));
    EXPECT_EQ(ScoreFiles(scratch / "scores").scan()->size(), 2U);
}

TEST(scorefiles, programsThatAppendAtOnceLoseNothingOfEachOther)
{
    const ScratchFolder scratch;
    constexpr uint64_t kBlocks = 150;
    std::vector<pid_t> children;
    for (uint64_t program = 0; program < 3; ++program)
        children.push_back(inChild([&, program] {
            ScoreFiles files(scratch / "scores", 1 << 16);
            bool whole = true;
            for (uint64_t i = 0; i < kBlocks; ++i) {
                // A third of the blocks are the same in all programs.
                const uint64_t seed = i % 3 == 0 ? i : 1000 * (program + 1) + i;
                const std::string content = block(seed, static_cast<int64_t>(seed * 37 % 2000) + 8);
                const auto segment = files.append(content);
                whole = whole && segment && files.map(*segment)->view() == content;
            }
            return whole;
        }));
    for (const pid_t child : children)
        EXPECT_TRUE(succeeded(child));
    const ScoreFiles files(scratch / "scores");
    const std::vector<ScoreSegment> all = *files.scan();
    EXPECT_EQ(all.size(), kBlocks / 3 + 3 * (kBlocks - kBlocks / 3));
    std::set<std::string> digests;
    for (const ScoreSegment& segment : all) {
        EXPECT_TRUE(files.verify(segment).ok());
        digests.insert(segment.digest);
    }
    EXPECT_EQ(digests.size(), all.size()) << "equal content is stored once";
}

TEST(scorefiles, threadsShareOneObject)
{
    const ScratchFolder scratch;
    ScoreFiles files(scratch / "scores", 1 << 14);
    std::vector<std::jthread> threads;
    for (uint64_t thread = 0; thread < 4; ++thread)
        threads.emplace_back([&files, thread] {
            for (uint64_t i = 0; i < 40; ++i) {
                const std::string content = block(thread % 2 * 100 + i, 900);
                const auto segment = files.append(content);
                ASSERT_TRUE(segment.ok());
                EXPECT_EQ(files.map(*segment)->view(), content);
                EXPECT_TRUE(files.find(segment->digest).ok());
            }
        });
    threads.clear();
    EXPECT_EQ(files.scan()->size(), 80U);
}

/// Appends until it is killed; after each block the digest goes into the pipe.
[[noreturn]] void appendForEver(const fs::path& folder, uint64_t seed, int out)
{
    ScoreFiles files(folder, 1 << 20);
    for (uint64_t i = 0;; ++i) {
        const auto segment = files.append(block(seed * 100000 + i, static_cast<int64_t>(i * 7919 % 60000)));
        if (!segment || ::write(out, segment->digest.data(), segment->digest.size()) != 64)
            ::_exit(1);
    }
}

TEST(scorefiles, aProgramThatIsKilledLosesNothingItHasWritten)
{
    const ScratchFolder scratch;
    Random random(5);
    std::set<std::string> acknowledged;
    for (uint64_t round = 0; round < 10; ++round) {
        std::array<int, 2> pipe{};
        ASSERT_EQ(::pipe(pipe.data()), 0);
        const pid_t child = ::fork();
        if (child == 0)
            appendForEver(scratch / "scores", round, pipe[1]);
        ::close(pipe[1]);
        std::array<char, 64> digest{};
        for (int64_t left = 1 + random.below(12); ::read(pipe[0], digest.data(), digest.size()) == 64;
             --left) {
            acknowledged.emplace(digest.data(), digest.size());
            if (left == 0)
                ::kill(child, SIGKILL);
        }
        ::close(pipe[0]);
        ::waitpid(child, nullptr, 0);
        ScoreFiles files(scratch / "scores", 1 << 20);
        for (const std::string& one : acknowledged) {
            const auto segment = files.find(one);
            ASSERT_TRUE(segment.ok());
            EXPECT_TRUE(files.verify(*segment).ok());
        }
        EXPECT_TRUE(files.verify(appended(files, "after " + std::to_string(round))).ok());
    }
}

} // namespace
