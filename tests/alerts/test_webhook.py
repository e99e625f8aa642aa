"""The webhook: signed, retried, at least once under one key, and its address and secret are nobody's business."""

import base64
import hashlib
import hmac
import json
import time
from email.utils import formatdate

import pytest

from analysis.alerts.delivery import Refused, Unreachable
from analysis.alerts.rules import load_rules
from analysis.alerts.secrets import SettingError
from analysis.alerts.webhook import ATTEMPTS, LONGEST_WAIT, Webhook
from analysis.alerts.words import Words
from tests.alerts.conftest import SECRET

ENVIRONMENT = {"PANCHINA_WEBHOOK_SECRET": SECRET}


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def webhook(receiver, waits):
    """A webhook to the receiver that notes how long it would wait."""
    environment = {**ENVIRONMENT, "PANCHINA_WEBHOOK_URL": receiver.url}
    return Webhook(load_rules(), Words("en"), environment, sleep=waits.append)


def test_what_is_posted_can_be_verified_with_the_secret(webhook, receiver, alert):
    webhook.send(alert)
    ((headers, body),) = receiver.posts
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mac = hmac.new(SECRET.encode(), signed, hashlib.sha256).digest()
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(mac).decode()}"
    assert headers["idempotency-key"] == headers["webhook-id"] == alert.id
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
    assert headers["content-type"] == "application/json"


def test_it_carries_the_sentence_its_source_day_and_deep_link(webhook, receiver, alert):
    webhook.send(alert)
    told = receiver.told()[0]
    assert told["headline"] == "Tom Ashdown (Everton): ultimatum"
    assert told["evidence"]["text"] == "Ashdown has one game to save his job."
    assert (told["evidence"]["source"], told["evidence"]["day"]) == ("Invented Post", "2024-12-04")
    assert told["link"].endswith("coach=Tom+Ashdown&day=2024-12-05")


def test_hostile_words_stay_json_strings(webhook, receiver, hostile):
    webhook.send(hostile)
    assert json.loads(receiver.posts[0][1])["evidence"]["text"] == hostile.evidence.text


@pytest.mark.parametrize("statuses", [[500, 503, 200], [429, 204], [408, 425, 200]])
def test_what_may_pass_is_tried_again_under_the_same_key(webhook, receiver, alert, waits, statuses):
    receiver.statuses = list(statuses)
    webhook.send(alert)
    assert len(receiver.posts) == len(statuses) == len(waits) + 1
    assert {headers["idempotency-key"] for headers, _ in receiver.posts} == {alert.id}


def test_waits_grow_and_attempts_end(webhook, receiver, alert, waits):
    receiver.statuses = [500]
    with pytest.raises(Unreachable, match="status 500"):
        webhook.send(alert)
    assert len(receiver.posts) == ATTEMPTS
    assert waits == sorted(waits) and waits[-1] > 4


@pytest.mark.parametrize(
    ("header", "wait"),
    [("7", 7), ("0", 0), ("99999", LONGEST_WAIT), (formatdate(time.time() - 900, usegmt=True), 0)],
)
def test_a_receiver_says_how_long_to_wait(webhook, receiver, alert, waits, header, wait):
    receiver.statuses, receiver.headers = [503, 200], {"Retry-After": header}
    webhook.send(alert)
    assert waits == [wait]


@pytest.mark.parametrize("header", ["soon", "-3", "nan", "Thu, 99 Foo 2024"])
def test_a_wait_that_is_none_is_passed_over(webhook, receiver, alert, waits, header):
    receiver.statuses, receiver.headers = [503, 200], {"Retry-After": header}
    webhook.send(alert)
    assert len(waits) == 1 and 0 <= waits[0] <= 3


@pytest.mark.parametrize("status", [301, 302, 400, 401, 404, 410])
def test_a_refusal_is_one_and_a_redirect_is_not_followed(webhook, receiver, alert, status):
    receiver.statuses, receiver.headers = [status], {"Location": f"{receiver.url}/elsewhere"}
    with pytest.raises(Refused, match=str(status)):
        webhook.send(alert)
    assert len(receiver.posts) == 1


def test_a_receiver_that_is_gone_is_said_without_its_address(webhook, receiver, alert):
    receiver.close()
    with pytest.raises(Unreachable) as failure:
        webhook.send(alert)
    assert "secret-part" not in str(failure.value) and SECRET not in str(failure.value)


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({}, "PANCHINA_WEBHOOK_SECRET must be set"),
        ({"PANCHINA_WEBHOOK_SECRET": "short"}, "at least 16"),
        ({"PANCHINA_WEBHOOK_SECRET": "whsec_***"}, "no base64"),
        (ENVIRONMENT, "http"),
        ({**ENVIRONMENT, "PANCHINA_WEBHOOK_URL": "ftp://h.example"}, "http"),
        ({**ENVIRONMENT, "PANCHINA_WEBHOOK_URL": "https://user:word@h.example/x"}, "http"),
        ({**ENVIRONMENT, "PANCHINA_WEBHOOK_URL": "https://h.example/\nHost: x"}, "http"),
    ],
)
def test_settings_that_cannot_be_are_named_without_their_value(environment, named):
    with pytest.raises(SettingError, match=named) as failure:
        Webhook(load_rules(), Words("en"), environment)
    assert not any(value and value in str(failure.value) for value in environment.values())


def test_a_secret_of_the_standard_form_is_decoded(receiver, alert):
    key = b"another invented secret"
    environment = {
        "PANCHINA_WEBHOOK_SECRET": f"whsec_{base64.b64encode(key).decode()}",
        "PANCHINA_WEBHOOK_URL": receiver.url,
    }
    Webhook(load_rules(), Words("en"), environment).send(alert)
    ((headers, body),) = receiver.posts
    signed = f"{alert.id}.{headers['webhook-timestamp']}.".encode() + body
    assert headers["webhook-signature"][3:] == base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
