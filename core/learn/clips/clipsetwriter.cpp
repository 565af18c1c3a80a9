// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/descriptor.h"
#include "base/files.h"
#include "base/sha256.h"
#include "learn/clips/clipset.h"
#include "learn/clips/clipsetjson.h"
#include "nn/safetensors.h"
#include <algorithm>
#include <cerrno>
#include <cmath>
#include <fcntl.h>
#include <set>
#include <unistd.h>

namespace telltale {

namespace {

namespace fs = std::filesystem;

template <typename T> std::string_view rawBytes(std::span<const T> values)
{
    return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};
}

/// Bytes that wait in a file of their own until the header is known.
class Spool {
public:
    explicit Spool(const fs::path& file) : m_path(file), m_file(file, O_CREAT | O_TRUNC | O_RDWR) { }
    ~Spool()
    {
        std::error_code ignored;
        fs::remove(m_path, ignored);
    }
    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;

    Status append(std::string_view bytes)
    {
        if (!m_file.ok() || !writeAll(m_file.get(), bytes))
            return ioError(m_path, "cannot be written");
        m_size += bytes.size();
        m_digest = hexOf(sha256(m_digest + hexOf(sha256(bytes))));
        return {};
    }
    Status copyTo(int out, const fs::path& target) const
    {
        std::string block(1 << 20, '\0');
        for (size_t at = 0; at < m_size; at += block.size()) {
            const size_t bytes = std::min(block.size(), m_size - at);
            if (!m_file.readAt(static_cast<int64_t>(at), block.data(), bytes))
                return ioError(m_path, "cannot be read back");
            if (!writeAll(out, {block.data(), bytes}))
                return ioError(target, "cannot be written");
        }
        return {};
    }
    size_t size() const { return m_size; }
    /// Over all that was appended.
    const std::string& digest() const { return m_digest; }

private:
    fs::path m_path;
    Descriptor m_file;
    size_t m_size = 0;
    std::string m_digest;
};

fs::path besides(const fs::path& file, const char* ending)
{
    return file.parent_path()
        / std::string(".")
              .append(file.filename().string())
              .append(".")
              .append(std::to_string(getpid()))
              .append(ending);
}

class SpoolingWriter : public ClipSetWriter {
public:
    SpoolingWriter(const fs::path& file, ClipSetInfo info)
        : m_file(file)
        , m_info(std::move(info))
        , m_points(besides(file, ".points"))
        , m_rgb(besides(file, ".rgb"))
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
        const fs::path partial = besides(m_file, ".partial");
        Status written = writeInto(partial);
        std::error_code error;
        if (written)
            fs::rename(partial, m_file, error);
        if (!written || error)
            fs::remove(partial, error);
        return written;
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

    Status writeInto(const fs::path& partial) const
    {
        const Descriptor out(partial, O_CREAT | O_TRUNC | O_WRONLY);
        if (!out.ok())
            return ioError(partial, "cannot be written");
        const auto rows = static_cast<int64_t>(m_rowStart.back());
        const auto clips = static_cast<int64_t>(m_clips.size());
        const std::string_view rowStart = rawBytes(std::span<const int64_t>(m_rowStart));
        const std::string_view rgbPlace = rawBytes(std::span<const int64_t>(m_rgbPlace));
        // From the widest numbers to the narrowest, so that each of them is aligned where the file is mapped.
        const std::string header = safetensorsHeader(
            {{"point_rows", "I64", {clips + 1}, rowStart.size()},
                {"rgb_place", "I64", {clips}, rgbPlace.size()},
                {"points", "F32", {rows, m_info.skeleton.graph.points, m_info.channels}, m_points.size()},
                {"rgb", "U8", {m_pictures, m_info.rgbFrames, m_info.rgbSide, m_info.rgbSide, 3},
                    m_rgb.size()}},
            {{"format", kClipSetFormat}, {"info", textOf(m_info)}, {"clips", textOf(m_clips)},
                {"content", m_points.digest() + m_rgb.digest()}});
        for (const std::string_view part : {std::string_view(header), rowStart, rgbPlace})
            if (!writeAll(out.get(), part))
                return ioError(partial, "cannot be written");
        if (Status status = m_points.copyTo(out.get(), partial); !status)
            return status;
        if (Status status = m_rgb.copyTo(out.get(), partial); !status)
            return status;
        if (fsync(out.get()) != 0)
            return ioError(partial, "cannot be written");
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
