// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/lanes.h"
#include "base/files.h"
#include "base/npy.h"
#include <cmath>
#include <limits>

namespace telltale {
namespace {

constexpr const char* kLanes[] = {"detector", "joint", "heatmap", "rgb", "motion"};

} // namespace

Result<std::string> writeLanes(const std::filesystem::path& cache, const LaneCurves& lanes)
{
    size_t frames = 0;
    for (const auto& [name, curve] : lanes)
        frames = std::max(frames, curve.size());
    NdArray array({static_cast<int64_t>(std::size(kLanes)), static_cast<int64_t>(frames)});
    auto out = array.values.begin();
    for (const char* name : kLanes) {
        const auto lane = lanes.find(name);
        for (size_t f = 0; f < frames; ++f)
            *out++ = lane != lanes.end() && f < lane->second.size() ? lane->second[f]
                                                                    : std::numeric_limits<float>::quiet_NaN();
    }
    const std::string bytes = formatNpy(fromFloat(array));
    const std::string name = "curves/" + contentDigest(bytes) + ".npy";
    if (const Status status = ensureWritableFolder(cache / "curves"); !status)
        return status.error();
    if (const Status status = writeFileAtomically(cache / name, bytes); !status)
        return status.error();
    return name;
}

Result<LaneCurves> readLanes(const std::filesystem::path& file)
{
    const Result<NpyArray> raw = readNpy(file);
    if (!raw)
        return raw.error();
    const Result<NdArray> array = toFloat(*raw, file.string());
    if (!array)
        return array.error();
    if (array->shape.size() != 2 || array->shape[0] != static_cast<int64_t>(std::size(kLanes)))
        return Error{
            ErrorCode::BadFormat, file.string() + " does not hold timeline curves; analyze the video again"};
    LaneCurves lanes;
    const auto frames = static_cast<size_t>(array->shape[1]);
    for (size_t l = 0; l < std::size(kLanes); ++l) {
        const auto begin = array->values.begin() + static_cast<std::ptrdiff_t>(l * frames);
        if (frames > 0 && !std::isnan(*begin))
            lanes[kLanes[l]].assign(begin, begin + static_cast<std::ptrdiff_t>(frames));
    }
    return lanes;
}

} // namespace telltale
