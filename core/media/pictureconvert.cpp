// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/pictureconvert.h"
#include "media/bgra.h"
#include <algorithm>
#include <array>
#include <libyuv.h>
#include <utility>
extern "C" {
#include <libavutil/imgutils.h>
#include <libavutil/pixdesc.h>
}

namespace telltale {
namespace {

/// A picture of the same planes that owns nothing.
av::FramePtr lookAt(const AVFrame& frame)
{
    av::FramePtr look(av_frame_alloc());
    std::copy_n(frame.data, AV_NUM_DATA_POINTERS, look->data);
    std::copy_n(frame.linesize, AV_NUM_DATA_POINTERS, look->linesize);
    look->format = frame.format;
    look->width = frame.width;
    look->height = frame.height;
    look->colorspace = frame.colorspace;
    look->color_range = frame.color_range;
    return look;
}

const AVPixFmtDescriptor& describe(const AVFrame& frame)
{
    return *av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
}

bool isChroma(int plane) { return plane == 1 || plane == 2; }

/// Makes `look` show only this part. Chroma begins at the sample that holds the part's corner.
void narrow(AVFrame& look, const PictureRegion& part)
{
    const AVPixFmtDescriptor& format = describe(look);
    const auto pixelFormat = static_cast<AVPixelFormat>(look.format);
    const bool palette = (format.flags & AV_PIX_FMT_FLAG_PAL) != 0;
    const int aligned = part.x >> format.log2_chroma_w << format.log2_chroma_w;
    for (int plane = 0; plane < 4 && look.data[plane] && !(palette && plane > 0); ++plane) {
        const int rows = part.y >> (isChroma(plane) ? format.log2_chroma_h : 0);
        const int column = isChroma(plane) || av_pix_fmt_count_planes(pixelFormat) == 1 ? aligned : part.x;
        look.data[plane] += static_cast<ptrdiff_t>(rows) * look.linesize[plane]
            + std::max(0, av_image_get_linesize(pixelFormat, column, plane));
    }
    look.width = part.width;
    look.height = part.height;
}

/// Planes of bytes of an own picture.
struct OwnPlanes {
    av::FramePtr frame;
    std::vector<uint8_t> bytes;
};

int planeWidth(const AVFrame& frame, int plane)
{
    return isChroma(plane) ? AV_CEIL_RSHIFT(frame.width, describe(frame).log2_chroma_w) : frame.width;
}

int planeHeight(const AVFrame& frame, int plane)
{
    return isChroma(plane) ? AV_CEIL_RSHIFT(frame.height, describe(frame).log2_chroma_h) : frame.height;
}

OwnPlanes makePlanes(const AVFrame& like, AVPixelFormat format, int width, int height)
{
    constexpr int kAlignment = 64;
    OwnPlanes made{lookAt(like), {}};
    AVFrame& frame = *made.frame;
    frame.format = format;
    frame.width = width;
    frame.height = height;
    made.bytes.resize(
        static_cast<size_t>(std::max(0, av_image_get_buffer_size(format, width, height, kAlignment))));
    av_image_fill_arrays(frame.data, frame.linesize, made.bytes.data(), format, width, height, kAlignment);
    return made;
}

/// Formats whose planes can be scaled, and the one with 8 bits that they become.
struct ScalableFormat {
    AVPixelFormat format;
    AVPixelFormat scaled;
};
constexpr std::array kScalable{
    ScalableFormat{AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUV420P},
    ScalableFormat{AV_PIX_FMT_YUVJ420P, AV_PIX_FMT_YUVJ420P},
    ScalableFormat{AV_PIX_FMT_YUVA420P, AV_PIX_FMT_YUVA420P},
    ScalableFormat{AV_PIX_FMT_YUV422P, AV_PIX_FMT_YUV422P},
    ScalableFormat{AV_PIX_FMT_YUVJ422P, AV_PIX_FMT_YUVJ422P},
    ScalableFormat{AV_PIX_FMT_YUVA422P, AV_PIX_FMT_YUVA422P},
    ScalableFormat{AV_PIX_FMT_YUV444P, AV_PIX_FMT_YUV444P},
    ScalableFormat{AV_PIX_FMT_YUVJ444P, AV_PIX_FMT_YUVJ444P},
    ScalableFormat{AV_PIX_FMT_YUVA444P, AV_PIX_FMT_YUVA444P},
    ScalableFormat{AV_PIX_FMT_YUV440P, AV_PIX_FMT_YUV440P},
    ScalableFormat{AV_PIX_FMT_YUV411P, AV_PIX_FMT_YUV411P},
    ScalableFormat{AV_PIX_FMT_YUV410P, AV_PIX_FMT_YUV410P},
    ScalableFormat{AV_PIX_FMT_GRAY8, AV_PIX_FMT_GRAY8},
    ScalableFormat{AV_PIX_FMT_NV12, AV_PIX_FMT_NV12},
    ScalableFormat{AV_PIX_FMT_P010LE, AV_PIX_FMT_NV12},
    ScalableFormat{AV_PIX_FMT_P016LE, AV_PIX_FMT_NV12},
    ScalableFormat{AV_PIX_FMT_YUV420P10LE, AV_PIX_FMT_YUV420P},
    ScalableFormat{AV_PIX_FMT_YUV422P10LE, AV_PIX_FMT_YUV422P},
    ScalableFormat{AV_PIX_FMT_YUV444P10LE, AV_PIX_FMT_YUV444P},
    ScalableFormat{AV_PIX_FMT_YUV420P12LE, AV_PIX_FMT_YUV420P},
    ScalableFormat{AV_PIX_FMT_YUV422P12LE, AV_PIX_FMT_YUV422P},
    ScalableFormat{AV_PIX_FMT_YUV444P12LE, AV_PIX_FMT_YUV444P},
    ScalableFormat{AV_PIX_FMT_GRAY10LE, AV_PIX_FMT_GRAY8},
};

const ScalableFormat* findScalable(int format)
{
    const auto* row = std::find_if(
        kScalable.begin(), kScalable.end(), [&](const ScalableFormat& r) { return r.format == format; });
    return row == kScalable.end() ? nullptr : row;
}

/// Each sample rounded to 8 bits.
OwnPlanes withEightBits(const AVFrame& frame, AVPixelFormat target)
{
    const AVComponentDescriptor& part = describe(frame).comp[0];
    const int shift = part.depth + part.shift - 8;
    OwnPlanes made = makePlanes(frame, target, frame.width, frame.height);
    const int planes = av_pix_fmt_count_planes(target);
    for (int plane = 0; plane < planes; ++plane) {
        const int samples = planeWidth(frame, plane) * (target == AV_PIX_FMT_NV12 && plane == 1 ? 2 : 1);
        for (int y = 0; y < planeHeight(frame, plane); ++y) {
            const auto* in = reinterpret_cast<const uint16_t*>(
                frame.data[plane] + static_cast<ptrdiff_t>(y) * frame.linesize[plane]);
            uint8_t* out = made.frame->data[plane] + static_cast<ptrdiff_t>(y) * made.frame->linesize[plane];
            for (int x = 0; x < samples; ++x)
                out[x] = static_cast<uint8_t>(std::min((in[x] + (1 << (shift - 1))) >> shift, 255));
        }
    }
    return made;
}

OwnPlanes withSeparateChroma(const AVFrame& frame)
{
    OwnPlanes made = makePlanes(frame, AV_PIX_FMT_YUV420P, frame.width, frame.height);
    AVFrame& out = *made.frame;
    libyuv::NV12ToI420(frame.data[0], frame.linesize[0], frame.data[1], frame.linesize[1], out.data[0],
        out.linesize[0], out.data[1], out.linesize[1], out.data[2], out.linesize[2], frame.width,
        frame.height);
    return made;
}

struct Plane {
    const uint8_t* data;
    int stride;
    int width;
    int height;
};

/// By halves first, which libyuv rounds; its box filter over other widths cuts off and gives grey a tint.
void scalePlane(Plane from, uint8_t* out, int stride, int width, int height)
{
    std::vector<uint8_t> half;
    while (from.width >= 2 * width && from.height >= 2 * height) {
        const Plane smaller{nullptr, from.width / 2, from.width / 2, from.height / 2};
        std::vector<uint8_t> made(static_cast<size_t>(smaller.width) * static_cast<size_t>(smaller.height));
        libyuv::ScalePlane(from.data, from.stride, smaller.width * 2, smaller.height * 2, made.data(),
            smaller.stride, smaller.width, smaller.height, libyuv::kFilterBox);
        half = std::move(made);
        from = {half.data(), smaller.stride, smaller.width, smaller.height};
    }
    libyuv::ScalePlane(
        from.data, from.stride, from.width, from.height, out, stride, width, height, libyuv::kFilterBilinear);
}

OwnPlanes scaledPlanes(const AVFrame& frame, const ScalableFormat& format, int width, int height)
{
    if (format.scaled != format.format && describe(frame).comp[0].depth > 8) {
        const OwnPlanes narrowed = withEightBits(frame, format.scaled);
        return scaledPlanes(*narrowed.frame, {format.scaled, format.scaled}, width, height);
    }
    if (format.scaled == AV_PIX_FMT_NV12) {
        const OwnPlanes separate = withSeparateChroma(frame);
        return scaledPlanes(*separate.frame, {AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUV420P}, width, height);
    }
    OwnPlanes made = makePlanes(frame, format.scaled, width, height);
    const AVFrame& out = *made.frame;
    const int planes = av_pix_fmt_count_planes(format.scaled);
    for (int plane = 0; plane < planes; ++plane)
        scalePlane(
            {frame.data[plane], frame.linesize[plane], planeWidth(frame, plane), planeHeight(frame, plane)},
            out.data[plane], out.linesize[plane], planeWidth(out, plane), planeHeight(out, plane));
    return made;
}

Picture makePicture(int width, int height, std::vector<uint8_t> storage = {})
{
    Picture picture{width, height, std::move(storage)};
    picture.bgra.resize(static_cast<size_t>(picture.stride()) * static_cast<size_t>(height));
    return picture;
}

Picture cropped(Picture picture, const PictureRegion& region)
{
    if (region == PictureRegion{0, 0, picture.width, picture.height})
        return picture;
    Picture result = makePicture(region.width, region.height);
    libyuv::ARGBCopy(picture.bgra.data() + static_cast<ptrdiff_t>(region.y) * picture.stride()
            + static_cast<ptrdiff_t>(region.x) * 4,
        picture.stride(), result.bgra.data(), result.stride(), region.width, region.height);
    return result;
}

Picture rotated(Picture picture, int rotation)
{
    if (rotation == 0)
        return picture;
    const bool turned = rotation == 90 || rotation == 270;
    Picture result
        = turned ? makePicture(picture.height, picture.width) : makePicture(picture.width, picture.height);
    libyuv::ARGBRotate(picture.bgra.data(), picture.stride(), result.bgra.data(), result.stride(),
        picture.width, picture.height, static_cast<libyuv::RotationMode>(rotation));
    return result;
}

/// Where a part of the displayed picture lies in the picture as it is stored.
PictureRegion asStored(const PictureRegion& shown, int rotation, int storedWidth, int storedHeight)
{
    switch (rotation) {
    case 90:
        return {shown.y, storedHeight - shown.x - shown.width, shown.height, shown.width};
    case 180:
        return {storedWidth - shown.x - shown.width, storedHeight - shown.y - shown.height, shown.width,
            shown.height};
    case 270:
        return {storedWidth - shown.y - shown.height, shown.x, shown.height, shown.width};
    default:
        return shown;
    }
}

struct Wanted {
    PictureRegion part; ///< of the stored picture
    int width;
    int height;
    uint32_t background;
};

Result<Picture> convert(const AVFrame& look, const Wanted& wanted, std::vector<uint8_t> storage)
{
    Picture picture = makePicture(look.width, look.height, std::move(storage));
    if (Status status = toBgra(look, wanted.background, picture.bgra.data(), picture.stride()); !status)
        return status.error();
    return picture;
}

/// Converts from the nearest whole chroma sample on, so that colours stay where they belong.
Result<Picture> convertPart(AVFrame& look, const Wanted& wanted, std::vector<uint8_t> storage)
{
    const AVPixFmtDescriptor& format = describe(look);
    const PictureRegion& part = wanted.part;
    const int extraX = part.x & ((1 << format.log2_chroma_w) - 1);
    const int extraY = part.y & ((1 << format.log2_chroma_h) - 1);
    narrow(look, {part.x - extraX, part.y - extraY, part.width + extraX, part.height + extraY});
    auto picture = convert(look, wanted, std::move(storage));
    if (!picture || (extraX == 0 && extraY == 0))
        return picture;
    return cropped(*std::move(picture), {extraX, extraY, part.width, part.height});
}

Result<Picture> cutAndScale(AVFrame& look, const Wanted& wanted, std::vector<uint8_t> storage)
{
    const PictureRegion& part = wanted.part;
    if (wanted.width == part.width && wanted.height == part.height)
        return convertPart(look, wanted, std::move(storage));
    const AVPixFmtDescriptor& format = describe(look);
    // A whole pixel that chroma is off is not seen when the picture shrinks, and is when it grows.
    const bool shrinks = wanted.width <= part.width && wanted.height <= part.height;
    const bool whole = part.x % (1 << format.log2_chroma_w) == 0 && part.y % (1 << format.log2_chroma_h) == 0;
    const ScalableFormat* scalable = findScalable(look.format);
    if (scalable && (shrinks || whole)) {
        narrow(look, part);
        const OwnPlanes planes = scaledPlanes(look, *scalable, wanted.width, wanted.height);
        return convert(*planes.frame, wanted, std::move(storage));
    }
    auto picture = convertPart(look, wanted, std::move(storage));
    if (!picture)
        return picture;
    return scaled(*picture, wanted.width, wanted.height);
}

} // namespace

PictureRegion clipped(const PictureRegion& region, int width, int height)
{
    if (region.width <= 0 || region.height <= 0)
        return {0, 0, width, height};
    const int left = std::clamp(region.x, 0, width - 1);
    const int top = std::clamp(region.y, 0, height - 1);
    const int64_t right = std::clamp<int64_t>(int64_t{region.x} + region.width, left + 1, width);
    const int64_t bottom = std::clamp<int64_t>(int64_t{region.y} + region.height, top + 1, height);
    return {left, top, static_cast<int>(right) - left, static_cast<int>(bottom) - top};
}

Result<Picture> toPicture(
    const AVFrame& frame, const VideoInfo& video, const PictureView& view, std::vector<uint8_t> storage)
{
    if (Status status = checkConvertible(frame); !status)
        return status.error();
    const av::FramePtr look = lookAt(frame);
    settleColours(*look);
    const PictureRegion region = clipped(view.region, video.width, video.height);
    const bool sized = view.outputWidth > 0 && view.outputHeight > 0;
    const int width = sized ? view.outputWidth : region.width;
    const int height = sized ? view.outputHeight : region.height;
    const bool turned = video.rotation == 90 || video.rotation == 270;
    if (frame.width == (turned ? video.height : video.width)
        && frame.height == (turned ? video.width : video.height)) {
        const Wanted wanted{asStored(region, video.rotation, frame.width, frame.height),
            turned ? height : width, turned ? width : height, view.background};
        auto picture = cutAndScale(*look, wanted, std::move(storage));
        if (!picture || video.rotation == 0)
            return picture;
        return rotated(*std::move(picture), video.rotation);
    }
    // A stream may change its size on the way; the video keeps the size it began with.
    auto whole = convert(*look, {{}, 0, 0, view.background}, std::move(storage));
    if (!whole)
        return whole;
    Picture picture = scaled(rotated(*std::move(whole), video.rotation), video.width, video.height);
    picture = cropped(std::move(picture), region);
    return picture.width == width && picture.height == height ? std::move(picture)
                                                              : scaled(picture, width, height);
}

Picture scaled(const Picture& source, int width, int height)
{
    if (source.empty() || width <= 0 || height <= 0)
        return {};
    Picture result = makePicture(width, height);
    libyuv::ARGBScale(source.bgra.data(), source.stride(), source.width, source.height, result.bgra.data(),
        result.stride(), width, height, libyuv::kFilterBox);
    return result;
}

} // namespace telltale
