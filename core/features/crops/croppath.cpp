// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "features/crops/croppath.h"
#include <algorithm>
#include <cmath>
#include <string>

namespace telltale {
namespace {

/// Corrected paths follow the exact offset to this many pixels, at every frame. Ours.
constexpr float kExactness = 0.1f;

struct KindName {
    CropKind kind;
    std::string_view name;
};
constexpr std::array<KindName, kCropKinds.size()> kNames{
    {{CropKind::Person, "person"}, {CropKind::LeftHand, "left_hand"}, {CropKind::RightHand, "right_hand"},
        {CropKind::Face, "face"}, {CropKind::Motion, "motion"}}};

/// The first key behind `frame`.
auto keyAfter(const std::vector<CropKey>& keys, int64_t frame)
{
    return std::upper_bound(
        keys.begin(), keys.end(), frame, [](int64_t at, const CropKey& key) { return at < key.frame; });
}

/// What a correction changes: centre in pixels, sides as logarithms of factors.
struct Offset {
    float x = 0;
    float y = 0;
    float logWidth = 0;
    float logHeight = 0;
};

Offset offsetOf(const CropBox& model, const CropBox& wanted)
{
    return {wanted.x + wanted.width / 2 - model.x - model.width / 2,
        wanted.y + wanted.height / 2 - model.y - model.height / 2, std::log(wanted.width / model.width),
        std::log(wanted.height / model.height)};
}

CropBox moved(const CropBox& model, const Offset& offset)
{
    const float width = model.width * std::exp(offset.logWidth);
    const float height = model.height * std::exp(offset.logHeight);
    return {model.x + model.width / 2 + offset.x - width / 2,
        model.y + model.height / 2 + offset.y - height / 2, width, height};
}

Offset mixed(const Offset& a, const Offset& b, float t)
{
    const auto mix = [t](float from, float to) { return from + t * (to - from); };
    return {mix(a.x, b.x), mix(a.y, b.y), mix(a.logWidth, b.logWidth), mix(a.logHeight, b.logHeight)};
}

float shareOf(int64_t frame, int64_t first, int64_t last)
{
    return static_cast<float>(frame - first) / static_cast<float>(last - first);
}

/// Ascending, one for each frame, nothing unusable.
std::vector<CropKey> tidied(std::span<const CropKey> corrected)
{
    std::vector<CropKey> sorted;
    for (const CropKey& key : corrected)
        if (key.frame >= 0 && !isEmptyBox(key.box))
            sorted.push_back(key);
    std::stable_sort(
        sorted.begin(), sorted.end(), [](const CropKey& a, const CropKey& b) { return a.frame < b.frame; });
    std::vector<CropKey> unique;
    for (const CropKey& key : sorted) {
        if (!unique.empty() && unique.back().frame == key.frame)
            unique.pop_back();
        unique.push_back(key);
    }
    return unique;
}

/// Fills the gaps that hold a correction: those corrections become keys, in place of the end of what was
/// before.
CropPath filled(const CropPath& path, const std::vector<CropKey>& corrected)
{
    CropPath result{path.person, path.kind, {}};
    std::vector<CropKey>& keys = result.keys;
    size_t copied = 0; ///< keys of `path` that are in the result
    for (const CropKey& correction : corrected) {
        if (!isEmptyBox(boxAt(path, correction.frame)))
            continue;
        const auto next = static_cast<size_t>(keyAfter(path.keys, correction.frame) - path.keys.begin());
        if (next == 0 && keys.empty() && correction.frame > 0)
            keys.push_back({0, correction.box});
        if (copied < next) {
            keys.insert(keys.end(), path.keys.begin() + static_cast<std::ptrdiff_t>(copied),
                path.keys.begin() + static_cast<std::ptrdiff_t>(next));
            copied = next;
            keys.back() = {keys.back().frame - 1, boxAt(path, keys.back().frame - 1)};
            if (keys.size() > 1 && keys[keys.size() - 2].frame >= keys.back().frame)
                keys.pop_back();
            if (isEmptyBox(keys.back().box))
                keys.pop_back();
        }
        keys.push_back(correction);
    }
    keys.insert(keys.end(), path.keys.begin() + static_cast<std::ptrdiff_t>(copied), path.keys.end());
    return result;
}

/// The path with what the corrections change, evaluated at any frame.
class Corrected {
public:
    Corrected(const CropPath& model, const std::vector<CropKey>& corrected, int64_t reach)
        : m_model(model)
        , m_corrected(corrected)
        , m_reach(std::max<int64_t>(reach, 1))
    {
        m_offsets.reserve(corrected.size());
        for (const CropKey& key : corrected)
            m_offsets.push_back(offsetOf(boxAt(model, key.frame), key.box));
    }

    CropBox at(int64_t frame) const
    {
        const auto after = keyAfter(m_corrected, frame);
        if (after != m_corrected.begin() && std::prev(after)->frame == frame)
            return std::prev(after)->box;
        const CropBox model = boxAt(m_model, frame);
        return isEmptyBox(model) ? model : moved(model, offsetAt(frame, after - m_corrected.begin()));
    }

private:
    Offset offsetAt(int64_t frame, std::ptrdiff_t after) const
    {
        const auto index = static_cast<size_t>(after);
        if (index == 0)
            return mixed(m_offsets.front(), {}, faded(m_corrected.front().frame - frame));
        if (index == m_corrected.size())
            return mixed(m_offsets.back(), {}, faded(frame - m_corrected.back().frame));
        return mixed(m_offsets[index - 1], m_offsets[index],
            shareOf(frame, m_corrected[index - 1].frame, m_corrected[index].frame));
    }
    float faded(int64_t distance) const
    {
        return std::min(1.0f, static_cast<float>(distance) / static_cast<float>(m_reach));
    }

    const CropPath& m_model;
    const std::vector<CropKey>& m_corrected;
    std::vector<Offset> m_offsets;
    int64_t m_reach;
};

/// Frames at which the corrected path may bend.
std::vector<int64_t> bends(const CropPath& model, const std::vector<CropKey>& corrected, int64_t reach)
{
    std::vector<int64_t> frames;
    frames.reserve(2 * model.keys.size() + corrected.size() + 2);
    for (const CropKey& key : model.keys) {
        if (isEmptyBox(key.box) && !frames.empty())
            frames.push_back(key.frame - 1); // up to there the box before is held
        frames.push_back(key.frame);
    }
    for (const CropKey& key : corrected)
        frames.push_back(key.frame);
    const int64_t first = frames.empty() ? 0 : *std::min_element(frames.begin(), frames.end());
    frames.push_back(std::max(first, corrected.front().frame - reach));
    frames.push_back(corrected.back().frame + reach);
    std::sort(frames.begin(), frames.end());
    frames.erase(std::unique(frames.begin(), frames.end()), frames.end());
    return frames;
}

/// Appends keys between two frames until straight lines are exact enough. What is left to do stands on a
/// stack, nearest part on top.
void refine(const Corrected& exact, int64_t first, int64_t last, std::vector<CropKey>& keys)
{
    std::vector<int64_t> ends{last};
    CropKey from{first, exact.at(first)};
    while (!ends.empty()) {
        const CropKey to{ends.back(), exact.at(ends.back())};
        const int64_t middle = from.frame + (to.frame - from.frame) / 2;
        const bool straight = middle == from.frame || isEmptyBox(from.box) || isEmptyBox(to.box)
            || boxDistance(
                   exact.at(middle), mixedBox(from.box, to.box, shareOf(middle, from.frame, to.frame)))
                <= kExactness;
        if (!straight) {
            ends.push_back(middle);
            continue;
        }
        keys.push_back(to);
        from = to;
        ends.pop_back();
    }
}

} // namespace

std::string_view cropKindName(CropKind kind)
{
    for (const KindName& row : kNames)
        if (row.kind == kind)
            return row.name;
    return {};
}

Result<CropKind> findCropKind(std::string_view name)
{
    std::string known;
    for (const KindName& row : kNames) {
        if (row.name == name)
            return row.kind;
        known += (known.empty() ? "" : ", ") + std::string(row.name);
    }
    return Error{ErrorCode::InvalidArgument,
        "There is no kind of crop called '" + std::string(name) + "'; known are " + known + "."};
}

CropBox boxAt(const CropPath& path, int64_t frame)
{
    const auto after = keyAfter(path.keys, frame);
    if (after == path.keys.begin())
        return {};
    const CropKey& before = *std::prev(after);
    if (isEmptyBox(before.box))
        return {};
    if (before.frame == frame || after == path.keys.end() || isEmptyBox(after->box))
        return before.box;
    return mixedBox(before.box, after->box, shareOf(frame, before.frame, after->frame));
}

CropPath withCorrections(const CropPath& path, std::span<const CropKey> corrected, int64_t reach)
{
    const std::vector<CropKey> wanted = tidied(corrected);
    if (wanted.empty())
        return path;
    const CropPath model = filled(path, wanted);
    const int64_t bounded = std::clamp<int64_t>(reach, 1, int64_t{1} << 40);
    const Corrected exact(model, wanted, bounded);
    const std::vector<int64_t> frames = bends(model, wanted, bounded);
    CropPath result{path.person, path.kind, {{frames.front(), exact.at(frames.front())}}};
    for (size_t i = 1; i < frames.size(); ++i)
        refine(exact, frames[i - 1], frames[i], result.keys);
    return result;
}

const CropPath* findCropPath(std::span<const CropPath> paths, int person, CropKind kind)
{
    const auto found = std::find_if(paths.begin(), paths.end(),
        [&](const CropPath& path) { return path.person == person && path.kind == kind; });
    return found == paths.end() ? nullptr : &*found;
}

CropBox clipCrop(
    std::span<const CropPath> paths, int person, CropKind kind, const FrameSpan& span, float padding)
{
    const CropPath* const path = findCropPath(paths, person, kind);
    if (!path || span.empty())
        return {};
    // Linear pieces are widest at their ends, so those are all that must be looked at.
    std::vector<int64_t> frames{span.first, span.last - 1};
    for (const CropKey& key : path->keys)
        if (span.contains(key.frame))
            frames.push_back(key.frame);
    float left = INFINITY;
    float top = INFINITY;
    float right = -INFINITY;
    float bottom = -INFINITY;
    for (const int64_t frame : frames) {
        const CropBox box = boxAt(*path, frame);
        if (isEmptyBox(box))
            continue;
        left = std::min(left, box.x);
        top = std::min(top, box.y);
        right = std::max(right, box.x + box.width);
        bottom = std::max(bottom, box.y + box.height);
    }
    if (!(right > left))
        return {};
    const float side = std::max(right - left, bottom - top) * (1 + std::max(padding, 0.0f));
    return {(left + right - side) / 2, (top + bottom - side) / 2, side, side};
}

} // namespace telltale
