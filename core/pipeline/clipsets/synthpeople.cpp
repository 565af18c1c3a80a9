// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/clipsets/synthpeople.h"
#include "base/random.h"
#include "data/labelscheme.h"
#include "pipeline/recipefile.h"
#include <algorithm>
#include <cmath>
#include <cstdio>

namespace telltale {

using Json = nlohmann::json;

void readPeople(RecipeFile& in, SynthPeople& people)
{
    in.get("subjects", "train", people.trainSubjects);
    in.get("subjects", "validation", people.validationSubjects);
    in.get("subjects", "test", people.testSubjects);
    in.get("subjects", "first", people.firstSubject);
    in.get("sessions", "scheme", people.scheme);
    in.get("sessions", "fps", people.fps);
    in.get("sessions", "minutes", people.minutes);
    in.get("sessions", "testMinutes", people.testMinutes);
    in.get("sessions", "gesturesPerMinute", people.gesturesPerMinute);
    in.get("sessions", "balanced", people.balanced);
    in.get("difficulty", "shift", people.shift);
    in.get("difficulty", "boundaryJitter", people.boundaryJitter);
    in.get("pictures", "drawnWidth", people.drawnWidth);
    in.get("pictures", "drawnHeight", people.drawnHeight);
}

Status checkLimits(const std::filesystem::path& file, std::span<const RecipeLimit> limits)
{
    for (const RecipeLimit& limit : limits)
        if (!(limit.value >= limit.least && limit.value <= limit.most))
            return Error{ErrorCode::BadFormat,
                file.string() + ": \"" + limit.key + "\" is out of range; it goes from "
                    + Json(limit.least).dump() + " to " + Json(limit.most).dump() + "."};
    return {};
}

Status checkPeople(const std::filesystem::path& file, const SynthPeople& people)
{
    const RecipeLimit limits[] = {
        {"subjects.train", static_cast<double>(people.trainSubjects), 0, 9999},
        {"subjects.validation", static_cast<double>(people.validationSubjects), 0, 9999},
        {"subjects.test", static_cast<double>(people.testSubjects), 0, 9999},
        {"subjects.first", static_cast<double>(people.firstSubject), 1, 1e8},
        {"sessions.minutes", people.minutes, 0.001, 600},
        {"sessions.testMinutes", people.testMinutes, 0.001, 600},
        {"sessions.gesturesPerMinute", people.gesturesPerMinute, 0.5, 60},
        {"sessions.fps", people.fps, 1, 240},
        {"difficulty.shift", people.shift, 0, 1},
        {"difficulty.boundaryJitter", people.boundaryJitter, 0, 0.45},
        {"pictures.drawnWidth", static_cast<double>(people.drawnWidth), 64, 4096},
        {"pictures.drawnHeight", static_cast<double>(people.drawnHeight), 64, 4096},
    };
    if (Status status = checkLimits(file, limits); !status)
        return status;
    if (people.scheme != "smg" && people.scheme != "imigue")
        return Error{
            ErrorCode::BadFormat, file.string() + ": \"sessions.scheme\" wants \"smg\" or \"imigue\"."};
    return {};
}

std::vector<SynthPerson> listPeople(const SynthPeople& people, uint64_t seed)
{
    std::vector<SynthPerson> list;
    const auto add = [&](int count, ClipRole role) {
        for (int i = 0; i < count; ++i) {
            const auto index = static_cast<int>(list.size());
            SynthPerson person;
            person.role = role;
            person.options.scheme = people.scheme == "smg" ? SynthScheme::Smg : SynthScheme::Imigue;
            person.options.subject = people.firstSubject + index;
            person.options.minutes = role == ClipRole::Test ? people.testMinutes : people.minutes;
            person.options.seed = seed;
            person.options.fps = people.fps;
            person.options.gesturesPerMinute = people.gesturesPerMinute;
            person.options.balanced = people.balanced;
            person.options.shift = role == ClipRole::Test ? people.shift : 0;
            char name[16];
            std::snprintf(name, sizeof name, "s%03d", index + 1);
            person.name = name;
            list.push_back(person);
        }
    };
    add(people.trainSubjects, ClipRole::Train);
    add(people.validationSubjects, ClipRole::Validation);
    add(people.testSubjects, ClipRole::Test);
    return list;
}

SynthOptions drawnOptions(const SynthPeople& people, const SynthOptions& options, float& scale)
{
    SynthOptions drawn = options;
    drawn.width = people.drawnWidth;
    drawn.height = people.drawnHeight;
    scale = static_cast<float>(people.drawnWidth) / static_cast<float>(std::max(1, options.width));
    return drawn;
}

FrameSpan annotatedSpan(
    const FrameSpan& span, double share, const SynthOptions& options, int64_t frames, int64_t shortest)
{
    Random random = Random(options.seed)
                        .fork(0xc119)
                        .fork(static_cast<uint64_t>(options.subject))
                        .fork(static_cast<uint64_t>(span.first));
    const double reach = share * static_cast<double>(span.length());
    const FrameSpan moved{span.first + std::llround(random.uniform(-reach, reach)),
        span.last + std::llround(random.uniform(-reach, reach))};
    const FrameSpan inside = clampSpan(moved, frames);
    return inside.length() >= shortest ? inside : span;
}

Result<std::vector<std::string>> synthClasses(const std::string& scheme)
{
    const Result<LabelScheme> found = loadLabelScheme(scheme);
    if (!found)
        return found.error();
    std::vector<std::string> classes;
    classes.reserve(found->classes.size());
    for (const LabelClass& row : found->classes)
        classes.push_back(row.name);
    return classes;
}

std::string synthOrigin(const std::string& recipe, uint64_t seed)
{
    return "synthetic subjects of the recipe " + recipe + ", seed " + std::to_string(seed);
}

std::string synthRecipe(const std::string& recipeText, uint64_t seed)
{
    return Json({{"recipe", Json::parse(recipeText)}, {"seed", seed}}).dump();
}

} // namespace telltale
