// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/readers/readers.h"
#include <algorithm>
#include <array>

namespace telltale {
namespace {

struct JointWord {
    std::string_view theirs;
    std::string_view ours;
};

/// Without the side, in lower case, words joined by '_'.
constexpr std::array kJoints = std::to_array<JointWord>({
    {"midhip", "hip"},
    {"mid_hip", "hip"},
    {"pelvis", "hip"},
    {"thorax", "neck"},
    {"head_top", "head"},
    {"top_head", "head"},
    {"bigtoe", "big_toe"},
    {"smalltoe", "small_toe"},
    {"pinky", "pinky_knuckle"},
    {"index", "index_knuckle"},
    {"thumb", "thumb_knuckle"},
    {"handtip", "hand_tip"},
    {"spinebase", "spine_base"},
    {"spinemid", "spine_mid"},
    {"spineshoulder", "spine_shoulder"},
});

constexpr std::array<std::string_view, 5> kFingers = {"thumb", "index", "middle", "ring", "little"};
constexpr std::array<std::string_view, 4> kThumbJoints = {"cmc", "mcp", "ip", "tip"};
constexpr std::array<std::string_view, 4> kFingerJoints = {"mcp", "pip", "dip", "tip"};

/// "RElbow", "LEFT_EYE", "ElbowLeft", "left knee": words in lower case, cut at blanks, dots, dashes,
/// underscores and before capitals that follow small letters.
std::vector<std::string> wordsOf(std::string_view name)
{
    std::vector<std::string> words(1);
    char before = '_';
    for (size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        const bool capital = c >= 'A' && c <= 'Z';
        const bool small = before >= 'a' && before <= 'z';
        // "RElbow": one capital for the side, then a word of its own.
        const bool sideLetter = i == 1 && capital && (before == 'L' || before == 'R') && name.size() > 2
            && name[2] >= 'a' && name[2] <= 'z';
        const bool blank = c == '_' || c == '-' || c == '.' || c == ' ' || c == ':';
        if (blank || (capital && small) || sideLetter)
            words.emplace_back();
        if (!blank)
            words.back() += capital ? static_cast<char>(c - 'A' + 'a') : c;
        before = c;
    }
    std::erase(words, "");
    return words;
}

std::string takeSide(std::vector<std::string>& words)
{
    for (const auto& [word, side] : {std::pair<std::string_view, std::string_view>{"left", "left_"},
             {"right", "right_"}, {"l", "left_"}, {"r", "right_"}}) {
        const auto found = std::find(words.begin(), words.end(), word);
        if (found != words.end()) {
            words.erase(found);
            return std::string(side);
        }
    }
    return {};
}

std::string joined(const std::vector<std::string>& words)
{
    std::string all;
    for (const std::string& word : words)
        all += (all.empty() ? "" : "_") + word;
    return all;
}

/// "index_finger_tip" -> "index4"; empty for other joints.
std::string fingerJoint(std::vector<std::string> words)
{
    std::erase(words, "finger");
    std::replace(words.begin(), words.end(), std::string("pinky"), std::string("little"));
    if (words.size() != 2 || std::find(kFingers.begin(), kFingers.end(), words[0]) == kFingers.end())
        return {};
    const auto& joints = words[0] == "thumb" ? kThumbJoints : kFingerJoints;
    const auto found = std::find(joints.begin(), joints.end(), words[1]);
    return found != joints.end() ? words[0] + std::to_string(found - joints.begin() + 1) : std::string();
}

} // namespace

std::string jointOfName(std::string_view name, bool ofHand)
{
    std::vector<std::string> words = wordsOf(name);
    const std::string side = takeSide(words);
    if (words.empty())
        return {};
    if (const std::string finger = fingerJoint(words); !finger.empty())
        return side + finger;
    const std::string joint = joined(words);
    if (ofHand && (joint == "wrist" || joint == "hand_wrist"))
        return side + "hand_root";
    for (const JointWord& row : kJoints)
        if (row.theirs == joint)
            return side + std::string(row.ours);
    return side + joint;
}

bool isFingerJoint(std::string_view name)
{
    std::vector<std::string> words = wordsOf(name);
    takeSide(words);
    return !fingerJoint(words).empty();
}

} // namespace telltale
