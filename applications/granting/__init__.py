"""Where administrators say who may do what with a form's applications."""
