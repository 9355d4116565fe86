"""Entities of many documents: which of them are one thing, and what it is called."""

from extraction.resolution.corpus import resolve

__all__ = ["resolve"]
