// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "peer.h"
#if __has_include(<ffms.h>)
#include <array>
#include <ffms.h>
#include <stdexcept>
#endif

namespace telltale::peer {
#if __has_include(<ffms.h>)
namespace {

struct Failure {
    std::array<char, 1024> text{};
    FFMS_ErrorInfo info{FFMS_ERROR_SUCCESS, FFMS_ERROR_SUCCESS, static_cast<int>(text.size()), text.data()};
};

class Ffms2 final : public Peer {
public:
    Ffms2() { FFMS_Init(0, 0); }
    ~Ffms2() override { FFMS_DestroyVideoSource(m_video); }
    Ffms2(const Ffms2&) = delete;
    Ffms2& operator=(const Ffms2&) = delete;

    int64_t open(const std::string& file) override
    {
        Failure failure;
        FFMS_DestroyVideoSource(m_video);
        m_video = nullptr;
        FFMS_Indexer* indexer = FFMS_CreateIndexer(file.c_str(), &failure.info);
        check(indexer, failure);
        FFMS_TrackTypeIndexSettings(indexer, FFMS_TYPE_VIDEO, 1, 0);
        FFMS_Index* index = FFMS_DoIndexing2(indexer, FFMS_IEH_IGNORE, &failure.info);
        check(index, failure);
        const int track = FFMS_GetFirstTrackOfType(index, FFMS_TYPE_VIDEO, &failure.info);
        m_video = FFMS_CreateVideoSource(file.c_str(), track, index, 1, FFMS_SEEK_NORMAL, &failure.info);
        FFMS_DestroyIndex(index);
        check(m_video, failure);
        return FFMS_GetVideoProperties(m_video)->NumFrames;
    }
    void frame(int64_t index) override
    {
        Failure failure;
        check(FFMS_GetFrame(m_video, static_cast<int>(index), &failure.info), failure);
    }

private:
    static void check(const void* made, const Failure& failure)
    {
        if (!made)
            throw std::runtime_error(failure.text.data());
    }
    FFMS_VideoSource* m_video = nullptr;
};

} // namespace

std::unique_ptr<Peer> makeFfms2() { return std::make_unique<Ffms2>(); }
#else
std::unique_ptr<Peer> makeFfms2() { return nullptr; }
#endif

} // namespace telltale::peer
