// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once

// Functions for newer processors inside a program for all: one body, compiled for several, chosen once at run
// time. TELLTALE_FOR_AVX2 marks the copies, TELLTALE_BODY the body that goes into
// them. On other architectures the plain copy is all there is.
#define TELLTALE_BODY [[gnu::always_inline]] inline
#if defined(__x86_64__)
#define TELLTALE_FOR_AVX2 [[gnu::target("avx2,fma,f16c")]]
#endif

namespace telltale {

enum class Processor { Any, Avx2 };

/// What the machine can run; TELLTALE_PROCESSOR=any in the environment asks for less.
Processor processor();

} // namespace telltale
