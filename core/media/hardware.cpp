// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/hardware.h"
#include <algorithm>
#include <array>
extern "C" {
#include <libavutil/hwcontext.h>
#include <libavutil/pixdesc.h>
}

namespace telltale {
namespace {

/// In the order they are tried; those this FFmpeg was built without are passed over.
constexpr std::array kDevices{AV_HWDEVICE_TYPE_VAAPI, AV_HWDEVICE_TYPE_CUDA, AV_HWDEVICE_TYPE_VDPAU,
    AV_HWDEVICE_TYPE_QSV, AV_HWDEVICE_TYPE_VIDEOTOOLBOX, AV_HWDEVICE_TYPE_D3D11VA, AV_HWDEVICE_TYPE_DXVA2};

bool decodesOn(const AVCodec& codec, AVHWDeviceType device)
{
    for (int i = 0; const AVCodecHWConfig* config = avcodec_get_hw_config(&codec, i); ++i)
        if (config->device_type == device && (config->methods & AV_CODEC_HW_CONFIG_METHOD_HW_DEVICE_CTX) != 0)
            return true;
    return false;
}

bool isHardwareFormat(AVPixelFormat format)
{
    const AVPixFmtDescriptor* description = av_pix_fmt_desc_get(format);
    return description && (description->flags & AV_PIX_FMT_FLAG_HWACCEL) != 0;
}

/// The attached device's own format if the stream can have it, else the first one in memory.
AVPixelFormat chooseFormat(AVCodecContext* context, const AVPixelFormat* offered)
{
    const auto* device = reinterpret_cast<const AVHWDeviceContext*>(context->hw_device_ctx->data);
    AVPixelFormat inMemory = AV_PIX_FMT_NONE;
    for (const AVPixelFormat* format = offered; *format != AV_PIX_FMT_NONE; ++format) {
        if (!isHardwareFormat(*format)) {
            inMemory = inMemory == AV_PIX_FMT_NONE ? *format : inMemory;
            continue;
        }
        for (int i = 0; const AVCodecHWConfig* config = avcodec_get_hw_config(context->codec, i); ++i)
            if (config->device_type == device->type && config->pix_fmt == *format)
                return *format;
    }
    return inMemory;
}

} // namespace

bool attachHardware(AVCodecContext& context, const AVCodec& codec)
{
    for (const AVHWDeviceType type : kDevices) {
        AVBufferRef* device = nullptr;
        if (!decodesOn(codec, type) || av_hwdevice_ctx_create(&device, type, nullptr, nullptr, 0) < 0)
            continue;
        context.hw_device_ctx = device; // the context owns it from here
        context.get_format = chooseFormat;
        return true;
    }
    return false;
}

bool isOnHardware(const AVFrame& frame) { return isHardwareFormat(static_cast<AVPixelFormat>(frame.format)); }

std::string hardwareName(const AVFrame& frame)
{
    if (!frame.hw_frames_ctx)
        return {};
    const auto* frames = reinterpret_cast<const AVHWFramesContext*>(frame.hw_frames_ctx->data);
    const char* name = av_hwdevice_get_type_name(frames->device_ctx->type);
    return name ? name : "hardware";
}

bool download(AVFrame& frame)
{
    const av::FramePtr inMemory(av_frame_alloc());
    if (!inMemory || av_hwframe_transfer_data(inMemory.get(), &frame, 0) < 0
        || av_frame_copy_props(inMemory.get(), &frame) < 0)
        return false;
    av_frame_unref(&frame);
    av_frame_move_ref(&frame, inMemory.get());
    return true;
}

} // namespace telltale
