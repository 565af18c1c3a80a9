// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/untrimmed/untrimmedtext.h"
#include "learn/setfiles/setjson.h"
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

namespace telltale {

namespace {

using Json = nlohmann::json;

constexpr int64_t kMostFrames = int64_t{1} << 40;
constexpr int kLargestSide = 4096; ///< pixels
constexpr int64_t kWidestFeature = 1 << 20; ///< numbers in a row
constexpr double kRounding = 1e-6; ///< of a step, where frames are divided by it

UntrimmedVideo videoOf(const Json& json)
{
    UntrimmedVideo video;
    video.id = json.at("id");
    video.subject = json.at("subject");
    video.role = roleNamed(json.at("role"));
    video.frames = json.at("frames");
    video.rate = json.at("rate");
    video.person = json.at("person");
    for (const Json& span : json.at("truth"))
        video.truth.push_back({{span.at(0), span.at(1)}, span.at(2), span.at(3)});
    if (const auto reviewed = json.find("reviewed"); reviewed != json.end())
        for (const Json& range : *reviewed)
            video.reviewed.push_back({range.at(0), range.at(1)});
    return video;
}

Json videoJson(const UntrimmedVideo& video)
{
    Json truth = Json::array();
    for (const TruthSpan& span : video.truth)
        truth.push_back({span.span.first, span.span.last, span.label, span.weight});
    Json json{{"id", video.id}, {"subject", video.subject}, {"role", nameOf(video.role)},
        {"frames", video.frames}, {"rate", video.rate}, {"person", video.person}, {"truth", truth}};
    for (const FrameSpan& range : video.reviewed)
        json["reviewed"].push_back({range.first, range.last});
    return json;
}

std::string spanText(const FrameSpan& span)
{
    return std::to_string(span.first) + "-" + std::to_string(span.last);
}

std::string faultOf(const TruthSpan& truth, const UntrimmedVideo& video, const UntrimmedSetInfo& info)
{
    const auto classes = static_cast<int>(info.classes.size());
    if (truth.span.empty())
        return "has a span of no length: " + spanText(truth.span);
    if (truth.span.first < 0 || truth.span.last > video.frames)
        return "has the span " + spanText(truth.span) + " outside its " + std::to_string(video.frames)
            + " frames; cut the label to the video or take it away";
    if (truth.label < 0 || truth.label >= classes)
        return "has class " + std::to_string(truth.label) + " of " + std::to_string(classes) + " in the span "
            + spanText(truth.span);
    if (!(truth.weight > 0) || !std::isfinite(truth.weight))
        return "has a weight that is no positive number in the span " + spanText(truth.span);
    return {};
}

} // namespace

std::string textOf(const UntrimmedSetInfo& info)
{
    Json features = Json::array();
    for (const FeatureKind& kind : info.features)
        features.push_back({{"name", kind.name}, {"size", kind.size}, {"step", kind.step}});
    return Json({{"scheme", info.scheme}, {"classes", info.classes},
                    {"skeleton", skeletonJson(info.skeleton)}, {"channels", info.channels},
                    {"picture_side", info.pictureSide}, {"picture_step", info.pictureStep},
                    {"features", features}, {"origin", info.origin}, {"recipe", info.recipe}})
        .dump();
}

std::string textOf(const std::vector<UntrimmedVideo>& videos)
{
    Json list = Json::array();
    for (const UntrimmedVideo& video : videos)
        list.push_back(videoJson(video));
    return list.dump();
}

bool parseInfo(const std::string& text, UntrimmedSetInfo& info, std::string& why)
{
    return readJson(text, why, [&](const Json& json) {
        info.scheme = json.at("scheme");
        info.classes = json.at("classes").get<std::vector<std::string>>();
        info.skeleton = skeletonOf(json.at("skeleton"));
        info.channels = json.at("channels");
        info.pictureSide = json.at("picture_side");
        info.pictureStep = json.at("picture_step");
        for (const Json& kind : json.at("features"))
            info.features.push_back({kind.at("name"), kind.at("size"), kind.at("step")});
        info.origin = json.at("origin");
        info.recipe = json.at("recipe");
    });
}

bool parseVideos(const std::string& text, std::vector<UntrimmedVideo>& videos, std::string& why)
{
    return readJson(text, why, [&](const Json& json) {
        videos.reserve(json.size());
        for (const Json& video : json)
            videos.push_back(videoOf(video));
    });
}

std::string faultOf(const UntrimmedSetInfo& info)
{
    if (info.channels < 3 || info.channels > 4)
        return "has points of " + std::to_string(info.channels) + " numbers; there are 3 or 4";
    if (info.skeleton.graph.points < 0)
        return "has fewer points than none";
    if (info.pictureSide < 0 || info.pictureSide > kLargestSide || info.pictureStep < 1)
        return "has pictures of a size or step that is none";
    std::set<std::string> names;
    for (const FeatureKind& kind : info.features) {
        if (kind.size < 1 || kind.size > kWidestFeature || !(kind.step > 0) || !std::isfinite(kind.step))
            return "has the feature \"" + kind.name + "\" of a size or step that is none";
        if (!names.insert(kind.name).second)
            return "has the feature \"" + kind.name + "\" twice";
    }
    return {};
}

std::string faultOf(const UntrimmedVideo& video, const UntrimmedSetInfo& info)
{
    if (video.frames < 1 || video.frames > kMostFrames)
        return "has " + std::to_string(video.frames) + " frames";
    if (!(video.rate > 0) || !std::isfinite(video.rate))
        return "has no frame rate";
    if (video.role == ClipRole::Unlabelled && !video.truth.empty())
        return "is unlabelled and has " + std::to_string(video.truth.size())
            + " labelled spans; give it another role or take them away";
    for (const TruthSpan& truth : video.truth)
        if (std::string fault = faultOf(truth, video, info); !fault.empty())
            return fault;
    for (const FrameSpan& range : video.reviewed)
        if (range.empty() || range.first < 0 || range.last > video.frames)
            return "has the reviewed range " + spanText(range) + " of no length or outside its "
                + std::to_string(video.frames) + " frames";
    return {};
}

size_t pointNumbers(const UntrimmedSetInfo& info)
{
    return static_cast<size_t>(info.skeleton.graph.points) * static_cast<size_t>(info.channels);
}

size_t pictureBytes(const UntrimmedSetInfo& info)
{
    return 3 * static_cast<size_t>(info.pictureSide) * static_cast<size_t>(info.pictureSide);
}

int64_t pictureCount(const UntrimmedVideo& video, const UntrimmedSetInfo& info)
{
    return (video.frames + info.pictureStep - 1) / info.pictureStep;
}

std::pair<int64_t, int64_t> featureRows(const UntrimmedVideo& video, const FeatureKind& kind)
{
    const double steps = static_cast<double>(video.frames) / kind.step;
    return {std::max<int64_t>(1, static_cast<int64_t>(std::floor(steps + kRounding))),
        std::max<int64_t>(1, static_cast<int64_t>(std::ceil(steps - kRounding)))};
}

std::string featureTensor(size_t kind) { return "features_" + std::to_string(kind); }

std::string rowsTensor(const std::string& tensor) { return tensor + "_rows"; }

} // namespace telltale
