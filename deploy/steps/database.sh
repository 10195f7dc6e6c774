# The database: made, backed up and migrated. Sourced by `install`.
# shellcheck shell=bash disable=SC2154

back_up_and_migrate() {
  local migrations
  make_postgresql_database
  make_running_folder "$1"
  migrations=$(RELEASE=$1 "$1/deploy/manage" showmigrations --plan) ||
    fail "The database could not be asked which migrations it has; what it says above needs mending first. The site goes on as it was."
  grep --quiet --fixed-strings '[ ]' <<< "$migrations" || return 0
  # However this ends: where `activate` succeeds, they run already.
  trap start_jobs EXIT
  stop_jobs
  # One without any is new; another may be there though no release runs.
  if [ -z "$no_backup" ] && grep --quiet --fixed-strings '[X]' <<< "$migrations"; then
    back_up "$1" || fail "Without a backup nothing is migrated (--no-backup does it all the same). The site goes on as it was."
  fi
  say "Migrating the database"
  RELEASE=$1 "$1/deploy/manage" migrate --plan > "$1/migrations"
  if ! RELEASE=$1 "$1/deploy/manage" migrate --verbosity=0; then
    # Readers see what was migrated so far; a CDN has yet to forget what was before.
    [ ! -e "$CURRENT" ] || "$CURRENT/deploy/manage" start_generation --verbosity=0 || true
    fail "The database could not be migrated. The old release runs on; what it says above needs mending first."
  fi
}

# By the release that runs; where none does, by release $1.
back_up() {
  local all=() release=$CURRENT
  [ -e "$CURRENT" ] || release=$1
  [ -f "$SETTINGS/backup.recipients" ] || fail "Name a key for backups: --backup-key=age1..."
  say "Backing up"
  # How many are kept is said in the nightly unit alone, where the operator may change it.
  # A release from before that deletes all but fourteen unless it is told otherwise.
  ! grep --quiet --no-messages 'default=14' "$release/core/management/commands/backup.py" ||
    all=(--keep=1000000)
  RELEASE=$release "$release/deploy/manage" backup "$BACKUPS" \
    --recipients="$SETTINGS/backup.recipients" "${all[@]}"
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
