"""A finished PDF signed by key where its signatories stand: what was printed stays, byte for byte."""
