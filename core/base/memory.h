// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once

namespace telltale {

/// Tells the allocator to keep what is freed for what is asked for next. By default it gives large blocks
/// back to the system at once and has each page of the next one cleared anew, which costs more than computing
/// on them. For programs that do nothing but train, early in main(); has no effect where the C library is not
/// glibc.
void keepFreedMemory();

} // namespace telltale
