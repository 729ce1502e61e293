"""The rooms that know Django: what people see in the browser, from the front door (`site`) down to the ledger."""
