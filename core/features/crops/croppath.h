// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include "base/result.h"
#include "features/crops/cropbox.h"
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace telltale {

/// What a crop follows.
enum class CropKind { Person, LeftHand, RightHand, Face, Motion };
inline constexpr std::array kCropKinds{
    CropKind::Person, CropKind::LeftHand, CropKind::RightHand, CropKind::Face, CropKind::Motion};

/// "person", "left_hand", "right_hand", "face", "motion": the names in files and on the command line.
std::string_view cropKindName(CropKind kind);
/// InvalidArgument with the list of names.
Result<CropKind> findCropKind(std::string_view name);

/// Where the crop is at one frame (presentation index). An empty box says that from here on there is nothing
/// to look at, until the next key.
struct CropKey {
    int64_t frame = 0;
    CropBox box;

    bool operator==(const CropKey&) const = default;
};

/// A rectangle over time: keys by ascending frame, linear between two of them, held behind the last one,
/// nothing before the first one. A jump (camera cut) is a pair of keys at neighbouring frames. A value.
struct CropPath {
    int person = 0;
    CropKind kind = CropKind::Person;
    std::vector<CropKey> keys;

    bool operator==(const CropPath&) const = default;
};

/// The box at `frame`; an empty one where there is nothing. Keys must ascend.
CropBox boxAt(const CropPath& path, int64_t frame);

/// `path` as a person corrected it: exactly the corrected boxes at their frames; between two of them their
/// difference to the path (centre, logarithm of the sides) goes over linearly; before the first and behind
/// the last it fades out over `reach` frames (one second is usual). A gap of the path that holds a correction
/// is filled: linear from the path before it, over the corrections, to the path behind it; a path without
/// keys becomes one from frame 0 to the end. Of two corrections at one frame the later in the list counts;
/// empty boxes and negative frames are ignored. Unordered corrections are fine.
CropPath withCorrections(const CropPath& path, std::span<const CropKey> corrected, int64_t reach);

/// The path of `person` and `kind`, or null.
const CropPath* findCropPath(std::span<const CropPath> paths, int person, CropKind kind);

/// The one static rectangle of a clip: the square around everything that the path of `person` and `kind`
/// covers in `span`, grown by `padding` (share of its side; boxes of a path are padded already). Empty if
/// there is no such path or nothing to see in the span.
CropBox clipCrop(
    std::span<const CropPath> paths, int person, CropKind kind, const FrameSpan& span, float padding = 0);

} // namespace telltale
