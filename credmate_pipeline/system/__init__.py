"""The processes of the running system: starting, watching and stopping them. What they do is elsewhere."""
