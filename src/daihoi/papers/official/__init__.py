"""Official papers of any kind: blocks in a dated layout profile, written as DOCX and as PDF that say the same."""
