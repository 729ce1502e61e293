"""What people type about congresses, by the pages that ask for it."""
