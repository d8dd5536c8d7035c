"""`python -m maint_pipeline.instance.web`: the guarded web server as a process of `maint dev`."""

from __future__ import annotations

import argparse
from pathlib import Path

from maint_pipeline.instance.web.server import serve
from maint_pipeline.settings import load_settings


def main() -> None:
    """Serve on an address until a signal comes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workspace", type=Path, required=True)
    options = parser.parse_args()
    serve(
        load_settings(),
        host=options.host,
        port=options.port,
        read_only=False,
        workspace=options.workspace,
        report=lambda: None,
    )


main()
