"""Publishing: the gate, its rules, and permissions."""
