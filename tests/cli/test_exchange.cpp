// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Import and export through the real program.
#include "clirunner.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <sstream>

using testing::HasSubstr;

namespace {

namespace fs = std::filesystem;

/// Two short videos with spans, named like their entries.
class Exchange : public testing::Test {
protected:
    void SetUp() override
    {
        fs::create_directories(m_folder / "videos");
        ASSERT_EQ(telltale("project new " + (m_folder / "p") + " --labels smg").status, 0);
        // One of a rate that no millisecond fits, one whose rate changes all the time.
        for (const auto& [name, filter] : {std::pair<std::string, std::string>{"Sample0001", "null"},
                 {"Sample0002", "select='gt(mod(n\\,7)\\,2)+not(mod(n\\,5))'"}}) {
            const std::string video = m_folder / ("videos/" + name + ".mp4");
            const std::string command
                = "ffmpeg -v error -f lavfi -i testsrc=size=64x48:rate=30000/1001 -vf \"" + filter
                + "\" -fps_mode vfr -frames:v 200 -c:v mpeg4 " + video + " </dev/null";
            if (std::system(command.c_str()) != 0)
                GTEST_SKIP() << "the program ffmpeg is not installed";
            const CliRun add
                = telltale("project add " + (m_folder / "p") + " " + video + " --subject " + name);
            ASSERT_EQ(add.status, 0) << add.err;
            m_videos += " " + video;
        }
        std::ofstream(m_folder / "spans.csv")
            << "Sample0001,1,0,1,\nSample0001,2,1,30,\nSample0001,3,17,101,\n"
               "Sample0002,4,33,34,\nSample0002,5,34,77,\n";
        const CliRun import
            = telltale("import " + (m_folder / "p") + " --format csv " + (m_folder / "spans.csv"));
        ASSERT_EQ(import.status, 0) << import.err;
    }

    /// Video, class, first and last frame of every span.
    std::set<std::string> spansOf(const std::string& project) const
    {
        const CliRun run = telltale("export " + project + " --format csv --out " + (m_folder / "list.csv"));
        EXPECT_EQ(run.status, 0) << run.err;
        std::istringstream text(slurp(m_folder / "list.csv"));
        std::set<std::string> rows;
        std::string row;
        std::getline(text, row);
        while (std::getline(text, row))
            rows.insert(row.substr(0, row.rfind(',')));
        return rows;
    }

    ScratchFolder m_folder{"exchange"};
    std::string m_videos;
};

} // namespace

TEST_F(Exchange, EveryFormatThatNamesVideosAlignsExactlyOnceTheyAreFound)
{
    const auto truth = spansOf(m_folder / "p");
    ASSERT_EQ(truth.size(), 5U);
    // The others have names of their own for videos, or clips instead of videos.
    const std::set<std::string> others{"imigue", "miga-track1", "miga"};
    const auto formats = telltale("formats --json").json();
    int tried = 0;
    for (const auto& format : formats.at("formats")) {
        const std::string name = format.at("name");
        if (format.at("kind") != "spans" || others.contains(name))
            continue;
        const std::string out = m_folder / ("out_" + name);
        const CliRun write = telltale("export " + (m_folder / "p") + " --format " + name + " --out " + out);
        ASSERT_EQ(write.status, 0) << name << ": " << write.err;
        // Nothing of the videos is there while the spans come in.
        fs::rename(m_folder / "videos", m_folder / "away");
        const std::string project = m_folder / ("to_" + name);
        ASSERT_EQ(telltale("project new " + project + " --labels smg").status, 0);
        const CliRun read = telltale("import " + project + " --format " + name + " " + out + " --fps 25");
        fs::rename(m_folder / "away", m_folder / "videos");
        ASSERT_EQ(read.status, 0) << name << ": " << read.err;
        EXPECT_THAT(read.err, HasSubstr("wait as offline entries")) << name;
        const CliRun add = telltale("project add " + project + m_videos + " --subject s1");
        ASSERT_EQ(add.status, 0) << name << ": " << add.err;
        EXPECT_EQ(telltale("project info " + project + " --json").json()["videos"], 2) << name;
        EXPECT_EQ(spansOf(project), truth) << name;
        ++tried;
    }
    EXPECT_GE(tried, 14);
}

TEST_F(Exchange, ADryRunListsAndARefusalSaysWhatItWouldHaveBrought)
{
    const std::string project = m_folder / "p";
    std::ofstream(m_folder / "half.csv") << "Sample0001,6,40,50,\nSample0001,6,x,50,\nnew,6,1,2,\n";
    const std::string import = "import " + project + " --json " + (m_folder / "half.csv");
    const auto before = spansOf(project);
    const CliRun looked = telltale(import + " --dry-run");
    ASSERT_EQ(looked.status, 0) << looked.err;
    EXPECT_EQ(looked.json()["imported"], false);
    EXPECT_EQ(looked.json()["spans"], 2);
    EXPECT_EQ(looked.json()["problem_count"], 1);
    EXPECT_EQ(looked.json()["problems"][0]["line"], 2);
    EXPECT_EQ(looked.json()["changes"].size(), 2U);
    EXPECT_EQ(looked.json()["conventions"]["end"], "the end is exclusive");
    EXPECT_THAT(looked.err, HasSubstr("format: csv"));

    const CliRun refused = telltale(import);
    EXPECT_EQ(refused.status, 1);
    EXPECT_EQ(refused.json()["problems"][0]["line"], 2);
    EXPECT_THAT(refused.err, HasSubstr("nothing was imported"));
    EXPECT_EQ(spansOf(project), before);

    const CliRun taken = telltale(import + " --skip-bad");
    ASSERT_EQ(taken.status, 0) << taken.err;
    EXPECT_EQ(spansOf(project).size(), before.size() + 2);
}

TEST_F(Exchange, SettingsAreCheckedAgainstTheFormat)
{
    const std::string out = " --out " + (m_folder / "x.json");
    const CliRun wrong
        = telltale("export " + (m_folder / "p") + " --format activitynet --set flavour=none" + out);
    EXPECT_EQ(wrong.status, 2);
    EXPECT_THAT(wrong.err, HasSubstr("actionformer"));
    const CliRun right
        = telltale("export " + (m_folder / "p") + " --format activitynet --set flavour=actionformer" + out);
    ASSERT_EQ(right.status, 0) << right.err;
    EXPECT_THAT(slurp(m_folder / "x.json"), HasSubstr("\"label_id\""));
}

TEST_F(Exchange, NumbersInFilesHavePointsInEveryLanguage)
{
    const std::string names = m_folder / "locales";
    fs::create_directories(names);
    const std::string make = "localedef -i de_DE -f UTF-8 " + names + "/de_DE.UTF-8 >" + names + "/log 2>&1";
    if (std::system(make.c_str()) != 0)
        GTEST_SKIP() << "the program localedef or its German locale is not installed";
    const std::string plain = m_folder / "plain.csv";
    const std::string german = m_folder / "german.csv";
    const std::string write = "export " + (m_folder / "p") + " --format csv --set columns=wide --out ";
    ASSERT_EQ(telltale(write + plain).status, 0);
    ::setenv("LOCPATH", names.c_str(), 1);
    ::setenv("LC_ALL", "de_DE.UTF-8", 1);
    const CliRun run = telltale(write + german);
    ::unsetenv("LC_ALL");
    ::unsetenv("LOCPATH");
    ASSERT_EQ(run.status, 0) << run.err;
    EXPECT_THAT(slurp(plain), HasSubstr(",0.000000,"));
    EXPECT_EQ(slurp(german), slurp(plain));
}
