#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Telltale authors
# Installs what is missing, builds with warnings as errors and runs all tests.
#   packaging/test.sh            release build, style, all tests
#   packaging/test.sh --full     also the address + undefined and thread sanitizers, and clang-tidy
set -euo pipefail
. "$(dirname "$0")/common.sh"

full=no
[ "${1:-}" = --full ] && full=yes

install_missing_packages tests
cd "$source_dir"
export QT_QPA_PLATFORM=offscreen

say "Style"
packaging/check-style.sh
build_preset release
if [ "$full" = yes ]; then
    build_preset asan
    say "Tests with the address and undefined-behaviour sanitizers"
    ctest --preset asan --parallel "$(nproc)"
    say "Building the threaded core for the thread sanitizer"
    cmake --preset tsan
    cmake --build --preset tsan --parallel "$(nproc)" --target test_media_frameserver
    say "Threaded core with the thread sanitizer"
    ctest --preset tsan --parallel "$(nproc)"
    say "clang-tidy"
    packaging/check-tidy.sh build/release
fi
say "Tests"
ctest --preset release --parallel "$(nproc)"
