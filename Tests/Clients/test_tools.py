"""Tools: called, called in parallel, answered, and forced."""

import openai
import pytest
from openai.types.responses import (
    ResponseFunctionCallArgumentsDeltaEvent,
    ResponseFunctionCallArgumentsDoneEvent,
    ResponseFunctionToolCall,
)
from samples import TIDES, WEATHER, arguments, as_input, calls, output_of, user


def test_a_tool_is_called_with_arguments_that_fit_its_schema(client, model):
    response = client.responses.create(model=model, input="Oslo", tools=[WEATHER])
    (call,) = response.output
    assert isinstance(call, ResponseFunctionToolCall)
    assert call.name == "weather" and call.status == "completed"
    assert call.call_id and call.id != call.call_id
    assert arguments(call) == {"place": "Oslo"}
    assert response.output_text == ""
    (tool,) = response.tools
    assert tool.name == "weather" and tool.strict is True


def test_the_arguments_of_a_call_are_streamed_in_pieces(client, model):
    events = list(
        client.responses.create(model=model, input="Bergen", tools=[WEATHER], stream=True)
    )
    deltas = [e for e in events if isinstance(e, ResponseFunctionCallArgumentsDeltaEvent)]
    (done,) = [e for e in events if isinstance(e, ResponseFunctionCallArgumentsDoneEvent)]
    (call,) = events[-1].response.output
    assert len(deltas) > 1
    assert "".join(event.delta for event in deltas) == done.arguments == call.arguments
    assert {event.item_id for event in deltas} == {done.item_id} == {call.id}
    added = next(e for e in events if e.type == "response.output_item.added")
    assert added.item.arguments == "" and added.item.call_id == call.call_id


@pytest.mark.parametrize("stream", [False, True])
def test_two_tools_are_called_in_parallel(client, model, stream):
    answer = client.responses.create(
        model=model,
        input="Harlech",
        tools=[WEATHER, TIDES],
        parallel_tool_calls=True,
        stream=stream,
    )
    response = list(answer)[-1].response if stream else answer
    assert [call.name for call in calls(response)] == ["weather", "tides"]
    assert len({call.call_id for call in calls(response)}) == 2
    assert arguments(calls(response)[1]) == {"port": "Harlech", "day": 1}


def test_the_events_of_parallel_calls_name_their_own_item(client, model):
    events = list(
        client.responses.create(
            model=model,
            input="x",
            tools=[WEATHER, TIDES],
            parallel_tool_calls=True,
            stream=True,
        )
    )
    output = events[-1].response.output
    for index, item in enumerate(output):
        pieces = [
            event.delta
            for event in events
            if isinstance(event, ResponseFunctionCallArgumentsDeltaEvent)
            and event.output_index == index
        ]
        assert "".join(pieces) == item.arguments


@pytest.mark.parametrize("store", [False, True])
def test_the_output_of_a_tool_goes_back_with_the_whole_history(client, model, store):
    history = [user("Oslo")]
    first = client.responses.create(model=model, input=history, tools=[WEATHER], store=store)
    history += as_input(first)
    history.append(output_of(calls(first)[0], "Bright, 14 degrees"))
    second = client.responses.create(model=model, input=history, tools=[WEATHER], store=store)
    assert second.output_text == "The tool answered: Bright, 14 degrees"


def test_the_output_of_a_tool_goes_back_to_a_previous_response(client, model):
    first = client.responses.create(model=model, input="Oslo", tools=[WEATHER], store=True)
    second = client.responses.create(
        model=model,
        previous_response_id=first.id,
        input=[output_of(calls(first)[0], "Rain")],
        tools=[WEATHER],
    )
    assert second.output_text == "The tool answered: Rain"


def test_the_outputs_of_parallel_calls_go_back_together(client, model):
    history = [user("Harlech")]
    first = client.responses.create(
        model=model, input=history, tools=[WEATHER, TIDES], parallel_tool_calls=True, store=False
    )
    weather, tides = calls(first)
    history += as_input(first)
    # In the other order: they pair by their ids.
    history += [output_of(tides, "High at noon"), output_of(weather, "Bright")]
    second = client.responses.create(
        model=model, input=history, tools=[WEATHER, TIDES], store=False
    )
    assert second.output_text == "The tool answered: High at noon and Bright"


def test_an_output_without_its_call_is_refused(client, model):
    orphan = {"type": "function_call_output", "call_id": "call_nobody", "output": "x"}
    with pytest.raises(openai.BadRequestError) as refusal:
        client.responses.create(model=model, input=[user("x"), orphan])
    assert "call_nobody" in str(refusal.value.body)


def test_no_tool_is_called_where_none_may_be(client, model):
    response = client.responses.create(
        model=model, input="x", tools=[WEATHER], tool_choice="none"
    )
    assert calls(response) == [] and response.output_text == "You said: x"
    assert response.tool_choice == "none"


def test_the_tool_that_is_named_is_called(client, model):
    response = client.responses.create(
        model=model,
        input="x",
        tools=[WEATHER, TIDES],
        tool_choice={"type": "function", "name": "tides"},
    )
    assert [call.name for call in calls(response)] == ["tides"]
    assert response.tool_choice.name == "tides"


def test_a_tool_of_free_text_is_called(client, model):
    tool = {"type": "custom", "name": "shell", "description": "Runs a command"}
    response = client.responses.create(model=model, input="ls -l", tools=[tool])
    (call,) = response.output
    assert call.type == "custom_tool_call" and call.input == "ls -l"
    history = [user("ls -l"), *as_input(response)]
    history.append(
        {"type": "custom_tool_call_output", "call_id": call.call_id, "output": "nothing"}
    )
    told = client.responses.create(model=model, input=history, tools=[tool])
    assert told.output_text == "The tool answered: nothing"
