// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/processor.h"
#include <cstdlib>
#include <string_view>

namespace telltale {
namespace {

Processor ofTheMachine()
{
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma") || !__builtin_cpu_supports("f16c"))
        return Processor::Any;
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")
            && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw")
        ? Processor::Avx512
        : Processor::Avx2;
#else
    return Processor::Any;
#endif
}

Processor chosen()
{
    const char* const asked = std::getenv("TELLTALE_PROCESSOR");
    const Processor most = ofTheMachine();
    if (!asked)
        return most;
    if (std::string_view(asked) == "any")
        return Processor::Any;
    return std::string_view(asked) == "avx2" && most == Processor::Avx512 ? Processor::Avx2 : most;
}

} // namespace

Processor processor()
{
    static const Processor processor = chosen();
    return processor;
}

} // namespace telltale
