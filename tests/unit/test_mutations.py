"""Each mistake of tests/mutations can be made; whether tests see it is asked by hand."""

import pytest

from tests.mutations.__main__ import load

MUTATIONS = load()


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_its_place_is_still_there(mutation):
    assert mutation.problem() is None
