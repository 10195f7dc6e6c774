"""How staff work through what has arrived: states, who has it, until when."""
