// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/pictureconvert.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <gtest/gtest.h>
extern "C" {
#include <libavutil/pixdesc.h>
}

using namespace telltale;

namespace {

struct Case {
    const char* name;
    AVPixelFormat format;
    AVColorSpace space;
    bool full;
    int width;
    int height;
    double red; ///< luma weights that the standard gives
    double blue;
};

const Case kCases[] = {
    {"bt601", AV_PIX_FMT_YUV420P, AVCOL_SPC_SMPTE170M, false, 256, 192, 0.299, 0.114},
    {"bt601pal", AV_PIX_FMT_YUV420P, AVCOL_SPC_BT470BG, false, 256, 192, 0.299, 0.114},
    {"bt709", AV_PIX_FMT_YUV420P, AVCOL_SPC_BT709, false, 256, 192, 0.2126, 0.0722},
    {"bt709full", AV_PIX_FMT_YUV420P, AVCOL_SPC_BT709, true, 256, 192, 0.2126, 0.0722},
    {"bt601full", AV_PIX_FMT_YUVJ420P, AVCOL_SPC_SMPTE170M, true, 256, 192, 0.299, 0.114},
    {"bt2020", AV_PIX_FMT_YUV420P, AVCOL_SPC_BT2020_NCL, false, 256, 192, 0.2627, 0.0593},
    {"smpte240", AV_PIX_FMT_YUV420P, AVCOL_SPC_SMPTE240M, false, 256, 192, 0.212, 0.087},
    {"oddsize", AV_PIX_FMT_YUV420P, AVCOL_SPC_BT709, false, 255, 191, 0.2126, 0.0722},
    {"yuv422", AV_PIX_FMT_YUV422P, AVCOL_SPC_BT709, false, 255, 191, 0.2126, 0.0722},
    {"yuv444", AV_PIX_FMT_YUV444P, AVCOL_SPC_BT709, false, 255, 191, 0.2126, 0.0722},
    {"yuv440", AV_PIX_FMT_YUV440P, AVCOL_SPC_BT709, false, 256, 192, 0.2126, 0.0722},
    {"yuv411", AV_PIX_FMT_YUV411P, AVCOL_SPC_SMPTE170M, false, 256, 192, 0.299, 0.114},
    {"nv12", AV_PIX_FMT_NV12, AVCOL_SPC_BT709, false, 256, 192, 0.2126, 0.0722},
    {"p010", AV_PIX_FMT_P010LE, AVCOL_SPC_BT2020_NCL, false, 256, 192, 0.2627, 0.0593},
    {"yuyv", AV_PIX_FMT_YUYV422, AVCOL_SPC_SMPTE170M, false, 256, 192, 0.299, 0.114},
    {"bits10", AV_PIX_FMT_YUV420P10LE, AVCOL_SPC_BT709, false, 256, 192, 0.2126, 0.0722},
    {"bits10full", AV_PIX_FMT_YUV420P10LE, AVCOL_SPC_BT2020_NCL, true, 256, 192, 0.2627, 0.0593},
    {"bits10of422", AV_PIX_FMT_YUV422P10LE, AVCOL_SPC_BT709, false, 255, 191, 0.2126, 0.0722},
    {"bits10of444", AV_PIX_FMT_YUV444P10LE, AVCOL_SPC_BT709, false, 256, 192, 0.2126, 0.0722},
    {"bits12", AV_PIX_FMT_YUV420P12LE, AVCOL_SPC_BT709, false, 256, 192, 0.2126, 0.0722},
    {"gray", AV_PIX_FMT_GRAY8, AVCOL_SPC_UNSPECIFIED, true, 255, 191, 0.299, 0.114},
    {"graylimited", AV_PIX_FMT_GRAY8, AVCOL_SPC_BT709, false, 256, 192, 0.2126, 0.0722},
};

/// Smooth and in range, so that it matters little where a chroma sample is taken to lie. `where` in [0, 1].
double luma(double x, double y) { return 0.25 + 0.3 * x + 0.3 * y; }
double blueness(double x, double) { return -0.12 + 0.2 * x; }
double redness(double, double y) { return 0.1 - 0.2 * y; }

void put(AVFrame& frame, int component, int x, int y, double value01)
{
    const AVPixFmtDescriptor& format = *av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
    const AVComponentDescriptor& part = format.comp[component];
    const auto code = static_cast<unsigned>(std::lround(value01)) << part.shift;
    uint8_t* at = frame.data[part.plane] + static_cast<ptrdiff_t>(y) * frame.linesize[part.plane]
        + static_cast<ptrdiff_t>(x) * part.step + part.offset;
    at[0] = static_cast<uint8_t>(code);
    if (part.depth + part.shift > 8)
        at[1] = static_cast<uint8_t>(code >> 8);
}

av::FramePtr makeFrame(const Case& c)
{
    av::FramePtr frame(av_frame_alloc());
    frame->format = c.format;
    frame->width = c.width;
    frame->height = c.height;
    frame->colorspace = c.space;
    frame->color_range = c.full ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
    EXPECT_GE(av_frame_get_buffer(frame.get(), 0), 0);
    const AVPixFmtDescriptor& format = *av_pix_fmt_desc_get(c.format);
    const int depth = format.comp[0].depth;
    const double unit = 1 << (depth - 8);
    const double top = (1 << depth) - 1;
    for (int y = 0; y < c.height; ++y)
        for (int x = 0; x < c.width; ++x) {
            const double value = luma(1.0 * x / c.width, 1.0 * y / c.height);
            put(*frame, 0, x, y, c.full ? value * top : (16 + 219 * value) * unit);
        }
    if (format.nb_components < 3)
        return frame;
    const int stepX = 1 << format.log2_chroma_w;
    const int stepY = 1 << format.log2_chroma_h;
    for (int y = 0; y * stepY < c.height; ++y)
        for (int x = 0; x * stepX < c.width; ++x) {
            // The middle of the pixels that the sample colours.
            const double u = blueness((x + 0.5) * stepX / c.width, (y + 0.5) * stepY / c.height);
            const double v = redness((x + 0.5) * stepX / c.width, (y + 0.5) * stepY / c.height);
            put(*frame, 1, x, y, (c.full ? u * top : 224 * u * unit) + 128 * unit);
            put(*frame, 2, x, y, (c.full ? v * top : 224 * v * unit) + 128 * unit);
        }
    return frame;
}

double codeAt(const AVFrame& frame, int component, int x, int y)
{
    const AVPixFmtDescriptor& format = *av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
    const AVComponentDescriptor& part = format.comp[component];
    const bool chroma = component > 0;
    const uint8_t* at = frame.data[part.plane]
        + static_cast<ptrdiff_t>(chroma ? y >> format.log2_chroma_h : y) * frame.linesize[part.plane]
        + static_cast<ptrdiff_t>(chroma ? x >> format.log2_chroma_w : x) * part.step + part.offset;
    const unsigned code = part.depth + part.shift > 8 ? at[0] | static_cast<unsigned>(at[1]) << 8 : at[0];
    return code >> part.shift;
}

/// B, G, R from luma and colour differences, as the standards define them.
std::array<double, 3> colourOf(const Case& c, double l, double u, double v)
{
    const double blue = l + 2 * (1 - c.blue) * u;
    const double red = l + 2 * (1 - c.red) * v;
    const double green = (l - c.red * red - c.blue * blue) / (1 - c.red - c.blue);
    return {255 * blue, 255 * green, 255 * red};
}

/// What the samples of a pixel mean.
std::array<double, 3> decodedAt(const Case& c, const AVFrame& frame, int x, int y)
{
    const AVPixFmtDescriptor& format = *av_pix_fmt_desc_get(c.format);
    const double unit = 1 << (format.comp[0].depth - 8);
    const double top = (1 << format.comp[0].depth) - 1;
    const auto difference = [&](int component) {
        if (format.nb_components < 3)
            return 0.0;
        return (codeAt(frame, component, x, y) - 128 * unit) / (c.full ? top : 224 * unit);
    };
    const double code = codeAt(frame, 0, x, y);
    return colourOf(c, c.full ? code / top : (code - 16 * unit) / (219 * unit), difference(1), difference(2));
}

/// B, G, R of the content at a place in [0, 1], by the definition of luma and colour differences.
std::array<double, 3> colourAt(const Case& c, double x, double y)
{
    const bool gray = av_pix_fmt_desc_get(c.format)->nb_components < 3;
    return colourOf(c, luma(x, y), gray ? 0 : blueness(x, y), gray ? 0 : redness(x, y));
}

VideoInfo shownAs(const AVFrame& frame, int rotation = 0)
{
    VideoInfo info;
    const bool turned = rotation == 90 || rotation == 270;
    info.width = turned ? frame.height : frame.width;
    info.height = turned ? frame.width : frame.height;
    info.rotation = rotation;
    return info;
}

Picture must(Result<Picture> picture)
{
    EXPECT_TRUE(picture) << (picture ? "" : picture.error().message);
    return picture ? *std::move(picture) : Picture{};
}

const uint8_t* pixel(const Picture& picture, int x, int y)
{
    return &picture.bgra[static_cast<size_t>(y * picture.stride() + x * 4)];
}

class Colours : public ::testing::TestWithParam<Case> { };

} // namespace

TEST_P(Colours, AreWhatMatrixAndRangeDefine)
{
    const Case& c = GetParam();
    const auto frame = makeFrame(c);
    const Picture picture = must(toPicture(*frame, shownAs(*frame), {}));
    ASSERT_EQ(picture.width, c.width);
    ASSERT_EQ(picture.height, c.height);
    for (int y = 0; y < c.height; ++y)
        for (int x = 0; x < c.width; ++x) {
            const auto expected = decodedAt(c, *frame, x, y);
            for (size_t k = 0; k < 3; ++k)
                ASSERT_NEAR(pixel(picture, x, y)[k], expected[k], 2.2) << x << "," << y << " " << k;
            ASSERT_EQ(pixel(picture, x, y)[3], 255);
        }
}

TEST_P(Colours, StayTheSameWhenScaledDown)
{
    const Case& c = GetParam();
    const auto frame = makeFrame(c);
    const Picture picture = must(toPicture(*frame, shownAs(*frame), {{}, 85, 67}));
    ASSERT_EQ(picture.width, 85);
    ASSERT_EQ(picture.height, 67);
    // Neighbours share a chroma sample, which belongs to their middle.
    const AVPixFmtDescriptor& format = *av_pix_fmt_desc_get(c.format);
    const double tolerance = 4 + (1 << std::max(format.log2_chroma_w, format.log2_chroma_h)) / 2.0;
    for (int y = 1; y < 66; ++y)
        for (int x = 1; x < 84; ++x) {
            const auto expected
                = colourAt(c, (x + 0.5) / 85 - 0.5 / c.width, (y + 0.5) / 67 - 0.5 / c.height);
            for (size_t k = 0; k < 3; ++k)
                ASSERT_NEAR(pixel(picture, x, y)[k], expected[k], tolerance) << x << "," << y << " " << k;
        }
}

TEST_P(Colours, OfAPartAreThoseOfTheWhole)
{
    const Case& c = GetParam();
    const auto frame = makeFrame(c);
    const Picture whole = must(toPicture(*frame, shownAs(*frame), {}));
    for (const PictureRegion& part : {PictureRegion{5, 3, 20, 11}, PictureRegion{4, 2, 33, 31},
             PictureRegion{c.width - 7, c.height - 5, 7, 5}, PictureRegion{40, 40, 500, 500}}) {
        const PictureRegion inside = clipped(part, c.width, c.height);
        const Picture picture = must(toPicture(*frame, shownAs(*frame), {part, 0, 0}));
        ASSERT_EQ(picture.width, inside.width);
        ASSERT_EQ(picture.height, inside.height);
        for (int y = 0; y < picture.height; ++y)
            for (int x = 0; x < picture.width; ++x)
                for (int k = 0; k < 3; ++k)
                    ASSERT_NEAR(pixel(picture, x, y)[k], pixel(whole, inside.x + x, inside.y + y)[k], 1);
    }
}

INSTANTIATE_TEST_SUITE_P(PictureConvert, Colours, ::testing::ValuesIn(kCases),
    [](const auto& row) { return std::string(row.param.name); });

TEST(PictureConvert, AGreySurfaceHasTheSameGreyAtEverySize)
{
    for (const AVPixelFormat format : {AV_PIX_FMT_YUV420P, AV_PIX_FMT_NV12, AV_PIX_FMT_YUV420P10LE}) {
        Case c = kCases[2];
        c.format = format;
        const auto frame = makeFrame(c);
        const int unit = 1 << (av_pix_fmt_desc_get(format)->comp[0].depth - 8);
        for (int y = 0; y < c.height; ++y)
            for (int x = 0; x < c.width; ++x)
                put(*frame, 0, x, y, 117 * unit);
        for (int y = 0; y < c.height / 2; ++y)
            for (int x = 0; x < c.width / 2; ++x) {
                put(*frame, 1, x, y, 128 * unit);
                put(*frame, 2, x, y, 128 * unit);
            }
        for (const int width : {256, 200, 128, 85, 33, 300}) {
            const Picture picture = must(toPicture(*frame, shownAs(*frame), {{}, width, width * 3 / 4}));
            for (int k = 0; k < 3; ++k)
                EXPECT_NEAR(pixel(picture, width / 2, width / 3)[k], 255 * (117 - 16) / 219.0, 1)
                    << av_get_pix_fmt_name(format) << " " << width << " " << k;
        }
    }
}

TEST(PictureConvert, AnEnlargedPartShowsItsPlaceEvenWhereChromaIsCoarser)
{
    const Case& c = kCases[2];
    const auto frame = makeFrame(c);
    for (const PictureRegion& part : {PictureRegion{11, 7, 16, 12}, PictureRegion{10, 6, 16, 12}}) {
        const Picture picture = must(toPicture(*frame, shownAs(*frame), {part, 160, 120}));
        ASSERT_EQ(picture.width, 160);
        for (int y = 20; y < 100; y += 7)
            for (int x = 20; x < 140; x += 7) {
                const auto expected = colourAt(
                    c, (part.x + (x + 0.5) / 10 - 0.5) / c.width, (part.y + (y + 0.5) / 10 - 0.5) / c.height);
                for (size_t k = 0; k < 3; ++k)
                    ASSERT_NEAR(pixel(picture, x, y)[k], expected[k], 5) << x << "," << y << " " << k;
            }
    }
}

TEST(PictureConvert, PartsOfTurnedPicturesAreCutFromTheTurnedPicture)
{
    const auto frame = makeFrame(kCases[2]);
    const Picture stored = must(toPicture(*frame, shownAs(*frame), {}));
    for (const int rotation : {90, 180, 270}) {
        const VideoInfo info = shownAs(*frame, rotation);
        const PictureRegion part{9, 5, 20, 30};
        const Picture picture = must(toPicture(*frame, info, {part, 0, 0}));
        ASSERT_EQ(picture.width, part.width);
        ASSERT_EQ(picture.height, part.height);
        for (int y = 0; y < part.height; ++y)
            for (int x = 0; x < part.width; ++x) {
                // Where a clockwise turn took the pixel from.
                const int shownX = part.x + x;
                const int shownY = part.y + y;
                const int storedX = rotation == 90 ? shownY
                    : rotation == 180              ? frame->width - 1 - shownX
                                                   : frame->width - 1 - shownY;
                const int storedY = rotation == 90 ? frame->height - 1 - shownX
                    : rotation == 180              ? frame->height - 1 - shownY
                                                   : shownX;
                for (int k = 0; k < 3; ++k)
                    ASSERT_NEAR(pixel(picture, x, y)[k], pixel(stored, storedX, storedY)[k], 1)
                        << rotation << " " << x << "," << y;
            }
    }
}

TEST(PictureConvert, TransparentPixelsLetTheBackgroundThrough)
{
    for (const AVPixelFormat format :
        {AV_PIX_FMT_YUVA420P, AV_PIX_FMT_YUVA444P, AV_PIX_FMT_RGBA, AV_PIX_FMT_BGRA, AV_PIX_FMT_GBRAP}) {
        Case c = kCases[0];
        c.format = format;
        av::FramePtr frame = makeFrame(c);
        const AVPixFmtDescriptor& description = *av_pix_fmt_desc_get(format);
        const bool rgb = (description.flags & AV_PIX_FMT_FLAG_RGB) != 0;
        for (int y = 0; y < c.height; ++y)
            for (int x = 0; x < c.width; ++x) {
                if (rgb)
                    for (int k = 0; k < 3; ++k)
                        put(*frame, k, x, y, 200);
                put(*frame, 3, x, y, x < 32 ? 0 : y < 24 ? 128 : 255);
            }
        PictureView view;
        view.background = 0x204060;
        const Picture picture = must(toPicture(*frame, shownAs(*frame), view));
        view.background = 0;
        const Picture onBlack = must(toPicture(*frame, shownAs(*frame), view));
        const std::array<int, 3> under{0x60, 0x40, 0x20};
        for (size_t k = 0; k < 3; ++k) {
            EXPECT_EQ(pixel(picture, 10, 10)[k], under[k]) << description.name;
            EXPECT_EQ(pixel(onBlack, 10, 10)[k], 0) << description.name;
            EXPECT_EQ(pixel(picture, 50, 40)[k], pixel(onBlack, 50, 40)[k]) << description.name;
            EXPECT_NEAR(pixel(picture, 50, 10)[k], pixel(onBlack, 50, 10)[k] + under[k] * 127.0 / 255, 2)
                << description.name;
            if (rgb) {
                EXPECT_NEAR(pixel(onBlack, 50, 10)[k], 200 * 128 / 255.0, 2) << description.name;
            }
        }
    }
}

TEST(PictureConvert, APictureOfAnotherSizeIsBroughtToTheVideosSize)
{
    const Case& c = kCases[2];
    const auto frame = makeFrame(c);
    VideoInfo info;
    info.width = 2 * c.width;
    info.height = 2 * c.height;
    const Picture picture = must(toPicture(*frame, info, {{256, 192, 64, 48}, 0, 0}));
    ASSERT_EQ(picture.width, 64);
    ASSERT_EQ(picture.height, 48);
    const auto expected = colourAt(c, 0.5 + 32.0 / info.width, 0.5 + 24.0 / info.height);
    for (size_t k = 0; k < 3; ++k)
        EXPECT_NEAR(pixel(picture, 32, 24)[k], expected[k], 5);
}

TEST(PictureConvert, AFormatThatCannotBeShownIsNamed)
{
    av::FramePtr frame(av_frame_alloc());
    frame->format = AV_PIX_FMT_MONOBLACK;
    frame->width = frame->height = 16;
    const auto picture = toPicture(*frame, shownAs(*frame), {});
    ASSERT_FALSE(picture);
    EXPECT_EQ(picture.error().code, ErrorCode::Unsupported);
    EXPECT_NE(picture.error().message.find("monob"), std::string::npos);
}
