"""What models of this app are made of: abstract models, and a field."""
