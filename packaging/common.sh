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

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# The first of the packages that this release has; without any, the first.
first_known() {
    local package
    for package in "$@"; do
        if [ -n "$(apt-cache madison "$package" 2>/dev/null)" ]; then
            echo "$package"
            return
        fi
    done
    echo "$1"
}

# install_missing_packages [tests]: without `tests` those that only the tests need are left out.
install_missing_packages() {
    local list=$source_dir/packaging/dependencies/debian.txt line package missing=() packages=()
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "This is no Debian-like system. Install the counterparts of: $(sed 's/#.*//' "$list")" >&2
        return 0
    fi
    while IFS= read -r line; do
        case "$line" in *"# tests only"*) [ "${1:-}" = tests ] || continue ;; esac
        read -r -a packages <<<"$(tr '|' ' ' <<<"${line%%#*}")"
        [ ${#packages[@]} -eq 0 ] && continue
        for package in "${packages[@]}"; do
            is_installed "$package" && continue 2
        done
        missing+=("${packages[*]}")
    done <"$list"
    [ ${#missing[@]} -eq 0 ] && return 0
    say "Installing ${#missing[@]} missing packages: ${missing[*]}"
    as_root apt-get update -q
    packages=()
    for line in "${missing[@]}"; do
        # shellcheck disable=SC2086
        packages+=("$(first_known $line)")
    done
    local install=(as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends)
    case " ${packages[*]}" in *" postgresql"*) install=(without_database_service "${install[@]}") ;; esac
    "${install[@]}" "${packages[@]}"
}

# The tests start servers of their own. Debian's package would make one more that runs from then on and takes port
# 5432: while the given command runs, it is told not to. Servers that are there already stay as they are.
without_database_service() {
    local settings=/etc/postgresql-common/createcluster.d status=0
    as_root mkdir -p $settings
    echo "create_main_cluster = false" | as_root tee $settings/telltale.conf >/dev/null
    "$@" || status=$?
    as_root rm -f $settings/telltale.conf
    as_root rmdir --ignore-fail-on-non-empty $settings /etc/postgresql-common
    return $status
}

# build_preset PRESET: configures and builds into build/PRESET
build_preset() {
    say "Configuring and building ($1)"
    (cd "$source_dir" && cmake --preset "$1" && cmake --build --preset "$1" --parallel "$(nproc)")
}
