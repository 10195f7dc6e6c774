# Makes a release the one that runs: units, nginx, `current`. Sourced by the others.
# Names of units have no spaces.
# shellcheck shell=bash disable=SC2046

# Give the units of release $1 to systemd; those of ours that it lacks go.
put_units() {
  local unit name changed=
  mkdir -p "$UNITS/clinic-.service.d"
  for unit in "$1"/deploy/units/{*.*,clinic-.service.d/*.conf}; do
    [ -f "$unit" ] || continue
    name=${unit#"$1/deploy/units/"}
    put "$UNITS/$name" < "$unit" && changed=yes
  done
  for unit in "$UNITS"/clinic-*.*; do
    if [ ! -f "$unit" ] || [ -e "$1/deploy/units/${unit##*/}" ]; then continue; fi
    ! booted || systemctl stop "${unit##*/}"
    systemctl disable --quiet "${unit##*/}"
    rm "$unit"
    changed=yes
  done
  [ -z "$changed" ] || reload_units
}

# The folders of stored pages, without which nothing is committed to the database, and
# of what is being sent.
make_running_folder() {
  local unit
  for unit in "${MOUNTS[@]}"; do
    put "$UNITS/$unit" < "$1/deploy/units/$unit" || true
  done
  put /etc/tmpfiles.d/clinic.conf < "$1/deploy/tmpfiles.conf" || true
  reload_units
  ! booted || systemctl start "${MOUNTS[@]}"
  systemd-tmpfiles --create /etc/tmpfiles.d/clinic.conf
}

# Have nginx compile the patterns by which it finds stored pages. It wants that said once,
# so what the machine's own files say of it counts. Return whether anything changed.
put_patterns() {
  if [ ! -d "$NGINX_MODULES" ] ||
    grep --dereference-recursive --quiet --no-messages --exclude="${NGINX_PATTERNS##*/}" \
      '^[^#]*\bpcre_jit\b' "${NGINX_MODULES%/*}"; then
    [ -f "$NGINX_PATTERNS" ] && rm "$NGINX_PATTERNS"
  else
    put "$NGINX_PATTERNS" <<< "pcre_jit on;"
  fi
}

# A link that leads nowhere is no wish to do without a certificate: nginx, which has read
# what it led to, would close https.
check_certificate() {
  local link
  for link in "$SETTINGS"/certificate.{pem,key}; do
    if [ -L "$link" ] && [ ! -r "$link" ]; then
      fail "The certificate is gone: $(readlink "$link"). Nothing was changed. Name it again: deploy/install --certificate=... --certificate-key=..."
    fi
  done
}

# Have nginx serve release $1, or go on as it did and return 1.
put_nginx() {
  local options=() written changed=
  if [ -e "$SETTINGS/certificate.pem" ]; then
    options=(--certificate="$SETTINGS/certificate.pem"
      --certificate-key="$SETTINGS/certificate.key")
  fi
  # Debian's page of welcome would answer in the site's place.
  if [ "$(readlink -f /etc/nginx/sites-enabled/default)" = /etc/nginx/sites-available/default ]; then
    rm /etc/nginx/sites-enabled/default
  fi
  written=$(RELEASE=$1 "$1/deploy/manage" nginx "${options[@]}") || return 1
  # What nginx has read last, empty where that was nothing, lies there until it has read
  # the new: after an interruption, too.
  if [ -e "$NGINX.before" ]; then
    changed=yes
  elif [ -f "$NGINX" ]; then
    cp --preserve "$NGINX" "$NGINX.before"
  else
    touch "$NGINX.before"
  fi
  put "$NGINX" <<< "$written" && changed=yes
  put_patterns && changed=yes
  if [ -n "$changed" ]; then
    if ! nginx -t -q; then
      rm -f "$NGINX" "$NGINX_PATTERNS"
      [ ! -s "$NGINX.before" ] || mv "$NGINX.before" "$NGINX"
      rm -f "$NGINX.before"
      return 1
    fi
    ! booted || systemctl reload-or-restart nginx || return 1
  fi
  rm -f "$NGINX.before"
}

# Whether the release that runs can make pages; asked past nginx.
answers() {
  local host
  host=$(sed -n 's/^ALLOWED_HOSTS=\([^,]*\).*/\1/p' "$SETTINGS/environment")
  curl --silent --fail --output /dev/null --max-time 30 --retry 20 --retry-delay 1 \
    --retry-all-errors --retry-max-time 60 \
    --unix-socket "$RUNNING/gunicorn.sock" --header "Host: ${host#.}" \
    http://site/_health/ready/
}

# The units that are in place, without the site's own: another release may have others.
units() {
  find "$UNITS" -maxdepth 1 -type f -name "clinic-$1" ! -name clinic-web.service \
    "${@:2}" -printf '%f\n'
}
timers() { units '*.timer'; }
timers_here() { [ -e "$SETTINGS/no-timers" ] || timers; }
long_running() { units '*.service' -exec grep --quiet '^\[Install\]' {} \;; }

# What changes the database by itself, what a timer has started as well. While tables
# or files are replaced, nothing but the site runs.
stop_jobs() {
  if ! booted || [ ! -e "$CURRENT" ]; then return 0; fi
  # Timers first: none may start what has just been stopped.
  systemctl stop $(timers) && systemctl stop $(units '*.service')
}
start_jobs() {
  if ! booted || [ ! -e "$CURRENT" ]; then return 0; fi
  systemctl start $(long_running) $(timers_here)
}

point() { ln --symbolic --no-target-directory "$1" "$2.new" && mv -T "$2.new" "$2"; }

# Where the database was restored and who was erased since is back, that is done first,
# or nobody sees it; nor does anybody see half a restore.
start_site() {
  local list
  list=$(sed -n 's/^ERASURE_LIST=//p' "$SETTINGS/environment")
  list=${list:-$BACKUPS/erasures/list}
  if [ -e "$list.restoring" ] && ! "$CURRENT/deploy/manage" redo_erasures; then
    # The nightly run tries it again, here: what is missing lies on this machine.
    ! booted || systemctl start clinic-nightly.timer
    echo "The site stays closed. Do what is said above; if that was no restore, run" \
      "\`$CURRENT/deploy/manage redo_erasures\`, then" \
      "\`systemctl start clinic-web.socket clinic-web" $(long_running) $(timers_here) "\`." >&2
    return 1
  fi
  ! booted || systemctl start clinic-web.socket clinic-web.service
  start_jobs
}

# What the running processes were started with: release, settings and units.
started_with() {
  { echo "$1"; cat "$SETTINGS/environment"; find "$1/deploy/units" -type f \
    -exec cat {} +; } | sha256sum
}

# The release that ran until then is the one that `rollback` goes back to.
make_current() {
  local before
  before=$(readlink "$CURRENT" || true)
  [ "$before" != "$1" ] || return 0
  [ -z "$before" ] || point "$before" "$PREVIOUS" || return 1
  point "$1" "$CURRENT"
}

# Make release $1 the one that runs. nginx comes first: its folder of static files has
# those of the release before as well. Nobody waits but for the restart, in the socket.
activate() {
  put_units "$1" && put_nginx "$1" && make_current "$1" &&
    systemctl enable --quiet "${MOUNTS[@]}" clinic-web.socket clinic-web.service \
      $(long_running) $(timers_here) || return 1
  if [ -e "$SETTINGS/no-timers" ]; then
    systemctl disable --quiet $(timers) && { ! booted || systemctl stop $(timers); } || return 1
  fi
  booted || { say "systemd does not run here: nothing was started."; return 0; }
  systemctl start clinic-web.socket || return 1
  if [ "$(started_with "$1")" != "$(cat /opt/clinic/started 2> /dev/null)" ]; then
    rm -f /opt/clinic/started
    # The warmer of the old release would put its pages into the new one's store.
    systemctl stop clinic-warmer.service || return 1
    systemctl restart clinic-web.service $(long_running) || return 1
    answers || return 1
    started_with "$1" > /opt/clinic/started
  fi
  start_jobs && answers
}
