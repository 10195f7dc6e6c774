# What Debian provides. Sourced by `install`.
# shellcheck shell=bash disable=SC2154

install_packages() {
  local wanted missing=() package
  # Each machine has systemd; a container that is being prepared may lack it.
  wanted=(python3-venv nginx-light libnginx-mod-http-brotli-static age curl
    ca-certificates libfribidi0 systemd)
  if [ -n "$postgresql" ] || given | grep --quiet "$OWN_POSTGRESQL"; then
    wanted+=(postgresql)
  elif given | grep --quiet --extended-regexp '^DATABASE_URL=(postgres|pgsql|psql)'; then
    wanted+=(postgresql-client)  # backups are made by its pg_dump
  fi
  named CACHE_URL || wanted+=(redis-server)
  for package in "${wanted[@]}"; do
    dpkg-query --show --showformat='${db:Status-Status}' "$package" 2> /dev/null |
      grep --quiet '^installed$' || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return
  say "Installing ${missing[*]}"
  { apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      "${missing[@]}" > /dev/null; } ||
    fail "Debian's packages could not be installed. Mend what apt says; run this again."
}

# The lines of the settings: those that stand, or that are about to.
given() {
  if [ -f "$SETTINGS/environment" ]; then
    cat "$SETTINGS/environment"
  else
    printf '%s\n' "${settings[@]}"
  fi
}

# Whether the operator says himself where something is.
named() {
  local line
  for line in "${settings[@]}"; do [ "${line%%=*}" = "$1" ] && return; done
  [ -f "$SETTINGS/environment" ] &&
    grep "^$1=" "$SETTINGS/environment" | grep --quiet --invert-match '127\.0\.0\.1'
}
