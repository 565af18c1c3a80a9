// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/pictureconvert.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <libyuv.h>
#include <string>
extern "C" {
#include <libavutil/pixdesc.h>
}

namespace telltale {
namespace {

/// Luma weights of red and blue, and libyuv's tables of the same matrix.
struct Matrix {
    AVColorSpace space;
    double red;
    double blue;
    const libyuv::YuvConstants* limited;
    const libyuv::YuvConstants* full;
};

const std::array kMatrices{
    Matrix{AVCOL_SPC_SMPTE170M, 0.299, 0.114, &libyuv::kYuvI601Constants, &libyuv::kYuvJPEGConstants},
    Matrix{AVCOL_SPC_BT470BG, 0.299, 0.114, &libyuv::kYuvI601Constants, &libyuv::kYuvJPEGConstants},
    Matrix{AVCOL_SPC_BT709, 0.2126, 0.0722, &libyuv::kYuvH709Constants, &libyuv::kYuvF709Constants},
    Matrix{AVCOL_SPC_BT2020_NCL, 0.2627, 0.0593, &libyuv::kYuv2020Constants, &libyuv::kYuvV2020Constants},
    Matrix{AVCOL_SPC_BT2020_CL, 0.2627, 0.0593, &libyuv::kYuv2020Constants, &libyuv::kYuvV2020Constants},
};

const Matrix& matrixOf(const AVFrame& frame)
{
    const auto* given = std::find_if(
        kMatrices.begin(), kMatrices.end(), [&](const Matrix& m) { return m.space == frame.colorspace; });
    if (given != kMatrices.end())
        return *given;
    const bool highDefinition = frame.width >= 1280 || frame.height > 576;
    return kMatrices[highDefinition ? 2 : 0];
}

bool isYuvj(int format)
{
    constexpr std::array kFormats{AV_PIX_FMT_YUVJ420P, AV_PIX_FMT_YUVJ422P, AV_PIX_FMT_YUVJ444P,
        AV_PIX_FMT_YUVJ440P, AV_PIX_FMT_YUVJ411P};
    return std::find(kFormats.begin(), kFormats.end(), format) != kFormats.end();
}

bool isFullRange(const AVFrame& frame, const AVPixFmtDescriptor& format)
{
    if (frame.color_range == AVCOL_RANGE_UNSPECIFIED)
        return isYuvj(frame.format) || format.nb_components < 3;
    return frame.color_range == AVCOL_RANGE_JPEG;
}

struct Target {
    uint8_t* bgra;
    int stride;
    const libyuv::YuvConstants* constants;
};

using Planar8 = int (*)(const uint8_t*, int, const uint8_t*, int, const uint8_t*, int, uint8_t*, int,
    const libyuv::YuvConstants*, int, int);
using Planar16 = int (*)(const uint16_t*, int, const uint16_t*, int, const uint16_t*, int, uint8_t*, int,
    const libyuv::YuvConstants*, int, int);
using Packed8 = int (*)(const uint8_t*, int, uint8_t*, int, int, int);

template <Planar8 convert> int planar8(const AVFrame& f, const Target& t)
{
    return convert(f.data[0], f.linesize[0], f.data[1], f.linesize[1], f.data[2], f.linesize[2], t.bgra,
        t.stride, t.constants, f.width, f.height);
}

template <Planar16 convert> int planar16(const AVFrame& f, const Target& t)
{
    const auto plane = [&](int i) { return reinterpret_cast<const uint16_t*>(f.data[i]); };
    return convert(plane(0), f.linesize[0] / 2, plane(1), f.linesize[1] / 2, plane(2), f.linesize[2] / 2,
        t.bgra, t.stride, t.constants, f.width, f.height);
}

template <Packed8 convert> int packed8(const AVFrame& f, const Target& t)
{
    return convert(f.data[0], f.linesize[0], t.bgra, t.stride, f.width, f.height);
}

int nv12(const AVFrame& f, const Target& t)
{
    return libyuv::NV12ToARGBMatrix(
        f.data[0], f.linesize[0], f.data[1], f.linesize[1], t.bgra, t.stride, t.constants, f.width, f.height);
}

/// Formats that libyuv converts; its ARGB is B, G, R, A in memory and its RAW is R, G, B.
struct FastPath {
    AVPixelFormat format;
    int (*convert)(const AVFrame&, const Target&);
};
constexpr std::array kFastPaths{
    FastPath{AV_PIX_FMT_YUV420P, planar8<libyuv::I420ToARGBMatrix>},
    FastPath{AV_PIX_FMT_YUVJ420P, planar8<libyuv::I420ToARGBMatrix>},
    FastPath{AV_PIX_FMT_YUVA420P, planar8<libyuv::I420ToARGBMatrix>},
    FastPath{AV_PIX_FMT_YUV422P, planar8<libyuv::I422ToARGBMatrix>},
    FastPath{AV_PIX_FMT_YUVJ422P, planar8<libyuv::I422ToARGBMatrix>},
    FastPath{AV_PIX_FMT_YUVA422P, planar8<libyuv::I422ToARGBMatrix>},
    FastPath{AV_PIX_FMT_YUV444P, planar8<libyuv::I444ToARGBMatrix>},
    FastPath{AV_PIX_FMT_YUVJ444P, planar8<libyuv::I444ToARGBMatrix>},
    FastPath{AV_PIX_FMT_YUVA444P, planar8<libyuv::I444ToARGBMatrix>},
    FastPath{AV_PIX_FMT_NV12, nv12},
    FastPath{AV_PIX_FMT_YUV420P10LE, planar16<libyuv::I010ToARGBMatrix>},
    FastPath{AV_PIX_FMT_YUV422P10LE, planar16<libyuv::I210ToARGBMatrix>},
    FastPath{AV_PIX_FMT_YUV444P10LE, planar16<libyuv::I410ToARGBMatrix>},
    FastPath{AV_PIX_FMT_YUV420P12LE, planar16<libyuv::I012ToARGBMatrix>},
    FastPath{AV_PIX_FMT_BGRA, packed8<libyuv::ARGBCopy>},
    FastPath{AV_PIX_FMT_BGR0, packed8<libyuv::ARGBCopy>},
    FastPath{AV_PIX_FMT_RGBA, packed8<libyuv::ABGRToARGB>},
    FastPath{AV_PIX_FMT_RGB0, packed8<libyuv::ABGRToARGB>},
    FastPath{AV_PIX_FMT_RGB24, packed8<libyuv::RAWToARGB>},
    FastPath{AV_PIX_FMT_BGR24, packed8<libyuv::RGB24ToARGB>},
};

uint8_t toByte(double value)
{
    return static_cast<uint8_t>(std::clamp(std::lround(value * 255.0), 0L, 255L));
}

/// One component of one pixel as a number in [0, 1].
class ComponentReader {
public:
    ComponentReader(const AVFrame& frame, const AVPixFmtDescriptor& format, int component)
        : m_frame(frame)
        , m_part(format.comp[component])
        , m_shiftX(component == 1 || component == 2 ? format.log2_chroma_w : 0)
        , m_shiftY(component == 1 || component == 2 ? format.log2_chroma_h : 0)
        , m_bigEndian((format.flags & AV_PIX_FMT_FLAG_BE) != 0)
        , m_scale(1.0 / ((1 << m_part.depth) - 1))
    {
    }
    int depth() const { return m_part.depth; }
    double at(int x, int y) const
    {
        const uint8_t* row = m_frame.data[m_part.plane]
            + static_cast<ptrdiff_t>(y >> m_shiftY) * m_frame.linesize[m_part.plane];
        const uint8_t* p = row + static_cast<ptrdiff_t>(x >> m_shiftX) * m_part.step + m_part.offset;
        unsigned value = p[0];
        if (m_part.depth + m_part.shift > 8)
            value = m_bigEndian ? static_cast<unsigned>(p[0] << 8 | p[1])
                                : static_cast<unsigned>(p[1] << 8 | p[0]);
        return ((value >> m_part.shift) & ((1U << m_part.depth) - 1)) * m_scale;
    }

private:
    const AVFrame& m_frame;
    AVComponentDescriptor m_part;
    int m_shiftX;
    int m_shiftY;
    bool m_bigEndian;
    double m_scale;
};

/// Any other integer format, pixel by pixel from its description. RGB components come first in the
/// description's order.
void convertByDescription(const AVFrame& frame, const AVPixFmtDescriptor& format, const Target& target)
{
    const bool rgb = (format.flags & AV_PIX_FMT_FLAG_RGB) != 0;
    const bool gray = format.nb_components < 3;
    const bool full = isFullRange(frame, format);
    const Matrix& matrix = matrixOf(frame);
    const ComponentReader first(frame, format, 0);
    const ComponentReader second(frame, format, gray ? 0 : 1);
    const ComponentReader third(frame, format, gray ? 0 : 2);
    const double steps = (1 << first.depth()) - 1;
    const double unit = static_cast<double>(1 << first.depth()) / 256.0 / steps; // one 8-bit step
    const double green = 1.0 - matrix.red - matrix.blue;
    for (int y = 0; y < frame.height; ++y) {
        uint8_t* out = target.bgra + static_cast<ptrdiff_t>(y) * target.stride;
        for (int x = 0; x < frame.width; ++x, out += 4) {
            double r = first.at(x, y);
            double g = second.at(x, y);
            double b = third.at(x, y);
            if (!rgb) {
                const double luma = full ? r : (r - 16 * unit) / (219 * unit);
                const double range = full ? 1.0 : 224 * unit;
                const double u = gray ? 0.0 : (g - 128 * unit) / range;
                const double v = gray ? 0.0 : (b - 128 * unit) / range;
                r = luma + 2 * (1 - matrix.red) * v;
                b = luma + 2 * (1 - matrix.blue) * u;
                g = (luma - matrix.red * r - matrix.blue * b) / green;
            }
            out[0] = toByte(b);
            out[1] = toByte(g);
            out[2] = toByte(r);
            out[3] = 255;
        }
    }
}

Picture rotated(Picture picture, int rotation)
{
    if (rotation == 0)
        return picture;
    const bool turned = rotation == 90 || rotation == 270;
    Picture result;
    result.width = turned ? picture.height : picture.width;
    result.height = turned ? picture.width : picture.height;
    result.bgra.resize(picture.bgra.size());
    libyuv::ARGBRotate(picture.bgra.data(), picture.stride(), result.bgra.data(), result.stride(),
        picture.width, picture.height, static_cast<libyuv::RotationMode>(rotation));
    return result;
}

} // namespace

Result<Picture> toPicture(const AVFrame& frame, int rotation)
{
    const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
    constexpr uint64_t kUnreadable
        = AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_FLOAT;
    if (!format || (format->flags & kUnreadable) != 0)
        return Error{ErrorCode::Unsupported,
            std::string("pictures of the pixel format ") + (format ? format->name : "unknown")
                + " cannot be shown; convert the video to H.264"};
    Picture picture;
    picture.width = frame.width;
    picture.height = frame.height;
    picture.bgra.resize(static_cast<size_t>(picture.stride()) * static_cast<size_t>(frame.height));
    const Matrix& matrix = matrixOf(frame);
    const Target target{
        picture.bgra.data(), picture.stride(), isFullRange(frame, *format) ? matrix.full : matrix.limited};
    const auto* fast = std::find_if(kFastPaths.begin(), kFastPaths.end(),
        [&](const FastPath& path) { return path.format == frame.format; });
    if (fast == kFastPaths.end())
        convertByDescription(frame, *format, target);
    else if (fast->convert(frame, target) != 0)
        return Error{ErrorCode::Internal, "a picture could not be converted to BGRA"};
    return rotated(std::move(picture), rotation);
}

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

Picture cropped(Picture picture, const PictureRegion& region)
{
    if (region == PictureRegion{0, 0, picture.width, picture.height})
        return picture;
    Picture result{region.width, region.height, {}};
    result.bgra.resize(static_cast<size_t>(result.stride()) * static_cast<size_t>(region.height));
    libyuv::ARGBCopy(picture.bgra.data() + static_cast<ptrdiff_t>(region.y) * picture.stride()
            + static_cast<ptrdiff_t>(region.x) * 4,
        picture.stride(), result.bgra.data(), result.stride(), region.width, region.height);
    return result;
}

Picture scaled(const Picture& source, int width, int height)
{
    Picture result;
    if (source.empty() || width <= 0 || height <= 0)
        return result;
    result.width = width;
    result.height = height;
    result.bgra.resize(static_cast<size_t>(result.stride()) * static_cast<size_t>(height));
    libyuv::ARGBScale(source.bgra.data(), source.stride(), source.width, source.height, result.bgra.data(),
        result.stride(), width, height, libyuv::kFilterBox);
    return result;
}

} // namespace telltale
