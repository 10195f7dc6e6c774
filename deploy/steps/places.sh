# Folders that the settings name elsewhere: made, and open to the services. Sourced.
# shellcheck shell=bash disable=SC2154

allow_places() {
  local name place allowed='' file=$UNITS/clinic-.service.d/places.conf
  mkdir -p "${file%/*}"
  # One folder of static files for all would change under the release that runs.
  [ -z "$(place_of VAR_DIR)" ] ||
    fail "VAR_DIR: leave it out of $SETTINGS/environment. Each release has its own static files, and all else is named by itself: MEDIA_STORAGE, PRIVATE_STORAGE, DATABASE_URL, ERASURE_LIST."
  for name in MEDIA_STORAGE PRIVATE_STORAGE APPLICANTS_STORAGE DATABASE_URL \
    ERASURE_LIST PAGE_STORE; do
    place=$(place_of "$name")
    case $place/ in
      / | "$DATA"/* | "$RUNNING"/* | "$BACKUPS"/erasures/*) continue ;;
      /home/* | /root/* | /run/user/*)
        fail "$name: services see nothing of $place. Name another folder, such as /srv/clinic." ;;
      /*) ;;
      *) fail "$name: write the whole path of the folder, from / on." ;;
    esac
    # nginx reads public uploads and stored pages, and nothing else.
    case $name in
      MEDIA_STORAGE | PAGE_STORE) [ -d "$place" ] || install -d -o clinic -g www-data -m 2750 "$place" ;;
      *) [ -d "$place" ] || install -d -o clinic -g clinic -m 0700 "$place" ;;
    esac
    setpriv --reuid=clinic --regid=clinic --clear-groups test -w "$place" ||
      fail "$name: the user clinic may not write to $place."
    # Where it is not mounted, the site starts all the same.
    allowed+="ReadWritePaths=\"-${place//%/%%}\""$'\n'
  done
  if [ -z "$allowed" ]; then
    [ ! -e "$file" ] || { rm "$file"; reload_units; }
  elif put "$file" <<< "[Service]"$'\n'"${allowed%$'\n'}"; then
    reload_units
  fi
}

# The folder that variable $1 of the settings names, if it names one.
place_of() {
  local value
  value=$(value_of "$1")
  case $1 in
    # Where it is not named, it lies beside the private one.
    APPLICANTS_STORAGE)
      if [ -z "$value" ]; then
        value=$(place_of PRIVATE_STORAGE)
        value=${value:+$(dirname "$value")/applicants}
      fi ;;
    DATABASE_URL)
      case $value in
        sqlite:///*) value=${value#sqlite:///} value=${value%%\?*} value=$(dirname "$value") ;;
        *) value='' ;;
      esac ;;
    ERASURE_LIST) value=${value:+$(dirname "$value")} ;;
  esac
  case $value in *://*) ;; *) echo "${value%/}" ;; esac
}

value_of() {
  sed --quiet "s/^[[:blank:]]*$1[[:blank:]]*=[[:blank:]]*\(.*[^[:space:]]\)[[:space:]]*$/\1/p" \
    "$SETTINGS/environment" | tail --lines=1
}
