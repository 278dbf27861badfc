"""What was stored: read, listed, cancelled, deleted; and what is counted and compacted."""

import time

import openai
import pytest
from openai.types.responses import Response, ResponseInputMessageItem
from samples import WEATHER, as_input, calls, output_of, user

# The operations that not every upstream has.
COUNTS = {"openai"}
COMPACTS = {"openai", "azure-openai"}
LACKING = (400, 404, 405, 501)


def settled(client, id, seconds=60):
    """A response that was begun in the background, once it is no longer at work."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        response = client.responses.retrieve(id)
        if response.status not in ("queued", "in_progress"):
            return response
    pytest.fail(f"{id} is still {response.status} after {seconds} seconds")


def test_a_stored_response_is_retrieved_as_it_was(client, model):
    made = client.responses.create(model=model, input="keep me", store=True)
    read = client.responses.retrieve(made.id)
    assert isinstance(read, Response)
    assert read.to_dict() == made.to_dict()


def test_a_streamed_response_is_retrieved_too(client, model):
    *_, last = client.responses.create(model=model, input="keep me", store=True, stream=True)
    assert client.responses.retrieve(last.response.id).output_text == "You said: keep me"


def test_a_deleted_response_is_gone(client, model):
    made = client.responses.create(model=model, input="forget me", store=True)
    assert client.responses.delete(made.id) is None
    with pytest.raises(openai.NotFoundError):
        client.responses.retrieve(made.id)


def test_a_response_that_was_not_stored_is_not_found(client, model):
    made = client.responses.create(model=model, input="x", store=False)
    with pytest.raises(openai.NotFoundError) as refusal:
        client.responses.retrieve(made.id)
    assert refusal.value.status_code == 404


def test_work_in_the_background_ends(client, model):
    queued = client.responses.create(model=model, input="later", background=True)
    assert queued.status in ("queued", "in_progress") and queued.background is True
    done = settled(client, queued.id)
    assert done.status == "completed" and done.output_text == "You said: later"


def test_work_in_the_background_is_cancelled(client):
    queued = client.responses.create(model="gpt-5-background", input="never", background=True)
    cancelled = client.responses.cancel(queued.id)
    assert cancelled.id == queued.id and cancelled.status == "cancelled"
    assert client.responses.retrieve(queued.id).status == "cancelled"


def test_what_was_not_begun_in_the_background_cannot_be_cancelled(client, model):
    made = client.responses.create(model=model, input="x", store=True)
    with pytest.raises(openai.BadRequestError):
        client.responses.cancel(made.id)


def test_a_stream_in_the_background_is_taken_up_again(client, model):
    whole = list(client.responses.create(model=model, input="a b c", background=True, stream=True))
    id = whole[-1].response.id
    rest = list(client.responses.retrieve(id, stream=True, starting_after=4))
    assert [e.sequence_number for e in rest] == [e.sequence_number for e in whole[5:]]
    assert rest[-1].response.output_text == "You said: a b c"


def test_the_input_of_a_response_is_listed_newest_first(client, model):
    history = [user("one"), {"role": "assistant", "content": "two"}, user("three")]
    made = client.responses.create(model=model, input=history, store=True)
    items = list(client.responses.input_items.list(made.id))
    assert [item.content[0].text for item in items] == ["three", "two", "one"]
    assert isinstance(items[0], ResponseInputMessageItem)


def test_a_long_input_is_listed_page_by_page(client, model):
    history = [user(str(number)) for number in range(25)]
    made = client.responses.create(model=model, input=history, store=True)
    page = client.responses.input_items.list(made.id, limit=10, order="asc")
    assert len(page.data) == 10 and page.has_more
    texts = [item.content[0].text for item in page]
    assert texts == [str(number) for number in range(25)]


def test_a_call_and_its_output_are_listed(client, model):
    first = client.responses.create(model=model, input="Oslo", tools=[WEATHER], store=True)
    history = [user("Oslo"), *as_input(first), output_of(calls(first)[0], "Rain")]
    second = client.responses.create(model=model, input=history, tools=[WEATHER], store=True)
    items = list(client.responses.input_items.list(second.id, order="asc"))
    assert [item.type for item in items] == ["message", "function_call", "function_call_output"]
    assert items[1].call_id == items[2].call_id


def test_input_tokens_are_counted(client, target, model):
    if target.upstream in COUNTS:
        count = client.responses.input_tokens.count(model=model, input="count these words")
        made = client.responses.create(model=model, input="count these words")
        assert count.object == "response.input_tokens"
        assert count.input_tokens == made.usage.input_tokens
    else:
        with pytest.raises(openai.APIStatusError) as refusal:
            client.responses.input_tokens.count(model=model, input="count these words")
        assert refusal.value.status_code in LACKING


def test_a_conversation_is_compacted_and_goes_on(client, target, model):
    history = [user("one"), {"role": "assistant", "content": "two"}, user("three")]
    if target.upstream in COMPACTS:
        compacted = client.responses.compact(model=model, input=history)
        assert compacted.object == "response.compaction"
        assert compacted.output[-1].type == "compaction"
        assert compacted.usage.total_tokens > 0
        after = [item.model_dump(exclude_none=True) for item in compacted.output]
        response = client.responses.create(model=model, input=[*after, user("four")])
        assert "four" in response.output_text
    else:
        with pytest.raises(openai.APIStatusError) as refusal:
            client.responses.compact(model=model, input=history)
        assert refusal.value.status_code in LACKING


def test_models_are_listed(client, target, model):
    models = list(client.models.list())
    assert {entry.object for entry in models} == {"model"}
    # A resource lists the models behind its deployments, and a project lists nothing.
    if target.upstream == "openai" or not target.is_direct:
        assert model in [entry.id for entry in models]


def test_one_model_is_retrieved(client, model):
    listed = next(entry for entry in client.models.list() if entry.id.startswith(model))
    assert client.models.retrieve(listed.id).id == listed.id
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("no-such-model")
