# Where everything lies on the machine, and how steps speak. Sourced by the others.
# shellcheck shell=bash disable=SC2034

RELEASES=/opt/clinic/releases
CURRENT=/opt/clinic/current    # the release that runs
PREVIOUS=/opt/clinic/previous  # the one that `rollback` goes back to
SETTINGS=/etc/clinic
DATA=/var/lib/clinic
BACKUPS=/var/backups/clinic
RUNNING=/run/clinic
UNITS=/etc/systemd/system
NGINX=/etc/nginx/conf.d/clinic.conf
# The line of the settings that means PostgreSQL on this machine.
OWN_POSTGRESQL='^DATABASE_URL=postgres:////var/run/postgresql/clinic$'
MOUNTS=(run-clinic.mount run-clinic-bodies.mount)

say() { echo "== $*"; }
fail() { echo "$*" >&2; exit 1; }
as_root() { [ "$(id -u)" = 0 ] || fail "Run this as root."; }
# From a folder that its user may enter, which a checkout of root's often is not.
as_postgres() { (cd / && runuser -u postgres -- "$@"); }
# Two of these scripts at once would undo each other.
alone() {
  exec 9> /run/lock/clinic-deploy
  flock --nonblock 9 || fail "The site is being installed or restored; wait until that is done."
}
# In a container or a chroot that is being prepared, units are enabled and not started.
booted() { [ -d /run/systemd/system ]; }
reload_units() { ! booted || systemctl daemon-reload; }

# Put what comes in at $1 unless it says the same already; return whether it was put.
put() {
  local draft
  draft=$(mktemp "$1.XXXXXX")
  cat > "$draft"
  chmod "${2:-0644}" "$draft"
  if cmp --silent "$draft" "$1"; then rm "$draft"; return 1; fi
  mv "$draft" "$1"
}
