// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <cstdint>
#include <string>
#include <vector>

namespace telltale {

/// Adaptive Soft Balanced Augmentation after arXiv 2606.07355: windows are varied the more, the rarer and the
/// harder the gestures in them are, without a threshold between classes. The paper's equations are not
/// public; the form and all constants are ours.
struct AsbaOptions {
    bool adaptive = true; ///< false: every window has `uniform` for its intensity, the control
    double uniform = 0.5;
    std::string combine = "or"; ///< "or": 1 - (1 - rarity)(1 - difficulty); "mean": by `rarityShare`
    double rarityShare = 0.5;
    double difficultyDecay = 0.9; ///< of the running mean of a class's loss
    double difficultyStart = 0.5; ///< of a class that has had no loss yet
    double chanceLeast = 0.2; ///< of each operation, at intensity 0
    double chanceMost = 0.9; ///< at intensity 1
    double strengthLeast = 0.2; ///< share of an operation's greatest range, at intensity 0
    double strengthMost = 1; ///< at intensity 1
    bool operator==(const AsbaOptions&) const = default;
};

/// How much a window is varied.
struct AugmentationStrength {
    double chance = 0; ///< of each operation
    double strength = 0; ///< share of its greatest range
};

/// Effective numbers E = (1 - b^n) / (1 - b) with b = 1 - 1/N for N samples in all (Cui et al. 2019), on a
/// logarithmic scale from the most frequent class (0) to the rarest (1). All 0 if all have as many. A class
/// without samples counts as one with a single sample.
std::vector<double> classRarity(const std::vector<int64_t>& counts);

/// What ASBA knows of the classes while a training runs. One thread.
class ClassIntensities {
public:
    ClassIntensities(const std::vector<int64_t>& counts, const AsbaOptions& options);

    /// Sum of the classification loss over `points` positive points of a class in this epoch.
    void addLoss(int label, double sum, double points);
    /// Takes the epoch's mean losses into the running ones; classes that had no point keep theirs.
    void closeEpoch();

    const std::vector<double>& rarity() const { return m_rarity; }
    /// Running loss over the greatest of all classes, 0 to 1.
    std::vector<double> difficulty() const;
    /// By class, 0 to 1.
    std::vector<double> intensity() const;
    /// Of a window with gestures of these classes: of the greatest intensity among them, 0 without any.
    AugmentationStrength strengthFor(const std::vector<int>& labels) const;

    const AsbaOptions& options() const { return m_options; }
    /// All that a resumed training needs: running losses, -1 where there is none yet.
    const std::vector<double>& losses() const { return m_losses; }
    /// InvalidArgument for a list of another length.
    Status restore(const std::vector<double>& losses);

private:
    AsbaOptions m_options;
    std::vector<double> m_rarity;
    std::vector<double> m_losses; ///< running, -1: none yet
    std::vector<double> m_sums; ///< of this epoch
    std::vector<double> m_points;
};

} // namespace telltale
