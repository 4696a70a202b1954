#!/usr/bin/env bash
# Sets up all that `make demo` and `make test` need, and only what is missing: Debian packages, build/venv,
# the plugin link, a private QGIS profile in Chinese, the compiled translation.
set -euo pipefail
cd "$(dirname "$0")/.."

PROFILE=build/profile/profiles/default/QGIS
TRANSLATION=resources/translations/originmap_zh_Hans

installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }
# without -q: grep would close the pipe early, which pipefail takes for a failure
available() { apt-cache show "$1" 2>/dev/null | grep '^Package:' >/dev/null; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

missing_packages() {
    local package
    for package in qgis python3-qgis python3-venv gdal-bin xvfb xauth xdotool imagemagick poppler-utils fonts-noto-cjk; do
        installed "$package" || echo "$package"
    done
    find_lrelease >/dev/null || echo lrelease
}

# lrelease compiles the translations; Debian ships it with Qt 5 or with Qt 6, and either one will do
find_lrelease() {
    local candidate
    for candidate in /usr/lib/qt5/bin/lrelease /usr/lib/qt6/bin/lrelease; do
        [ -x "$candidate" ] && echo "$candidate" && return
    done
    return 1
}

install_packages() {
    local missing packages=()
    missing=$(missing_packages)
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null; then
        echo "Please install by hand (no apt-get here): ${missing//$'\n'/ }" >&2
        exit 1
    fi
    echo "Updating the package lists (apt-get update)"
    as_root apt-get update -qq
    local package
    for package in $missing; do
        if [ "$package" = lrelease ]; then
            if available qttools5-dev-tools; then package=qttools5-dev-tools; else package=qt6-l10n-tools; fi
        fi
        packages+=("$package")
    done
    echo "Installing with apt-get: ${packages[*]}"
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "${packages[@]}" >build/apt.log 2>&1 ||
        { tail -n 20 build/apt.log >&2; exit 1; }
}

# QGIS lives in /usr/bin/python3, which need not be the first python3 on the PATH
build_venv() {
    local stamp=build/venv/requirements.sha256 wanted
    wanted=$( (/usr/bin/python3 --version; cat requirements-test.txt) | sha256sum)
    [ "$(cat $stamp 2>/dev/null)" = "$wanted" ] && return
    echo "Installing into build/venv with pip: $(grep -o '^[a-z][a-z_-]*' requirements-test.txt | sort -u | tr '\n' ' ')"
    /usr/bin/python3 -m venv --system-site-packages build/venv
    build/venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement requirements-test.txt
    echo "$wanted" >$stamp
}

# QGIS takes a plugin's name from its folder, and the checkout may be called anything
link_plugin() {
    mkdir -p build/plugins
    [ -L build/plugins/originmap ] || ln -s ../.. build/plugins/originmap
}

write_profile() {
    [ -f "$PROFILE/QGIS3.ini" ] && return
    mkdir -p "$PROFILE"
    cat >"$PROFILE/QGIS3.ini" <<'INI'
[app]
allowVersionCheck=false

[locale]
overrideFlag=true
userLocale=zh-Hans

[PythonPlugins]
originmap=true
processing=true

[qgis]
checkVersion=false
firstRun=false
INI
}

compile_translation() {
    [ -f "$TRANSLATION.ts" ] || return 0
    [ "$TRANSLATION.qm" -nt "$TRANSLATION.ts" ] && return
    "$(find_lrelease)" -silent "$TRANSLATION.ts" -qm "$TRANSLATION.qm"
}

mkdir -p build
install_packages
build_venv
link_plugin
write_profile
compile_translation
