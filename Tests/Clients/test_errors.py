"""Failures, each as the exception that a client of OpenAI expects."""

import socket
import time

import openai
import pytest
from samples import user

# fault, exception, status, the code of OpenAI, the code of Jackfield
REFUSALS = [
    ("401", openai.AuthenticationError, 401, "invalid_api_key", "auth"),
    ("403", openai.PermissionDeniedError, 403, "AccessDenied", "permission"),
    ("deployment-not-found", openai.NotFoundError, 404, "DeploymentNotFound", "not_found"),
    ("409", openai.ConflictError, 409, "conflict", "state_not_ready"),
    ("422", openai.UnprocessableEntityError, 422, "UnprocessableEntity", "request_invalid"),
    ("429", openai.RateLimitError, 429, "rate_limit_exceeded", "rate_limited"),
    ("quota", openai.RateLimitError, 429, "insufficient_quota", "quota_exhausted"),
    ("500", openai.InternalServerError, 500, "server_error", "upstream_failed"),
    ("overloaded", openai.InternalServerError, 503, "server_is_overloaded", "overloaded"),
    ("content-filter", openai.BadRequestError, 400, "content_filter", "content_filtered"),
    (
        "context-length",
        openai.BadRequestError,
        400,
        "context_length_exceeded",
        "context_length_exceeded",
    ),
]


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize(
    "fault, exception, status, code, own", REFUSALS, ids=[row[0] for row in REFUSALS]
)
def test_a_refusal_is_the_exception_of_its_status(
    client, target, fault, exception, status, code, own, stream
):
    with pytest.raises(exception) as caught:
        client.responses.create(input="x", stream=stream, **target.fault(fault))
    error = caught.value
    assert type(error) is exception
    assert error.status_code == status
    assert error.request_id
    assert error.message
    if target.is_direct:
        assert target.upstream != "openai" or error.code == code
    else:
        assert error.code == own
        assert error.response.headers["content-type"].startswith("application/json")
        assert error.body["message"] and error.type


@pytest.mark.parametrize("fault, status", [("502", 502), ("503", 503), ("504", 504)])
def test_a_failure_without_an_error_object_is_one_all_the_same(client, target, fault, status):
    with pytest.raises(openai.InternalServerError) as caught:
        client.responses.create(input="x", **target.fault(fault))
    assert caught.value.status_code == status
    if not target.is_direct:
        assert caught.value.code


def test_a_connection_that_the_upstream_breaks_is_no_answer(client, target):
    expected = openai.APIConnectionError if target.is_direct else openai.InternalServerError
    with pytest.raises(expected) as caught:
        client.responses.create(input="x", **target.fault("reset"))
    if not target.is_direct:
        assert caught.value.status_code in (502, 503, 504)
        assert caught.value.code == "network"


def test_a_field_that_is_wrong_is_named(client, model):
    with pytest.raises(openai.BadRequestError) as refusal:
        client.responses.create(model=model, input="x", temperature=7)
    assert "temperature" in refusal.value.message
    assert refusal.value.param == "temperature"


def test_a_model_that_does_not_exist_is_named(client, target):
    with pytest.raises((openai.NotFoundError, openai.BadRequestError)) as refusal:
        client.responses.create(model="no-such-model", input="x")
    if target.upstream == "openai" or not target.is_direct:
        assert refusal.value.code == "model_not_found"
        assert "no-such-model" in refusal.value.message


def test_an_unknown_path_is_not_found(client):
    with pytest.raises(openai.NotFoundError):
        client.post("/no/such/path", cast_to=object, body={})


def test_a_body_that_is_no_json_is_a_bad_request(client):
    with pytest.raises(openai.BadRequestError):
        client.post(
            "/responses",
            cast_to=object,
            content=b'{"model": "gpt-5", "input": ',
            options={"headers": {"content-type": "application/json"}},
        )


@pytest.mark.direct
def test_a_wrong_key_is_not_let_in(target):
    with openai.OpenAI(base_url=target.base_url, api_key="sk-wrong", max_retries=0) as client:
        with pytest.raises(openai.AuthenticationError):
            client.responses.create(model="gpt-5", input="x")


def test_how_long_to_wait_is_kept(client, target):
    with pytest.raises(openai.RateLimitError) as caught:
        client.responses.create(input="x", **target.fault("429-retry-after:7"))
    assert caught.value.response.headers["retry-after"] == "7"


def test_the_client_tries_again_when_it_was_told_to(target):
    with openai.OpenAI(base_url=target.base_url, api_key=target.key, max_retries=2) as client:
        fault = target.fault("429-retry-after-ms:50x1#client")
        response = client.responses.with_raw_response.create(input="again", **fault)
    assert response.retries_taken == 1
    assert response.parse().output_text == "You said: again"


def test_a_call_that_takes_too_long_is_a_timeout(client, target):
    began = time.monotonic()
    with pytest.raises(openai.APITimeoutError):
        client.responses.create(input="x", timeout=1.0, **target.fault("stall"))
    assert time.monotonic() - began < 30


def test_a_stream_that_falls_silent_is_a_timeout(client, target):
    with pytest.raises(openai.APITimeoutError):
        for event in client.responses.create(
            input="one two three", stream=True, timeout=1.0, **target.fault("stall-mid-stream:6")
        ):
            assert event.type != "response.completed"


def test_a_server_that_is_not_there_is_a_failed_connection(target):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with openai.OpenAI(
        base_url=f"http://127.0.0.1:{port}/v1", api_key=target.key, max_retries=0
    ) as client:
        with pytest.raises(openai.APIConnectionError):
            client.responses.create(model="gpt-5", input="x")


def read(stream):
    """The types and the text of a stream, and the failure that it ended with, if it did.

    A client learns of it in one of two ways: as an exception, or from a response that failed.
    """
    seen, text, failure = [], "", None
    try:
        for event in stream():
            seen.append(event.type)
            text += event.delta if event.type == "response.output_text.delta" else ""
            failure = event.response.error if event.type == "response.failed" else failure
    except openai.APIError as error:
        failure = error
    return seen, text, failure


@pytest.mark.parametrize("fault", ["error-then-failed", "failed-then-error"])
def test_an_error_in_a_stream_is_told(client, target, fault):
    seen, text, failure = read(
        lambda: client.responses.create(input="x", stream=True, **target.fault(fault))
    )
    assert "response.completed" not in seen and text == ""
    assert "limit" in failure.message
    assert failure.code in ("rate_limit_exceeded", "rate_limited")
    # Nothing of an answer came before: the gateway gives it the status that it should have had.
    assert target.is_direct or isinstance(failure, openai.RateLimitError) and seen == []


BREAKS = ["cut:8", "reset-mid-stream:8", "end-early:8", "done-early:8", "half-terminal"]


@pytest.mark.gateway
@pytest.mark.parametrize("fault", BREAKS + ["failed-mid-stream:8"])
def test_a_stream_that_breaks_never_looks_complete(client, target, fault):
    said = "one two three four five"
    seen, text, failure = read(
        lambda: client.responses.create(input=said, stream=True, **target.fault(fault))
    )
    assert "response.completed" not in seen
    assert failure is not None and failure.code
    # What had arrived is not taken back.
    assert text and f"You said: {said}".startswith(text)


@pytest.mark.gateway
@pytest.mark.parametrize("fault", ["no-final-blank-line", "crlf", "odd-fields"])
def test_a_stream_in_an_odd_form_is_whole(client, target, fault):
    *_, last = client.responses.create(input="x", stream=True, **target.fault(fault))
    assert last.type == "response.completed" and last.response.output_text == "You said: x"


def test_after_an_error_the_same_client_goes_on(client, target, model):
    for _ in range(3):
        with pytest.raises(openai.InternalServerError):
            client.responses.create(input="x", **target.fault("500"))
        assert client.responses.create(model=model, input=[user("on")]).output_text
