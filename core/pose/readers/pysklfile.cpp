// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/readers/keypointarrays.h"
#include "pose/readers/numpypickle.h"
#include <algorithm>

namespace telltale {
namespace {

using pickle::Content;
using pickle::Kind;
using pickle::Value;

constexpr size_t kShownClips = 5;

Error bad(const std::string& name, const std::string& what)
{
    return {ErrorCode::BadFormat, name + ": " + what};
}

std::string clipName(const Content& content, const Value& annotation)
{
    const Value* name = content.find(annotation, "frame_dir");
    if (!name)
        name = content.find(annotation, "filename");
    return name ? std::string(name->text) : std::string();
}

/// The annotations of a set, of a list, or the one that is all there is.
std::vector<const Value*> annotationsOf(const Content& content)
{
    const Value* list = content.find(content.top(), "annotations");
    if (!list)
        list = &content.top();
    if (list->kind == Kind::Dict)
        return {list};
    // One that is listed again is the same: a small file could list a large one a million times.
    std::vector<const Value*> all;
    std::vector<bool> seen(content.values.size());
    if (list->kind == Kind::List)
        for (const pickle::Ref ref : list->items)
            if (content[ref].kind == Kind::Dict && !seen[ref]) {
                seen[ref] = true;
                all.push_back(&content[ref]);
            }
    return all;
}

void readPictureSize(const Content& content, const Value& annotation, SkeletonFile& file)
{
    const Value* shape = content.find(annotation, "img_shape");
    const Value* tall = shape ? content.item(*shape, 0) : nullptr;
    const Value* wide = shape ? content.item(*shape, 1) : nullptr;
    if (!tall || !wide)
        return;
    constexpr int64_t kLargestSide = 1 << 20;
    const auto height = wholeNumber(content, *tall);
    const auto width = wholeNumber(content, *wide);
    if (!height || !width || *height < 1 || *width < 1 || *height > kLargestSide || *width > kLargestSide)
        return;
    file.height = static_cast<int>(*height);
    file.width = static_cast<int>(*width);
}

Result<SkeletonFile> readAnnotation(const Content& content, const Value& annotation, const std::string& name)
{
    auto points = numpyNumbers(content, *content.find(annotation, "keypoint"), name + ", array keypoint");
    if (!points)
        return points.error();
    KeypointArrays arrays{std::move(*points), {}, KeypointArrays::Order::PersonsFirst, {}, {}};
    const Value* scores = content.find(annotation, "keypoint_score");
    if (scores && scores->kind != Kind::None) {
        auto numbers = numpyNumbers(content, *scores, name + ", array keypoint_score");
        if (!numbers)
            return numbers.error();
        arrays.scores = std::move(*numbers);
    } else if (!arrays.points.shape.empty() && arrays.points.shape.back() == 3) {
        return bad(name,
            "its points are places in space (three coordinates and no score), not in a picture; export the "
            "set with 2D skeletons");
    }
    auto file = trackOfArrays(arrays, name);
    if (file)
        readPictureSize(content, annotation, *file);
    return file;
}

/// "a, b, c, ...", without the signs that a terminal would obey.
std::string someOf(const Content& content, const std::vector<const Value*>& annotations)
{
    std::string text;
    for (size_t i = 0; i < std::min(annotations.size(), kShownClips); ++i)
        text += (i > 0 ? ", " : "") + clipName(content, *annotations[i]).substr(0, 80);
    std::ranges::replace_if(
        text, [](unsigned char c) { return c < ' ' || c == 0x7f; }, '?');
    return text + (annotations.size() > kShownClips ? ", ..." : "");
}

} // namespace

bool looksLikePickle(std::string_view bytes)
{
    return bytes.size() > 2 && bytes[0] == '\x80' && bytes[1] >= 2 && bytes[1] <= 5;
}

Result<SkeletonFile> readPyskl(std::string_view bytes, const std::string& name, const std::string& clip)
{
    const auto content = readNumpyPickle(bytes, name);
    if (!content)
        return content.error();
    if (isNumpyArray(content->top())) {
        auto numbers = numpyNumbers(*content, content->top(), name);
        return numbers ? trackOfArrays({std::move(*numbers), {}, {}, {}, {}}, name)
                       : Result<SkeletonFile>(numbers.error());
    }
    const std::vector<const Value*> all = annotationsOf(*content);
    std::vector<const Value*> wanted;
    for (const Value* one : all)
        if (content->find(*one, "keypoint") && (clip.empty() || clipName(*content, *one) == clip))
            wanted.push_back(one);
    if (wanted.size() == 1)
        return readAnnotation(*content, *wanted.front(), name);
    if (!wanted.empty() && clip.empty())
        return bad(name,
            "holds " + std::to_string(wanted.size()) + " clips (" + someOf(*content, wanted)
                + "); write FILE#CLIP for the one of your video");
    if (!clip.empty())
        return bad(name,
            (wanted.empty() ? "has no clip '" : "has several clips '") + clip + "', it has "
                + someOf(*content, all));
    return bad(name,
        "is a Python pickle of " + std::to_string(all.size())
            + " annotations without keypoints (they have no array 'keypoint'), there are no skeletons in it");
}

} // namespace telltale
