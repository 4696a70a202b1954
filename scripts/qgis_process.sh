#!/usr/bin/env bash
# Runs qgis_process headless with the private profile, the plugin from this checkout and the packages of build/venv.
# QGIS_CUSTOM_CONFIG_PATH and QGIS_PLUGINPATH may be given to use another profile or an installed copy of the plugin.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

export QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8
export QGIS_CUSTOM_CONFIG_PATH=${QGIS_CUSTOM_CONFIG_PATH:-$root/build/profile}
export QGIS_PLUGINPATH=${QGIS_PLUGINPATH:-$root/build/plugins}
export XDG_RUNTIME_DIR=$root/build/run
mkdir -p -m 700 "$XDG_RUNTIME_DIR"
packages=$("$root/build/venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
export PYTHONPATH=$packages${PYTHONPATH:+:$PYTHONPATH}

# the wrapper `qgis_process` of QGIS 3.22 fails with "--noversioncheck not known"; the binary behind it works
program=$(command -v qgis_process.bin || command -v qgis_process) ||
    { echo "qgis_process was not found; 'make setup' installs it" >&2; exit 1; }
exec "$program" "$@"
