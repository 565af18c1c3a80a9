// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/networks/pictureinput.h"
#include "pose/networks/areascale.h"
#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace telltale {
namespace {

/// The picture scaled or cut to the input's size.
cv::Mat placed(const PoseModelCard& card, const PosePicture& picture, const InputFit& fit)
{
    // Only read: OpenCV has no read-only view.
    const cv::Mat bgra(picture.height, picture.width, CV_8UC4, const_cast<uint8_t*>(picture.bgra.data()));
    cv::Mat input(card.inputHeight, card.inputWidth, CV_8UC4, cv::Scalar::all(0));
    const int fullWidth = picture.fullWidth > 0 ? picture.fullWidth : picture.width;
    const int fullHeight = picture.fullHeight > 0 ? picture.fullHeight : picture.height;
    if (card.fit != PoseModelCard::Fit::Crop) {
        const auto [width, height] = wholeSize(card, fullWidth, fullHeight);
        const cv::Rect where(static_cast<int>(std::lround(fit.offsetX)),
            static_cast<int>(std::lround(fit.offsetY)), width, height);
        cv::Mat target = input(where);
        if (bgra.size() == where.size()) {
            bgra.copyTo(target);
        } else if (width <= picture.width && height <= picture.height) {
            cv::Mat small(where.size(), CV_8UC4);
            areaScale(picture.bgra, picture.width, picture.height,
                {small.data, small.total() * small.elemSize()}, width, height);
            small.copyTo(target);
        } else {
            cv::resize(bgra, target, where.size(), 0, 0, cv::INTER_LINEAR);
        }
        return input;
    }
    // Pixel centres lie half a pixel from the pixel's corner.
    const double perX = static_cast<double>(picture.width) / fullWidth / fit.scaleX;
    const double perY = static_cast<double>(picture.height) / fullHeight / fit.scaleY;
    const cv::Matx23d toPicture(
        perX, 0, (0.5 - fit.offsetX) * perX - 0.5, 0, perY, (0.5 - fit.offsetY) * perY - 0.5);
    cv::warpAffine(bgra, input, toPicture, input.size(), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP);
    return input;
}

} // namespace

std::array<int, 2> wholeSize(const PoseModelCard& card, int width, int height)
{
    if (card.fit == PoseModelCard::Fit::Stretch)
        return {card.inputWidth, card.inputHeight};
    const double scale = std::min(
        static_cast<double>(card.inputWidth) / width, static_cast<double>(card.inputHeight) / height);
    return {std::clamp(static_cast<int>(std::lround(width * scale)), 1, card.inputWidth),
        std::clamp(static_cast<int>(std::lround(height * scale)), 1, card.inputHeight)};
}

InputFit wholeFit(const PoseModelCard& card, int width, int height)
{
    const auto [across, down] = wholeSize(card, width, height);
    return {static_cast<double>(across) / width, static_cast<double>(down) / height,
        static_cast<double>((card.inputWidth - across) / 2),
        static_cast<double>((card.inputHeight - down) / 2)};
}

InputFit cropFit(const PoseModelCard& card, const PoseBox& box, double margin)
{
    const double shape = static_cast<double>(card.inputWidth) / card.inputHeight;
    const double width = std::max<double>(box.width, box.height * shape) * margin;
    const double scale = card.inputWidth / std::max(width, 1.0);
    const double centreX = box.x + box.width / 2.0;
    const double centreY = box.y + box.height / 2.0;
    return {scale, scale, card.inputWidth / 2.0 - scale * centreX, card.inputHeight / 2.0 - scale * centreY};
}

NdArray emptyBatch(const PoseModelCard& card, int count)
{
    return card.channelsLast ? NdArray({count, card.inputHeight, card.inputWidth, 3})
                             : NdArray({count, 3, card.inputHeight, card.inputWidth});
}

void fillInput(
    const PoseModelCard& card, const PosePicture& picture, const InputFit& fit, NdArray& batch, int index)
{
    const cv::Mat input = placed(card, picture, fit);
    const auto area = static_cast<int64_t>(card.inputWidth) * card.inputHeight;
    float* const sample = batch.values.data() + 3 * area * index;
    const int64_t toPixel = card.channelsLast ? 3 : 1;
    const int64_t toChannel = card.channelsLast ? 1 : area;
    for (int channel = 0; channel < 3; ++channel) {
        const auto mean = static_cast<float>(card.mean[static_cast<size_t>(channel)]);
        const auto scale = static_cast<float>(card.scale[static_cast<size_t>(channel)]);
        float* to = sample + channel * toChannel;
        const uint8_t* from = input.data + (card.rgb ? 2 - channel : channel);
        for (int64_t i = 0; i < area; ++i)
            to[i * toPixel] = (static_cast<float>(from[4 * i]) - mean) * scale;
    }
}

} // namespace telltale
