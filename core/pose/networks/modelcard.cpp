// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/networks/modelcard.h"
#include "base/files.h"
#include "pose/networks/decoders.h"
#include <algorithm>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace telltale {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int kLargestInput = 4096;
constexpr int kLargestBatch = 256;
/// Of a person that was put together from limbs: points, and their score with that of the limbs, as in the
/// paper's code.
constexpr int kFewestJoined = 4;
constexpr double kLeastJoined = 0.4;

/// What is wrong with a value; becomes a sentence with the card's and the key's name.
struct CardMistake {
    std::string what;
};

std::array<double, 3> threeNumbers(const json& value)
{
    if (value.is_number())
        return {value.get<double>(), value.get<double>(), value.get<double>()};
    if (!value.is_array() || value.size() != 3)
        throw CardMistake{"has the wrong type, wanted are a number or 3 numbers"};
    return value.get<std::array<double, 3>>();
}

std::array<double, 3> inverted(std::array<double, 3> values)
{
    for (double& value : values) {
        if (!(value > 0))
            throw CardMistake{"must be above 0"};
        value = 1 / value;
    }
    return values;
}

/// One of the words, as its place in the list.
int choice(const json& value, const std::vector<std::string>& words)
{
    const auto text = value.get<std::string>();
    const auto found = std::find(words.begin(), words.end(), text);
    if (found != words.end())
        return static_cast<int>(found - words.begin());
    std::string list;
    for (const std::string& word : words)
        list += (list.empty() ? "" : ", ") + word;
    throw CardMistake{"is '" + text + "', but there are only " + list};
}

int wholeNumber(const json& value, int low, int high)
{
    const auto number = value.get<double>();
    if (!(number >= low && number <= high))
        throw CardMistake{"must lie between " + std::to_string(low) + " and " + std::to_string(high)};
    return static_cast<int>(number);
}

std::vector<std::string> words(const json& value, const std::set<std::string>& allowed)
{
    auto list = value.get<std::vector<std::string>>();
    for (const std::string& word : list)
        if (!allowed.empty() && !allowed.contains(word))
            throw CardMistake{"has '" + word + "', which is none of the known words"};
    return list;
}

std::vector<LimbField> limbs(const json& value)
{
    std::vector<LimbField> all;
    for (const auto& row : value.get<std::vector<std::array<int, 4>>>())
        all.push_back({row[0], row[1], row[2], row[3]});
    return all;
}

std::string digest(const json& value)
{
    auto text = value.get<std::string>();
    if (text.starts_with("sha256:"))
        text = text.substr(7);
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    if (text.size() != 64 || text.find_first_not_of("0123456789abcdef") != std::string::npos)
        throw CardMistake{"must be the 64 hexadecimal digits of a SHA-256"};
    return text;
}

using Card = PoseModelCard;
using ReadKey = void (*)(Card&, const json&);

/// Keys of a card's decoder; minScore also stands outside of "options".
const std::map<std::string, ReadKey>& optionKeys()
{
    static const std::set<std::string> fields = {"x", "y", "z", "score", "visibility", "presence"};
    static const std::set<std::string> tail = {"score", "xmin", "ymin", "xmax", "ymax"};
    static const std::map<std::string, ReadKey> keys = {
        {"minScore", [](Card& c, const json& v) { c.options.minScore = v.get<double>(); }},
        {"minPoints", [](Card& c, const json& v) { c.options.minPoints = wholeNumber(v, 0, 1000); }},
        {"needsHead", [](Card& c, const json& v) { c.options.needsHead = v.get<bool>(); }},
        {"softmax", [](Card& c, const json& v) { c.options.softmax = v.get<bool>(); }},
        {"split",
            [](Card& c, const json& v) {
                c.options.split = v.get<double>();
                if (!(c.options.split > 0 && c.options.split <= 64))
                    throw CardMistake{"must lie between 0 and 64"};
            }},
        {"fields", [](Card& c, const json& v) { c.options.fields = words(v, fields); }},
        {"tail", [](Card& c, const json& v) { c.options.tail = words(v, tail); }},
        {"normalised", [](Card& c, const json& v) { c.options.normalised = v.get<bool>(); }},
        {"sigmoid", [](Card& c, const json& v) { c.options.sigmoid = v.get<bool>(); }},
        {"limbs", [](Card& c, const json& v) { c.options.limbs = limbs(v); }},
        {"minPersonScore", [](Card& c, const json& v) { c.options.minPersonScore = v.get<double>(); }},
        {"personClass", [](Card& c, const json& v) { c.options.personClass = wholeNumber(v, 0, 100'000); }},
    };
    return keys;
}

const std::map<std::string, ReadKey>& cardKeys()
{
    static const std::map<std::string, ReadKey> keys = {
        {"name", [](Card& c, const json& v) { c.name = v.get<std::string>(); }},
        {"layout", [](Card& c, const json& v) { c.layout = v.get<std::string>(); }},
        {"inputWidth", [](Card& c, const json& v) { c.inputWidth = wholeNumber(v, 16, kLargestInput); }},
        {"inputHeight", [](Card& c, const json& v) { c.inputHeight = wholeNumber(v, 16, kLargestInput); }},
        {"mean", [](Card& c, const json& v) { c.mean = threeNumbers(v); }},
        {"scale", [](Card& c, const json& v) { c.scale = threeNumbers(v); }},
        {"std", [](Card& c, const json& v) { c.scale = inverted(threeNumbers(v)); }},
        {"rgb", [](Card& c, const json& v) { c.rgb = v.get<bool>(); }},
        {"channels",
            [](Card& c, const json& v) {
                c.rgb = choice(v, {"bgr", "rgb"}) == 1;
            }},
        {"inputLayout",
            [](Card& c, const json& v) {
                c.channelsLast = choice(v, {"NCHW", "NHWC"}) == 1;
            }},
        {"letterbox",
            [](Card& c, const json& v) {
                c.fit = v.get<bool>() ? Card::Fit::Letterbox : Card::Fit::Stretch;
            }},
        {"fit",
            [](Card& c, const json& v) {
                c.fit = static_cast<Card::Fit>(choice(v, {"letterbox", "stretch", "crop"}));
            }},
        {"margin",
            [](Card& c, const json& v) {
                c.margin = v.get<double>();
                if (!(c.margin >= 1 && c.margin <= 4))
                    throw CardMistake{"must lie between 1 and 4"};
            }},
        {"boxes",
            [](Card& c, const json& v) {
                const std::vector<std::string> known = {"picture", "previous", "detector"};
                c.boxes = known[static_cast<size_t>(choice(v, known))];
            }},
        {"detector", [](Card& c, const json& v) { c.detector = v.get<std::string>(); }},
        {"outputs", [](Card& c, const json& v) { c.outputs = words(v, {}); }},
        {"batch", [](Card& c, const json& v) { c.batch = wholeNumber(v, 1, kLargestBatch); }},
        {"licence", [](Card& c, const json& v) { c.licence = v.get<std::string>(); }},
        {"source", [](Card& c, const json& v) { c.source = v.get<std::string>(); }},
        {"digest", [](Card& c, const json& v) { c.sha256 = digest(v); }},
        {"sha256", [](Card& c, const json& v) { c.sha256 = digest(v); }},
        {"comment", [](Card&, const json&) {}},
        {"decoder",
            [](Card& c, const json& v) {
                std::vector<std::string> known;
                for (const PoseDecoder& decoder : poseDecoders())
                    known.emplace_back(decoder.name);
                c.decoder = known[static_cast<size_t>(choice(v, known))];
                c.options.needsHead = c.decoder == "heatmap";
                if (c.decoder == "heatmap_paf") {
                    c.options.minPoints = kFewestJoined;
                    c.options.minPersonScore = kLeastJoined;
                }
            }},
    };
    return keys;
}

/// Told apart by the number of heatmaps that come out at the card's size.
std::vector<CardInFile> builtInCards()
{
    PoseModelCard mobile;
    mobile.name = "14-point heatmaps";
    mobile.options.needsHead = true;
    PoseModelCard openPose;
    openPose.name = "18-point heatmaps with part affinity fields";
    openPose.layout = "openpose18";
    openPose.decoder = "heatmap_paf";
    openPose.inputWidth = 432;
    openPose.inputHeight = 368;
    openPose.mean = {127.5, 127.5, 127.5};
    openPose.scale = {1 / 127.5, 1 / 127.5, 1 / 127.5};
    openPose.rgb = true;
    openPose.options.minPoints = kFewestJoined;
    openPose.options.minPersonScore = kLeastJoined;
    return {{mobile, {}}, {openPose, {}}};
}

void readKeys(Card& card, const json& object, const std::map<std::string, ReadKey>& keys,
    const std::function<bool(const std::string&)>& passes, std::string& at)
{
    for (const auto& [key, value] : object.items()) {
        at = key;
        if (passes(key))
            continue;
        const auto found = keys.find(key);
        if (found == keys.end())
            throw CardMistake{"is no key of a card"};
        found->second(card, value);
    }
}

} // namespace

Result<PoseModelCard> readPoseModelCard(const fs::path& file)
{
    const auto text = readFile(file);
    if (!text)
        return text.error();
    const auto bad = [&](const std::string& what) {
        return Error{ErrorCode::BadFormat, file.string() + ": " + what + ", correct the pose model's card"};
    };
    const json document = json::parse(*text, nullptr, false);
    if (!document.is_object())
        return bad("is not a JSON object");
    PoseModelCard card;
    card.name = fs::path(file).stem().stem().string();
    card.options.needsHead = true;
    std::string at;
    try {
        // The decoder sets defaults that other keys change.
        if (at = "decoder"; document.contains(at))
            cardKeys().at(at)(card, document[at]);
        const auto done = [](const std::string& key) {
            return key == "options" || key == "decoder" || optionKeys().contains(key);
        };
        readKeys(card, document, cardKeys(), done, at);
        const auto notAnOption = [](const std::string& key) { return !optionKeys().contains(key); };
        readKeys(card, document, optionKeys(), notAnOption, at);
        if (document.contains("options")) {
            if (at = "options"; !document[at].is_object())
                throw CardMistake{"must be an object"};
            readKeys(
                card, document["options"], optionKeys(), [](const std::string&) { return false; }, at);
        }
    } catch (const json::exception& e) {
        return bad("its " + at + " has the wrong type (" + e.what() + ")");
    } catch (const CardMistake& mistake) {
        return bad("its " + at + " " + mistake.what);
    }
    if (card.boxes == "detector" && card.detector.empty())
        return bad("its boxes come from a detector, but it names none");
    if (card.boxes != "picture" && card.fit != Card::Fit::Crop)
        return bad("its boxes need the fit 'crop'");
    return card;
}

Result<std::vector<CardInFile>> poseModelCards(const fs::path& model)
{
    const fs::path shipped = dataFolder() / "models" / "pose" / model.filename();
    for (const fs::path& place : {model, shipped})
        for (const fs::path& candidate :
            {fs::path(place.string() + ".card.json"), fs::path(place).replace_extension(".card.json")}) {
            std::error_code ec;
            if (!fs::exists(candidate, ec))
                continue;
            auto card = readPoseModelCard(candidate);
            if (!card)
                return card.error();
            return std::vector<CardInFile>{{*std::move(card), candidate}};
        }
    return builtInCards();
}

} // namespace telltale
