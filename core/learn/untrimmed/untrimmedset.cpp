// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/untrimmed/untrimmedset.h"
#include "base/mappedfile.h"
#include "base/sha256.h"
#include "learn/setfiles/tensorspan.h"
#include "learn/untrimmed/untrimmedtext.h"
#include <map>

namespace telltale {

namespace {

Error unfit(const std::string& file, const std::string& what)
{
    return {ErrorCode::BadFormat,
        file + ": " + what
            + ". It is no set of untrimmed videos of this program, or it is damaged; make it again."};
}

/// Rows of all videos one after another, with the row where each video starts.
template <typename T> struct RowArray {
    std::span<const T> values;
    std::span<const int64_t> starts;
    size_t row = 0; ///< numbers in a row

    int64_t rows(size_t video) const { return starts[video + 1] - starts[video]; }
    std::span<const T> of(size_t video) const
    {
        return values.subspan(
            static_cast<size_t>(starts[video]) * row, static_cast<size_t>(rows(video)) * row);
    }
    /// The starts ascend from 0 to the end of the values.
    bool fits(size_t videos) const
    {
        if (starts.size() != videos + 1 || starts.front() != 0)
            return false;
        for (size_t i = 0; i < videos; ++i)
            if (starts[i] > starts[i + 1])
                return false;
        const auto rowsInAll = static_cast<size_t>(starts.back());
        return row == 0 ? rowsInAll == 0 && values.empty()
                        : values.size() % row == 0 && values.size() / row == rowsInAll;
    }
};

template <typename T>
bool takeRows(
    const SafetensorsView& view, const std::string& name, const char* dtype, size_t row, RowArray<T>& out)
{
    out.row = row;
    return takeTensor(view, name, dtype, out.values) && takeTensor(view, rowsTensor(name), "I64", out.starts);
}

class MappedUntrimmedSet : public UntrimmedSet {
public:
    static Result<std::shared_ptr<const UntrimmedSet>> open(const std::filesystem::path& path)
    {
        auto file = MappedFile::open(path);
        if (!file)
            return file.error();
        auto set = std::shared_ptr<MappedUntrimmedSet>(new MappedUntrimmedSet);
        set->m_file = *file;
        const std::string name = path.string();
        const auto view = viewSafetensors(set->m_file->bytes(), name);
        if (!view)
            return view.error();
        if (const std::string fault = set->read(*view); !fault.empty())
            return unfit(name, fault);
        return std::shared_ptr<const UntrimmedSet>(std::move(set));
    }

    const UntrimmedSetInfo& info() const override { return m_info; }
    const std::vector<UntrimmedVideo>& videos() const override { return m_videos; }
    std::span<const float> points(size_t video) const override { return m_points.of(video); }
    std::span<const uint8_t> pictures(size_t video) const override { return m_pictures.of(video); }
    std::span<const float> features(size_t video, size_t kind) const override
    {
        return m_features.at(kind).of(video);
    }
    std::string digest() const override { return m_digest; }

private:
    MappedUntrimmedSet() = default;

    /// What does not fit; empty if everything does.
    std::string read(const SafetensorsView& view)
    {
        const auto text = [&](const char* key) {
            const auto found = view.metadata.find(key);
            return found == view.metadata.end() ? std::string() : found->second;
        };
        if (text("format") != kUntrimmedFormat)
            return "it is not marked as " + std::string(kUntrimmedFormat);
        std::string why;
        if (!parseInfo(text("info"), m_info, why) || !parseVideos(text("videos"), m_videos, why))
            return "its description cannot be read: " + why;
        if (const std::string fault = faultOf(m_info); !fault.empty())
            return "it " + fault;
        if (!takeRows(view, kPointsTensor, "F32", pointNumbers(m_info), m_points)
            || !takeRows(view, kPicturesTensor, "U8", pictureBytes(m_info), m_pictures))
            return "it lacks points or pictures";
        m_features.resize(m_info.features.size());
        for (size_t kind = 0; kind < m_features.size(); ++kind)
            if (!takeRows(view, featureTensor(kind), "F32", static_cast<size_t>(m_info.features[kind].size),
                    m_features[kind]))
                return "it lacks the feature \"" + m_info.features[kind].name + "\"";
        m_digest = hexOf(sha256(text("info") + text("videos") + text("content"))).substr(0, 16);
        return checkArrays();
    }

    std::string checkArrays() const
    {
        const size_t count = m_videos.size();
        bool fits = m_points.fits(count) && m_pictures.fits(count);
        for (const RowArray<float>& array : m_features)
            fits = fits && array.fits(count);
        for (size_t i = 0; fits && i < count; ++i) {
            const UntrimmedVideo& video = m_videos[i];
            if (const std::string fault = faultOf(video, m_info); !fault.empty())
                return "video \"" + video.id + "\" " + fault;
            const int64_t pictures = m_pictures.rows(i);
            fits = (m_points.rows(i) == 0 || m_points.rows(i) == video.frames)
                && (pictures == 0 || pictures == pictureCount(video, m_info));
            for (size_t kind = 0; fits && kind < m_features.size(); ++kind) {
                const auto [least, most] = featureRows(video, m_info.features[kind]);
                const int64_t rows = m_features[kind].rows(i);
                fits = rows == 0 || (rows >= least && rows <= most);
            }
        }
        return fits ? "" : "its videos and its arrays do not fit together";
    }

    std::shared_ptr<const MappedFile> m_file;
    UntrimmedSetInfo m_info;
    std::vector<UntrimmedVideo> m_videos;
    RowArray<float> m_points;
    RowArray<uint8_t> m_pictures;
    std::vector<RowArray<float>> m_features;
    std::string m_digest;
};

} // namespace

Result<std::shared_ptr<const UntrimmedSet>> UntrimmedSet::open(const std::filesystem::path& file)
{
    return MappedUntrimmedSet::open(file);
}

Status checkSplits(const std::vector<UntrimmedVideo>& videos)
{
    std::vector<ClipInfo> clips;
    clips.reserve(videos.size());
    for (const UntrimmedVideo& video : videos) {
        ClipInfo clip;
        clip.id = video.id;
        clip.subject = video.subject;
        clip.role = video.role;
        clips.push_back(std::move(clip));
    }
    return checkSplits(clips, "video");
}

} // namespace telltale
