"""Plain data to paper: ballots in exact millimetres, minutes as DOCX and PDF in the dated layout profile."""
