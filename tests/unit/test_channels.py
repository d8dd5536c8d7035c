"""Reading MAINT_NOTIFY_URLS, and what a mail is made of."""

import socket
from email.message import EmailMessage

import pytest

from maint_pipeline.alerts.channels import (
    AppriseChannel,
    DeliveryError,
    Message,
    parse_channels,
    without_secrets,
)
from maint_pipeline.alerts.mail import MailChannel
from maint_pipeline.errors import ConfigurationError

MESSAGE = Message("1 2", "Subject", "text\n", "<p>text</p>")


def test_names_are_given_or_come_from_the_place():
    channels = parse_channels(
        "ops=mailtos://ada:pw@mail.example.com?to=a@x.com,b@y.com, json://127.0.0.1/hook\n"
        "night-shift=mailto://127.0.0.1:2525?from=m@x.com&to=c@z.com"
    )
    assert list(channels) == ["ops", "channel2", "night-shift"]
    ops = channels["ops"]
    assert isinstance(ops, MailChannel) and isinstance(channels["channel2"], AppriseChannel)
    assert [to.addr_spec for to in ops.to] == ["a@x.com", "b@y.com"]
    assert (ops.host, ops.port, ops.security, ops.user) == (
        "mail.example.com",
        587,
        "starttls",
        "ada",
    )
    assert parse_channels("  ") == {}


@pytest.mark.parametrize(
    ("urls", "words"),
    [
        ("nonsense", "entry 1 is not written as"),
        ("foo://user:hunter2secret@bar", "not a URL that Apprise can use"),
        ("a=json://127.0.0.1 a=json://127.0.0.1", "the name a is used twice"),
        ("UPPER=json://127.0.0.1", "entry 1"),
        (
            "mailto://ada:hunter2secret@192.0.2.1?from=ops@example.com&to=ops@example.com",
            "in clear",
        ),
    ],
)
def test_what_can_not_be_used_is_refused_without_its_secrets(urls, words):
    with pytest.raises(ConfigurationError, match=words) as refusal:
        parse_channels(urls)
    assert "hunter2" not in str(refusal.value)


def test_a_service_that_does_not_answer_keeps_its_secrets():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (channel,) = parse_channels(f"json://ada:hunter2secret@127.0.0.1:{port}/t0ken/").values()
    with pytest.raises(DeliveryError) as failure:
        channel.send(MESSAGE)
    assert "hunter2" not in str(failure.value) and "t0ken" not in str(failure.value)


def test_a_reason_is_one_short_line():
    assert without_secrets("a\nhunter2 b", ["hunter2", "a"]) == "a *** b"
    assert len(without_secrets("x" * 1000, [])) == 300


def mail(**changes) -> EmailMessage:
    (channel,) = parse_channels(
        "mailto://127.0.0.1?from=Maint<m@x.com>&to=ops@example.com"
    ).values()
    return channel.mime(Message(**{**vars(MESSAGE), **changes}))


def test_a_mail_has_text_page_and_pictures():
    whole = mail(pictures={"runs": b"PNG"})
    text, page = whole.iter_parts()
    assert text.get_content() == "text\n"
    assert page.get_content_type() == "multipart/related"
    shown, picture = page.iter_parts()
    assert shown.get_content_type() == "text/html"
    assert picture["Content-ID"] == "<runs>" and picture.get_content() == b"PNG"
    assert whole["Auto-Submitted"] == "auto-generated"


def test_the_same_message_has_the_same_id():
    assert mail()["Message-ID"] == mail(subject="other")["Message-ID"]
    assert mail()["Message-ID"] != mail(key="1 3")["Message-ID"]


def test_a_title_can_not_add_headers():
    whole = mail(subject="Title\r\nBcc: everybody@example.com")
    assert whole["Bcc"] is None and "\n" not in whole["Subject"]
