"""The generated site: static pages that open from disk and ask nothing of the network."""

from graph.pages.site import write

__all__ = ["write"]
