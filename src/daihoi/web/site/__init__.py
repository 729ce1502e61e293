"""The front door: settings, addresses, the page that every other page stands in, and how the house is served."""
