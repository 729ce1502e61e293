"""The fixed Vietnamese wording of counting minutes: official papers are Vietnamese whatever the screen speaks."""
