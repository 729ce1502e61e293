"""Results that congresses send."""
