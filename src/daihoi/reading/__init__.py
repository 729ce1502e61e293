"""Image to marks: load, identify, register, score, classify. Score apart from verdict; refuse rather than guess."""
