"""What a screen can show, made from the database."""
