// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "learn/clips/clipset.h"
#include "learn/clips/clipsetjson.h"
#include "learn/setfiles/spool.h"
#include <algorithm>
#include <cmath>
#include <set>

namespace telltale {

namespace {

namespace fs = std::filesystem;

class SpoolingWriter : public ClipSetWriter {
public:
    SpoolingWriter(const fs::path& file, ClipSetInfo info)
        : m_file(file)
        , m_info(std::move(info))
        , m_points(file, ".points")
        , m_rgb(file, ".rgb")
    {
    }

    Status add(ClipInfo clip, std::span<const float> points, std::span<const uint8_t> rgb) override
    {
        if (Status status = check(clip, points, rgb); !status)
            return status;
        if (Status status = m_points.append(rawBytes(points)); !status)
            return status;
        m_rowStart.push_back(
            m_rowStart.back() + (points.empty() ? 0 : static_cast<int64_t>(points.size() / row())));
        m_rgbPlace.push_back(rgb.empty() ? -1 : m_pictures);
        if (!rgb.empty()) {
            if (Status status = m_rgb.append(rawBytes(rgb)); !status)
                return status;
            ++m_pictures;
        }
        m_clips.push_back(std::move(clip));
        return {};
    }

    Status finish() override
    {
        const auto clips = static_cast<int64_t>(m_clips.size());
        return writeSetFile(m_file,
            {{"point_rows", "I64", {clips + 1}, rawBytes(m_rowStart)},
                {"rgb_place", "I64", {clips}, rawBytes(m_rgbPlace)},
                {"points", "F32", {m_rowStart.back(), m_info.skeleton.graph.points, m_info.channels}, {},
                    &m_points},
                {"rgb", "U8", {m_pictures, m_info.rgbFrames, m_info.rgbSide, m_info.rgbSide, 3}, {}, &m_rgb}},
            {{"format", kClipSetFormat}, {"info", textOf(m_info)}, {"clips", textOf(m_clips)},
                {"content", m_points.digest() + m_rgb.digest()}},
            {});
    }

private:
    size_t row() const
    {
        return static_cast<size_t>(m_info.skeleton.graph.points) * static_cast<size_t>(m_info.channels);
    }
    size_t pictureBytes() const
    {
        return 3 * static_cast<size_t>(m_info.rgbFrames) * static_cast<size_t>(m_info.rgbSide)
            * static_cast<size_t>(m_info.rgbSide);
    }

    Status check(const ClipInfo& clip, std::span<const float> points, std::span<const uint8_t> rgb)
    {
        const auto wrong = [&](const std::string& what) {
            return Error{ErrorCode::InvalidArgument, "Clip \"" + clip.id + "\" " + what + "."};
        };
        if (clip.label < -1 || clip.label >= static_cast<int>(m_info.classes.size()))
            return wrong(
                "has class " + std::to_string(clip.label) + " of " + std::to_string(m_info.classes.size()));
        if (!points.empty() && (row() == 0 || points.size() % row() != 0))
            return wrong("has " + std::to_string(points.size()) + " numbers, no whole rows of "
                + std::to_string(row()));
        if (!rgb.empty() && rgb.size() != pictureBytes())
            return wrong("has pictures of " + std::to_string(rgb.size()) + " bytes instead of "
                + std::to_string(pictureBytes()));
        const auto bad
            = std::find_if(points.begin(), points.end(), [](float v) { return !std::isfinite(v); });
        if (bad != points.end()) {
            const auto at = static_cast<size_t>(bad - points.begin());
            return wrong("has a coordinate that is no number: row " + std::to_string(at / row()) + ", point "
                + std::to_string(at % row() / static_cast<size_t>(m_info.channels))
                + "; repair or leave out that row of the track");
        }
        if (!m_ids.insert(clip.id).second)
            return wrong("was there before");
        return {};
    }

    fs::path m_file;
    ClipSetInfo m_info;
    Spool m_points;
    Spool m_rgb;
    std::vector<ClipInfo> m_clips;
    std::vector<int64_t> m_rowStart{0};
    std::vector<int64_t> m_rgbPlace;
    int64_t m_pictures = 0;
    std::set<std::string> m_ids;
};

} // namespace

Result<std::unique_ptr<ClipSetWriter>> ClipSetWriter::create(const fs::path& file, ClipSetInfo info)
{
    const fs::path whole = fs::absolute(file).lexically_normal();
    if (Status status = ensureWritableFolder(whole.parent_path()); !status)
        return status.error();
    return std::unique_ptr<ClipSetWriter>(new SpoolingWriter(whole, std::move(info)));
}

} // namespace telltale
