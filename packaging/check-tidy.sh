#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Telltale authors
# Zero findings of clang-tidy over the product's own .cpp files.
#   packaging/check-tidy.sh [BUILD [FILE...]]     BUILD: a configured build folder (default build/release)
# Clang cannot digest LibTorch 1.13's own headers in C++20, so what it says inside /usr/include is left out and only
# findings in files of this project count.
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build/release}
shift || true
if [ $# -eq 0 ]; then
    mapfile -t files < <(find core widgets app -name '*.cpp' | sort)
    set -- "${files[@]}"
fi
# Headers that GCC has precompiled are none for clang, which would stop there: without them.
database=$(mktemp -d)
trap 'rm -rf "$database"' EXIT
sed -E 's/ -fpch-preprocess//g; s/ -Winvalid-pch -include [^ "]+cmake_pch\.hxx//g' "$build/compile_commands.json" \
    > "$database/compile_commands.json"
found=$(printf '%s\0' "$@" \
    | xargs -0 -n 1 -P "$(nproc)" clang-tidy -p "$database" --quiet 2>/dev/null \
    | grep -E "^$PWD/[^:]+:[0-9]+:[0-9]+: (warning|error): .*\[(bugprone|performance|modernize|readability)-" \
    | sort -u || true)
if [ -n "$found" ]; then
    echo "$found"
    echo "$(echo "$found" | wc -l) findings of clang-tidy" >&2
    exit 1
fi
echo "clang-tidy: $# files, no findings"
