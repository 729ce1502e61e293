"""People: who they are, where they belong, and what the personnel papers say of them."""
