// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "../videosamples.h"
#include "media/frameserver.h"
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <fstream>
#include <future>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <latch>
#include <mutex>
#include <utility>

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
    callbacks.frame = [&](const std::shared_ptr<const VideoFrame>& frame) {
        if (!frame->pending)
            end.set_value(frame->index);
    };
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

namespace {

/// Waits for pictures on the test's thread.
class Shown {
public:
    FrameServer::Callbacks callbacks()
    {
        FrameServer::Callbacks result;
        result.frame = [this](const std::shared_ptr<const VideoFrame>& frame) { add(frame); };
        result.opened = [this](const std::shared_ptr<const VideoInfo>& info, const auto&) {
            const std::lock_guard lock(m_mutex);
            m_count = info->frameCount;
            m_changed.notify_all();
        };
        result.failed = [](const Error& error) { ADD_FAILURE() << error.message; };
        return result;
    }
    /// All that came since the last call up to the first picture that is not a stand-in.
    std::vector<std::shared_ptr<const VideoFrame>> untilFinal()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_frames.empty() && !m_frames.back()->pending; });
        return std::exchange(m_frames, {});
    }
    void waitForCount(int64_t atLeast)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_count >= atLeast; });
    }
    int64_t count()
    {
        const std::lock_guard lock(m_mutex);
        return m_count;
    }

private:
    void add(const std::shared_ptr<const VideoFrame>& frame)
    {
        const std::lock_guard lock(m_mutex);
        m_frames.push_back(frame);
        m_changed.notify_all();
    }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<std::shared_ptr<const VideoFrame>> m_frames;
    int64_t m_count = 0;
};

int numberIn(const VideoFrame& frame) { return sample::numberIn(frame.picture.bgra, frame.picture.width); }

} // namespace

TEST(FrameServer, AFarJumpShowsTheKeyPictureFirstAndThenTheExactOne)
{
    const auto file = sample::numberedVideo("twostage.mp4", {240, 100, 160, 96});
    Shown shown;
    FrameServer server(file, shown.callbacks());
    server.request(0);
    shown.untilFinal();
    server.request(180);
    const auto frames = shown.untilFinal();
    ASSERT_EQ(frames.size(), 2U);
    EXPECT_FALSE(frames[0]->exact);
    EXPECT_TRUE(frames[0]->pending);
    EXPECT_EQ(frames[0]->wanted, 180);
    EXPECT_EQ(frames[0]->index, numberIn(*frames[0])) << "a stand-in says which picture it is";
    EXPECT_LT(frames[0]->index, 180);
    EXPECT_TRUE(frames[1]->exact);
    EXPECT_FALSE(frames[1]->pending);
    EXPECT_EQ(frames[1]->index, 180);
    EXPECT_EQ(numberIn(*frames[1]), 180);
}

TEST(FrameServer, ANewRequestInterruptsTheDecodingOfTheLastOne)
{
    const auto file = sample::numberedVideo("interrupted.mp4", {250, 250, 160, 96});
    FrameServer* asked = nullptr;
    std::latch ready(1);
    std::promise<void> finished;
    std::vector<int64_t> exact;
    FrameServer::Callbacks callbacks = quiet();
    callbacks.frame = [&](const std::shared_ptr<const VideoFrame>& frame) {
        ready.wait();
        if (frame->pending)
            asked->request(3);
        else
            exact.push_back(frame->index);
        if (frame->index == 3 && frame->exact)
            finished.set_value();
    };
    FrameServer server(file, callbacks);
    asked = &server;
    ready.count_down();
    server.request(240);
    finished.get_future().wait();
    EXPECT_THAT(exact, ElementsAre(3));
}

TEST(FrameServer, AProxyStandsInWithThePictureThatWasAskedFor)
{
    const auto file = sample::numberedVideo("long.mp4", {120, 120, 320, 192});
    const auto proxy = sample::numberedVideo("proxy.mp4", {120, 1, 160, 96});
    const auto other = sample::numberedVideo("other.mp4", {90, 1, 160, 96});
    Shown shown;
    FrameServer server(file, shown.callbacks());
    server.setProxy(proxy);
    server.request(100);
    auto frames = shown.untilFinal();
    ASSERT_EQ(frames.size(), 2U);
    EXPECT_FALSE(frames[0]->exact);
    EXPECT_EQ(frames[0]->index, 100);
    EXPECT_EQ(frames[0]->picture.width, 320) << "as big as the picture it stands for";
    EXPECT_EQ(frames[0]->region, (PictureRegion{0, 0, 320, 192}));
    EXPECT_NE(frames[0]->picture.bgra, frames[1]->picture.bgra);
    EXPECT_TRUE(frames[1]->exact);
    EXPECT_EQ(numberIn(*frames[1]), 100);
    server.setProxy(other);
    server.request(20);
    for (const auto& frame : shown.untilFinal())
        EXPECT_EQ(numberIn(*frame), frame->index) << "a proxy of another video is not used";
}

TEST(FrameServer, AVideoThatGrowsIsFollowed)
{
    const std::string bytes = sample::bytesOf(sample::numberedVideo("grown.mkv", {200, 20, 160, 96}));
    const auto file = sample::scratch("growing.mkv");
    sample::writeBytes(file, bytes.substr(0, bytes.size() / 2));
    Shown shown;
    FrameServer server(file, shown.callbacks());
    server.request(5);
    shown.untilFinal();
    const int64_t before = shown.count();
    EXPECT_LT(before, 150);
    sample::writeBytes(file, bytes);
    shown.waitForCount(200);
    server.request(190);
    EXPECT_EQ(numberIn(*shown.untilFinal().back()), 190);
}

TEST(FrameServer, AFileThatCannotBeOpenedYetIsTriedAgainWhenItChanges)
{
    const std::string bytes = sample::bytesOf(sample::numberedVideo("later.mp4", {20, 10, 160, 96}));
    const auto file = sample::scratch("notyet.mp4");
    sample::writeBytes(file, bytes.substr(0, 40));
    Shown shown;
    std::promise<void> failed;
    FrameServer::Callbacks callbacks = shown.callbacks();
    // It may be tried while it is being written, and fail in another way.
    callbacks.failed = [&, told = false](const Error&) mutable {
        if (!std::exchange(told, true))
            failed.set_value();
    };
    FrameServer server(file, callbacks);
    server.request(7);
    failed.get_future().wait();
    sample::writeBytes(file, bytes);
    EXPECT_EQ(numberIn(*shown.untilFinal().back()), 7);
}

TEST(FrameServer, WhereTheVideoIsDamagedTheNearestGoodPictureComes)
{
    const auto file = sample::numberedVideo("spoilt.mp4", {100, 20, 160, 96});
    std::string bytes = sample::bytesOf(file);
    const size_t payload = bytes.find("mdat") + 4;
    Shown shown;
    FrameServer server(file, shown.callbacks());
    server.request(0);
    shown.untilFinal();
    // Spoilt under way, as on a failing disk: more than half of the payload, not the beginning.
    std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(payload + (bytes.size() - payload) / 4),
        bytes.end(), '\xff');
    std::fstream(file, std::ios::in | std::ios::out | std::ios::binary)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    server.request(80);
    const auto last = shown.untilFinal().back();
    EXPECT_LT(last->index, 80);
    // The pictures may have been counted again by now, and then 80 is past the end.
    EXPECT_EQ(last->exact, last->wanted < 80);
    EXPECT_EQ(numberIn(*last), last->index);
    server.request(1);
    EXPECT_EQ(numberIn(*shown.untilFinal().back()), 1) << "and what is whole plays on";
}
