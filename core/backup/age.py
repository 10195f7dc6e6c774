"""Encrypting to a public key with ``age``, and decrypting with the private one.

The machine that makes backups needs no private key, so that whoever breaks into it
reads none of the earlier ones.
"""

import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from django.core.management.base import CommandError


@contextmanager
def encrypting(to: IO[bytes], recipients: Path) -> Iterator[IO[bytes]]:
    """Give a stream; what is written to it arrives in ``to``, encrypted.

    ``recipients`` is a file with a public key in each line.

    Raises:
        CommandError: age is missing, or fails.
    """
    command = [_program(), "--encrypt", "--recipients-file", str(recipients)]
    with subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.PIPE, stdout=to, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin  # noqa: S101
        try:
            yield process.stdin
            process.stdin.close()
        except BrokenPipeError:
            pass  # What age says of it is better.
        except BaseException:
            process.kill()
            # What waits in the pipe would be sent at its end, and fail instead of this.
            with suppress(BrokenPipeError):
                process.stdin.close()
            raise
        _end(process)


@contextmanager
def decrypting(backup: IO[bytes], identity: Path) -> Iterator[IO[bytes]]:
    """Give a stream with the content of ``backup``.

    Raises:
        CommandError: age is missing, the key is not the backup's, or the backup was
            changed or cut short. That may show at the end only.
    """
    command = [_program(), "--decrypt", "--identity", str(identity)]
    with subprocess.Popen(  # noqa: S603
        command, stdin=backup, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout  # noqa: S101
        try:
            yield process.stdout
            # Only what was read to its end is known to be whole.
            while process.stdout.read(1 << 20):
                pass
        except (EOFError, tarfile.TarError):
            # If the content ended early, age knows why.
            while process.stdout.read(1 << 20):
                pass
            _end(process)
            raise
        except BaseException:
            process.kill()
            raise
        _end(process)


def _program() -> str:
    if program := shutil.which("age"):
        return program
    raise CommandError("Install age, which encrypts backups (apt install age).")


def _end(process: subprocess.Popen[bytes]) -> None:
    assert process.stderr  # noqa: S101
    said = process.stderr.read().decode(errors="replace")
    if process.wait():
        # Lines that begin otherwise advise reporting the fault to age's makers.
        reasons = [line for line in said.splitlines() if line.startswith("age: error")]
        raise CommandError(" ".join(reasons) or said)
