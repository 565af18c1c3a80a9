// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "base/random.h"
#include "data/store/editjournal.h"
#include "editstream.h"
#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <functional>
#include <gtest/gtest.h>
#include <optional>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace telltale;
namespace fs = std::filesystem;

using Records = std::vector<std::string>;

std::unique_ptr<EditJournal> opened(const fs::path& folder, const std::string& client)
{
    auto journal = EditJournal::open(folder, client);
    EXPECT_TRUE(journal.ok()) << (journal ? "" : journal.error().message);
    return journal ? std::move(*journal) : nullptr;
}

/// Appends and dies as after kill -9: nothing is closed in good order.
void dieWith(const fs::path& folder, const std::string& client, const std::function<void(EditJournal&)>& work)
{
    const pid_t child = ::fork();
    if (child == 0) {
        auto journal = EditJournal::open(folder, client);
        if (journal)
            work(**journal);
        ::kill(::getpid(), SIGKILL);
    }
    ::waitpid(child, nullptr, 0);
}

std::vector<RecoveredJournal> abandonedIn(const fs::path& folder)
{
    auto found = EditJournal::abandoned(folder);
    EXPECT_TRUE(found.ok()) << (found ? "" : found.error().message);
    return found ? std::move(*found) : std::vector<RecoveredJournal>();
}

/// The records of the only abandoned journal; none if there is none.
Records recovered(const fs::path& folder)
{
    const auto found = abandonedIn(folder);
    EXPECT_LE(found.size(), 1U);
    return found.empty() ? Records() : found.front().records();
}

std::string patternOf(uint64_t seed, int64_t bytes)
{
    Random random(seed);
    std::string text(static_cast<size_t>(bytes), '\0');
    for (size_t i = 0; i < text.size(); i += sizeof(uint64_t)) {
        const uint64_t next = random.next();
        std::memcpy(text.data() + i, &next, std::min(sizeof next, text.size() - i));
    }
    return text;
}

TEST(editjournal, whatWasAppendedBeforeTheProgramDiedComesBackInOrder)
{
    const ScratchFolder scratch;
    const Records records = {"first", "", std::string(3000, 'x'), std::string("\0\xff", 2), "last"};
    dieWith(scratch / "journal", "anna@lab", [&](EditJournal& journal) {
        for (const std::string& record : records)
            EXPECT_TRUE(journal.append(record).ok());
    });
    auto found = abandonedIn(scratch / "journal");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].client(), "anna@lab");
    EXPECT_EQ(found[0].records(), records);
    EXPECT_EQ(found[0].trouble(), "");
    EXPECT_TRUE(found[0].remove().ok());
    found.clear();
    EXPECT_TRUE(fs::is_empty(scratch / "journal"));
}

TEST(editjournal, aJournalWithNothingPendingGoesAwayWithItsDocument)
{
    const ScratchFolder scratch;
    {
        const auto journal = opened(scratch / "journal", "c");
        ASSERT_TRUE(journal->append("edit").ok());
        EXPECT_EQ(journal->pending(), 1);
        EXPECT_TRUE(fs::exists(journal->file()));
        journal->clear();
        EXPECT_EQ(journal->pending(), 0);
    }
    EXPECT_TRUE(fs::is_empty(scratch / "journal"));
}

TEST(editjournal, whatIsPendingWhenTheDocumentClosesIsFoundLater)
{
    const ScratchFolder scratch;
    {
        const auto journal = opened(scratch / "journal", "c");
        ASSERT_TRUE(journal->append("committed").ok());
        journal->clear();
        ASSERT_TRUE(journal->append("pending").ok());
    }
    EXPECT_EQ(recovered(scratch / "journal"), Records{"pending"});
}

TEST(editjournal, whatIsCommittedIsNeverGivenBack)
{
    const ScratchFolder scratch;
    dieWith(scratch / "journal", "c", [](EditJournal& journal) {
        for (int i = 0; i < 50; ++i)
            EXPECT_TRUE(journal.append("old " + std::to_string(i)).ok());
        journal.clear();
    });
    EXPECT_EQ(recovered(scratch / "journal"), Records());
    EXPECT_TRUE(fs::is_empty(scratch / "journal")) << "there is nothing to keep it for";

    // Records of the same lengths as before: the old ones stand right behind the new ones.
    dieWith(scratch / "journal", "c", [](EditJournal& journal) {
        for (int generation = 0; generation < 5; ++generation) {
            for (int i = 0; i < 9 - generation; ++i)
                EXPECT_TRUE(journal.append(std::to_string(generation) + " " + std::to_string(i)).ok());
            if (generation < 4)
                journal.clear();
        }
    });
    EXPECT_EQ(recovered(scratch / "journal"), (Records{"4 0", "4 1", "4 2", "4 3", "4 4"}));
}

TEST(editjournal, theJournalOfAProgramThatLivesIsLeftAlone)
{
    const ScratchFolder scratch;
    const auto journal = opened(scratch / "journal", "alive");
    ASSERT_TRUE(journal->append("mine").ok());
    EXPECT_TRUE(abandonedIn(scratch / "journal").empty());
    const auto second = EditJournal::open(scratch / "journal", "alive");
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().code, ErrorCode::Conflict);
    EXPECT_TRUE(opened(scratch / "journal", "other")) << "each document has its own";
}

TEST(editjournal, onlyOneProgramTakesAnAbandonedJournalOver)
{
    const ScratchFolder scratch;
    dieWith(scratch / "journal", "c", [](EditJournal& journal) { (void)journal.append("edit"); });
    {
        const auto first = abandonedIn(scratch / "journal");
        EXPECT_EQ(first.size(), 1U);
        EXPECT_TRUE(abandonedIn(scratch / "journal").empty());
    }
    auto again = abandonedIn(scratch / "journal"); // the first one gave up before it was done
    ASSERT_EQ(again.size(), 1U);
    EXPECT_TRUE(again[0].remove().ok());
    again.clear();
    EXPECT_TRUE(abandonedIn(scratch / "journal").empty());
}

TEST(editjournal, lookingForAbandonedJournalsNeverDisturbsOneThatIsBeingOpened)
{
    const ScratchFolder scratch;
    const pid_t child = ::fork();
    if (child == 0) {
        for (int i = 0; i < 500; ++i) {
            const auto journal = EditJournal::open(scratch / "journal", "c");
            const bool kept = journal && (*journal)->append("edit").ok() && fs::exists((*journal)->file())
                && EditJournal::abandoned(scratch / "journal")->empty();
            if (!kept)
                ::_exit(1);
            (*journal)->clear();
        }
        ::_exit(0);
    }
    int status = -1;
    while (::waitpid(child, &status, WNOHANG) == 0)
        EXPECT_TRUE(abandonedIn(scratch / "journal").empty());
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

TEST(editjournal, anAbandonedJournalIsNotOverwrittenByOneOfTheSameName)
{
    const ScratchFolder scratch;
    dieWith(scratch / "journal", "c", [](EditJournal& journal) { (void)journal.append("edit"); });
    const auto journal = EditJournal::open(scratch / "journal", "c");
    ASSERT_FALSE(journal.ok());
    EXPECT_EQ(journal.error().code, ErrorCode::Conflict);
    EXPECT_EQ(recovered(scratch / "journal"), Records{"edit"});
    abandonedIn(scratch / "journal").front().remove().ok();
    EXPECT_TRUE(opened(scratch / "journal", "c"));
}

TEST(editjournal, bigRecordsMakeTheFileGrow)
{
    const ScratchFolder scratch;
    const Records records = {patternOf(1, 3 << 20), "small", patternOf(2, int64_t{EditJournal::kMostBytes}),
        patternOf(3, 1 << 20)};
    {
        const auto journal = opened(scratch / "journal", "c");
        for (const std::string& record : records)
            ASSERT_TRUE(journal->append(record).ok());
        const auto refused = journal->append(std::string(EditJournal::kMostBytes + 1, 'x'));
        ASSERT_FALSE(refused.ok());
        EXPECT_EQ(refused.error().code, ErrorCode::InvalidArgument);
        EXPECT_EQ(journal->pending(), 4);
    }
    EXPECT_TRUE(recovered(scratch / "journal") == records);
}

TEST(editjournal, aFolderThatCannotBeWrittenSaysSo)
{
    const ScratchFolder scratch;
    ASSERT_TRUE(writeFileAtomically(scratch / "file", "no folder").ok());
    const auto journal = EditJournal::open(scratch / "file" / "journal", "c");
    ASSERT_FALSE(journal.ok());
    EXPECT_EQ(journal.error().code, ErrorCode::Io);
    EXPECT_NE(journal.error().message.find("journal"), std::string::npos);
    EXPECT_EQ(EditJournal::open(scratch.path(), "").error().code, ErrorCode::InvalidArgument);
    EXPECT_TRUE(abandonedIn(scratch / "not there").empty());
}

TEST(editjournal, anyNameGivesAFileInTheFolder)
{
    const ScratchFolder scratch;
    const auto journal = opened(scratch / "journal", "../a b/\n\xc3\xa4");
    EXPECT_EQ(journal->file().parent_path(), scratch / "journal");
    EXPECT_TRUE(fs::exists(journal->file()));
}

/// The first MiB is taken when the document opens, so work goes on for a while when the disk is full; later
/// the edits that do not fit are refused and the others stay.
TEST(editjournal, onAFullDiskTheEditsThatWereTakenStay)
{
    const ScratchFolder scratch;
    const std::string record(1000, 'e');
    dieWith(scratch / "journal", "c", [&](EditJournal& journal) {
        std::signal(SIGXFSZ, SIG_IGN); // the limit then shows as an error, as a full disk does
        const rlimit limit{(1 << 20) + 5000, RLIM_INFINITY};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        while (journal.append(record).ok()) { }
        (void)journal.append("small");
    });
    const Records records = recovered(scratch / "journal");
    ASSERT_GT(records.size(), 1000U);
    EXPECT_EQ(records.front(), record);
    EXPECT_EQ(records.back(), "small");
}

/// Appends and clears at random until it is killed; says in the pipe what it was told to have kept: the
/// number of the first record since the last clear() and that of the last record.
[[noreturn]] void editForEver(const fs::path& folder, uint64_t seed, int out)
{
    auto journal = EditJournal::open(folder, "victim");
    Random random(seed);
    std::array<uint64_t, 2> kept{1, 0};
    while (journal) {
        if (random.chance(0.05)) {
            // Before, not after: what is committed may come back or not when death is between the two.
            kept[0] = kept[1] + 1;
            if (::write(out, kept.data(), sizeof kept) != sizeof kept)
                break;
            (*journal)->clear();
        }
        const uint64_t number = kept[1] + 1;
        const auto bytes = static_cast<int64_t>(number * 7919 % (random.chance(0.02) ? 900000 : 3000));
        if (!(*journal)->append(std::to_string(number) + " " + patternOf(number, bytes)).ok())
            break;
        kept[1] = number;
        if (::write(out, kept.data(), sizeof kept) != sizeof kept)
            break;
    }
    ::_exit(1);
}

TEST(editjournal, whateverTheMomentOfDeathExactlyWhatWasAcknowledgedComesBack)
{
    Random random(11);
    for (uint64_t round = 0; round < 40; ++round) {
        SCOPED_TRACE(round);
        const ScratchFolder scratch;
        std::array<int, 2> pipe{};
        ASSERT_EQ(::pipe(pipe.data()), 0);
        const pid_t child = ::fork();
        if (child == 0)
            editForEver(scratch / "journal", round, pipe[1]);
        ::close(pipe[1]);
        std::array<uint64_t, 2> kept{1, 0};
        std::array<uint64_t, 2> next{};
        for (int64_t left = 1 + random.below(400);
             ::read(pipe[0], next.data(), sizeof next) == sizeof next;) {
            kept = next;
            if (--left == 0)
                ::kill(child, SIGKILL);
        }
        ::close(pipe[0]);
        ::waitpid(child, nullptr, 0);

        std::vector<uint64_t> numbers;
        for (const std::string& record : recovered(scratch / "journal")) {
            const uint64_t number = std::stoull(record);
            const std::string content = record.substr(record.find(' ') + 1);
            EXPECT_EQ(content, patternOf(number, static_cast<int64_t>(content.size())));
            numbers.push_back(number);
        }
        const bool nothingPending = kept[0] > kept[1];
        if (numbers.empty()) {
            EXPECT_TRUE(nothingPending);
            continue;
        }
        // One more may have been written but not told before the kill.
        EXPECT_GE(numbers.back(), kept[1]);
        EXPECT_LE(numbers.back(), kept[1] + 1);
        EXPECT_EQ(numbers.size(), numbers.back() - numbers.front() + 1);
        if (!nothingPending) {
            EXPECT_EQ(numbers.front(), kept[0]);
        }
    }
}

/// A journal of three records whose file is changed before it is looked at.
class DamagedJournal : public testing::Test {
protected:
    void SetUp() override
    {
        const auto journal = opened(m_folder, "c");
        for (const std::string& record : m_records)
            ASSERT_TRUE(journal->append(record).ok());
    }
    std::string bytes() const { return *readFile(m_folder / "c.edits"); }
    void write(const std::string& content) const
    {
        ASSERT_TRUE(writeFileAtomically(m_folder / "c.edits", content).ok());
    }
    size_t placeOf(size_t record) const { return bytes().find(m_records[record]); }

    ScratchFolder m_scratch;
    fs::path m_folder = m_scratch / "journal";
    Records m_records = {"the first edit", "the second edit", "the third edit"};
};

TEST_F(DamagedJournal, aTornLastRecordIsLeftOutWhereverItIsTorn)
{
    const std::string whole = bytes();
    const size_t begin = placeOf(1) + m_records[1].size();
    const size_t end = placeOf(2) + m_records[2].size();
    for (size_t cut = begin; cut <= end; ++cut) {
        SCOPED_TRACE(cut);
        for (const bool blank : {false, true}) {
            std::string torn = whole;
            if (blank)
                std::fill(torn.begin() + static_cast<std::ptrdiff_t>(cut), torn.end(), '\0');
            else
                torn.resize(cut);
            write(torn);
            const auto found = abandonedIn(m_folder);
            ASSERT_EQ(found.size(), 1U);
            EXPECT_EQ(found[0].records().size(), cut < end ? 2U : 3U);
            EXPECT_EQ(found[0].trouble(), "");
        }
    }
}

TEST_F(DamagedJournal, damageBeforeTheEndIsToldAndTheFileIsKept)
{
    std::string damaged = bytes();
    damaged[placeOf(1)] = 'T';
    write(damaged);
    auto found = abandonedIn(m_folder);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].records(), Records{m_records[0]});
    EXPECT_NE(found[0].trouble().find("c.edits"), std::string::npos);
    EXPECT_TRUE(found[0].remove().ok());
    EXPECT_EQ(*readFile(m_folder / "c.edits.damaged"), damaged);
    EXPECT_TRUE(abandonedIn(m_folder).empty());
}

TEST_F(DamagedJournal, aRecordInThePlaceOfAnotherIsNotTakenForIt)
{
    std::string damaged = bytes();
    constexpr size_t kHead = 32;
    constexpr size_t kWhole = 48;
    damaged.replace(placeOf(1) - kHead, kWhole, damaged.substr(placeOf(0) - kHead, kWhole));
    write(damaged);
    const auto found = abandonedIn(m_folder);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].records(), Records{m_records[0]});
    EXPECT_NE(found[0].trouble(), "");
}

TEST_F(DamagedJournal, anUnreadableBeginningIsToldAndTheFileIsKept)
{
    std::string damaged = bytes();
    damaged[17] = '\x7f';
    write(damaged);
    auto found = abandonedIn(m_folder);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_TRUE(found[0].records().empty());
    EXPECT_NE(found[0].trouble(), "");
    EXPECT_TRUE(found[0].remove().ok());
    EXPECT_TRUE(fs::exists(m_folder / "c.edits.damaged"));
}

TEST_F(DamagedJournal, noFlippedBitGivesAWrongRecord)
{
    const std::string whole = bytes();
    const size_t end = placeOf(2) + m_records[2].size();
    for (size_t at = 0; at < end; ++at) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
        ASSERT_TRUE(writeFileAtomically(m_folder / "c.edits", damaged.substr(0, end + 64)).ok());
        const Records found = recovered(m_folder);
        ASSERT_LE(found.size(), m_records.size());
        EXPECT_TRUE(std::equal(found.begin(), found.end(), m_records.begin())) << "byte " << at;
    }
}

} // namespace
