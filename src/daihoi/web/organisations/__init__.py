"""The tree of organisations: tiers, kinds, terms, and what each was called when."""
