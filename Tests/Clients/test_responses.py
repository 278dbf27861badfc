"""One answer: created, streamed, instructed, and continued over turns."""

import openai
import pytest
from openai.types.responses import (
    Response,
    ResponseCompletedEvent,
    ResponseContentPartAddedEvent,
    ResponseContentPartDoneEvent,
    ResponseCreatedEvent,
    ResponseInProgressEvent,
    ResponseOutputItemAddedEvent,
    ResponseOutputItemDoneEvent,
    ResponseOutputMessage,
    ResponseTextDeltaEvent,
    ResponseTextDoneEvent,
)
from samples import IMAGE, IMAGE_CHARACTERS, as_input, user


def test_a_response_is_created(client, model):
    response = client.responses.create(model=model, input="hello")
    assert isinstance(response, Response)
    assert response.object == "response"
    assert response.status == "completed"
    assert response.error is None
    assert response.model == model
    assert response.id.startswith("resp_")
    (message,) = response.output
    assert isinstance(message, ResponseOutputMessage)
    assert message.role == "assistant" and message.status == "completed"
    assert response.output_text == "You said: hello"
    assert response._request_id


def test_usage_adds_up(client, model):
    usage = client.responses.create(model=model, input="count me").usage
    assert usage.input_tokens > 0 and usage.output_tokens > 0
    assert usage.total_tokens == usage.input_tokens + usage.output_tokens
    assert usage.input_tokens_details.cached_tokens == 0
    assert usage.output_tokens_details.reasoning_tokens == 0


def test_settings_come_back_in_the_response(client, model):
    response = client.responses.create(
        model=model,
        input="x",
        temperature=0.5,
        top_p=0.25,
        max_output_tokens=64,
        metadata={"project": "a"},
        store=True,
        truncation="auto",
        safety_identifier="someone",
    )
    assert response.temperature == 0.5 and response.top_p == 0.25
    assert response.max_output_tokens == 64
    assert response.metadata == {"project": "a"}
    assert response.truncation == "auto"
    assert response.safety_identifier == "someone"


def test_a_stream_has_its_events_in_order_and_of_their_types(client, model):
    stream = client.responses.create(model=model, input="one two three", stream=True)
    events = list(stream)
    deltas = [event for event in events if isinstance(event, ResponseTextDeltaEvent)]
    others = [type(event) for event in events if not isinstance(event, ResponseTextDeltaEvent)]
    assert others == [
        ResponseCreatedEvent,
        ResponseInProgressEvent,
        ResponseOutputItemAddedEvent,
        ResponseContentPartAddedEvent,
        ResponseTextDoneEvent,
        ResponseContentPartDoneEvent,
        ResponseOutputItemDoneEvent,
        ResponseCompletedEvent,
    ]
    assert events[4 : 4 + len(deltas)] == deltas and len(deltas) > 3
    assert [event.sequence_number for event in events] == list(range(len(events)))
    text = "".join(event.delta for event in deltas)
    final = events[-1].response
    assert final.output_text == text == "You said: one two three"
    assert final.id == events[0].response.id
    assert events[0].response.status == "in_progress" and final.status == "completed"
    assert final.usage.total_tokens > 0
    item = final.output[0]
    assert {event.item_id for event in deltas} == {item.id}
    assert {(event.output_index, event.content_index) for event in deltas} == {(0, 0)}


def test_the_helper_for_streams_gathers_the_final_response(client, model):
    with client.responses.stream(model=model, input="gather this") as stream:
        snapshots = [event.snapshot for event in stream if hasattr(event, "snapshot")]
        final = stream.get_final_response()
    assert snapshots[-1] == final.output_text == "You said: gather this"
    assert final.status == "completed"


def test_a_streamed_and_a_whole_answer_say_the_same(client, model):
    whole = client.responses.create(model=model, input="the same")
    *_, last = client.responses.create(model=model, input="the same", stream=True)
    left, right = whole.to_dict(), last.response.to_dict()
    assert left.keys() == right.keys()
    assert whole.output_text == last.response.output_text
    assert whole.usage == last.response.usage


def test_an_answer_that_is_cut_by_its_limit_is_incomplete(client, model):
    words = " ".join(str(number) for number in range(40))
    response = client.responses.create(model=model, input=words, max_output_tokens=16)
    assert response.status == "incomplete"
    assert response.incomplete_details.reason == "max_output_tokens"
    events = client.responses.create(
        model=model, input=words, max_output_tokens=16, stream=True
    )
    assert list(events)[-1].type == "response.incomplete"


def test_instructions_are_followed(client, model):
    response = client.responses.create(model=model, input="hi", instructions="Be brief.")
    assert response.output_text == "You said: hi\nI was told: Be brief."
    assert response.instructions == "Be brief."


@pytest.mark.parametrize("role", ["system", "developer"])
def test_a_prompt_of_the_system_or_the_developer_is_followed(client, model, role):
    response = client.responses.create(
        model=model, input=[{"role": role, "content": "Be kind."}, user("hi")]
    )
    assert response.output_text == "You said: hi\nI was told: Be kind."


def test_a_conversation_goes_on_from_a_previous_response(client, model):
    first = client.responses.create(model=model, input="my name is Ada", store=True)
    second = client.responses.create(
        model=model, input="what is my name?", previous_response_id=first.id, store=True
    )
    third = client.responses.create(
        model=model, input="and now?", previous_response_id=second.id, stream=True, store=True
    )
    assert "This is turn 2" in second.output_text
    assert second.previous_response_id == first.id
    *_, last = third
    assert "This is turn 3" in last.response.output_text
    assert last.response.previous_response_id == second.id


def test_a_conversation_goes_on_with_replayed_items(client, model):
    history = []
    for turn in range(1, 6):
        history.append(user(f"turn number {turn}"))
        response = client.responses.create(model=model, input=history, store=False)
        assert f"turn number {turn}" in response.output_text
        assert turn == 1 or f"This is turn {turn}" in response.output_text
        history += as_input(response)


def test_the_output_itself_can_be_replayed_as_it_came(client, model):
    first = client.responses.create(model=model, input="hello", store=False)
    second = client.responses.create(
        model=model, input=[user("hello"), *first.output, user("again")], store=False
    )
    assert "This is turn 2" in second.output_text


def test_an_unknown_previous_response_is_refused(client, model):
    with pytest.raises((openai.BadRequestError, openai.NotFoundError)) as refusal:
        client.responses.create(
            model=model, input="x", previous_response_id="resp_" + "0" * 48
        )
    assert refusal.value.code


@pytest.mark.parametrize("stream", [False, True])
def test_an_image_arrives_whole(client, model, stream):
    content = [
        {"type": "input_text", "text": "what is this?"},
        {"type": "input_image", "image_url": IMAGE, "detail": "auto"},
    ]
    answer = client.responses.create(
        model=model, input=[{"role": "user", "content": content}], stream=stream
    )
    response = list(answer)[-1].response if stream else answer
    assert (
        response.output_text
        == f"You said: what is this? [input_image image/png, {IMAGE_CHARACTERS} characters]"
    )


def test_an_image_may_be_a_link(client, model):
    image = {"type": "input_image", "image_url": "https://example.com/a.png", "detail": "low"}
    response = client.responses.create(model=model, input=[{"role": "user", "content": [image]}])
    assert response.output_text == "You said: [input_image]"


def test_a_file_arrives_whole(client, model):
    content = [
        {"type": "input_text", "text": "read"},
        {
            "type": "input_file",
            "filename": "a.pdf",
            "file_data": "data:application/pdf;base64,JVBERi0xLjE=",
        },
    ]
    response = client.responses.create(model=model, input=[{"role": "user", "content": content}])
    assert "[input_file application/pdf, 12 characters]" in response.output_text
