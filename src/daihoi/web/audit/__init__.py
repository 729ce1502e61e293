"""The ledger kept in the database: each act writes its entry in its own transaction, and nothing is ever taken back."""
