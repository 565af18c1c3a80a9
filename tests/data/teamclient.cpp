// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "teamclient.h"
#include "data/projectlocation.h"
#include "data/safety/projectcheck.h"
#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace telltale {

namespace fs = std::filesystem;

TeamClient::TeamClient(fs::path folder, std::string annotator)
    : m_folder(std::move(folder))
    , m_annotator(std::move(annotator))
{
}

std::unique_ptr<Document> TeamClient::open(bool background) const
{
    DocumentOptions options;
    options.background = background;
    options.annotator = m_annotator;
    auto document = Document::open(m_folder, options);
    EXPECT_TRUE(document.ok()) << (document ? "" : document.error().message);
    return document ? std::move(*document) : nullptr;
}

TeamClient TeamServer::client(
    const std::string& project, const std::string& annotator, const std::string& user)
{
    auto location = ProjectLocation::parse(server()->url(project, user));
    EXPECT_TRUE(location.ok());
    location->folder = m_scratch / (project + "-" + annotator);
    const Status written = writeTeamFile(*location);
    EXPECT_TRUE(written.ok()) << (written ? "" : written.error().message);
    return {location->folder, annotator};
}

std::unique_ptr<Document> TeamServer::create(const std::string& project)
{
    // What a server's project keeps on this machine goes where nothing else is.
    ::setenv("XDG_DATA_HOME", (m_scratch / "data").c_str(), 1);
    DocumentOptions options;
    options.annotator = "owner";
    auto document = Document::create(server()->url(project), makeScheme("test", 5), options);
    if (!document) {
        ADD_FAILURE() << document.error().message;
        return nullptr;
    }
    VideoEntry video = makeVideo("v1", "v1.mp4");
    video.frameCount = 10000;
    video.fps = 25;
    EXPECT_TRUE((*document)->addVideo(video).ok());
    return std::move(*document);
}

void TeamServer::expectSound(const std::string& project)
{
    ProgressSink quiet;
    const auto report = checkProject(server()->url(project), quiet);
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_THAT(report->problems, testing::IsEmpty());
    EXPECT_EQ(report->stateHash, report->replayHash);
    EXPECT_FALSE(report->stateHash.empty());
}

} // namespace telltale
