"""The outbox: e-mails wait in the database and are sent by a task."""
