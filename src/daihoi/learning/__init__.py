"""Any printed ballot: what stands on a blank page, and its scans found by that print alone, without marks or codes."""
