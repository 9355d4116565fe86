"""What the pages of a site are made from, and how a part of the site says which pages it has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from graph.analysis import Community, Measures
from graph.pages.catalogue import Catalogue
from graph.pages.folder import PagesFolder
from graph.pages.rendering import inline

Rendered = tuple[str, str]
"""A page's path below site/, and its HTML."""


@dataclass(frozen=True, slots=True)
class Site:
    """A corpus and what was measured on it; `out` is the build's folder, with report.md, tables/ and store/.

    folder  asked by those who make many pages which of them need not be made
    """

    out: Path
    title: str
    catalogue: Catalogue
    standings: Mapping[str, Measures]
    communities: list[Community]
    env: Environment
    folder: PagesFolder

    def render(self, template: str, page: str, here: str, assets: Iterable[str], **values: object) -> Rendered:
        """A page from a template that extends base.html.

        here    name of the section that the navigation marks
        assets  style sheets and scripts of assets/ that the page carries besides site.css
        """
        names = tuple(assets)
        carried = inline(
            ["site.css", *(name for name in names if name.endswith(".css"))],
            [name for name in names if name.endswith(".js")],
        )
        context = {"root": "../" * page.count("/"), "here": here, "site": self.catalogue}
        return page, self.env.get_template(template).render(carried, **context, **values)


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the navigation, which leads to `name`.html, and the pages behind it.

    pages  every page of the section, one after the other
    made   whether this build has the section
    aside  whether it waits for the store and needs no other, so that the others can be made in the meantime
    """

    name: str
    label: str
    pages: Callable[[Site], Iterable[Rendered]]
    made: Callable[[Site], bool] = lambda site: True
    aside: bool = False
