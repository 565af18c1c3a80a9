// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// What an import promises before it happens, and what it leaves out.
#include "exchange/exchangelog.h"
#include "exchangetest.h"
#include <QUndoStack>

using namespace telltale;
using testing::AllOf;
using testing::HasSubstr;

namespace {

const std::string kHalfGood = "video_id,class_id,start_frame,end_frame,score\n"
                              "v,1,0,9,\n"
                              "v,1,nine,12,\n"
                              "v,Juggling,20,30,\n"
                              "v,2,40,30,\n"
                              "v,2,50,60,0.5\n";

/// Every file below a folder with its size, but for the data base, which opening may touch.
std::vector<std::string> filesBelow(const std::filesystem::path& folder)
{
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && !entry.path().filename().string().starts_with("project.db"))
            files.push_back(entry.path().string() + " " + std::to_string(entry.file_size()));
    std::ranges::sort(files);
    return files;
}

} // namespace

TEST_F(ExchangeTest, ADryRunListsWhatWouldChangeAndChangesNothing)
{
    auto document = project("p", "smg");
    const auto file = write("x.csv", kHalfGood);
    const auto before = filesBelow(path("p"));
    const auto edits = document->summary().edits;
    ImportOptions options;
    options.dryRun = true;
    auto plan = (*findFormat("csv"))->plan(*document, {file}, options, m_quiet);
    ASSERT_TRUE(plan.ok()) << plan.error().message;
    EXPECT_EQ(plan->report.spansAdded, 2);
    ASSERT_EQ(plan->report.videos.size(), 1U);
    EXPECT_EQ(plan->report.videos[0].name, "v");
    EXPECT_TRUE(plan->report.videos[0].added);
    EXPECT_TRUE(plan->report.videos[0].offline);
    EXPECT_EQ(plan->report.videos[0].spans, 2);
    EXPECT_EQ(plan->report.videos[0].proposals, 1);
    EXPECT_EQ(plan->report.conventions.base, "frames count from 0");
    EXPECT_EQ(plan->report.conventions.end, "the end is exclusive");
    EXPECT_EQ(document->summary().edits, edits);
    EXPECT_EQ(filesBelow(path("p")), before);
    EXPECT_FALSE(applyImport(*document, std::move(*plan), true).ok());
    EXPECT_TRUE(document->videos().empty());
}

TEST_F(ExchangeTest, ProblemsNameFileLineAndRemedyAndNothingIsImported)
{
    auto document = project("p", "smg");
    const auto file = write("x.csv", kHalfGood);
    const auto plan = (*findFormat("csv"))->plan(*document, {file}, {}, m_quiet);
    ASSERT_TRUE(plan.ok());
    const auto& problems = plan->report.problems.kept();
    ASSERT_EQ(problems.size(), 3U);
    for (const ImportProblem& one : problems)
        EXPECT_EQ(*one.place.file, file.string());
    EXPECT_EQ(problems[0].place.line, 3);
    EXPECT_THAT(problems[0].what, HasSubstr("whole frame numbers"));
    EXPECT_EQ(problems[1].place.line, 4);
    EXPECT_THAT(problems[1].what, AllOf(HasSubstr("'Juggling'"), HasSubstr("1 span")));
    EXPECT_THAT(problems[1].remedy, HasSubstr("--add-labels"));
    EXPECT_EQ(problems[2].place.line, 5);
    EXPECT_THAT(importError(*document, "csv", file),
        AllOf(HasSubstr("3 problems"), HasSubstr("nothing was imported"), HasSubstr("line 3"),
            HasSubstr("line 4"), HasSubstr("line 5")));
    EXPECT_TRUE(document->videos().empty());
}

TEST_F(ExchangeTest, GoodPartsAreImportedWhereThatIsWanted)
{
    auto document = project("p", "smg");
    ImportOptions options;
    options.skipBad = true;
    const auto report = import(*document, "csv", write("x.csv", kHalfGood), options);
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(report->problems.count(), 3);
    EXPECT_EQ(flat(*document), (Flat{{"v", 0, 9, 1}, {"v", 50, 60, 2}}));
    EXPECT_EQ(document->undoStack()->count(), 1);
    document->undoStack()->undo();
    EXPECT_TRUE(document->videos().empty());
}

TEST_F(ExchangeTest, ALogSaysHowEveryFileWasTakenToCount)
{
    auto document = project("p", "smg");
    ImportOptions options;
    options.skipBad = true;
    ASSERT_TRUE(import(*document, "csv", write("x.csv", kHalfGood), options).ok());
    ASSERT_TRUE(exportProject(**findFormat("webvtt"), *document, path("out"), {}, m_quiet).ok());
    const auto log = readFile(exchangeLog(*document));
    ASSERT_TRUE(log.ok()) << log.error().message;
    EXPECT_THAT(*log,
        AllOf(HasSubstr(" import csv x.csv\n    2 spans, 1 videos"),
            HasSubstr("frames count from 0; the end is exclusive"), HasSubstr("left out: "),
            HasSubstr("line 4"), HasSubstr(" export webvtt " + path("out").string())));
}

TEST_F(ExchangeTest, AFileAmongOthersThatIsNoneIsAProblemOfItsOwn)
{
    auto document = project("p", "smg");
    write("many/a.csv", "a,1,0,9,\n");
    write("many/b.csv", std::string("\0\1", 2));
    write("many/c.txt", "is not looked at");
    ImportOptions options;
    options.skipBad = true;
    EXPECT_THAT(importError(*document, "csv", path("many")), HasSubstr("b.csv"));
    const auto report = import(*document, "csv", path("many"), options);
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(report->spansAdded, 1);
    EXPECT_THAT(report->problems.kept().at(0).sentence(), HasSubstr("b.csv"));
}

TEST_F(ExchangeTest, ManyProblemsAreCountedAndTheFirstListed)
{
    auto document = project("p", "smg");
    std::string text;
    for (int i = 0; i < 5000; ++i)
        text += "v,1,x,9,\n";
    const auto plan = (*findFormat("csv"))->plan(*document, {write("x.csv", text)}, {}, m_quiet);
    ASSERT_TRUE(plan.ok());
    EXPECT_EQ(plan->report.problems.count(), 5000);
    EXPECT_EQ(plan->report.problems.kept().size(), 1000U);
    EXPECT_THAT(plan->report.problems.refusal().message,
        AllOf(HasSubstr("5000 problems"), HasSubstr("and 4980 more")));
}

TEST_F(ExchangeTest, TheFormatOfAFileIsFoundByReadingIt)
{
    EXPECT_EQ((*guessFormat(write("a.csv", "v,1,0,9,\n")))->name(), "csv");
    EXPECT_EQ((*guessFormat(
                   write("a.json", R"({"database":{"v":{"annotations":[{"segment":[0,1],"label":"x"}]}}})")))
                  ->name(),
        "activitynet");
    write("smg/Sample0001/Sample0001_finelabels.csv", "1,2,9\n");
    EXPECT_EQ((*guessFormat(path("smg")))->name(), "smg");
    EXPECT_THAT(guessFormat(path("none.json")).error().message, HasSubstr("is not there"));
    EXPECT_THAT(guessFormat(write("b.json", "[")).error().message, HasSubstr("--format"));
    EXPECT_THAT(guessFormat(write("b.json", "[")).error().message, HasSubstr("labelstudio: "));
    // Names that one format alone has: reading tells what is wrong.
    EXPECT_EQ((*guessFormat(write("b.eaf", "<")))->name(), "eaf");
    EXPECT_EQ((*guessFormat(write("b.npz", "")))->name(), "poses");
    EXPECT_EQ((*guessFormat("clip=" + path("b.npz").string()))->name(), "poses");
}

TEST_F(ExchangeTest, AnImportTakesWhatWasReadToFindTheFormat)
{
    write("a/x.annotation~", "0;1;0;1\n");
    const auto head = write("a/x.annotation",
        "<annotation ssi-v=\"3\"><info ftype=\"ASCII\" size=\"1\"/><meta annotator=\"anna\"/>"
        "<scheme name=\"s\" type=\"DISCRETE\"><item name=\"wave\" id=\"0\"/></scheme></annotation>");
    write("a/x.other", "none of any format");
    for (const auto& place : {head, path("a")}) {
        ImportOptions options;
        const auto format = guessFormat(place, nullptr, &options.known);
        ASSERT_TRUE(format.ok()) << format.error().message;
        EXPECT_EQ((*format)->name(), "nova");
        ASSERT_TRUE(options.known);
        EXPECT_EQ(options.known->size(), 2U) << "the file and its companion";
        write("a/x.annotation~", "not read any more");
        auto document = project(place.filename().string() + "_p", "own");
        const auto report = (*format)->read(*document, {place}, options, m_quiet);
        ASSERT_TRUE(report.ok()) << report.error().message;
        EXPECT_EQ(report->spansAdded, 1);
        write("a/x.annotation~", "0;1;0;1\n");
    }
}

TEST_F(ExchangeTest, AStoppedSearchForAFormatSaysSo)
{
    CancelFlag stop;
    stop.cancel();
    EXPECT_EQ(guessFormat(write("a.csv", "v,1,0,9,\n"), &stop).error().code, ErrorCode::Cancelled);
}

TEST_F(ExchangeTest, SettingsThatAFormatDoesNotKnowAreRefused)
{
    const std::vector<FormatSetting> known{{"flavour", "Flavour", {"a", "b"}}, {"columns", "Columns", {}}};
    EXPECT_TRUE(checkSettings({{"flavour", "b"}, {"columns", "anything"}}, known).ok());
    EXPECT_THAT(checkSettings({{"flavor", "b"}}, known).error().message,
        AllOf(HasSubstr("'flavor'"), HasSubstr("flavour, columns")));
    EXPECT_THAT(
        checkSettings({{"flavour", "c"}}, known).error().message, AllOf(HasSubstr("'c'"), HasSubstr("a, b")));
}

TEST_F(ExchangeTest, TwoVideosNeverShareAFileOfAnExport)
{
    auto document = project("p", "smg");
    for (const char* name : {"a/b", "a:b"})
        ASSERT_TRUE(document->addAnnotation(span(addOffline(*document, name, 100, 25), {0, 9}, 1)).ok());
    const auto notes = exportTo(*document, "webvtt", path("out"));
    ASSERT_FALSE(notes.ok());
    EXPECT_THAT(notes.error().message, AllOf(HasSubstr("a_b.vtt"), HasSubstr("rename")));
    EXPECT_FALSE(std::filesystem::exists(path("out")));
}
