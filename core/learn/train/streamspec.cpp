// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/train/streamspec.h"
#include <nlohmann/json.hpp>

namespace telltale {

namespace {

using Json = nlohmann::json;

/// How large a skeleton or an input a file may claim.
constexpr int64_t kLargest = 1 << 20;

Json networkJson(const NetworkSpec& network)
{
    return {{"kind", network.kind}, {"numbers", network.numbers}, {"texts", network.texts}};
}

Json inputJson(const NetworkInput& input)
{
    return {{"points", input.graph.points}, {"centre", input.graph.centre}, {"inward", input.graph.inward},
        {"channels", input.channels}, {"frames", input.frames}, {"height", input.height},
        {"width", input.width}};
}

int64_t sizeOf(const Json& json, const char* key)
{
    const auto size = json.at(key).get<int64_t>();
    if (size < 0 || size > kLargest)
        throw std::out_of_range(std::string(key) + " is " + std::to_string(size));
    return size;
}

StreamSpec fromJson(const Json& json)
{
    StreamSpec spec;
    spec.stream = json.at("stream").get<std::string>();
    spec.scheme = json.at("scheme").get<std::string>();
    spec.classes = json.at("classes").get<std::vector<std::string>>();
    const Json& network = json.at("network");
    spec.network.kind = network.at("kind").get<std::string>();
    network.at("numbers").get_to(spec.network.numbers);
    network.at("texts").get_to(spec.network.texts);
    const Json& input = json.at("input");
    spec.input.graph.points = static_cast<int>(sizeOf(input, "points"));
    spec.input.graph.centre = static_cast<int>(sizeOf(input, "centre"));
    input.at("inward").get_to(spec.input.graph.inward);
    spec.input.channels = sizeOf(input, "channels");
    spec.input.frames = sizeOf(input, "frames");
    spec.input.height = sizeOf(input, "height");
    spec.input.width = sizeOf(input, "width");
    return spec;
}

std::string classesDifference(const StreamSpec& found, const StreamSpec& wanted)
{
    if (found.scheme != wanted.scheme || found.classes.size() != wanted.classes.size())
        return "it names the " + std::to_string(found.classes.size()) + " classes of \"" + found.scheme
            + "\", wanted are the " + std::to_string(wanted.classes.size()) + " of \"" + wanted.scheme + "\"";
    for (size_t i = 0; i < found.classes.size(); ++i) {
        if (found.classes[i] != wanted.classes[i])
            return "its class " + std::to_string(i) + " of \"" + found.scheme + "\" is \"" + found.classes[i]
                + "\", wanted is \"" + wanted.classes[i] + "\"";
    }
    return {};
}

/// The first entry of two tables that differs: "kind \"stgcnpp\", wanted \"ctrgcn\"".
std::string tableDifference(const Json& found, const Json& wanted)
{
    constexpr size_t kLong = 60; // links of a skeleton
    Json all = found;
    all.update(wanted);
    for (const auto& item : all.items()) {
        const Json before = found.value(item.key(), Json());
        const Json after = wanted.value(item.key(), Json());
        if (before == after)
            continue;
        if (before.is_object() && after.is_object())
            return tableDifference(before, after);
        const std::string text = item.key() + " " + before.dump() + ", wanted " + after.dump();
        return text.size() > kLong ? item.key() + " of another kind" : text;
    }
    return {};
}

} // namespace

std::string streamSpecText(const StreamSpec& spec)
{
    return Json{{"stream", spec.stream}, {"scheme", spec.scheme}, {"classes", spec.classes},
        {"network", networkJson(spec.network)}, {"input", inputJson(spec.input)}}
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<StreamSpec> parseStreamSpec(std::string_view text, const std::string& place)
{
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object())
        return Error{ErrorCode::BadFormat, place + ": what it says of its stream is no JSON table."};
    try {
        return fromJson(json);
    } catch (const std::exception& error) {
        return Error{ErrorCode::BadFormat,
            place + ": what it says of its stream cannot be read (" + error.what() + ")."};
    }
}

std::string streamSpecDifference(const StreamSpec& found, const StreamSpec& wanted)
{
    if (std::string text = classesDifference(found, wanted); !text.empty())
        return text;
    if (found.stream != wanted.stream)
        return "it is of the stream \"" + found.stream + "\", wanted is \"" + wanted.stream + "\"";
    const Json networks[] = {networkJson(found.network), networkJson(wanted.network)};
    if (networks[0] != networks[1])
        return "its network has " + tableDifference(networks[0], networks[1]);
    const Json inputs[] = {inputJson(found.input), inputJson(wanted.input)};
    if (inputs[0] != inputs[1])
        return "its network was made for an input with " + tableDifference(inputs[0], inputs[1]);
    return {};
}

} // namespace telltale
