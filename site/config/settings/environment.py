"""Reads the environment, and names the project's folders."""

from pathlib import Path

import environ

env = environ.Env()

ROOT = Path(__file__).resolve().parents[3]
SITE = ROOT / "site"
VAR = Path(env("VAR_DIR", default=str(ROOT / "var")))
