// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/framesource.h"
#include "media/nativesource.h"

namespace telltale {

Result<std::unique_ptr<FrameSource>> openVideo(
    const std::filesystem::path& file, const OpenOptions& options, ProgressSink* progress)
{
    auto source = openNativeSource(file, options, progress);
    if (!source)
        return source.error();
    return std::unique_ptr<FrameSource>(*std::move(source));
}

Result<std::unique_ptr<FrameSource>> openVideo(
    const std::filesystem::path& file, ProgressSink* progress, int stream)
{
    OpenOptions options;
    options.stream = stream;
    return openVideo(file, options, progress);
}

} // namespace telltale
