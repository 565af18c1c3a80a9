// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/clips/clipsetjson.h"
#include "learn/setfiles/setjson.h"
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace telltale {

namespace {

using Json = nlohmann::json;

ClipInfo clipOf(const Json& json)
{
    ClipInfo clip;
    clip.id = json.at("id");
    clip.video = json.at("video");
    clip.subject = json.at("subject");
    clip.role = roleNamed(json.at("role"));
    clip.span = {json.at("span").at(0), json.at("span").at(1)};
    clip.person = json.at("person");
    clip.label = json.at("label");
    clip.weight = json.at("weight");
    clip.decided = json.at("decided");
    clip.annotation = json.value("annotation", int64_t{0});
    clip.prediction = json.value("prediction", int64_t{0});
    return clip;
}

} // namespace

std::string textOf(const ClipSetInfo& info)
{
    return Json(
        {{"scheme", info.scheme}, {"classes", info.classes}, {"skeleton", skeletonJson(info.skeleton)},
            {"channels", info.channels}, {"rgb_frames", info.rgbFrames}, {"rgb_side", info.rgbSide},
            {"origin", info.origin}, {"recipe", info.recipe}})
        .dump();
}

std::string textOf(const std::vector<ClipInfo>& clips)
{
    Json list = Json::array();
    for (const ClipInfo& clip : clips)
        list.push_back({{"id", clip.id}, {"video", clip.video}, {"subject", clip.subject},
            {"role", nameOf(clip.role)}, {"span", {clip.span.first, clip.span.last}}, {"person", clip.person},
            {"label", clip.label}, {"weight", clip.weight}, {"decided", clip.decided},
            {"annotation", clip.annotation}, {"prediction", clip.prediction}});
    return list.dump();
}

bool parseInfo(const std::string& text, ClipSetInfo& info, std::string& why)
{
    return readJson(text, why, [&](const Json& json) {
        info.scheme = json.at("scheme");
        info.classes = json.at("classes").get<std::vector<std::string>>();
        info.skeleton = skeletonOf(json.at("skeleton"));
        info.channels = json.at("channels");
        info.rgbFrames = json.at("rgb_frames");
        info.rgbSide = json.at("rgb_side");
        info.origin = json.at("origin");
        info.recipe = json.at("recipe");
        if (info.channels < 3 || info.channels > 4 || info.rgbFrames < 0 || info.rgbFrames > 4096
            || info.rgbSide < 0 || info.rgbSide > 4096)
            throw std::runtime_error("its points or pictures have a size that is none");
    });
}

bool parseClips(const std::string& text, std::vector<ClipInfo>& clips, std::string& why)
{
    return readJson(text, why, [&](const Json& json) {
        for (const Json& clip : json)
            clips.push_back(clipOf(clip));
    });
}

} // namespace telltale
