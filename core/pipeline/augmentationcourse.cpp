// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/augmentationcourse.h"
#include "eval/longtail.h"
#include "learn/track2/detectorhistory.h"
#include "learn/track2/detectorsystem.h"
#include <algorithm>
#include <tuple>

namespace telltale {

namespace {

/// Means over `members`, by epoch.
AugmentedGroup groupOf(const std::vector<DetectorEpoch>& history, const std::vector<int>& members)
{
    AugmentedGroup group;
    group.classes = static_cast<int>(members.size());
    if (members.empty())
        return group;
    group.intensity.reserve(history.size());
    for (const DetectorEpoch& epoch : history) {
        double sum = 0;
        for (const int member : members)
            sum += epoch.intensity[static_cast<size_t>(member)];
        group.intensity.push_back(sum / group.classes);
    }
    return group;
}

bool complete(const DetectorEpoch& epoch, size_t classes)
{
    return epoch.rarity.size() == classes && epoch.difficulty.size() == classes
        && epoch.intensity.size() == classes;
}

AugmentedClass classOf(const DetectorFacts& facts, const std::vector<DetectorEpoch>& history, size_t id)
{
    AugmentedClass one;
    one.name = facts.classes[id];
    one.gestures = facts.trainingCounts[id];
    one.difficulty.reserve(history.size());
    one.intensity.reserve(history.size());
    for (const DetectorEpoch& epoch : history) {
        one.rarity = epoch.rarity[id];
        one.difficulty.push_back(epoch.difficulty[id]);
        one.intensity.push_back(epoch.intensity[id]);
    }
    return one;
}

} // namespace

Result<AugmentationCourse> readAugmentationCourse(const std::filesystem::path& folder)
{
    const auto facts = readDetectorFacts(folder);
    if (!facts)
        return facts.error();
    const auto unfit = [&folder](const std::string& what) {
        return Error{ErrorCode::BadFormat,
            (folder / "track2.json").string() + ": " + what + "; take the whole folder from a copy."};
    };
    const auto history = parseDetectorHistory(facts->history);
    if (!history)
        return unfit("its history cannot be read: " + history.error().message);
    const size_t classes = facts->classes.size();
    if (facts->trainingCounts.size() != classes)
        return unfit("it counts the gestures of " + std::to_string(facts->trainingCounts.size())
            + " classes and knows " + std::to_string(classes));
    AugmentationCourse course;
    course.recipe = facts->recipe.name;
    course.adaptive = facts->recipe.asba.adaptive;
    course.epochs.reserve(history->size());
    for (const DetectorEpoch& epoch : *history) {
        if (!complete(epoch, classes))
            return unfit("epoch " + std::to_string(epoch.epoch) + " lacks intensities of some classes");
        course.epochs.push_back(epoch.epoch);
        if (epoch.best)
            course.bestEpoch = epoch.epoch;
    }
    course.classes.reserve(classes);
    for (size_t id = 0; id < classes; ++id)
        course.classes.push_back(classOf(*facts, *history, id));
    std::ranges::stable_sort(course.classes, [](const AugmentedClass& a, const AugmentedClass& b) {
        return std::tie(a.gestures, a.name) < std::tie(b.gestures, b.name);
    });
    const LongTailGroups groups = longTailGroups(facts->trainingCounts);
    course.head = groupOf(*history, groups.head);
    course.medium = groupOf(*history, groups.medium);
    course.tail = groupOf(*history, groups.tail);
    return course;
}

} // namespace telltale
