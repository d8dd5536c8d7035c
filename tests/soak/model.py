"""Creating the tables in which a soak remembers what must be."""

from contextlib import closing
from pathlib import Path

from tests.soak.databases import superuser


def create_model(url: str) -> None:
    with closing(superuser(url)) as connection:
        connection.execute(Path(__file__).with_suffix(".sql").read_text().encode())
