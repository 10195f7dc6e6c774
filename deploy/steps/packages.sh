# What Debian provides. Sourced by `install`.
# shellcheck shell=bash disable=SC2154

install_packages() {
  local wanted missing=() package
  wanted=(python3-venv nginx-light libnginx-mod-http-brotli-static age curl
    ca-certificates libfribidi0)
  if [ -n "$postgresql" ] || grep --quiet --no-messages "$OWN_POSTGRESQL" \
    "$SETTINGS/environment"; then
    wanted+=(postgresql)
  fi
  named CACHE_URL || wanted+=(redis-server)
  for package in "${wanted[@]}"; do
    dpkg-query --show --showformat='${db:Status-Status}' "$package" 2> /dev/null |
      grep --quiet '^installed$' || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return
  say "Installing ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    "${missing[@]}" > /dev/null ||
    fail "Debian's packages could not be installed. Mend what apt says; run this again."
}

# Whether the operator says himself where something is.
named() {
  local line
  for line in "${settings[@]}"; do [ "${line%%=*}" = "$1" ] && return; done
  [ -f "$SETTINGS/environment" ] &&
    grep "^$1=" "$SETTINGS/environment" | grep --quiet --invert-match '127\.0\.0\.1'
}
