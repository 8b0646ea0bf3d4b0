"""The second field reader: a language model on Amazon Bedrock, whose every answer must be found on the page."""
