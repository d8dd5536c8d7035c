"""Where the guides in docs/ are."""

from __future__ import annotations


def guide(page: str, docs_url: str | None) -> str:
    """Name a page of the guides, as a URL or, where they are not served, as a file.

    Args:
        page: its file, and a heading after #.
        docs_url: where the guides are served.
    """
    return f"{docs_url.rstrip('/') if docs_url else 'docs'}/{page}"
