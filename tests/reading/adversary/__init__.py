"""Marks, papers and scans that are meant to fool both readers together, drawn apart from the simulator.

`python -m tests.reading.adversary` reads every attack and prints what came out; `tests/reading/test_attacks_by_hand.py`
holds it. An attack says for each row which words would be right; a doubt or a refusal is always allowed, any other
word is wrong.
"""
