"""URLs with every kind of character in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg import conninfo
from sqlalchemy.engine import make_url

from maint_pipeline.database.urls import database_url, redacted, sqlalchemy_url
from maint_pipeline.errors import ConfigurationError

# Anything but NUL, which libpq can't take, and lone surrogates, which are no text.
words = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=12
)


@given(user=words, password=words, dbname=words, host=words)
def test_sqlalchemy_hands_on_what_libpq_would_have_got(user, password, dbname, host):
    parts = {"user": user, "password": password, "dbname": dbname, "host": host, "port": "6543"}
    url = make_url(sqlalchemy_url(conninfo.make_conninfo(**parts), "psycopg2"))
    assert url.drivername == "postgresql+psycopg2"
    assert (url.username, url.password, url.database) == (user, password, dbname)
    assert dict(url.query) == {"host": host, "port": "6543"}


@given(dbname=words)
def test_another_database_of_the_same_server(dbname):
    named = database_url("postgresql://app:secret@db.example:6432/app?sslmode=require", dbname)
    assert conninfo.conninfo_to_dict(named) == {
        "user": "app", "password": "secret", "host": "db.example", "port": "6432",
        "sslmode": "require", "dbname": dbname,
    }  # fmt: skip


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://app:s3cret@db.example/app",
        "postgresql://app@db.example/app?password=s3cret",
        "host=db.example user=app password='s3cret'",
        "postgresql://app@db.example/app?sslpassword=s3cret",
    ],
)
def test_no_secret_is_shown(url):
    shown = redacted(url)
    assert "s3cret" not in shown and "db.example" in shown


@pytest.mark.parametrize("url", ["mysql://app:s3cret@db.example/app", "postgresql://a:s3cret@[::1"])
def test_what_is_no_url_is_refused_without_repeating_it(url):
    with pytest.raises(ConfigurationError) as refused:
        sqlalchemy_url(url, "psycopg2")
    assert "s3cret" not in str(refused.value)
    assert "postgresql://user@host:5432/database" in str(refused.value)
