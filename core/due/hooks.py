"""What this room hangs into the admin (core.wagtail_hooks)."""

from collections.abc import Callable
from typing import Any

from core.due.schedule import due_kinds

HOOKS: list[tuple[str, Callable[..., Any]]] = [("register_due_kinds", due_kinds)]
