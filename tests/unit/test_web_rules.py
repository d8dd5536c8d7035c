"""Which requests the guard lets in, and which names are ours."""

import string
from urllib.parse import parse_qs, quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from maint_pipeline.errors import ConfigurationError
from maint_pipeline.instance.web.addresses import Host, Origin, Ours, parse_host, parse_origin
from maint_pipeline.instance.web.rules import Request, refusal

PORT = 3000
US = "127.0.0.1:3000"
JSON = ("content-type", "application/json")
OURS = Ours.of(
    PORT, ui_url="https://dagster.example.com", allowed_hosts="proxy.internal, 10.0.0.5:8080"
)


def request(
    *headers: tuple[str, str], method="GET", path="/", query="", host: str | None = US
) -> Request:
    hosts = () if host is None else (("host", host),)
    return Request(method, path, query, [*hosts, *headers])


def refused_by(judged: Request) -> str | None:
    found = refusal(judged, OURS)
    return found.rule if found else None


def graphql(*headers: tuple[str, str], **options) -> Request:
    return request(*(headers or (JSON,)), **{"method": "POST", "path": "/graphql", **options})


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:3000",
        "localhost:3000",
        "LocalHost:3000",
        "[::1]:3000",
        "dagster.example.com",
        "dagster.example.com:443",
        "proxy.internal",
        "proxy.internal:8443",
        "10.0.0.5:8080",
    ],
)
def test_our_own_names(host):
    assert refused_by(request(host=host)) is None
    assert refused_by(graphql(host=host)) is None


@pytest.mark.parametrize(
    "host",
    [
        None,
        "",
        "evil.example",
        "evil.example:3000",
        "evil.localhost:3000",
        "localhost",
        "localhost:3001",
        "localhost.:3000",
        "127.0.0.1.:3000",
        "127.1:3000",
        "2130706433:3000",
        "0.0.0.0:3000",
        "[::]:3000",
        "[::ffff:127.0.0.1]:3000",
        "127.0.0.1:3000@evil.example",
        "evil.example@127.0.0.1:3000",
        "user:password@127.0.0.1:3000",
        "127.0.0.1:3000, evil.example",
        "127.0.0.1:3000 evil.example",
        "127.0.0.1:3000\tx",
        "127.0.0.1:3000/",
        "http://127.0.0.1:3000",
        "127.0.0.1:",
        "127.0.0.1:+3000",
        "127.0.0.1:\uff13000",
        "\u017flocalhost:3000",
        "\u212aagster.example.com",
        "dagster.example.com.",
        "dagster.example.com:8443",
        "dagster.example.com.evil.example",
        "xdagster.example.com",
        "10.0.0.5",
        "10.0.0.5:80",
        "sub.proxy.internal",
        "\x00localhost:3000",
        "localhost:3000\n",
    ],
)
def test_other_names(host):
    assert refused_by(request(host=host)) == "host"
    assert refused_by(graphql(host=host)) == "host"


def test_headers_that_are_sent_twice():
    assert refused_by(request(("host", US))) == "host"
    ours = ("origin", f"http://{US}")
    assert refused_by(graphql(JSON, ours)) is None
    assert refused_by(graphql(JSON, ours, ours)) == "origin"
    assert refused_by(graphql(JSON, JSON)) == "content type"
    site = ("sec-fetch-site", "same-origin")
    assert refused_by(graphql(JSON, site, site)) == "site"


def test_what_a_proxy_says_of_the_host_is_not_believed():
    assert refused_by(request(("x-forwarded-host", US), host="evil.example")) == "host"
    assert refused_by(request(("forwarded", f"host={US}"), host="evil.example")) == "host"


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://127.0.0.1:3000", US),
        ("http://localhost:3000", "localhost:3000"),
        ("http://[::1]:3000", "[::1]:3000"),
        ("https://dagster.example.com", "dagster.example.com"),
        # A proxy that does not hand on the Host it got.
        ("https://dagster.example.com", US),
        ("https://proxy.internal", "proxy.internal"),
        ("https://proxy.internal:8443", "proxy.internal:8443"),
        ("http://10.0.0.5:8080", "10.0.0.5:8080"),
    ],
)
def test_our_own_pages(origin, host):
    assert refused_by(graphql(JSON, ("origin", origin), host=host)) is None


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("null", US),
        ("", US),
        ("http://evil.example", US),
        ("http://127.0.0.1:3001", US),
        ("http://127.0.0.1", US),
        ("http://localhost:3000", US),  # another origin to the browser
        ("http://evil.localhost:3000", US),
        ("http://127.0.0.1:3000.evil.example", US),
        ("http://127.0.0.1:3000/", US),
        ("http://user@127.0.0.1:3000", US),
        ("http://127.0.0.1:3000 http://evil.example", US),
        ("file://127.0.0.1:3000", US),
        ("chrome-extension://abcdefgh", US),
        ("http://dagster.example.com", "dagster.example.com"),  # not by TLS
        ("http://dagster.example.com:443", "dagster.example.com:443"),
        ("https://dagster.example.com:8443", "dagster.example.com"),
        ("https://proxy.internal:8443", "proxy.internal"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_pages_of_others(origin, host, method):
    judged = graphql(JSON, ("origin", origin), host=host, method=method)
    assert refused_by(judged) == "origin"


def fetch(site: str, mode: str = "cors", dest: str = "empty") -> tuple[tuple[str, str], ...]:
    return ("sec-fetch-site", site), ("sec-fetch-mode", mode), ("sec-fetch-dest", dest)


@pytest.mark.parametrize(
    ("judged", "rule"),
    [
        (graphql(JSON, *fetch("same-origin")), None),
        (graphql(JSON, *fetch("cross-site")), "site"),
        (graphql(JSON, *fetch("same-site")), "site"),
        (graphql(JSON, *fetch("none")), "site"),
        (graphql(JSON, *fetch("none", "navigate", "document")), "site"),
        (graphql(JSON, *fetch("nonsense")), "site"),
        (graphql(JSON, *fetch("")), "site"),
        (request(*fetch("none", "navigate", "document")), None),
        (request(*fetch("none", "no-cors", "image")), "site"),
        (request(*fetch("cross-site", "no-cors", "image")), "site"),
        (request(*fetch("cross-site", "no-cors", "script")), "site"),
        (request(*fetch("cross-site", "navigate", "iframe")), "site"),
        (request(*fetch("cross-site", "navigate", "document"), path="/runs/1"), None),
        (request(*fetch("same-site", "navigate", "document"), path="/runs/1"), None),
        (request(*fetch("cross-site", "navigate", "document"), path="/graphql"), "site"),
        (request(*fetch("cross-site", "navigate", "document"), path="/logs/a/b/out"), "site"),
        (request(*fetch("cross-site", "navigate", "document"), path="/download_debug/1"), "site"),
        (request(*fetch("none", "navigate", "document"), path="/download_debug/1"), None),
        (request(*fetch("cross-site", "navigate", "document"), method="POST"), "site"),
        (request(*fetch("cross-site", "websocket", "websocket"), path="/graphql"), "site"),
    ],
)
def test_what_the_browser_says_of_the_site(judged, rule):
    assert refused_by(judged) == rule


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "application/json; charset=utf-8", 'application/json;charset="UTF-8"'],
)
def test_json_by_post(content_type):
    assert refused_by(graphql(("content-type", content_type))) is None


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "text/plain; application/json",
        "text/plain;application/json",
        "text/plain; a=application/json",
        "application/json, text/plain",
        "application/json text/plain",
        "application/json;",
        "application/json; text/plain",
        "application/jsonx",
        "application/json\n",
        "Application/JSON",  # Dagster would read the URL instead
        "application/graphql",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=application/json",
        "",
    ],
)
def test_anything_else_by_post(content_type):
    assert refused_by(graphql(("content-type", content_type))) == "content type"


def test_a_post_without_content_type():
    assert refused_by(request(method="POST", path="/graphql")) == "content type"


@pytest.mark.parametrize(
    "method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "post", "X"]
)
@pytest.mark.parametrize("path", ["/", "/graphql", "/runs"])
def test_other_methods(method, path):
    assert refused_by(request(JSON, method=method, path=path)) == "method"


@pytest.mark.parametrize("path", ["/", "/runs", "/graphql/", "//graphql", "/Graphql", "/graphql/x"])
def test_a_post_elsewhere(path):
    assert refused_by(graphql(path=path)) == "method"


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize(
    ("query", "rule"),
    [
        ("", None),
        ("op=LaunchRun", None),  # as Dagster's UI marks its requests
        ("op=query", None),
        ("query=mutation{x}", "query"),
        ("query=", "query"),
        ("query", "query"),
        ("a=1&query={version}", "query"),
        ("%71uery=mutation", "query"),
        ("q%75er%79=mutation", "query"),
        ("a=1&&query=x", "query"),
    ],
)
def test_no_query_in_the_url(method, query, rule):
    assert refused_by(graphql(method=method, query=query)) == rule


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
@pytest.mark.parametrize(
    "path",
    [
        "/report_asset_materialization/",
        "/report_asset_materialization/a/b",
        "/report_asset_check/a",
        "/report_asset_observation/a",
        "//report_asset_check/a",
        "/REPORT_ASSET_CHECK/a",
        "/notebook",
        "/dagit/notebook",
        "/logs/../../x/out",
        "/..",
        "http://127.0.0.1:3000/graphql",
        "*",
        "",
    ],
)
def test_closed_paths(method, path):
    assert refused_by(graphql(method=method, path=path)) == "path"


HEADER_TEXT = st.text(st.characters(max_codepoint=255), max_size=40)


@given(HEADER_TEXT)
@example("127.0.0.1:3000\x00")
def test_only_our_spellings_of_a_host_pass(text):
    spelled = {"127.0.0.1:3000", "localhost:3000", "[::1]:3000", "dagster.example.com",
               "dagster.example.com:443", "10.0.0.5:8080"}  # fmt: skip
    if refused_by(request(host=text)) is None:
        assert text.lower() in spelled or text.lower().startswith("proxy.internal")


@given(st.sampled_from(["127.0.0.1:3000", "localhost:3000"]), HEADER_TEXT, HEADER_TEXT)
def test_junk_around_a_host_never_passes(host, before, after):
    text = before + host + after
    if text.lower() != host:
        # localhost:03000 and the like are the same port.
        assert refused_by(request(host=text)) == "host" or (text.lower().startswith("localhost:0"))


@given(HEADER_TEXT, st.sampled_from(["GET", "POST", "HEAD"]))
def test_a_refusal_is_printable(text, method):
    headers = [("origin", text), ("sec-fetch-site", text), ("content-type", text)]
    for judged in (
        request(host=text, method=method),
        *(graphql(header, method=method) for header in headers),
    ):
        found = refusal(judged, OURS)
        if found:
            assert found.reason.isascii() and found.reason.isprintable()
            assert "\n" not in found.reason


@given(HEADER_TEXT)
def test_a_content_type_that_passes_begins_with_ours_and_names_no_other(text):
    for content_type in (text, f"application/json{text}", f"{text}application/json"):
        if refused_by(graphql(("content-type", content_type))) is None:
            media_type, _, rest = content_type.partition(";")
            assert media_type.strip() == "application/json"
            assert "," not in rest and "/" not in rest


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=4), st.booleans())
def test_a_query_that_passes_has_no_query_for_the_server(parameters, encode_all):
    safe = "" if encode_all else string.printable.replace("&", "").replace("#", "")
    query = "&".join(f"{quote(k, safe='')}={quote(v, safe=safe)}" for k, v in parameters.items())
    if refused_by(graphql(method="GET", query=query)) is None:
        assert "query" not in parse_qs(query, keep_blank_values=True)


def test_a_password_in_a_host_is_not_repeated():
    found = refusal(request(host="ada:s3cret@127.0.0.1:3000"), OURS)
    assert found and "s3cret" not in found.reason


def test_hosts_and_origins_are_read():
    assert parse_host("LOCALHOST:80") == Host("localhost", 80)
    assert parse_host("[::1]") == Host("[::1]", None)
    assert parse_origin("https://a.example") == Origin("https", "a.example", 443)
    assert str(parse_origin("https://a.example")) == "https://a.example"
    assert str(parse_origin("http://a.example:443")) == "http://a.example:443"


@pytest.mark.parametrize("url", ["dagster", "https://", "ftp://a", "https://a b", "https://[::1"])
def test_a_ui_url_that_is_none_is_named(url):
    with pytest.raises(ConfigurationError, match="MAINT_UI_URL"):
        Ours.of(PORT, ui_url=url, allowed_hosts=None)


@pytest.mark.parametrize("hosts", ["*", "https://a.example", "a.example b.example", "a/b"])
def test_allowed_hosts_that_are_none_are_named(hosts):
    with pytest.raises(ConfigurationError, match="MAINT_ALLOWED_HOSTS"):
        Ours.of(PORT, ui_url=None, allowed_hosts=hosts)


def test_a_ui_url_may_have_a_path_and_capitals():
    ours = Ours.of(PORT, ui_url="https://Dagster.Example.com/", allowed_hosts="")
    assert ours.ui == Origin("https", "dagster.example.com", 443)
