#!/usr/bin/env python
"""Run a Django command with the site's settings."""

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    # `site/` is a folder on the import path, never a package (docs/adr/0001).
    sys.path.insert(1, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
