// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/readers/keypointarrays.h"
#include "pose/readers/pickle.h"
#include <algorithm>

namespace telltale {
namespace {

using pyobject::Content;
using pyobject::Kind;
using pyobject::Value;

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
    std::vector<const Value*> all;
    if (list->kind == Kind::List)
        for (const pyobject::Ref ref : list->items)
            if (content[ref].kind == Kind::Dict)
                all.push_back(&content[ref]);
    return all;
}

Result<NdArray> arrayOf(const Content& content, const Value& value, const std::string& place)
{
    if (value.kind != Kind::Array)
        return bad(place, "is no array of numpy");
    return content.numbers(content.arrays[static_cast<size_t>(value.number)], place);
}

void readPictureSize(const Content& content, const Value& annotation, SkeletonFile& file)
{
    const Value* shape = content.find(annotation, "img_shape");
    if (!shape || shape->kind != Kind::List || shape->items.size() < 2)
        return;
    constexpr int64_t kLargestSide = 1 << 20;
    const int64_t height = content[shape->items[0]].number;
    const int64_t width = content[shape->items[1]].number;
    const bool whole
        = content[shape->items[0]].kind == Kind::Int && content[shape->items[1]].kind == Kind::Int;
    if (!whole || height < 1 || width < 1 || height > kLargestSide || width > kLargestSide)
        return;
    file.height = static_cast<int>(height);
    file.width = static_cast<int>(width);
}

Result<SkeletonFile> readAnnotation(const Content& content, const Value& annotation, const std::string& name)
{
    auto points = arrayOf(content, *content.find(annotation, "keypoint"), name + ", array keypoint");
    if (!points)
        return points.error();
    KeypointArrays arrays{std::move(*points), {}, KeypointArrays::Order::PersonsFirst, {}, {}};
    if (const Value* scores = content.find(annotation, "keypoint_score")) {
        auto numbers = arrayOf(content, *scores, name + ", array keypoint_score");
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

/// "a, b, c, ..."
std::string someOf(const Content& content, const std::vector<const Value*>& annotations)
{
    std::string text;
    for (size_t i = 0; i < std::min(annotations.size(), kShownClips); ++i)
        text += (i > 0 ? ", " : "") + clipName(content, *annotations[i]).substr(0, 80);
    return text + (annotations.size() > kShownClips ? ", ..." : "");
}

} // namespace

bool looksLikePickle(std::string_view bytes)
{
    return bytes.size() > 2 && bytes[0] == '\x80' && bytes[1] >= 2 && bytes[1] <= 5;
}

Result<SkeletonFile> readPyskl(std::string_view bytes, const std::string& name, const std::string& clip)
{
    const auto content = pyobject::readPickle(bytes, name);
    if (!content)
        return content.error();
    if (content->top().kind == Kind::Array) {
        auto numbers = arrayOf(*content, content->top(), name);
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
