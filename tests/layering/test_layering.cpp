// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Reads every include of the product and holds it against the layers: the walls are real only if something
// checks.
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

/// Which rooms of the project each room may look into, beside itself.
const std::map<std::string, std::set<std::string>>& allowedRooms()
{
    static const std::map<std::string, std::set<std::string>> table = {
        {"core/base", {}},
        {"core/eval", {"base"}},
        {"core/nn", {"base"}},
        {"core/learn", {"base", "nn", "eval"}},
        {"core/media", {"base"}},
        {"core/pose", {"base"}},
        {"core/features", {"base", "pose"}},
        {"core/synth", {"base", "media", "pose"}},
        {"core/data", {"base"}},
        {"core/exchange", {"base", "data", "media", "pose"}},
        {"core/pipeline",
            {"base", "eval", "learn", "media", "pose", "features", "synth", "data", "exchange"}},
        {"core/jobs", {"base"}},
        {"widgets/video", {"base", "media", "pose", "features"}},
        {"widgets/timeline", {"base", "data"}},
        {"widgets/plot", {"base"}},
        {"widgets/models", {"base", "data"}},
        {"app/cli",
            {"base", "eval", "media", "pose", "features", "synth", "data", "exchange", "pipeline", "learn"}},
        {"app/gui",
            {"base", "eval", "media", "pose", "features", "data", "exchange", "pipeline", "jobs", "widgets"}},
    };
    return table;
}

/// Libraries that live behind one wall: pattern of the include, and where it may stand.
struct LibraryRule {
    std::string name;
    std::regex include;
    std::regex place;
};

const std::vector<LibraryRule>& libraryRules()
{
    static const std::vector<LibraryRule> rules = {
        {"LibTorch", std::regex("^(torch|ATen|c10|caffe2)/.*"), std::regex("^core/(nn|learn)/.*")},
        {"FFmpeg", std::regex("^lib(av|sw)[a-z]+/.*"), std::regex("^core/media/.*")},
        {"OpenCV", std::regex("^opencv2?/.*"), std::regex("^core/(pose|features|synth)/.*\\.cpp")},
        {"QCustomPlot", std::regex("^qcustomplot\\.h"), std::regex("^widgets/plot/.*")},
        {"Qt SQL", std::regex("^QSql.*"), std::regex("^core/data/.*")},
        {"Qt Widgets",
            std::regex("^(QtWidgets.*|Q[A-Za-z]*(Widget|Window|Dialog|Button|Layout|Label|Edit|Box|View|Bar|"
                       "Menu|Style)|"
                       "QApplication|QSplitter|QTabWidget|QFormLayout)$"),
            std::regex("^(widgets|app/gui)/.*")},
        {"any Qt in the Qt-free core", std::regex("^Q[A-Z].*"),
            std::regex("^(core/(data|exchange|pipeline|jobs)|widgets|app)/.*")},
    };
    return rules;
}

/// Headers that other rooms may include must not show these at all.
const std::regex kHiddenFromHeaders("^(opencv2?|libav[a-z]+|libyuv|nlohmann/json\\.hpp).*");

struct Include {
    std::string file; ///< relative to the source folder
    int line;
    std::string target;
};

std::vector<Include> productIncludes()
{
    const fs::path root = TELLTALE_SOURCE_DIR;
    const std::regex pattern("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"].*");
    std::vector<Include> all;
    for (const char* top : {"core", "widgets", "app"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
            const std::string extension = entry.path().extension();
            if (extension != ".cpp" && extension != ".h")
                continue;
            std::ifstream in(entry.path());
            std::string text;
            std::smatch match;
            for (int line = 1; std::getline(in, text); ++line)
                if (std::regex_match(text, match, pattern))
                    all.push_back({fs::relative(entry.path(), root).generic_string(), line, match[1]});
        }
    }
    return all;
}

std::string roomOf(const std::string& file)
{
    const size_t first = file.find('/');
    const size_t second = file.find('/', first + 1);
    return file.substr(0, second);
}

/// "media" for "media/framesource.h", "widgets" for "widgets/video/videoview.h"; empty for a library's
/// header.
std::string roomOfTarget(const std::string& target)
{
    const std::string first = target.substr(0, target.find('/'));
    const fs::path root = TELLTALE_SOURCE_DIR;
    const bool ours = fs::exists(root / "core" / target) || fs::exists(root / target);
    return ours && target.find('/') != std::string::npos ? first : std::string();
}

} // namespace

TEST(Layering, EveryRoomIsKnown)
{
    for (const Include& include : productIncludes())
        EXPECT_TRUE(allowedRooms().count(roomOf(include.file))) << include.file << " is in no known room";
}

TEST(Layering, IncludesPointDownwardsOnly)
{
    int seen = 0;
    for (const Include& include : productIncludes()) {
        const std::string target = roomOfTarget(include.target);
        const auto rules = allowedRooms().find(roomOf(include.file));
        if (target.empty() || rules == allowedRooms().end())
            continue;
        ++seen;
        const std::string own = include.file.substr(0, include.file.find('/') + 1) + target;
        const bool inOwnRoom
            = own == roomOf(include.file) || include.target.rfind(roomOf(include.file) + "/", 0) == 0;
        EXPECT_TRUE(inOwnRoom || rules->second.count(target))
            << include.file << ":" << include.line << " includes " << include.target;
    }
    EXPECT_GT(seen, 50) << "the reader of includes is broken";
}

TEST(Layering, LibrariesStayBehindTheirWalls)
{
    for (const Include& include : productIncludes())
        for (const LibraryRule& rule : libraryRules())
            if (std::regex_match(include.target, rule.include)) {
                EXPECT_TRUE(std::regex_match(include.file, rule.place))
                    << include.file << ":" << include.line << " shows " << rule.name << " (" << include.target
                    << ")";
            }
}

TEST(Layering, PublicHeadersShowNoHeavyLibrary)
{
    // A header that only its own room includes is private and may show what it likes.
    std::set<std::string> publicHeaders;
    const std::vector<Include> all = productIncludes();
    for (const Include& include : all) {
        const std::string header = "core/" + include.target;
        if (!roomOfTarget(include.target).empty() && roomOf(header) != roomOf(include.file))
            publicHeaders.insert(header);
    }
    for (const Include& include : all)
        if (publicHeaders.count(include.file)) {
            EXPECT_FALSE(std::regex_match(include.target, kHiddenFromHeaders))
                << include.file << ":" << include.line << " shows " << include.target;
        }
}
