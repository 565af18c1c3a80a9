#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Telltale authors
# Zero findings of clang-tidy over the product's own .cpp files.
#   packaging/check-tidy.sh [BUILD]     BUILD: a configured build folder (default build/release)
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build/release}
# GCC's precompiled headers mean nothing to clang.
commands=$(mktemp -d)
trap 'rm -rf "$commands"' EXIT
sed -E 's/-Winvalid-pch//g; s/-include [^ ]*cmake_pch\.hxx//g' "$build/compile_commands.json" >"$commands/compile_commands.json"
find core widgets app -name '*.cpp' -print0 | sort -z \
    | xargs -0 -n 1 -P "$(nproc)" clang-tidy -p "$commands" --quiet --warnings-as-errors='*' 2> >(grep -v 'warnings generated' >&2)
