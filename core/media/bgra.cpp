// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/bgra.h"
#include "media/yuvrows.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <libyuv.h>
extern "C" {
#include <libavutil/pixdesc.h>
}

namespace telltale {
namespace {

/// Luma weights of red and blue, and libyuv's tables of the same matrix where it has them right.
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
    Matrix{AVCOL_SPC_BT709, 0.2126, 0.0722, nullptr, &libyuv::kYuvF709Constants},
    Matrix{AVCOL_SPC_BT2020_NCL, 0.2627, 0.0593, nullptr, &libyuv::kYuvV2020Constants},
    Matrix{AVCOL_SPC_BT2020_CL, 0.2627, 0.0593, nullptr, &libyuv::kYuvV2020Constants},
    Matrix{AVCOL_SPC_FCC, 0.30, 0.11, nullptr, nullptr},
    Matrix{AVCOL_SPC_SMPTE240M, 0.212, 0.087, nullptr, nullptr},
};

const Matrix* findMatrix(AVColorSpace space)
{
    const auto* given = std::find_if(
        kMatrices.begin(), kMatrices.end(), [&](const Matrix& matrix) { return matrix.space == space; });
    return given == kMatrices.end() ? nullptr : given;
}

bool isYuvj(int format)
{
    constexpr std::array kFormats{AV_PIX_FMT_YUVJ420P, AV_PIX_FMT_YUVJ422P, AV_PIX_FMT_YUVJ444P,
        AV_PIX_FMT_YUVJ440P, AV_PIX_FMT_YUVJ411P};
    return std::find(kFormats.begin(), kFormats.end(), format) != kFormats.end();
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
using Planar8Alpha = int (*)(const uint8_t*, int, const uint8_t*, int, const uint8_t*, int, const uint8_t*,
    int, uint8_t*, int, const libyuv::YuvConstants*, int, int, int);
using Packed8 = int (*)(const uint8_t*, int, uint8_t*, int, int, int);

template <Planar8 convert> int planar8(const AVFrame& f, const Target& t)
{
    return convert(f.data[0], f.linesize[0], f.data[1], f.linesize[1], f.data[2], f.linesize[2], t.bgra,
        t.stride, t.constants, f.width, f.height);
}

template <Planar8Alpha convert> int planar8Alpha(const AVFrame& f, const Target& t)
{
    return convert(f.data[0], f.linesize[0], f.data[1], f.linesize[1], f.data[2], f.linesize[2], f.data[3],
        f.linesize[3], t.bgra, t.stride, t.constants, f.width, f.height, 0);
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

int p010(const AVFrame& f, const Target& t)
{
    return libyuv::P010ToARGBMatrix(reinterpret_cast<const uint16_t*>(f.data[0]), f.linesize[0] / 2,
        reinterpret_cast<const uint16_t*>(f.data[1]), f.linesize[1] / 2, t.bgra, t.stride, t.constants,
        f.width, f.height);
}

int gray8(const AVFrame& f, const Target& t)
{
    return libyuv::I400ToARGBMatrix(
        f.data[0], f.linesize[0], t.bgra, t.stride, t.constants, f.width, f.height);
}

int palette8(const AVFrame& f, const Target& t)
{
    for (int y = 0; y < f.height; ++y) {
        const uint8_t* in = f.data[0] + static_cast<ptrdiff_t>(y) * f.linesize[0];
        uint8_t* out = t.bgra + static_cast<ptrdiff_t>(y) * t.stride;
        for (int x = 0; x < f.width; ++x)
            std::copy_n(f.data[1] + 4 * in[x], 4, out + static_cast<ptrdiff_t>(x) * 4);
    }
    return 0;
}

/// Formats that libyuv converts; its ARGB is B, G, R, A in memory and its RAW is R, G, B.
struct FastPath {
    AVPixelFormat format;
    int (*convert)(const AVFrame&, const Target&);
    bool alpha = false;
};
constexpr std::array kFastPaths{
    FastPath{AV_PIX_FMT_YUV420P, planar8<libyuv::I420ToARGBMatrix>},
    FastPath{AV_PIX_FMT_YUVJ420P, planar8<libyuv::I420ToARGBMatrix>},
    FastPath{AV_PIX_FMT_YUVA420P, planar8Alpha<libyuv::I420AlphaToARGBMatrix>, true},
    FastPath{AV_PIX_FMT_YUV422P, planar8<libyuv::I422ToARGBMatrix>},
    FastPath{AV_PIX_FMT_YUVJ422P, planar8<libyuv::I422ToARGBMatrix>},
    FastPath{AV_PIX_FMT_YUVA422P, planar8Alpha<libyuv::I422AlphaToARGBMatrix>, true},
    FastPath{AV_PIX_FMT_YUV444P, planar8<libyuv::I444ToARGBMatrix>},
    FastPath{AV_PIX_FMT_YUVJ444P, planar8<libyuv::I444ToARGBMatrix>},
    FastPath{AV_PIX_FMT_YUVA444P, planar8Alpha<libyuv::I444AlphaToARGBMatrix>, true},
    FastPath{AV_PIX_FMT_NV12, nv12},
    FastPath{AV_PIX_FMT_P010LE, p010},
    FastPath{AV_PIX_FMT_GRAY8, gray8},
    FastPath{AV_PIX_FMT_PAL8, palette8, true},
    FastPath{AV_PIX_FMT_YUV420P10LE, planar16<libyuv::I010ToARGBMatrix>},
    FastPath{AV_PIX_FMT_YUV422P10LE, planar16<libyuv::I210ToARGBMatrix>},
    FastPath{AV_PIX_FMT_YUV444P10LE, planar16<libyuv::I410ToARGBMatrix>},
    FastPath{AV_PIX_FMT_YUV420P12LE, planar16<libyuv::I012ToARGBMatrix>},
    FastPath{AV_PIX_FMT_BGRA, packed8<libyuv::ARGBCopy>, true},
    FastPath{AV_PIX_FMT_BGR0, packed8<libyuv::ARGBCopy>},
    FastPath{AV_PIX_FMT_RGBA, packed8<libyuv::ABGRToARGB>, true},
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
void convertByDescription(
    const AVFrame& frame, const AVPixFmtDescriptor& format, const Matrix& matrix, const Target& target)
{
    const bool rgb = (format.flags & AV_PIX_FMT_FLAG_RGB) != 0;
    const bool gray = format.nb_components < 3;
    const bool full = frame.color_range == AVCOL_RANGE_JPEG;
    const bool alpha = (format.flags & AV_PIX_FMT_FLAG_ALPHA) != 0;
    const ComponentReader first(frame, format, 0);
    const ComponentReader second(frame, format, gray ? 0 : 1);
    const ComponentReader third(frame, format, gray ? 0 : 2);
    const ComponentReader opacity(frame, format, alpha ? format.nb_components - 1 : 0);
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
            out[3] = alpha ? toByte(opacity.at(x, y)) : 255;
        }
    }
}

/// Lets `background` through where the pixels are transparent, and makes them opaque.
void layOver(uint32_t background, uint8_t* bgra, int stride, int width, int height)
{
    const std::array<int, 3> under{static_cast<int>(background & 255),
        static_cast<int>(background >> 8 & 255), static_cast<int>(background >> 16 & 255)};
    for (int y = 0; y < height; ++y) {
        uint8_t* p = bgra + static_cast<ptrdiff_t>(y) * stride;
        for (int x = 0; x < width; ++x, p += 4) {
            const int alpha = p[3];
            for (size_t c = 0; c < under.size(); ++c)
                p[c] = static_cast<uint8_t>((p[c] * alpha + under[c] * (255 - alpha) + 127) / 255);
            p[3] = 255;
        }
    }
}

} // namespace

void settleColours(AVFrame& frame)
{
    const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
    if (!findMatrix(frame.colorspace))
        frame.colorspace = frame.width >= 1280 || frame.height > 576 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
    if (frame.color_range == AVCOL_RANGE_UNSPECIFIED)
        frame.color_range = isYuvj(frame.format) || (format && format->nb_components < 3) ? AVCOL_RANGE_JPEG
                                                                                          : AVCOL_RANGE_MPEG;
}

Status checkConvertible(const AVFrame& frame)
{
    const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
    constexpr uint64_t kUnreadable
        = AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_FLOAT;
    if (!format || (format->flags & kUnreadable) != 0)
        return Error{ErrorCode::Unsupported,
            std::string("pictures of the pixel format ") + (format ? format->name : "unknown")
                + " cannot be shown; convert the video to H.264"};
    return {};
}

Status toBgra(const AVFrame& frame, uint32_t background, uint8_t* bgra, int stride)
{
    if (Status status = checkConvertible(frame); !status)
        return status;
    const AVPixFmtDescriptor& format = *av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
    const Matrix* given = findMatrix(frame.colorspace);
    const Matrix& matrix = given ? *given : kMatrices.front();
    const Target target{bgra, stride, frame.color_range == AVCOL_RANGE_JPEG ? matrix.full : matrix.limited};
    const auto* fast = std::find_if(kFastPaths.begin(), kFastPaths.end(),
        [&](const FastPath& path) { return path.format == frame.format; });
    const bool rgb = (format.flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) != 0;
    const bool isFast = fast != kFastPaths.end() && (target.constants || rgb);
    if (!isFast && hasYuvRows(frame.format))
        toBgraByRows(frame, {matrix.red, matrix.blue, frame.color_range == AVCOL_RANGE_JPEG}, bgra, stride);
    else if (!isFast)
        convertByDescription(frame, format, matrix, target);
    else if (fast->convert(frame, target) != 0)
        return Error{ErrorCode::Internal, "a picture could not be converted to BGRA"};
    if (isFast ? fast->alpha : (format.flags & AV_PIX_FMT_FLAG_ALPHA) != 0)
        layOver(background, bgra, stride, frame.width, frame.height);
    return {};
}

} // namespace telltale
