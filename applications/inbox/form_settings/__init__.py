"""How a form's applications are handled: its states, and how many must read them."""
