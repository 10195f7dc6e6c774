"""The way back to what was sent: a link by e-mail, a code, half an hour."""
