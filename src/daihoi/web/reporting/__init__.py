"""Results that congresses below send as sealed packages: compared with the paper, taken in, told by the tree."""
