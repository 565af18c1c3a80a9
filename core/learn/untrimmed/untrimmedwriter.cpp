// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "base/sha256.h"
#include "learn/setfiles/spool.h"
#include "learn/untrimmed/untrimmedset.h"
#include "learn/untrimmed/untrimmedtext.h"
#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

namespace telltale {

namespace {

namespace fs = std::filesystem;

/// Rows of all videos on their way to the disk.
struct RowSpool {
    RowSpool(const fs::path& file, const std::string& tensor, size_t rowNumbers, size_t bytes)
        : name(tensor)
        , row(rowNumbers)
        , numberBytes(bytes)
        , spool(file, "." + tensor)
    {
    }
    /// What came since the last call is one video's.
    void close()
    {
        starts.push_back(row > 0 ? static_cast<int64_t>(spool.size() / (row * numberBytes)) : 0);
        numbers = 0;
    }

    std::string name;
    size_t row; ///< numbers in one
    size_t numberBytes;
    Spool spool;
    std::vector<int64_t> starts{0};
    uint64_t numbers = 0; ///< of the video that is being added
};

class StreamingWriter : public UntrimmedSetWriter {
public:
    StreamingWriter(const fs::path& file, UntrimmedSetInfo info)
        : m_file(file)
        , m_info(std::move(info))
        , m_points(file, kPointsTensor, pointNumbers(m_info), sizeof(float))
        , m_pictures(file, kPicturesTensor, pictureBytes(m_info), 1)
    {
        m_features.reserve(m_info.features.size());
        for (size_t kind = 0; kind < m_info.features.size(); ++kind)
            m_features.push_back(std::make_unique<RowSpool>(
                file, featureTensor(kind), static_cast<size_t>(m_info.features[kind].size), sizeof(float)));
    }

    Status add(UntrimmedVideo video, std::span<const float> points, std::span<const uint8_t> pictures,
        const std::vector<std::span<const float>>& features) override
    {
        if (m_broken)
            return *m_broken;
        if (Status status = checkAll(video, points, pictures, features); !status)
            return status;
        if (Status status = begin(std::move(video)); !status)
            return status;
        if (Status status = addPoints(points); !status)
            return status;
        if (Status status = addPictures(pictures); !status)
            return status;
        for (size_t kind = 0; kind < features.size(); ++kind)
            if (Status status = addFeatures(kind, features[kind]); !status)
                return status;
        return end();
    }

    Status begin(UntrimmedVideo video) override
    {
        if (m_broken)
            return *m_broken;
        std::ranges::sort(video.truth, {}, [](const TruthSpan& truth) {
            return std::tuple(truth.span.first, truth.span.last, truth.label);
        });
        if (Status status = checkVideo(video); !status)
            return status;
        if (m_current)
            return broken(wrong(*m_current, "is not ended before \"" + video.id + "\" begins"));
        m_current = std::move(video);
        return {};
    }
    Status addPoints(std::span<const float> points) override { return addNumbers(m_points, points, "point"); }
    Status addPictures(std::span<const uint8_t> pictures) override
    {
        if (m_broken || !m_current)
            return notBegun();
        return append(m_pictures, pictures);
    }
    Status addFeatures(size_t kind, std::span<const float> rows) override
    {
        if (kind >= m_features.size())
            return broken({ErrorCode::InvalidArgument,
                "The set has no feature " + std::to_string(kind) + " to write."});
        return addNumbers(*m_features[kind], rows, "number");
    }

    Status end() override
    {
        if (m_broken || !m_current)
            return notBegun();
        if (Status status = checkLengths(*m_current, m_points.numbers, m_pictures.numbers,
                [this](size_t kind) { return m_features[kind]->numbers; });
            !status)
            return broken(status.error());
        m_points.close();
        m_pictures.close();
        for (const auto& feature : m_features)
            feature->close();
        m_ids.insert(m_current->id);
        m_videos.push_back(std::move(*m_current));
        m_current.reset();
        return {};
    }

    Status finish(const ProgressSink& progress) override
    {
        if (m_broken)
            return *m_broken;
        if (m_current)
            return broken(wrong(*m_current, "is not ended before the set is finished"));
        const int64_t side = m_info.pictureSide;
        std::vector<SetTensor> starts;
        std::vector<SetTensor> rows;
        std::string content;
        const auto take = [&](const RowSpool& array, const char* dtype, const std::vector<int64_t>& shape) {
            starts.push_back({rowsTensor(array.name), "I64", {static_cast<int64_t>(array.starts.size())},
                rawBytes(array.starts)});
            std::vector<int64_t> whole{array.starts.back()};
            whole.insert(whole.end(), shape.begin(), shape.end());
            rows.push_back({array.name, dtype, std::move(whole), {}, &array.spool});
            content += hexOf(sha256(rawBytes(array.starts))) + array.spool.digest();
        };
        take(m_points, "F32", {m_info.skeleton.graph.points, m_info.channels});
        for (const auto& feature : m_features)
            take(*feature, "F32", {static_cast<int64_t>(feature->row)});
        take(m_pictures, "U8", {side, side, 3});
        starts.insert(starts.end(), rows.begin(), rows.end());
        return writeSetFile(m_file, starts,
            {{"format", kUntrimmedFormat}, {"info", textOf(m_info)}, {"videos", textOf(m_videos)},
                {"content", content}},
            progress);
    }

private:
    static Error wrong(const UntrimmedVideo& video, const std::string& what)
    {
        return {ErrorCode::InvalidArgument, "Video \"" + video.id + "\" " + what + "."};
    }
    Status broken(const Error& error)
    {
        m_broken = error;
        return error;
    }
    Status notBegun()
    {
        return m_broken
            ? *m_broken
            : broken({ErrorCode::InvalidArgument, "No video was begun that this could belong to."});
    }

    Status checkVideo(const UntrimmedVideo& video) const
    {
        if (const std::string fault = faultOf(video, m_info); !fault.empty())
            return wrong(video, fault);
        if (m_ids.contains(video.id))
            return wrong(video, "was there before");
        return {};
    }

    template <typename FeatureNumbers>
    Status checkLengths(const UntrimmedVideo& video, uint64_t points, uint64_t pictures,
        const FeatureNumbers& featureNumbers) const
    {
        const uint64_t wanted = static_cast<uint64_t>(video.frames) * m_points.row;
        if (points != 0 && points != wanted)
            return wrong(video,
                "has " + std::to_string(points) + " numbers of points instead of " + std::to_string(wanted));
        const uint64_t bytes = static_cast<uint64_t>(pictureCount(video, m_info)) * m_pictures.row;
        if (pictures != 0 && pictures != bytes)
            return wrong(video,
                "has pictures of " + std::to_string(pictures) + " bytes instead of " + std::to_string(bytes));
        for (size_t kind = 0; kind < m_features.size(); ++kind) {
            const FeatureKind& feature = m_info.features[kind];
            const uint64_t numbers = featureNumbers(kind);
            const auto [least, most] = featureRows(video, feature);
            const uint64_t row = m_features[kind]->row;
            if (numbers != 0
                && (numbers % row != 0 || numbers / row < static_cast<uint64_t>(least)
                    || numbers / row > static_cast<uint64_t>(most)))
                return wrong(video,
                    "has " + std::to_string(numbers) + " numbers of the feature \"" + feature.name
                        + "\" instead of " + std::to_string(most) + " rows of " + std::to_string(row));
        }
        return {};
    }

    Status checkAll(const UntrimmedVideo& video, std::span<const float> points,
        std::span<const uint8_t> pictures, const std::vector<std::span<const float>>& features) const
    {
        if (Status status = checkVideo(video); !status)
            return status;
        if (!features.empty() && features.size() != m_features.size())
            return wrong(video,
                "has " + std::to_string(features.size()) + " kinds of features instead of "
                    + std::to_string(m_features.size()));
        if (Status status = checkLengths(video, points.size(), pictures.size(),
                [&](size_t kind) { return kind < features.size() ? features[kind].size() : 0; });
            !status)
            return status;
        if (Status status = checkNumbers(video, m_points, points, 0, "point"); !status)
            return status;
        for (size_t kind = 0; kind < features.size(); ++kind)
            if (Status status = checkNumbers(video, *m_features[kind], features[kind], 0, "number"); !status)
                return status;
        return {};
    }

    Status checkNumbers(const UntrimmedVideo& video, const RowSpool& array, std::span<const float> values,
        uint64_t before, const std::string& what) const
    {
        const auto bad = std::ranges::find_if(values, [](float value) { return !std::isfinite(value); });
        if (bad == values.end())
            return {};
        const uint64_t at = before + static_cast<uint64_t>(bad - values.begin());
        const uint64_t parts = &array == &m_points ? static_cast<uint64_t>(m_info.channels) : 1;
        return wrong(video,
            "has a value in " + array.name + " that is no number: row " + std::to_string(at / array.row)
                + ", " + what + " " + std::to_string(at % array.row / parts)
                + "; repair or leave out that row");
    }

    Status addNumbers(RowSpool& array, std::span<const float> values, const std::string& what)
    {
        if (m_broken || !m_current)
            return notBegun();
        if (array.row == 0 && !values.empty())
            return broken(wrong(*m_current, "has points, and the set has no skeleton"));
        if (Status status = checkNumbers(*m_current, array, values, array.numbers, what); !status)
            return broken(status.error());
        return append(array, values);
    }

    template <typename T> Status append(RowSpool& array, std::span<const T> values)
    {
        if (Status status = array.spool.append(rawBytes(values)); !status)
            return broken(status.error());
        array.numbers += values.size();
        return {};
    }

    fs::path m_file;
    UntrimmedSetInfo m_info;
    RowSpool m_points;
    RowSpool m_pictures;
    std::vector<std::unique_ptr<RowSpool>> m_features;
    std::vector<UntrimmedVideo> m_videos;
    std::set<std::string> m_ids;
    std::optional<UntrimmedVideo> m_current;
    std::optional<Error> m_broken;
};

} // namespace

Result<std::unique_ptr<UntrimmedSetWriter>> UntrimmedSetWriter::create(
    const fs::path& file, UntrimmedSetInfo info)
{
    if (const std::string fault = faultOf(info); !fault.empty())
        return Error{ErrorCode::InvalidArgument, "The set " + fault + "."};
    const fs::path whole = fs::absolute(file).lexically_normal();
    if (Status status = ensureWritableFolder(whole.parent_path()); !status)
        return status.error();
    return std::unique_ptr<UntrimmedSetWriter>(new StreamingWriter(whole, std::move(info)));
}

} // namespace telltale
