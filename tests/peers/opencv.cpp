// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "peer.h"
#if __has_include(<opencv2/videoio.hpp>)
#include <opencv2/videoio.hpp>
#include <stdexcept>
#endif

namespace telltale::peer {
#if __has_include(<opencv2/videoio.hpp>)
namespace {

class OpenCv final : public Peer {
public:
    int64_t open(const std::string& file) override
    {
        if (!m_capture.open(file, cv::CAP_FFMPEG))
            throw std::runtime_error("VideoCapture cannot open " + file);
        return static_cast<int64_t>(m_capture.get(cv::CAP_PROP_FRAME_COUNT));
    }
    void frame(int64_t index) override
    {
        const bool next = static_cast<int64_t>(m_capture.get(cv::CAP_PROP_POS_FRAMES)) == index;
        if (!next && !m_capture.set(cv::CAP_PROP_POS_FRAMES, static_cast<double>(index)))
            throw std::runtime_error("VideoCapture cannot seek");
        if (!m_capture.read(m_picture))
            throw std::runtime_error("VideoCapture cannot read");
    }

private:
    cv::VideoCapture m_capture;
    cv::Mat m_picture;
};

} // namespace

std::unique_ptr<Peer> makeOpenCv() { return std::make_unique<OpenCv>(); }
#else
std::unique_ptr<Peer> makeOpenCv() { return nullptr; }
#endif

} // namespace telltale::peer
