"""Every alarm is broken into sounding, and is seen to arrive."""
