// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/half.h"
#include "base/processor.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace telltale {
namespace {

#if defined(__x86_64__)
TELLTALE_FOR_AVX2 void convertByInstruction(const float* in, size_t count, uint16_t* out)
{
    size_t i = 0;
    for (; i + 8 <= count; i += 8)
        _mm_storeu_si128(reinterpret_cast<__m128i*>(out + i),
            _mm256_cvtps_ph(_mm256_loadu_ps(in + i), _MM_FROUND_TO_NEAREST_INT));
    for (; i < count; ++i)
        out[i] = _cvtss_sh(in[i], _MM_FROUND_TO_NEAREST_INT);
}
#endif

} // namespace

void toHalves(const float* in, size_t count, uint16_t* out)
{
#if defined(__x86_64__)
    if (processor() != Processor::Any) {
        convertByInstruction(in, count, out);
        return;
    }
#endif
    for (size_t i = 0; i < count; ++i)
        out[i] = toHalf(in[i]);
}

} // namespace telltale
