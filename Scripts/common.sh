# Shared by the scripts beside this file: where the project is, and how they speak.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

if [ -n "${NO_COLOR:-}" ] || [ ! -t 2 ]; then
  say() { printf '==> %s\n' "$*" >&2; }
fi

# What builds all there is: the HTTP server of the gateway is behind a trait, so that a program that
# embeds the host gets none.
everything=(--traits Gateway)

# Whether a C header can be found by the toolchain's own compiler.
has_header() { printf '#include <%s>\n' "$1" | clang -x c -fsyntax-only - 2>/dev/null; }

# Installs Debian packages, once, and only those that are missing.
install_packages() {
  [ $# -gt 0 ] || return 0
  command -v apt-get >/dev/null ||
    fail "these packages are missing: $*. Install them with this system's package manager."
  local sudo=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "these packages are missing: $*. Install them as root."
    sudo=(sudo)
  fi
  say "installing $*"
  "${sudo[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# What it takes to build: a Swift toolchain, and three system libraries with their headers.
require_build_tools() {
  command -v swift >/dev/null || fail "no swift on this PATH. Install Swift 6.3: https://www.swift.org/install"
  local missing=()
  has_header curl/curl.h || missing+=(libcurl4-openssl-dev)
  has_header yaml.h || missing+=(libyaml-dev)
  has_header openssl/evp.h || missing+=(libssl-dev)
  install_packages ${missing[@]+"${missing[@]}"}
}

# The peer of the benchmarks of servers.
require_nginx() {
  PATH="$PATH:/usr/sbin" command -v nginx >/dev/null || install_packages nginx-light
}

# What the tests talk to besides.
require_test_tools() {
  local missing=()
  require_nginx
  command -v openssl >/dev/null || missing+=(openssl)
  command -v curl >/dev/null || missing+=(curl)
  command -v nm >/dev/null || missing+=(binutils)
  command -v unshare >/dev/null || missing+=(util-linux)
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null ||
    missing+=(chromium fonts-dejavu-core)
  install_packages ${missing[@]+"${missing[@]}"}
}

# Side-car manifests stand beside the plugins that were built, so that listing loads nothing.
place_manifests() {
  local directory=$1 plugin
  for plugin in Plugins/*/manifest.json; do
    plugin=$(basename "$(dirname "$plugin")")
    cp "Plugins/$plugin/manifest.json" "$directory/lib$plugin.so.json"
  done
}
