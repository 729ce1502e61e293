"""The hall on the day: screens, the second laptop, the rehearsal of the evening before."""
