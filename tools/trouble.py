"""The one error of the bootstrap."""


class Trouble(Exception):
    """What is missing and what to do about it, in one line."""
