// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/clips/clipset.h"
#include "synth/synth.h"
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace telltale {

class RecipeFile;

inline constexpr int kSynthChannels = 3; ///< of a point: x, y, score

/// Which synthetic people a set has and how hard they are, whatever the set is made of.
struct SynthPeople {
    std::string scheme; ///< "smg", "imigue"
    int trainSubjects = 0;
    int validationSubjects = 0; ///< for calibration; beside the train subjects
    int testSubjects = 0;
    int firstSubject = 0; ///< number of the first one; the others follow: train, validation, test
    double minutes = 0; ///< of each train and validation subject
    double testMinutes = 0;
    double gesturesPerMinute = 0;
    bool balanced = false;
    double fps = 0;
    double shift = 0; ///< SynthOptions::shift of the test subjects
    double boundaryJitter = 0; ///< share of the span by which each of its ends may be wrong
    int drawnWidth = 0; ///< of the pictures that the crops are cut from
    int drawnHeight = 0;
};

/// The tables "subjects", "sessions", "difficulty" and the drawn size of "pictures"; throws as
/// RecipeFile::get().
void readPeople(RecipeFile& in, SynthPeople& people);

struct RecipeLimit {
    const char* key;
    double value;
    double least;
    double most;
};
/// BadFormat names the file and the key that is out of range.
Status checkLimits(const std::filesystem::path& file, std::span<const RecipeLimit> limits);
Status checkPeople(const std::filesystem::path& file, const SynthPeople& people);

/// One of them.
struct SynthPerson {
    SynthOptions options; ///< in the size in which people are observed, not the drawn one
    ClipRole role = ClipRole::Train;
    std::string name; ///< "s001"
};
std::vector<SynthPerson> listPeople(const SynthPeople& people, uint64_t seed);
/// The options with the drawn size; `scale` is its share of the observed one.
SynthOptions drawnOptions(const SynthPeople& people, const SynthOptions& options, float& scale);

/// The span as an annotator of this person gives it: each end is off by up to `share` of the length, inside
/// `frames`; where less than `shortest` frames would be left, the true one.
FrameSpan annotatedSpan(
    const FrameSpan& span, double share, const SynthOptions& options, int64_t frames, int64_t shortest);

/// Names of the scheme's classes; errors of the scheme.
Result<std::vector<std::string>> synthClasses(const std::string& scheme);

/// "synthetic subjects of the recipe NAME, seed S", and the JSON that a set keeps.
std::string synthOrigin(const std::string& recipe, uint64_t seed);
std::string synthRecipe(const std::string& recipeText, uint64_t seed);

} // namespace telltale
