"""A machine in a folder, on which the scripts of ``deploy/`` run as they are.

Each path of theirs outside a release is put under the folder. What would change the
real machine, or takes long, is a stub; systemd's is as strict as systemd.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_PATH_OF_MACHINE = re.compile(r"(?<![\w./}])/(?=(?:opt|etc|var|run|usr/local)/)")
_FOLDERS = (
    *("etc/systemd/system", "etc/tmpfiles.d", "etc/nginx/conf.d", "opt", "var/lib"),
    *("etc/nginx/sites-enabled", "etc/nginx/modules-enabled", "usr/local/bin"),
    *("run/systemd/system", "run/lock"),
)
_SYSTEMCTL = """
verb=$1 failed=0 units=()
for name in "${@:2}"; do
  case $name in --*) ;; *.*) units+=("$name") ;; *) units+=("$name.service") ;; esac
done
exists() { [ -e "$MACHINE/etc/systemd/system/$1" ] || [ "$1" = nginx.service ]; }
for unit in "${units[@]}"; do
  case $verb in enable | disable)
    exists "$unit" || { echo "Unit file $unit does not exist." >&2; exit 1; } ;;
  esac
done
for unit in "${units[@]}"; do
  if ! exists "$unit" && [ ! -e "$MACHINE/active/$unit" ]; then
    echo "Unit $unit not loaded." >&2; failed=5; continue
  fi
  case $verb in
    start | restart | reload-or-restart) touch "$MACHINE/active/$unit" ;;
    stop) rm -f "$MACHINE/active/$unit" ;;
    enable) touch "$MACHINE/enabled/$unit" ;;
    disable) rm -f "$MACHINE/enabled/$unit" ;;
    reload) [ -e "$MACHINE/active/$unit" ] && nginx -t || failed=1 ;;
    try-reload-or-restart) [ ! -e "$MACHINE/active/$unit" ] || nginx -t || failed=1 ;;
  esac
done
exit $failed
"""
# Of a release. What `fails` or `kills` names does so; the log has all that was asked.
_PYTHON = """
asked="${*:2}"
begins() { [ -s "$MACHINE/$1" ] && [[ $asked == "$(cat "$MACHINE/$1")"* ]]; }
! begins kills || kill "$PPID"
! begins fails || exit 1
case $asked in
  nginx*) cat nginx-of-this-release ;;
  environment) env --null > "$MACHINE/environment" ;;
  showmigrations*)
    [ -e "$MACHINE/database-is-empty" ] || echo "[X]  core.0001_initial"
    [ ! -e "$MACHINE/pending" ] || echo "[ ]  core.0002_more" ;;
  migrate*) ls "$MACHINE/active" > "$MACHINE/active-while-migrating"
    [ "$asked" != "migrate --verbosity=0" ] || rm "$MACHINE/pending" ;;
  restore*) ls "$MACHINE/active" > "$MACHINE/active-while-restoring" ;;
esac
"""
_STUBS = {
    "systemctl": _SYSTEMCTL,
    "python": _PYTHON,
    "pip": "",
    "python3": 'mkdir -p "$3/bin"; cp "$STUBS/python" "$STUBS/pip" "$3/bin"',
    "id": "echo 0",
    "install": """
arguments=()
while [ $# -gt 0 ]; do
  case $1 in -g) group=$2; shift ;; -o) shift ;; *) arguments+=("$1") ;; esac
  shift
done
echo "$group ${arguments[-1]}" >> "$MACHINE/groups"
exec /usr/bin/install "${arguments[@]}"
""",
    "setpriv": 'while [[ $1 == --* ]]; do shift; done; exec "$@"',
    "systemd-tmpfiles": 'mkdir -p "$MACHINE/run/clinic"',
    "nginx": """
[ ! -e "$MACHINE/nginx-is-killed" ] || kill -9 "$PPID"
[ ! -e "$MACHINE/nginx-is-broken" ]
""",
    "dpkg-query": "exit 1",
    "age": "cat > /dev/null",
    # `apt-fails` may name the step that it is not capable of.
    "apt-get": '! grep --quiet --no-messages --line-regexp "$1" "$MACHINE/apt-fails"',
    # Whom it turns into may not enter the folders of who runs the tests.
    "runuser": '[ "$PWD" = / ]',
    "curl": '[ ! -e "$MACHINE/site-is-silent" ]',
    **dict.fromkeys(("chgrp", "chown", "getent"), ""),
    "userdel": "",
}


class StubbedMachine:
    """What the scripts make of a bare machine in ``folder``."""

    def __init__(self, folder):
        self.folder = folder / "machine"
        for name in (*_FOLDERS, "active", "enabled"):
            (self.folder / name).mkdir(parents=True)
        self.log = self.folder / "log"
        self._stubs = folder / "stubs"
        self._stubs.mkdir()
        for name, script in _STUBS.items():
            stub = self._stubs / name
            said = 'echo "${0##*/} $*" >> "$MACHINE/log"'
            stub.write_text(f"#!/usr/bin/env bash\n{said}\n{script}\n")
            stub.chmod(0o755)

    def release(self, name, without=()):
        """Return a folder with a release, from which it is installed."""
        source = self.folder.parent / name
        shutil.copytree(ROOT / "deploy", source / "deploy")
        for script in (source / "deploy").rglob("*"):
            if script.is_file() and script.parent.name != "units":
                text = script.read_text()
                script.write_text(_PATH_OF_MACHINE.sub(f"{self.folder}/", text))
        for unit in without:
            (source / "deploy" / "units" / unit).unlink()
        (source / "nginx-of-this-release").write_text(f"# {name}\n")
        (source / "requirements.txt").touch()
        (source / "requirements-s3.txt").touch()
        return source

    def attempt(self, source, script, *arguments, **environment):
        return subprocess.run(  # noqa: S603
            [source / "deploy" / script, *arguments],
            env={
                "PATH": f"{self._stubs}:{os.environ['PATH']}",
                "STUBS": str(self._stubs),
                "MACHINE": str(self.folder),
                **environment,
            },
            cwd=source,
            capture_output=True,
            text=True,
            check=False,
        )

    def run(self, source, script, *arguments, **environment):
        self.log.write_text("")
        done = self.attempt(source, script, *arguments, **environment)
        assert done.returncode == 0, done.stdout + done.stderr
        return done

    def asked(self, program):
        """Return what a program was asked in the last run."""
        lines = self.log.read_text().splitlines()
        return [line for line in lines if line.split()[0] == program]

    def path(self, name):
        return self.folder / name

    def units(self, state):
        """Return the units that are "active" or "enabled"."""
        return {path.name for path in (self.folder / state).iterdir()}

    @property
    def current(self):
        """The release that runs."""
        return self.path("opt/clinic/current").resolve()
