"""Days as options of the command line."""

from datetime import date

from credmate_pipeline.errors import ConfigurationError


def given_day(option: str, text: str | None) -> date | None:
    """The day written as 2024-01-31; None where the option was not given. Raises ConfigurationError for no day."""
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise ConfigurationError(f"{option} is {text!r}; write a day as 2024-01-31.") from None
