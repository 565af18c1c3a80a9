# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Telltale authors
# Sourced by run.sh and test.sh: installs what is missing and builds a preset.

source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '\n==> %s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        echo "Packages are missing and neither root nor sudo is at hand. As root, run: $*" >&2
        return 1
    fi
}

install_missing_packages() {
    local wanted missing=() package
    wanted=$(sed 's/#.*//' "$source_dir/packaging/dependencies/debian.txt")
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "This is no Debian-like system. Install the counterparts of: $wanted" >&2
        return 0
    fi
    for package in $wanted; do
        if [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then
            missing+=("$package")
        fi
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    say "Installing ${#missing[@]} missing packages: ${missing[*]}"
    as_root apt-get update -q
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
}

# build_preset PRESET: configures and builds into build/PRESET
build_preset() {
    say "Configuring and building ($1)"
    (cd "$source_dir" && cmake --preset "$1" && cmake --build --preset "$1" --parallel "$(nproc)")
}
