// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// check, repair, snapshots and restore as a user runs them.
#include "clirunner.h"
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;

namespace {

class Check : public testing::Test {
protected:
    void SetUp() override
    {
        setenv("TELLTALE_SNAPSHOTS", (m_scratch / "snapshots").c_str(), 1);
        ASSERT_EQ(telltale("project new " + m_project + " --labels smg").status, 0);
    }
    void TearDown() override { unsetenv("TELLTALE_SNAPSHOTS"); }

    std::string database() const { return m_project + "/project.db"; }
    void overwrite(int64_t offset, const std::string& bytes) const
    {
        std::fstream stream(database(), std::ios::in | std::ios::out | std::ios::binary);
        stream.seekp(offset);
        stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }
    /// Names, contents and times.
    std::map<std::string, std::string> everything() const
    {
        std::map<std::string, std::string> all;
        for (const auto& entry : fs::recursive_directory_iterator(m_project))
            all[entry.path().string()] = std::to_string(entry.last_write_time().time_since_epoch().count())
                + (entry.is_regular_file() ? slurp(entry.path().string()) : std::string());
        return all;
    }

    const ScratchFolder m_scratch{"check"};
    const std::string m_project = m_scratch / "p";
};

} // namespace

TEST_F(Check, ASoundProjectEndsWithZeroAndSaysWhatWasCompared)
{
    const auto before = everything();
    const CliRun run = telltale("project check " + m_project + " --json");
    EXPECT_EQ(run.status, 0) << run.err;
    const json said = run.json();
    EXPECT_EQ(said.value("ok", false), true);
    EXPECT_EQ(said.value("kind", ""), "sound");
    EXPECT_EQ(said.value("edits", 0), 1);
    EXPECT_EQ(said.value("stateHash", "a"), said.value("replayHash", "b"));
    EXPECT_TRUE(everything() == before);
}

TEST_F(Check, EachKindOfTroubleHasItsNameItsRemedyAndStatusOneAndNothingIsChanged)
{
    struct Case {
        const char* kind;
        std::function<void()> inflict;
        const char* remedy;
    };
    const std::string whole = slurp(database());
    const std::vector<Case> cases{
        {"truncated", [&] { fs::resize_file(database(), whole.size() / 2); }, "project repair"},
        {"damaged", [&] { overwrite(4096, std::string(4096, 'x')); }, "project repair"},
        {"newer-schema", [&] { overwrite(60, std::string("\0\0\0\x63", 4)); }, "update Telltale"},
        {"not-a-project", [&] { overwrite(0, std::string(whole.size(), 'x')); }, "project new"},
        {"not-a-project", [&] { fs::remove(database()); }, "project new"},
    };
    for (const Case& one : cases) {
        std::ofstream(database(), std::ios::binary) << whole;
        one.inflict();
        const auto before = everything();
        const CliRun run = telltale("project check " + m_project + " --json");
        EXPECT_EQ(run.status, 1) << one.kind;
        const json said = run.json();
        EXPECT_EQ(said.value("ok", true), false);
        EXPECT_EQ(said.value("kind", ""), one.kind);
        EXPECT_THAT(said.value("remedy", ""), HasSubstr(one.remedy));
        EXPECT_THAT(run.err, HasSubstr(one.remedy));
        EXPECT_TRUE(everything() == before) << one.kind;
    }
}

TEST_F(Check, ASnapshotIsTakenListedAndRestored)
{
    ASSERT_EQ(telltale("project snapshots " + m_project + " --take").status, 0);
    const json list = telltale("project snapshots " + m_project + " --json").json();
    ASSERT_EQ(list["snapshots"].size(), 1U);
    const std::string name = fs::path(list["snapshots"][0]["file"].get<std::string>()).filename().string();
    overwrite(4096, std::string(4096, 'x'));
    const CliRun run = telltale("project restore " + m_project + " " + name + " --json");
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_TRUE(fs::exists(run.json().value("former", "")));
    EXPECT_EQ(telltale("project check " + m_project).status, 0);
    EXPECT_EQ(telltale("project restore " + m_project + " none").status, 1);
}

TEST_F(Check, ADamagedProjectIsRepaired)
{
    ASSERT_EQ(telltale("project snapshots " + m_project + " --take").status, 0);
    fs::resize_file(database(), fs::file_size(database()) / 3);
    const CliRun run = telltale("project repair " + m_project + " --json");
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(run.json().value("lost", -1), 0);
    EXPECT_TRUE(fs::exists(run.json().value("former", "")));
    EXPECT_EQ(telltale("project check " + m_project).status, 0);
    EXPECT_THAT(telltale("project repair " + m_project).out, HasSubstr("sound"));
}
