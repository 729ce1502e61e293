"""A congress of an organisation: its bodies and sessions, delegates and guests, who is there, the frozen roll."""
