// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "peer.h"
#if __has_include(<mpv/client.h>)
#include <clocale>
#include <cstdio>
#include <mpv/client.h>
#include <stdexcept>
#endif

namespace telltale::peer {
#if __has_include(<mpv/client.h>)
namespace {

class Mpv final : public Peer {
public:
    Mpv()
    {
        std::setlocale(LC_NUMERIC, "C"); // which mpv asks of its host
        m_player = mpv_create();
        if (!m_player)
            throw std::runtime_error("mpv cannot be created");
        static constexpr const char* kOptions[][2] = {{"vo", "null"}, {"ao", "null"}, {"audio", "no"},
            {"pause", "yes"}, {"keep-open", "yes"}, {"hr-seek", "yes"}, {"hwdec", "no"},
            {"vd-lavc-threads", "1"}, {"config", "no"}, {"terminal", "no"}, {"ytdl", "no"}};
        for (const auto& [name, value] : kOptions)
            mpv_set_option_string(m_player, name, value);
        check(mpv_initialize(m_player));
    }
    ~Mpv() override { mpv_terminate_destroy(m_player); }
    Mpv(const Mpv&) = delete;
    Mpv& operator=(const Mpv&) = delete;

    int64_t open(const std::string& file) override
    {
        const char* command[] = {"loadfile", file.c_str(), nullptr};
        check(mpv_command(m_player, command));
        waitForPicture();
        check(mpv_get_property(m_player, "container-fps", MPV_FORMAT_DOUBLE, &m_fps));
        double seconds = 0;
        check(mpv_get_property(m_player, "duration", MPV_FORMAT_DOUBLE, &seconds));
        return static_cast<int64_t>(seconds * m_fps + 0.5);
    }
    void frame(int64_t index) override
    {
        char time[64];
        // A little earlier than the picture, so that rounding never asks for the one after it.
        std::snprintf(time, sizeof time, "%.6f", (static_cast<double>(index) - 0.1) / m_fps);
        const char* command[] = {"seek", time, "absolute+exact", nullptr};
        check(mpv_command(m_player, command));
        waitForPicture();
    }

private:
    static void check(int code)
    {
        if (code < 0)
            throw std::runtime_error(mpv_error_string(code));
    }
    void waitForPicture()
    {
        for (;;) {
            const mpv_event* event = mpv_wait_event(m_player, 30);
            if (event->event_id == MPV_EVENT_PLAYBACK_RESTART)
                return;
            // Loading a file ends the one before, which is no failure.
            const bool ended = event->event_id == MPV_EVENT_END_FILE
                && static_cast<const mpv_event_end_file*>(event->data)->reason == MPV_END_FILE_REASON_ERROR;
            if (event->event_id == MPV_EVENT_NONE || ended)
                throw std::runtime_error("mpv shows no picture");
        }
    }
    mpv_handle* m_player = nullptr;
    double m_fps = 0;
};

} // namespace

std::unique_ptr<Peer> makeMpv() { return std::make_unique<Mpv>(); }
#else
std::unique_ptr<Peer> makeMpv() { return nullptr; }
#endif

} // namespace telltale::peer
