# What scripts need of the machine; read with ". tools/machine.sh".

fail() {
  echo "$*" >&2
  exit 1
}

# install_package NAME...: from the system's packages, when this user may; else says no.
install_package() {
  if [ "$(id -u)" = 0 ]; then
    as_root=
  elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root=sudo
  else
    return 1
  fi
  echo "installing from the system's packages: $*" >&2
  if command -v apt-get >/dev/null 2>&1; then
    # The lists may be old or absent on a fresh machine.
    { $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" ||
      { $as_root apt-get update -qq &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@"; }; } >/dev/null
  elif command -v dnf >/dev/null 2>&1; then
    $as_root dnf install -q -y "$@" >/dev/null
  else
    return 1
  fi
}

# need_program PROGRAM PACKAGE: the program is there, or is installed, or a sentence says what to do.
need_program() {
  command -v "$1" >/dev/null 2>&1 && return
  install_package "$2" || fail "The program '$1' is missing: install the package '$2'."
}
