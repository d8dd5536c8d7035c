"""Time zones by name, without reading them all."""

from zoneinfo import available_timezones

import pytest

from maint_pipeline.time_zones import is_time_zone


def test_every_zone_of_this_machine_is_known() -> None:
    """Also those of old, such as `US/Eastern`."""
    unknown = [name for name in available_timezones() if not is_time_zone(name)]

    assert unknown == []


@pytest.mark.parametrize(
    "name",
    [
        "", " ", "Europe", "Europe/", "Europe/Berln", "/etc/passwd", "../../etc/passwd", ".",
        "Europe/Berlin\0", "Europe/Berlin\n", "tzdata.zi", "zone.tab", "x" * 5000, "é", "\udcff",
    ],
)  # fmt: skip
def test_what_is_no_zone_is_refused(name: str) -> None:
    """Folders, other files, paths out of the folder, and names that no file can have."""
    assert not is_time_zone(name)
