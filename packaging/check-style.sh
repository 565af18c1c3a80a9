#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Telltale authors
# Zero findings of clang-format, SPDX lines everywhere, no file over 800 lines.
set -euo pipefail
cd "$(dirname "$0")/.."
mapfile -t code < <(find core widgets app tests -name '*.cpp' -o -name '*.h' | sort)
clang-format --dry-run -Werror "${code[@]}"
mapfile -t others < <(find core widgets app tests cmake packaging -name '*.sh' -o -name 'CMakeLists.txt' -o -name '*.cmake' | sort)
status=0
for file in "${code[@]}" "${others[@]}"; do
    if ! grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' "$file"; then
        echo "$file: the SPDX lines are missing" >&2
        status=1
    fi
    if [ "$(wc -l <"$file")" -gt 800 ]; then
        echo "$file: over 800 lines, split it" >&2
        status=1
    fi
done
exit $status
