#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Telltale authors
# Installs what is missing, builds, makes the demo project and opens it.
#   packaging/run.sh                    the window on the demo project
#   packaging/run.sh PROJECT            the window on a project of yours
#   packaging/run.sh --headless DIR     the same without a display: pictures of every view in DIR
set -euo pipefail
. "$(dirname "$0")/common.sh"

pictures=""
project=""
while [ $# -gt 0 ]; do
    case "$1" in
        --headless)
            [ $# -ge 2 ] || { echo "--headless wants a folder for the pictures" >&2; exit 2; }
            pictures=$2
            shift 2
            ;;
        -h | --help)
            sed -n '4,8s/^# \{0,1\}//p' "$0"
            exit 0
            ;;
        -*)
            echo "unknown option $1 (see $0 --help)" >&2
            exit 2
            ;;
        *)
            project=$1
            shift
            ;;
    esac
done
if [ -z "$pictures" ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    pictures=telltale-pictures
    say "There is no display: pictures go to $pictures"
fi

install_missing_packages
build_preset release
bin=$source_dir/build/release/app
if [ -z "$project" ]; then
    project=$source_dir/build/demo-project
    if [ ! -e "$project/project.db" ]; then
        say "Making the demo project in $project"
        rm -rf "$project"
        "$bin/cli/telltale-cli" demo "$project" --size small
    fi
fi
if [ -n "$pictures" ]; then
    mkdir -p "$pictures"
    QT_QPA_PLATFORM=offscreen "$bin/gui/telltale" "$project" --picture-tour "$pictures"
    say "Pictures are in $pictures"
    ls "$pictures" >&2
else
    exec "$bin/gui/telltale" "$project"
fi
