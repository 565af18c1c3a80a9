// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/soundinput.h"

namespace telltale {
namespace {

/// The stream that openVideo() shows by default.
int shownStream(const AVFormatContext& format)
{
    int first = -1;
    for (int i = 0; i < static_cast<int>(format.nb_streams); ++i) {
        const AVStream& stream = *format.streams[i];
        if (stream.codecpar->codec_type != AVMEDIA_TYPE_VIDEO || stream.codecpar->width <= 0
            || (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) != 0)
            continue;
        if ((stream.disposition & AV_DISPOSITION_DEFAULT) != 0)
            return i;
        first = first < 0 ? i : first;
    }
    return first;
}

} // namespace

Result<SoundInput> openSoundInput(const std::filesystem::path& file, int stream, int videoStream)
{
    av::silenceLog();
    AVFormatContext* context = nullptr;
    const std::string url = av::fileUrl(file);
    if (const int code = avformat_open_input(&context, url.c_str(), nullptr, nullptr); code < 0)
        return Error{code == AVERROR(ENOENT) ? ErrorCode::NotFound : ErrorCode::BadFormat,
            file.string() + ": its sound cannot be opened (" + av::errorText(code) + ")"};
    SoundInput input;
    input.format.reset(context);
    if (const int code = avformat_find_stream_info(context, nullptr); code < 0)
        return Error{ErrorCode::BadFormat,
            file.string() + ": its sound cannot be understood (" + av::errorText(code) + ")"};
    const int pictures = videoStream >= 0 ? videoStream : shownStream(*context);
    input.stream = av_find_best_stream(context, AVMEDIA_TYPE_AUDIO, stream, pictures, nullptr, 0);
    if (input.stream < 0)
        return Error{ErrorCode::NotFound, file.string() + ": has no sound"};
    for (int i = 0; i < static_cast<int>(context->nb_streams); ++i)
        context->streams[i]->discard = i == input.stream ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    if (pictures >= 0 && pictures < static_cast<int>(context->nb_streams)) {
        const AVStream& shown = *context->streams[pictures];
        if (shown.start_time != AV_NOPTS_VALUE)
            input.origin = av_rescale_q(shown.start_time, shown.time_base, AV_TIME_BASE_Q);
    }
    return input;
}

} // namespace telltale
