// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "sampleproject.h"

namespace telltale::sample {

/// What a person is about to find about a span.
enum class Deed { Accept, Reject, TakeSecond, TakeThird, OtherClass, FixStart, FixEnd };

inline constexpr int kSpacing = 20; ///< frames from one span to the next
inline constexpr int kWrongBy = 3; ///< frames that a boundary to be fixed is wrong by
inline constexpr int kClassKeyed = 11; ///< class that has the key G
inline constexpr int kPredictable = 15; ///< classes that predictions name

/// Where span `i` truly is: the detector's probability is high there and low elsewhere.
inline FrameSpan trueSpan(int i) { return {kSpacing * i + 5, kSpacing * i + 15}; }
inline int predictedClass(int i) { return i % (kPredictable - 2); }

/// Where the model proposes it.
inline FrameSpan proposedSpan(int i, Deed deed)
{
    FrameSpan span = trueSpan(i);
    span.first += deed == Deed::FixStart ? kWrongBy : 0;
    span.last += deed == Deed::FixEnd ? kWrongBy : 0;
    return span;
}

/// A project with one video and a proposal for each deed. The margins fall from one to the next, so that the
/// list comes in the order of time.
inline Status makeKeysProject(const std::filesystem::path& folder, const std::vector<Deed>& deeds)
{
    auto scheme = loadLabelScheme("smg");
    if (!scheme)
        return scheme.error();
    scheme->classes[kClassKeyed].shortcut = "G";
    auto document = Document::create(folder, *scheme);
    if (!document)
        return document.error();
    const int frames = kSpacing * static_cast<int>(deeds.size() + 2);
    const auto id = addVideo(**document, folder, "long", frames, 64, 48);
    if (!id)
        return id.error();
    std::vector<float> curve(static_cast<size_t>(frames), 0.1F);
    std::vector<Prediction> predictions;
    for (int i = 0; i < static_cast<int>(deeds.size()); ++i) {
        for (int64_t frame = trueSpan(i).first; frame < trueSpan(i).last; ++frame)
            curve[static_cast<size_t>(frame)] = 0.9F;
        predictions.push_back(prediction(*id, proposedSpan(i, deeds[static_cast<size_t>(i)]),
            predictedClass(i), 0.95F - 0.003F * static_cast<float>(i), scheme->classCount()));
    }
    return importPredictions(**document, folder, *id, curve, predictions);
}

} // namespace telltale::sample
