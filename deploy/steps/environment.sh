# The site's settings: written once, the operator's from then on. Sourced by `install`.
# shellcheck shell=bash disable=SC2154

write_environment() {
  local file=$SETTINGS/environment
  if [ ! -f "$file" ]; then
    say "Writing $file, with new keys"
    { default_settings; printf '%s\n' "${settings[@]}"; } | last_of_each |
      put "$file" 0640
    chgrp clinic "$file"
  elif [ ${#settings[@]} -gt 0 ] || [ -n "$host$postgresql" ]; then
    say "$file stands already; --host, --set and --postgresql change nothing: edit it."
  fi
  ! grep --quiet --line-regexp "[A-Z_]*=.*[\"'\\\\].*" "$file" ||
    fail "$file: write values without quotation marks or backslashes."
}

default_settings() {
  local first=${host%%,*} database="sqlite:///$DATA/database/db.sqlite3"
  # By its socket, where PostgreSQL knows the site by its user and asks no password.
  [ -z "$postgresql" ] || database=postgres:////var/run/postgresql/clinic
  cat <<EOF
DJANGO_SETTINGS_MODULE=config.settings.production
SECRET_KEY=$(random 48)
FIELD_KEYS=$(random 32)
ALLOWED_HOSTS=$host
BASE_URL=https://$first
HSTS=3600
DATABASE_URL=$database
CACHE_URL=redis://127.0.0.1:6379/1
EMAIL_URL=smtp://127.0.0.1:25
DEFAULT_FROM_EMAIL=no-reply@$first
MEDIA_STORAGE=$DATA/media
PRIVATE_STORAGE=$DATA/private
APPLICANTS_STORAGE=$DATA/applicants
PAGE_STORE=$RUNNING/pages
WEB_CONCURRENCY=2
EOF
}

random() { head --bytes "$1" /dev/urandom | basenc --base64url --wrap=0; }
last_of_each() { tac | awk -F= '!seen[$1]++' | tac; }
