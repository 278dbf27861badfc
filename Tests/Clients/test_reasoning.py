"""Reasoning, sealed and carried from one request to the next."""

import pytest
from openai.types.responses import ResponseReasoningItem
from samples import WEATHER, as_input, calls, output_of, user

SEALED = {
    "reasoning": {"effort": "low", "summary": "auto"},
    "include": ["reasoning.encrypted_content"],
    "store": False,
}


def sealed(response):
    (item,) = [item for item in response.output if item.type == "reasoning"]
    assert isinstance(item, ResponseReasoningItem)
    return item


def test_reasoning_comes_with_a_summary_and_its_tokens(client, model):
    response = client.responses.create(
        model=model, input="think", reasoning={"effort": "low", "summary": "auto"}
    )
    assert [item.type for item in response.output] == ["reasoning", "message"]
    assert response.output[0].summary[0].text
    assert response.usage.output_tokens_details.reasoning_tokens > 0
    assert response.reasoning.effort == "low"


@pytest.mark.parametrize("name", ["gpt-5", "gpt-5-late-blob"])
@pytest.mark.parametrize("stream", [False, True])
def test_sealed_reasoning_is_replayed(client, name, stream):
    answer = client.responses.create(model=name, input="think", stream=stream, **SEALED)
    first = list(answer)[-1].response if stream else answer
    assert len(sealed(first).encrypted_content) > 500
    history = [user("think"), *as_input(first), user("and on")]
    second = client.responses.create(model=name, input=history, **SEALED)
    assert "This is turn 2" in second.output_text


def test_the_seal_is_whole_in_the_last_event(client, model):
    events = list(client.responses.create(model=model, input="think", stream=True, **SEALED))
    blobs = [
        event.item.encrypted_content
        for event in events
        if event.type == "response.output_item.done" and event.item.type == "reasoning"
    ]
    assert blobs == [sealed(events[-1].response).encrypted_content]


def test_a_summary_is_streamed_in_pieces(client, model):
    events = list(client.responses.create(model=model, input="think", stream=True, **SEALED))
    pieces = [e.delta for e in events if e.type == "response.reasoning_summary_text.delta"]
    assert len(pieces) > 1
    assert "".join(pieces) == sealed(events[-1].response).summary[0].text


def test_reasoning_a_call_and_its_output_go_back_together(client, model):
    history = [user("Oslo")]
    for turn in range(1, 4):
        first = client.responses.create(model=model, input=history, tools=[WEATHER], **SEALED)
        assert [item.type for item in first.output] == ["reasoning", "function_call"]
        history += as_input(first)
        history.append(output_of(calls(first)[0], f"Bright {turn}"))
        told = client.responses.create(model=model, input=history, tools=[WEATHER], **SEALED)
        assert told.output_text == f"The tool answered: Bright {turn}"
        history += as_input(told)
        history.append(user("and tomorrow?"))


def test_stored_reasoning_goes_on_from_a_previous_response(client, model):
    first = client.responses.create(
        model=model, input="Oslo", tools=[WEATHER], reasoning={"effort": "low"}, store=True
    )
    second = client.responses.create(
        model=model,
        previous_response_id=first.id,
        input=[output_of(calls(first)[0], "Fog")],
        reasoning={"effort": "low"},
        store=True,
    )
    assert second.output_text == "The tool answered: Fog"
