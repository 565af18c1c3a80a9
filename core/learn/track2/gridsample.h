// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/track2/asba.h"
#include "learn/track2/gridinput.h"
#include "learn/track2/gridwindows.h"
#include <torch/types.h>

namespace telltale {

/// A window as the detector sees it.
struct GridSample {
    torch::Tensor features; ///< [channels, rows], float; zeros behind the video's end; undefined without
    torch::Tensor pictures; ///< [3, T, side, side], bytes, the last one again behind the end; or undefined
    int64_t rows = 0; ///< of it that lie in the video
    std::vector<GridTruth> truth;
    std::vector<char> counted; ///< as countedRows()
};

/// The window as it is. Missing points are zeros. Errors are c10::Error.
GridSample gridSample(
    const UntrimmedSet& set, const GridInput& input, const TimeGrid& grid, const GridWindow& window);

/// The same of a window whose frames are at hand, for skeletons alone: [grid.frames(), points, channels] as
/// an UntrimmedSet has them, the last one again behind the end; `rows` of the window lie in the video.
GridSample gridSample(const torch::Tensor& frames, const ClipSkeleton& skeleton, const GridInput& input,
    const TimeGrid& grid, int64_t rows);

/// Windows as a training sees them: varied by ASBA, and by gestures of other windows that are pasted into
/// them. Everything random depends on the windows' seeds and the intensities alone.
class GridAugmenter {
public:
    /// `videos`: those that are trained on; rare gestures are taken out of them.
    GridAugmenter(std::shared_ptr<const UntrimmedSet> set, const GridInput& input, const TimeGrid& grid,
        const std::vector<size_t>& videos);
    GridSample sample(const GridWindow& window, const ClassIntensities& intensities) const;

private:
    struct Instance {
        size_t video = 0;
        TruthSpan truth;
    };

    /// How much faster a window is played.
    double speed(const AugmentationStrength& strength, Random& random) const;
    GridSample varied(const GridWindow& window, const AugmentationStrength& strength, Random& random) const;
    /// The class to paste next; that of no class where there is none.
    size_t drawnClass(const ClassIntensities& intensities, Random& random) const;
    /// One gesture into a free stretch; nothing where the place drawn is taken.
    void paste(GridSample& into, const ClassIntensities& intensities, Random random) const;

    std::shared_ptr<const UntrimmedSet> m_set;
    GridInput m_input;
    TimeGrid m_grid;
    std::vector<std::vector<Instance>> m_instances; ///< by class
};

} // namespace telltale
