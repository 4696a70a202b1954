"""The one error type that every room raises: a code with a sentence for people and details for the log."""

from __future__ import annotations

from .messages import message


class OriginMapError(Exception):
    """Something a person has to know about and can act on.

    Args:
        code: key of the sentence in ``resources/standard/messages.json``.
        details: technical details for the log, never shown in the message bar.
        **params: values for the placeholders of the sentence.
    """

    def __init__(self, code: str, details: str = "", **params: object) -> None:
        super().__init__(code, details, params)
        self.code = code
        self.details = details
        self.params = params

    def sentence(self, language: str = "zh") -> str:
        """What happened and what to do next, in one or two sentences (``zh`` or ``en``)."""
        return message(self.code, language, self.params).sentence

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence('en')} {self.details}".rstrip()
