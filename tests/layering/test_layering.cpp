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
        {"core/report", {"core/base"}},
        {"core/eval", {"core/base"}},
        {"core/review", {"core/base", "core/eval"}},
        {"core/nn", {"core/base"}},
        {"core/learn", {"core/base", "core/nn", "core/eval"}},
        {"core/media", {"core/base"}},
        {"core/pose", {"core/base", "core/nn"}},
        {"core/features", {"core/base", "core/pose"}},
        {"core/synth", {"core/base", "core/media", "core/pose"}},
        {"core/data", {"core/base"}},
        {"core/exchange", {"core/base", "core/data", "core/media", "core/pose", "core/features"}},
        {"core/pipeline",
            {"core/base", "core/report", "core/eval", "core/review", "core/learn", "core/media", "core/pose",
                "core/features", "core/synth", "core/data", "core/exchange"}},
        {"core/jobs", {"core/base"}},
        {"widgets", {}},
        {"widgets/video", {"core/base", "core/media", "core/pose", "core/features", "widgets"}},
        {"widgets/timeline", {"core/base", "core/data", "widgets"}},
        {"widgets/plot", {"core/base", "core/report", "core/eval", "widgets"}},
        {"widgets/models", {"core/base", "core/data", "core/review", "widgets"}},
        {"app/train", {"core/base", "core/learn"}},
        {"app/report",
            {"core/base", "core/report", "core/eval", "core/review", "core/data", "core/pipeline", "widgets",
                "widgets/plot", "widgets/models"}},
        {"app/cli",
            {"app/report", "core/report", "core/base", "core/eval", "core/review", "core/nn", "core/media",
                "core/pose", "core/features", "core/synth", "core/data", "core/exchange", "core/pipeline",
                "core/learn"}},
        {"app/gui",
            {"app/report", "core/report", "core/base", "core/eval", "core/review", "core/media", "core/pose",
                "core/features", "core/data", "core/exchange", "core/pipeline", "core/jobs", "widgets",
                "widgets/video", "widgets/timeline", "widgets/plot", "widgets/models"}},
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
        {"SQLite", std::regex("^sqlite3(ext)?\\.h"), std::regex("^core/data/.*\\.cpp")},
        {"Qt Widgets",
            std::regex("^(QtWidgets.*|Q[A-Za-z]*(Widget|Window|Dialog|Button|Layout|Label|Edit|Box|View|Bar|"
                       "Menu|Style)|"
                       "QApplication|QSplitter|QTabWidget|QFormLayout)$"),
            std::regex("^(widgets|app/gui|app/report)/.*")},
        {"pugixml", std::regex("^pugixml\\.hpp"), std::regex("^core/exchange/.*")},
        {"HDF5", std::regex("^hdf5\\.h"), std::regex("^core/pose/readers/.*\\.cpp")},
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

/// "core/media" for "core/media/index.cpp", "widgets" for a file that all widgets share.
std::string roomOf(const std::string& file)
{
    const size_t first = file.find('/');
    const size_t second = file.find('/', first + 1);
    return file.substr(0, second == std::string::npos ? first : second);
}

/// The room that an include points to: "core/media" for "media/framesource.h"; empty for a library's header.
std::string roomOfTarget(const std::string& target)
{
    const fs::path root = TELLTALE_SOURCE_DIR;
    if (target.find('/') == std::string::npos)
        return {};
    if (fs::exists(root / "core" / target))
        return roomOf("core/" + target);
    return fs::exists(root / target) ? roomOf(target) : std::string();
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
        EXPECT_TRUE(target == rules->first || rules->second.count(target))
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
        const std::string room = roomOfTarget(include.target);
        if (room.rfind("core/", 0) == 0 && room != roomOf(include.file))
            publicHeaders.insert("core/" + include.target);
    }
    for (const Include& include : all)
        if (publicHeaders.count(include.file)) {
            EXPECT_FALSE(std::regex_match(include.target, kHiddenFromHeaders))
                << include.file << ":" << include.line << " shows " << include.target;
        }
}
