// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/yuvrows.h"
#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>
extern "C" {
#include <libavutil/pixdesc.h>
}

namespace telltale {
namespace {

constexpr int kShift = 14;
static_assert(std::endian::native == std::endian::little, "a pixel is written as one number");

struct Factors {
    int black;
    int middle; ///< of chroma
    int luma;
    int blueOfU;
    int greenOfU;
    int greenOfV;
    int redOfV;
};

Factors factorsOf(const YuvMeaning& meaning, int depth)
{
    const double unit = 1 << (depth - 8);
    const double top = (1 << depth) - 1;
    const double luma = 255.0 / (meaning.fullRange ? top : 219 * unit);
    const double chroma = 255.0 / (meaning.fullRange ? top : 224 * unit);
    const double green = 1 - meaning.red - meaning.blue;
    const auto fixed = [](double value) { return static_cast<int>(std::lround(value * (1 << kShift))); };
    return {meaning.fullRange ? 0 : static_cast<int>(16 * unit), static_cast<int>(128 * unit), fixed(luma),
        fixed(2 * (1 - meaning.blue) * chroma),
        fixed(-2 * (1 - meaning.blue) * meaning.blue / green * chroma),
        fixed(-2 * (1 - meaning.red) * meaning.red / green * chroma), fixed(2 * (1 - meaning.red) * chroma)};
}

struct Row {
    const uint16_t* y;
    const uint16_t* u;
    const uint16_t* v;
    uint32_t* bgra; ///< in memory B, G, R, opacity
    int width;
};

[[gnu::always_inline]] inline int toByte(int fixed)
{
    const int value = fixed >> kShift;
    return value < 0 ? 0 : value > 255 ? 255 : value;
}

/// Written so that compilers turn it into vector instructions.
[[gnu::always_inline]] inline void convertRow(const Row& row, const Factors& factors)
{
    const Factors f = factors;
    const uint16_t* __restrict y = row.y;
    const uint16_t* __restrict u = row.u;
    const uint16_t* __restrict v = row.v;
    uint32_t* __restrict out = row.bgra;
    const int width = row.width;
    for (int x = 0; x < width; ++x) {
        const int light = (y[x] - f.black) * f.luma + (1 << (kShift - 1));
        const int du = u[x] - f.middle;
        const int dv = v[x] - f.middle;
        const int blue = toByte(light + du * f.blueOfU);
        const int green = toByte(light + du * f.greenOfU + dv * f.greenOfV);
        const int red = toByte(light + dv * f.redOfV);
        out[x] = static_cast<uint32_t>(blue | green << 8 | red << 16) | 0xff000000U;
    }
}

void convertPlain(const Row& row, const Factors& factors) { convertRow(row, factors); }

#if defined(__x86_64__)
[[gnu::target("avx2")]] void convertWide(const Row& row, const Factors& factors) { convertRow(row, factors); }
auto* chooseConversion() { return __builtin_cpu_supports("avx2") ? convertWide : convertPlain; }
#else
auto* chooseConversion() { return convertPlain; }
#endif

/// Samples of one component in one row, each `1 << repeat` times.
void readRow(
    const AVFrame& frame, const AVComponentDescriptor& part, int y, int repeat, std::vector<uint16_t>& out)
{
    const uint8_t* in
        = frame.data[part.plane] + static_cast<ptrdiff_t>(y) * frame.linesize[part.plane] + part.offset;
    const auto width = static_cast<ptrdiff_t>(out.size());
    if (part.depth > 8 || part.shift > 0) {
        const auto* wide = reinterpret_cast<const uint16_t*>(in);
        const ptrdiff_t step = part.step / 2;
        for (ptrdiff_t x = 0; x < width; ++x)
            out[static_cast<size_t>(x)] = static_cast<uint16_t>(wide[(x >> repeat) * step] >> part.shift);
        return;
    }
    if (part.step == 1 && repeat == 0) {
        std::copy_n(in, width, out.begin());
        return;
    }
    if (part.step == 1 && repeat == 1) {
        uint16_t* twice = out.data();
        for (ptrdiff_t x = 0; x < width / 2; ++x) {
            twice[2 * x] = in[x];
            twice[2 * x + 1] = in[x];
        }
        if (width % 2 != 0)
            out.back() = in[width / 2];
        return;
    }
    for (ptrdiff_t x = 0; x < width; ++x)
        out[static_cast<size_t>(x)] = in[(x >> repeat) * part.step];
}

} // namespace

bool hasYuvRows(int pixelFormat)
{
    const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(pixelFormat));
    constexpr uint64_t kOther = AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_BE | AV_PIX_FMT_FLAG_PAL
        | AV_PIX_FMT_FLAG_FLOAT | AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_HWACCEL;
    if (!format || (format->flags & kOther) != 0 || format->comp[0].depth < 8 || format->comp[0].depth > 14)
        return false;
    const bool lumaAlone = format->comp[0].step == (format->comp[0].depth > 8 ? 2 : 1);
    return lumaAlone && (format->nb_components < 3 || format->comp[1].plane > 0);
}

void toBgraByRows(const AVFrame& frame, const YuvMeaning& meaning, uint8_t* bgra, int stride)
{
    const AVPixFmtDescriptor& format = *av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
    const int depth = format.comp[0].depth;
    const Factors factors = factorsOf(meaning, depth);
    static auto* const convert = chooseConversion();
    const bool gray = format.nb_components < 3;
    const bool alpha = (format.flags & AV_PIX_FMT_FLAG_ALPHA) != 0;
    const auto width = static_cast<size_t>(frame.width);
    std::vector<uint16_t> y(width);
    std::vector<uint16_t> u(width, static_cast<uint16_t>(factors.middle));
    std::vector<uint16_t> v(u);
    std::vector<uint16_t> opacity(alpha ? width : 0);
    int chromaRow = -1;
    for (int line = 0; line < frame.height; ++line) {
        readRow(frame, format.comp[0], line, 0, y);
        if (!gray && line >> format.log2_chroma_h != chromaRow) {
            chromaRow = line >> format.log2_chroma_h;
            readRow(frame, format.comp[1], chromaRow, format.log2_chroma_w, u);
            readRow(frame, format.comp[2], chromaRow, format.log2_chroma_w, v);
        }
        uint8_t* out = bgra + static_cast<ptrdiff_t>(line) * stride;
        convert({y.data(), u.data(), v.data(), reinterpret_cast<uint32_t*>(out), frame.width}, factors);
        if (!alpha)
            continue;
        readRow(frame, format.comp[format.nb_components - 1], line, 0, opacity);
        for (size_t x = 0; x < width; ++x)
            out[4 * x + 3] = static_cast<uint8_t>(opacity[x] >> (depth - 8));
    }
}

} // namespace telltale
