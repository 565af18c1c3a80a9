// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "../videosamples.h"
#include "media/frameserver.h"
#include <atomic>
#include <future>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <latch>
#include <mutex>

using namespace telltale;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace {

FrameServer::Callbacks quiet() { return {}; }

} // namespace

TEST(FrameServer, TheNewestRequestWinsAndOvertakenOnesAreNeverDelivered)
{
    const auto file = sample::numberedVideo("newest.mp4", {90, 30, 160, 96});
    std::latch firstShown(1);
    std::latch goOn(1);
    std::promise<void> lastShown;
    std::vector<int64_t> delivered;
    FrameServer::Callbacks callbacks = quiet();
    callbacks.frame = [&](const std::shared_ptr<const VideoFrame>& frame) {
        delivered.push_back(frame->index);
        EXPECT_EQ(sample::numberIn(frame->picture.bgra, frame->picture.width), frame->index);
        if (frame->index == 5) {
            firstShown.count_down();
            goOn.wait(); // holds the frame thread while the requests below pile up
        }
        if (frame->index == 33)
            lastShown.set_value();
    };
    FrameServer server(file, callbacks);
    server.request(5);
    firstShown.wait();
    for (const int64_t index : {80, 12, 61, 33})
        server.request(index);
    goOn.count_down();
    lastShown.get_future().wait();
    EXPECT_THAT(delivered, ElementsAre(5, 33));
}

TEST(FrameServer, AnIndexOutsideTheVideoIsClampedIntoIt)
{
    const auto file = sample::numberedVideo("clamped.mp4", {20, 10, 160, 96});
    std::promise<int64_t> end;
    FrameServer::Callbacks callbacks = quiet();
    callbacks.frame = [&](const std::shared_ptr<const VideoFrame>& frame) { end.set_value(frame->index); };
    FrameServer server(file, callbacks);
    server.request(1000);
    EXPECT_EQ(end.get_future().get(), 19);
}

TEST(FrameServer, OpeningTellsWhatTheVideoIsBeforeAnyPicture)
{
    const auto file = sample::numberedVideo("opened.mp4", {20, 10, 160, 96});
    std::atomic<bool> opened = false;
    std::promise<bool> openedFirst;
    FrameServer::Callbacks callbacks = quiet();
    callbacks.opened
        = [&](const std::shared_ptr<const VideoInfo>& info, const std::shared_ptr<const FrameTimes>& times) {
              EXPECT_EQ(info->frameCount, 20);
              EXPECT_EQ(times->frameCount(), 20);
              opened = true;
          };
    callbacks.frame = [&](const std::shared_ptr<const VideoFrame>&) { openedFirst.set_value(opened); };
    FrameServer server(file, callbacks);
    server.request(0);
    EXPECT_TRUE(openedFirst.get_future().get());
}

TEST(FrameServer, AFileThatIsNoVideoFailsWithItsSentence)
{
    const auto file = sample::scratch("notes.mp4");
    sample::writeBytes(file, "no video");
    std::promise<Error> failure;
    FrameServer::Callbacks callbacks = quiet();
    callbacks.failed = [&](Error error) { failure.set_value(std::move(error)); };
    FrameServer server(file, callbacks);
    server.request(0);
    EXPECT_THAT(failure.get_future().get().message, HasSubstr(file.string()));
}

TEST(FrameServer, EndsCleanlyWhileItIsOpeningOrDecoding)
{
    const auto file = sample::numberedVideo("ending.mp4", {200, 200, 160, 96});
    for (int round = 0; round < 20; ++round) {
        std::atomic<bool> ended = false;
        {
            FrameServer::Callbacks callbacks = quiet();
            callbacks.frame = [&](const std::shared_ptr<const VideoFrame>&) { EXPECT_FALSE(ended); };
            FrameServer server(file, callbacks, 1 << 20);
            for (int i = 0; i < round; ++i)
                server.request(199 - 9 * i);
        }
        ended = true;
    }
}

TEST(FrameServer, AWalkWithATinyCacheShowsEveryPictureInOrder)
{
    const auto file = sample::numberedVideo("walk.mp4", {60, 20, 160, 96});
    std::vector<int64_t> shown;
    std::promise<void> finished;
    FrameServer* walker = nullptr;
    std::latch ready(1);
    FrameServer::Callbacks callbacks = quiet();
    callbacks.frame = [&](const std::shared_ptr<const VideoFrame>& frame) {
        ready.wait();
        if (frame->pending)
            return;
        shown.push_back(sample::numberIn(frame->picture.bgra, frame->picture.width));
        if (shown.size() < 60)
            walker->request(59 - static_cast<int64_t>(shown.size()));
        else
            finished.set_value();
    };
    FrameServer server(file, callbacks, 3 * 160 * 96 * 4);
    walker = &server;
    ready.count_down();
    server.request(59);
    finished.get_future().wait();
    for (size_t i = 0; i < shown.size(); ++i)
        EXPECT_EQ(shown[i], 59 - static_cast<int>(i));
}

TEST(FrameServer, AnotherViewDeliversTheShownPictureAgainAsItIsWanted)
{
    const auto file = sample::numberedVideo("view.mp4", {20, 10, 160, 96});
    std::promise<std::shared_ptr<const VideoFrame>> whole;
    std::promise<std::shared_ptr<const VideoFrame>> part;
    FrameServer::Callbacks callbacks = quiet();
    callbacks.frame = [&](const std::shared_ptr<const VideoFrame>& frame) {
        (frame->picture.width == 160 ? whole : part).set_value(frame);
    };
    FrameServer server(file, callbacks);
    server.request(7);
    EXPECT_EQ(whole.get_future().get()->region, (PictureRegion{0, 0, 160, 96}));
    server.setView({{80, 48, 200, 48}, 40, 24});
    const auto shown = part.get_future().get();
    EXPECT_EQ(shown->index, 7);
    EXPECT_EQ(shown->region, (PictureRegion{80, 48, 80, 48}));
    EXPECT_EQ(shown->picture.width, 40);
    EXPECT_EQ(shown->picture.height, 24);
}
