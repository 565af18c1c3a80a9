// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/clips/clipset.h"
#include "base/mappedfile.h"
#include "base/sha256.h"
#include "learn/clips/clipsetjson.h"
#include "learn/setfiles/tensorspan.h"
#include <map>

namespace telltale {

namespace {

Error unfit(const std::string& file, const std::string& what)
{
    return {ErrorCode::BadFormat,
        file + ": " + what + ". It is no clip set of this program, or it is damaged; make it again."};
}

class MappedClipSet : public ClipSet {
public:
    static Result<std::shared_ptr<const ClipSet>> open(const std::filesystem::path& path)
    {
        auto file = MappedFile::open(path);
        if (!file)
            return file.error();
        auto set = std::shared_ptr<MappedClipSet>(new MappedClipSet);
        set->m_file = *file;
        const std::string name = path.string();
        const auto view = viewSafetensors(set->m_file->bytes(), name);
        if (!view)
            return view.error();
        if (Status status = set->read(*view, name); !status)
            return status.error();
        return std::shared_ptr<const ClipSet>(std::move(set));
    }

    const ClipSetInfo& info() const override { return m_info; }
    const std::vector<ClipInfo>& clips() const override { return m_clips; }
    std::span<const float> points(size_t clip) const override
    {
        const auto from = static_cast<size_t>(m_rowStart[clip]) * rowLength();
        const auto to = static_cast<size_t>(m_rowStart[clip + 1]) * rowLength();
        return m_points.subspan(from, to - from);
    }
    std::span<const uint8_t> rgb(size_t clip) const override
    {
        const int64_t place = m_rgbPlace[clip];
        return place < 0 ? std::span<const uint8_t>()
                         : m_rgb.subspan(static_cast<size_t>(place) * rgbLength(), rgbLength());
    }
    std::string digest() const override { return m_digest; }

private:
    MappedClipSet() = default;

    size_t rowLength() const
    {
        return static_cast<size_t>(m_info.skeleton.graph.points) * static_cast<size_t>(m_info.channels);
    }
    size_t rgbLength() const
    {
        return 3 * static_cast<size_t>(m_info.rgbFrames) * static_cast<size_t>(m_info.rgbSide)
            * static_cast<size_t>(m_info.rgbSide);
    }

    Status read(const SafetensorsView& view, const std::string& name)
    {
        const auto text = [&](const char* key) {
            const auto found = view.metadata.find(key);
            return found == view.metadata.end() ? std::string() : found->second;
        };
        if (text("format") != kClipSetFormat)
            return unfit(name, "it is not marked as " + std::string(kClipSetFormat));
        std::string why;
        if (!parseInfo(text("info"), m_info, why) || !parseClips(text("clips"), m_clips, why))
            return unfit(name, "its description cannot be read: " + why);
        if (!takeTensor(view, "points", "F32", m_points) || !takeTensor(view, "point_rows", "I64", m_rowStart)
            || !takeTensor(view, "rgb", "U8", m_rgb) || !takeTensor(view, "rgb_place", "I64", m_rgbPlace))
            return unfit(name, "it lacks points, point_rows, rgb or rgb_place");
        m_digest = hexOf(sha256(text("info") + text("clips") + text("content"))).substr(0, 16);
        return checkPlaces(name);
    }

    /// Every clip's rows and pictures lie inside the arrays.
    Status checkPlaces(const std::string& name) const
    {
        const size_t clips = m_clips.size();
        bool fits = m_rowStart.size() == clips + 1 && m_rgbPlace.size() == clips && m_rowStart.front() == 0;
        for (size_t i = 0; fits && i < clips; ++i)
            fits = m_rowStart[i] <= m_rowStart[i + 1] && m_rgbPlace[i] >= -1
                && (m_rgbPlace[i] < 0
                    || (static_cast<size_t>(m_rgbPlace[i]) + 1) * rgbLength() <= m_rgb.size());
        if (!fits || m_points.size() != static_cast<size_t>(m_rowStart.back()) * rowLength())
            return unfit(name, "its clips and its arrays do not fit together");
        for (const ClipInfo& clip : m_clips)
            if (clip.label < -1 || clip.label >= classCount())
                return unfit(name, "clip \"" + clip.id + "\" has a class that the set does not list");
        return {};
    }

    std::shared_ptr<const MappedFile> m_file;
    ClipSetInfo m_info;
    std::vector<ClipInfo> m_clips;
    std::span<const float> m_points;
    std::span<const int64_t> m_rowStart;
    std::span<const uint8_t> m_rgb;
    std::span<const int64_t> m_rgbPlace;
    std::string m_digest;
};

} // namespace

Result<std::shared_ptr<const ClipSet>> ClipSet::open(const std::filesystem::path& file)
{
    return MappedClipSet::open(file);
}

Status checkSplits(const std::vector<ClipInfo>& clips, const std::string& what)
{
    std::map<std::string, const ClipInfo*> first;
    for (const ClipInfo& clip : clips) {
        if (clip.role == ClipRole::Unlabelled)
            continue; // of anybody: there is no answer in them
        const auto [found, isNew] = first.emplace(clip.subject, &clip);
        if (!isNew && found->second->role != clip.role)
            return Error{ErrorCode::InvalidArgument,
                "Subject \"" + clip.subject + "\" stands on two sides: " + what + " \"" + found->second->id
                    + "\" is " + std::string(nameOf(found->second->role)) + ", " + what + " \"" + clip.id
                    + "\" is " + std::string(nameOf(clip.role)) + ". Give all " + what
                    + "s of a subject one role, or the scores would be those of people the "
                      "networks know."};
    }
    return {};
}

} // namespace telltale
