# The site's user, and folders of which each has one reader more at most. Sourced.
# shellcheck shell=bash disable=SC2154

make_user_and_folders() {
  getent passwd clinic > /dev/null ||
    useradd --system --user-group --no-create-home --home-dir /nonexistent \
      --shell /usr/sbin/nologin clinic
  install -d "$RELEASES" "$SETTINGS"
  install -d -o clinic -g clinic -m 0711 "$DATA"
  install -d -o clinic -g clinic -m 0700 "$DATA/database" "$DATA/private" \
    "$DATA/applicants"
  # nginx reads public uploads, and nothing else.
  install -d -o clinic -g www-data -m 2750 "$DATA/media"
  install -d -o clinic -g clinic -m 0750 "$BACKUPS" "$BACKUPS/erasures"
  case $timers in
    no) touch "$SETTINGS/no-timers" ;;
    yes) rm -f "$SETTINGS/no-timers" ;;
  esac
  if [ -n "$backup_key" ]; then
    age --encrypt --recipient "$backup_key" < /dev/null > /dev/null ||
      fail "Not a public key of age: $backup_key"
    put "$SETTINGS/backup.recipients" <<< "$backup_key" || true
  fi
}
