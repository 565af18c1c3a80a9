// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/processor.h"
#include <cstdlib>
#include <string_view>

namespace telltale {
namespace {

Processor chosen()
{
    const char* const asked = std::getenv("TELLTALE_PROCESSOR");
    if (asked && std::string_view(asked) == "any")
        return Processor::Any;
#if defined(__x86_64__)
    __builtin_cpu_init();
#if defined(__clang__)
    // clang 14 cannot be asked for f16c; what has AVX2 and FMA has it.
    const bool halves = true;
#else
    const bool halves = __builtin_cpu_supports("f16c");
#endif
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && halves)
        return Processor::Avx2;
#endif
    return Processor::Any;
}

} // namespace

Processor processor()
{
    static const Processor processor = chosen();
    return processor;
}

} // namespace telltale
