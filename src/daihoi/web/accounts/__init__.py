"""Who signs in, in which role, and how much of the tree that role sees."""
