# A folder for each release, with its own Python packages and static files. Sourced.
# shellcheck shell=bash disable=SC2154

_KEPT=3

# Set $release to the folder of what lies in $source, named by its content. Whatever
# the checkout allows, the site's user may read it, and root alone may write.
build_release() {
  local name before requirements=(--requirement requirements.txt)
  name=$(content_of_source | digest)
  # A bucket or CloudFront that is named later makes the release anew.
  if grep --quiet --extended-regexp \
    '^([A-Z]+_STORAGE=s3(\+http)?|CDN_PURGE=.*\bcloudfront):' "$SETTINGS/environment"; then
    name+=-s3
    requirements+=(--requirement requirements-s3.txt)
  fi
  release=$RELEASES/$name
  if [ -e "$release/complete" ]; then
    # They may have been edited since.
    takes_settings "$release" ||
      fail "Mend $SETTINGS/environment, then run this again: the site goes on as it was."
    return
  fi
  say "Building release $name"
  # What an interrupted run has left is not trusted.
  rm -rf "$release"
  mkdir -p "$release"
  (cd "$source" && content_of_source | tar --create --null --files-from=- \
    --mode=u+rwX,go+rX,go-w --file=-) |
    tar --extract --no-same-owner --directory="$release"
  python3 -m venv "$release/.venv"
  (cd "$release" && .venv/bin/pip install --quiet --disable-pip-version-check \
    --require-hashes "${requirements[@]}") ||
    { rm -rf "$release"; fail "The Python packages could not be installed: nothing changed."; }
  "$release/.venv/bin/python" -m compileall -q "$release" -x '/\.venv/' || true
  install -d -o clinic -g clinic "$release/var"
  takes_settings "$release" ||
    { rm -rf "$release"; fail "Mend $SETTINGS/environment, then run this again: nothing changed."; }
  RELEASE=$release "$release/deploy/manage" collectstatic --noinput --verbosity=0
  chmod -R a+rX "$release/var"
  chown -R root:root "$release/var"
  # Pages that a reader has open still ask for the files of the release before.
  before=$(readlink "$CURRENT" || true)
  if [ -d "${before:-/nowhere}/var/static" ]; then
    cp --recursive --link --no-clobber "$before/var/static" "$release/var/"
  fi
  touch "$release/complete"
}

takes_settings() {
  RELEASE=$1 "$1/deploy/manage" check --deploy --fail-level WARNING
}

# Whether the application of release $1 can be loaded, asked before readers notice.
loads() {
  RELEASE=$1 "$1/deploy/manage" shell --no-imports --verbosity=0 \
    --command="import config.wsgi"
}

content_of_source() {
  (cd "$source" && find . \( -name .git -o -name .venv -o -name node_modules \
    -o -name '__pycache__' -o -name '.*_cache' -o -path ./var \) -prune \
    -o -type f -print0 | sort --zero-terminated)
}

digest() { (cd "$source" && xargs -0 sha256sum) | sha256sum | cut -c1-12; }

remove_old_releases() {
  local each
  # The names are ours: letters, digits and a hyphen.
  # shellcheck disable=SC2012
  ls -t "$RELEASES" | tail -n +$((_KEPT + 1)) | while read -r each; do
    each=$RELEASES/$each
    [ "$each" = "$(readlink "$CURRENT")" ] || [ "$each" = "$(readlink "$PREVIOUS")" ] ||
      rm -rf "$each"
  done
}
