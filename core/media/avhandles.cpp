// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/avhandles.h"
#include <array>
#include <mutex>
#ifdef __GLIBC__
#include <malloc.h>
#endif
extern "C" {
#include <libavutil/log.h>
}

namespace telltale::av {

std::string errorText(int code)
{
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
    av_strerror(code, text.data(), text.size());
    return text.data();
}

std::string fileUrl(const std::filesystem::path& file) { return "file:" + file.string(); }

void silenceLog()
{
    static std::once_flag once;
    std::call_once(once, [] { av_log_set_callback([](void*, int, const char*, va_list) {}); });
}

void returnFreeMemory()
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

} // namespace telltale::av
