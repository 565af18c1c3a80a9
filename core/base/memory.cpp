// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/memory.h"
#include <cstdlib> // tells whether this is glibc
#ifdef __GLIBC__
#include <limits>
#include <malloc.h>
#endif

namespace telltale {

void keepFreedMemory()
{
#ifdef __GLIBC__
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
    mallopt(M_ARENA_MAX, 1); // other arenas cannot hold blocks of this size
#endif
}

} // namespace telltale
