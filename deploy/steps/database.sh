# The database: made, backed up and migrated. Sourced by `install`.
# shellcheck shell=bash disable=SC2154

back_up_and_migrate() {
  make_postgresql_database
  make_running_folder "$1"
  if RELEASE=$1 "$1/deploy/manage" migrate --check > /dev/null 2>&1; then return; fi
  # However this ends: where `activate` succeeds, they run already.
  trap start_jobs EXIT
  stop_jobs
  if [ -e "$CURRENT" ] && [ -z "$no_backup" ]; then
    back_up || fail "Without a backup nothing is migrated (--no-backup does it all the same). The old release runs on."
  fi
  say "Migrating the database"
  RELEASE=$1 "$1/deploy/manage" migrate --plan > "$1/migrations"
  RELEASE=$1 "$1/deploy/manage" migrate --verbosity=0 ||
    fail "The database could not be migrated. The old release runs on; what it says above needs mending first."
  RELEASE=$1 "$1/deploy/manage" create_roles
}

back_up() {
  [ -f "$SETTINGS/backup.recipients" ] || fail "Name a key for backups: --backup-key=age1..."
  say "Backing up"
  "$CURRENT/deploy/manage" backup "$BACKUPS" --recipients="$SETTINGS/backup.recipients" \
    --keep=14
}

make_postgresql_database() {
  grep --quiet "$OWN_POSTGRESQL" "$SETTINGS/environment" || return 0
  local psql=(as_postgres psql --quiet --no-align --tuples-only)
  "${psql[@]}" -c "SELECT" ||
    fail "PostgreSQL does not answer: systemctl start postgresql; then run this again."
  [ "$("${psql[@]}" -c "SELECT 1 FROM pg_roles WHERE rolname='clinic'")" = 1 ] ||
    as_postgres createuser clinic
  [ "$("${psql[@]}" -c "SELECT 1 FROM pg_database WHERE datname='clinic'")" = 1 ] ||
    as_postgres createdb --owner=clinic --encoding=UTF8 --template=template0 clinic
}

tell_what_is_open() {
  [ -e "$SETTINGS/certificate.pem" ] ||
    say "No certificate: readers are sent to https, which does not answer yet (--certificate)."
  [ -e "$SETTINGS/backup.recipients" ] ||
    say "No backups: name a public key (--backup-key=age1...)."
  ! grep --quiet '^EMAIL_URL=smtp://127.0.0.1:25$' "$SETTINGS/environment" ||
    say "E-mails go to a mail server on this machine; EMAIL_URL in $SETTINGS/environment names another."
}
