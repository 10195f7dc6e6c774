"""Who among staff is told of applications, at once or in a daily digest."""
