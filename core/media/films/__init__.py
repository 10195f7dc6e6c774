"""What is in the files of films, and what is taken out of them."""
