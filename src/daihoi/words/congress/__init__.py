"""The fixed Vietnamese wording of the papers for the day; it does not follow the language of the screen."""
