// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/spans/detectiontargets.h"
#include <cstdint>
#include <torch/types.h>

namespace telltale {

/// What one-stage detectors are trained with. All of them compute in float32 whatever they are handed, on
/// the device of their first argument; gradients flow into the first argument; errors are c10::Error.

/// Sigmoid focal loss of each element (Lin et al. 2017): `targets` in [0, 1], of the shape of `logits`.
/// `alpha` below 0: classes are not balanced.
torch::Tensor focalLoss(
    const torch::Tensor& logits, const torch::Tensor& targets, double alpha = 0.25, double gamma = 2);

/// 1 - DIoU of pairs of segments around the same points: offsets [n, 2] to start and end, at least 0
/// (ActionFormer, ctr_diou_loss_1d). [n].
torch::Tensor diouLoss(const torch::Tensor& offsets, const torch::Tensor& target);
/// The same of segments [n, 2] wherever they lie (OpenTAD, DIOULoss).
torch::Tensor segmentDiouLoss(const torch::Tensor& segments, const torch::Tensor& target);
/// 1 - GIoU, offset form (ActionFormer, ctr_giou_loss_1d) and segment form (OpenTAD, GIOULoss).
torch::Tensor giouLoss(const torch::Tensor& offsets, const torch::Tensor& target);
torch::Tensor segmentGiouLoss(const torch::Tensor& segments, const torch::Tensor& target);

/// Defaults are AdaTAD's.
struct DetectionLossOptions {
    double alpha = 0.25;
    double gamma = 2;
    double smoothing = 0; ///< targets become y * (1 - s) + s / (classes + 1)
    double offsetWeight = 1; ///< of the DIoU loss; 0 or less: as much as the class loss
    double firstNormaliser = 100;
    double momentum = 0.9; ///< of the normaliser
};

struct DetectionLossValue {
    torch::Tensor total; ///< scalar
    torch::Tensor classes; ///< scalar, focal
    torch::Tensor offsets; ///< scalar, DIoU, before its weight
    int64_t positives = 0; ///< points
};

/// Focal and DIoU loss, sums over a batch divided by a moving mean of the number of positive points, which
/// takes in this batch first (ActionFormer). One thread at a time.
class DetectionLoss {
public:
    explicit DetectionLoss(const DetectionLossOptions& options = {});

    /// `logits` [N, points, classes], `offsets` [N, points, 2], `mask` [N, points] (bool: inside the
    /// video), levels one after the other as pyramidPoints(); `weights`: empty or [N, points], how much a
    /// point's losses count. `moving` false: divided by the positives of this batch, the mean stays.
    DetectionLossValue operator()(const torch::Tensor& logits, const torch::Tensor& offsets,
        const torch::Tensor& mask, const DetectionTargets& targets, const torch::Tensor& weights = {},
        bool moving = true);

    /// State that a checkpoint keeps.
    double normaliser() const { return m_normaliser; }
    void setNormaliser(double value) { m_normaliser = value; }

private:
    DetectionLossOptions m_options;
    double m_normaliser = 0;
};

} // namespace telltale
