"""What files of deploy/ say of ports and names, as it is on a test's machine."""

import re

from tests.dev import free_port

PORTS = ("443", "80", "3000", "3001", "4000", "9187")


class Ports:
    """Free ports in place of those that the files name."""

    def __init__(self) -> None:
        self.of = {port: free_port() for port in PORTS}

    def here(self, text: str) -> str:
        """Give a text with these ports, also where an address says none."""
        text = re.sub(
            r"https://(dagster(?:-view)?\.localhost)\b", rf"https://\1:{self.of['443']}", text
        )
        written = "|".join(PORTS)
        return re.sub(rf"\b(?<!:)({written})\b|(?<=127\.0\.0\.1:)({written})\b",
                      lambda found: str(self.of[found[0]]), text)  # fmt: skip
