"""Code to sentence, Vietnamese and English: the only core with human language."""
