// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track1/clipsides.h"
#include "base/random.h"
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace telltale {

namespace {

/// Subjects of `clips` in an order that the seed decides, with how many of the clips they have.
std::vector<std::pair<std::string, int64_t>> shuffledSubjects(
    const ClipSet& set, const std::vector<size_t>& clips, uint64_t seed)
{
    std::map<std::string, int64_t> counts;
    for (const size_t clip : clips)
        ++counts[set.clips()[clip].subject];
    std::vector<std::pair<std::string, int64_t>> subjects(counts.begin(), counts.end());
    Random random(seed);
    for (size_t i = subjects.size(); i > 1; --i)
        std::swap(subjects[i - 1], subjects[static_cast<size_t>(random.below(static_cast<int64_t>(i)))]);
    return subjects;
}

/// Moves the clips that `held` names from training to validation.
template <typename Held> void holdOut(ClipSides& sides, const Held& held)
{
    const auto middle = std::stable_partition(
        sides.train.begin(), sides.train.end(), [&](size_t clip) { return !held(clip); });
    sides.validation.assign(middle, sides.train.end());
    sides.train.erase(middle, sides.train.end());
}

void chooseValidation(const ClipSet& set, double heldShare, uint64_t seed, ClipSides& sides)
{
    const auto subjects = shuffledSubjects(set, sides.train, seed);
    if (subjects.size() < 2) {
        const auto share = static_cast<size_t>(std::max(2.0, std::round(1 / heldShare)));
        const size_t every = std::min(share, std::max<size_t>(2, sides.train.size() / 2)); // one at least
        std::set<size_t> chosen;
        for (size_t i = every - 1; i < sides.train.size(); i += every)
            chosen.insert(sides.train[i]);
        holdOut(sides, [&](size_t clip) { return chosen.count(clip) > 0; });
        sides.notes.emplace_back("There is one training subject only: what calibrates are clips of a person "
                                 "the networks know, so probabilities for others may be too sure.");
        return;
    }
    const auto wanted = static_cast<int64_t>(std::ceil(heldShare * static_cast<double>(sides.train.size())));
    std::set<std::string> chosen;
    int64_t clips = 0;
    for (const auto& [subject, count] : subjects) {
        if (clips >= wanted || chosen.size() + 1 >= subjects.size())
            break;
        chosen.insert(subject);
        clips += count;
    }
    holdOut(sides, [&](size_t clip) { return chosen.count(set.clips()[clip].subject) > 0; });
    std::string names;
    for (const std::string& subject : chosen)
        names += (names.empty() ? "" : ", ") + subject;
    sides.notes.push_back("No subject has the role validation; held out for calibration: " + names + ".");
}

} // namespace

std::vector<int64_t> classCounts(const ClipSet& set, const std::vector<size_t>& clips)
{
    std::vector<int64_t> counts(static_cast<size_t>(set.classCount()));
    for (const size_t clip : clips)
        if (set.clips()[clip].label >= 0)
            ++counts[static_cast<size_t>(set.clips()[clip].label)];
    return counts;
}

Result<ClipSides> clipSides(const ClipSet& set, double heldShare, uint64_t seed)
{
    if (Status status = checkSplits(set.clips()); !status)
        return status.error();
    ClipSides sides;
    std::vector<size_t> nobodys;
    const std::map<ClipRole, std::vector<size_t>*> places{{ClipRole::Train, &sides.train},
        {ClipRole::Validation, &sides.validation}, {ClipRole::Test, &sides.test},
        {ClipRole::Unlabelled, &nobodys}};
    for (size_t i = 0; i < set.clips().size(); ++i)
        if (set.clips()[i].label >= 0)
            places.at(set.clips()[i].role)->push_back(i);
    if (sides.train.empty())
        return Error{ErrorCode::InvalidArgument,
            "There is no labelled clip of a training subject; give subjects the role train and label some of "
            "their clips."};
    if (sides.validation.empty())
        chooseValidation(set, heldShare, seed, sides);
    const auto counts = classCounts(set, sides.train);
    const auto present = std::count_if(counts.begin(), counts.end(), [](int64_t n) { return n > 0; });
    if (present < 2)
        return Error{ErrorCode::InvalidArgument,
            "The training clips are all of " + std::string(present == 1 ? "one class" : "no class")
                + "; a classifier needs clips of at least two."};
    return sides;
}

} // namespace telltale
