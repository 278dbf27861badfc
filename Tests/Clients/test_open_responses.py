"""The cases of Open Responses, with each object and event held against what it requires.

Source: https://www.openresponses.org/compliance names the cases, open_responses.py the members.
These speak HTTP themselves, since a client fills in what an answer lacks.
"""

import http.client
import json
from urllib.parse import urlsplit

import pytest
from open_responses import (
    TERMINAL,
    errors_of_compaction,
    errors_of_event,
    errors_of_item,
    errors_of_response,
)
from samples import IMAGE

WEATHER = {
    "type": "function",
    "name": "get_weather",
    "description": "Get the weather of a place",
    "parameters": {
        "type": "object",
        "properties": {"location": {"type": "string"}},
        "required": ["location"],
    },
}


class Wire:
    """Plain requests, and answers as they stand on the wire."""

    def __init__(self, target):
        self.target = target

    def send(self, method, path, body=None):
        url = urlsplit(self.target.base_url)
        connection = http.client.HTTPConnection(url.hostname, url.port, timeout=60)
        try:
            connection.request(
                method,
                url.path + path,
                None if body is None else json.dumps(body).encode(),
                {
                    "authorization": f"Bearer {self.target.key}",
                    "content-type": "application/json",
                },
            )
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def create(self, **body):
        status, headers, bytes = self.send("POST", "/responses", {"model": "gpt-5", **body})
        assert status == 200, bytes
        assert headers.get_content_type() == "application/json"
        response = json.loads(bytes)
        assert list(errors_of_response(response)) == []
        return response

    def stream(self, **body):
        """The events of a stream, each held against its requirements."""
        status, headers, bytes = self.send(
            "POST", "/responses", {"model": "gpt-5", "stream": True, **body}
        )
        assert status == 200, bytes
        assert headers.get_content_type() == "text/event-stream"
        events = list(events_of(bytes.decode("utf-8")))
        for index, event in enumerate(events):
            assert list(errors_of_event(event, f"event {index} {event.get('type')}")) == []
        numbers = [event["sequence_number"] for event in events]
        assert numbers == sorted(set(numbers))
        assert [e["type"] for e in events if e["type"] in TERMINAL] == [events[-1]["type"]]
        return events


def events_of(text):
    """Reads a stream; a name must be the type of its data, and [DONE] may stand at the end."""
    for block in text.replace("\r\n", "\n").split("\n\n"):
        lines = [line.partition(":") for line in block.split("\n") if line]
        fields = {}
        for name, _, value in lines:
            if name:
                fields.setdefault(name, []).append(value.removeprefix(" "))
        data = "\n".join(fields.get("data", []))
        if not data or data == "[DONE]":
            continue
        event = json.loads(data)
        assert fields.get("event") == [event["type"]], block
        yield event


@pytest.fixture
def wire(target):
    return Wire(target)


def message(role, content):
    return {"type": "message", "role": role, "content": content}


def types(response):
    return [item["type"] for item in response["output"]]


def text_of(response):
    (part,) = response["output"][-1]["content"]
    return part["text"]


def test_a_basic_text_response(wire):
    response = wire.create(input=[message("user", "Say hello in three words.")])
    assert response["status"] == "completed"
    assert types(response) == ["message"] and text_of(response)


def test_a_streamed_response(wire):
    events = wire.stream(input=[message("user", "Count from one to five.")])
    names = [event["type"] for event in events]
    assert names[0] == "response.created" and names[-1] == "response.completed"
    final = events[-1]["response"]
    deltas = [e["delta"] for e in events if e["type"] == "response.output_text.delta"]
    assert final["status"] == "completed" and "".join(deltas) == text_of(final)


def test_the_items_of_a_stream_open_and_close_in_their_order(wire):
    events = wire.stream(
        input=[message("user", "Lisbon")],
        tools=[WEATHER],
        reasoning={"effort": "low", "summary": "auto"},
    )
    open_items, closed = [], []
    for event in events:
        if event["type"] == "response.output_item.added":
            open_items.append(event["item"]["id"])
        elif event["type"] == "response.output_item.done":
            closed.append(event["item"]["id"])
        elif "item_id" in event:
            assert event["item_id"] == open_items[event["output_index"]]
            assert event["item_id"] not in closed
    assert open_items == closed == [item["id"] for item in events[-1]["response"]["output"]]
    assert types(events[-1]["response"]) == ["reasoning", "function_call"]


def test_a_system_prompt(wire):
    response = wire.create(
        input=[message("system", "Speak like a pirate."), message("user", "Say hello.")]
    )
    assert response["status"] == "completed" and types(response) == ["message"]


def test_a_tool_is_called(wire):
    response = wire.create(input=[message("user", "The weather in Lisbon?")], tools=[WEATHER])
    (call,) = response["output"]
    assert call["type"] == "function_call" and call["name"] == "get_weather"
    assert set(json.loads(call["arguments"])) == {"location"}


def test_a_streamed_tool_call(wire):
    events = wire.stream(input=[message("user", "The weather in Lisbon?")], tools=[WEATHER])
    names = [event["type"] for event in events]
    added = next(e for e in events if e["type"] == "response.output_item.added")
    assert added["item"]["type"] == "function_call"
    deltas = [e["delta"] for e in events if e["type"] == "response.function_call_arguments.delta"]
    (done,) = [e for e in events if e["type"] == "response.function_call_arguments.done"]
    assert "".join(deltas) == done["arguments"]
    assert names.index("response.output_item.done") > names.index(done["type"])


def test_the_output_of_a_tool_goes_back(wire):
    choice = {"type": "function", "name": "get_weather"}
    first = wire.create(input="The weather in Lisbon?", tools=[WEATHER], tool_choice=choice)
    (call,) = first["output"]
    second = wire.create(
        input=[
            message("user", "The weather in Lisbon?"),
            call,
            {"type": "function_call_output", "call_id": call["call_id"], "output": "Warm"},
        ],
        tools=[WEATHER],
    )
    assert second["status"] == "completed" and "Warm" in text_of(second)


def test_an_image_input(wire):
    parts = [
        {"type": "input_text", "text": "What is in this image?"},
        {"type": "input_image", "image_url": IMAGE},
    ]
    response = wire.create(input=[message("user", parts)])
    assert response["status"] == "completed" and types(response) == ["message"]


def test_a_file_input(wire):
    part = {
        "type": "input_file",
        "filename": "a.pdf",
        "file_data": "data:application/pdf;base64,JVBERi0xLjE=",
    }
    response = wire.create(
        input=[message("user", [{"type": "input_text", "text": "The title?"}, part])]
    )
    assert response["status"] == "completed"


def test_a_conversation_of_several_turns(wire):
    response = wire.create(
        input=[
            message("user", "My name is Ada."),
            message("assistant", "Hello Ada."),
            message("user", "What is my name?"),
        ]
    )
    assert response["status"] == "completed" and "turn 2" in text_of(response)


def test_an_assistant_message_with_its_phase(wire):
    answer = message("assistant", "I will look.") | {"phase": "commentary"}
    response = wire.create(
        input=[message("user", "Look."), answer, message("user", "And?")]
    )
    assert response["status"] == "completed"


def test_a_previous_response_goes_on(wire):
    first = wire.create(input="The word is papaya.", store=True)
    second = wire.create(input="Which word?", previous_response_id=first["id"])
    assert second["previous_response_id"] == first["id"]
    assert second["status"] == "completed" and "turn 2" in text_of(second)


def test_reasoning_is_sealed_and_replayed(wire):
    asked = {
        "reasoning": {"effort": "low"},
        "include": ["reasoning.encrypted_content"],
        "store": False,
    }
    first = wire.create(input=[message("user", "Think.")], **asked)
    assert types(first) == ["reasoning", "message"] and first["output"][0]["encrypted_content"]
    second = wire.create(
        input=[message("user", "Think."), *first["output"], message("user", "On.")], **asked
    )
    assert second["status"] == "completed"


def test_structured_output(wire):
    schema = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}
    format = {"type": "json_schema", "name": "answer", "schema": schema}
    response = wire.create(input="x", text={"format": format})
    assert json.loads(text_of(response)) == {"a": 1}


def test_an_answer_that_is_cut_is_incomplete(wire):
    words = " ".join(str(number) for number in range(40))
    events = wire.stream(input=words, max_output_tokens=16)
    assert events[-1]["type"] == "response.incomplete"
    assert events[-1]["response"]["incomplete_details"] == {"reason": "max_output_tokens"}


def test_a_stored_response_is_read_as_it_was(wire):
    made = wire.create(input="x", store=True)
    status, _, bytes = wire.send("GET", f"/responses/{made['id']}")
    assert status == 200 and json.loads(bytes) == made


def test_the_items_of_an_input_are_listed_in_full(wire):
    made = wire.create(input=[message("user", "one"), message("assistant", "two")], store=True)
    status, _, bytes = wire.send("GET", f"/responses/{made['id']}/input_items")
    items = json.loads(bytes)["data"]
    assert status == 200 and len(items) == 2
    assert [error for item in items for error in errors_of_item(item)] == []


def test_a_conversation_is_compacted(wire, target):
    if target.upstream == "azure-foundry":
        pytest.skip("this upstream does not compact")
    history = [message("user", "We launch on Tuesday."), message("assistant", "Understood.")]
    body = {"model": "gpt-5", "input": history, "prompt_cache_key": "clients"}
    status, _, bytes = wire.send("POST", "/responses/compact", body)
    compaction = json.loads(bytes)
    assert status == 200 and list(errors_of_compaction(compaction)) == []
    assert types(compaction)[-1] == "compaction"


def test_a_compaction_without_a_model_is_refused(wire):
    body = {"input": [message("user", "Compact this.")]}
    status, _, bytes = wire.send("POST", "/responses/compact", body)
    assert status in (400, 404, 405, 422) and json.loads(bytes)["error"]["message"]


def test_a_refusal_has_the_members_of_an_error(wire):
    status, headers, bytes = wire.send("POST", "/responses", {"model": "gpt-5", "input": 1})
    assert status == 400 and headers.get_content_type() == "application/json"
    error = json.loads(bytes)["error"]
    assert isinstance(error["message"], str) and isinstance(error["type"], str)
    assert {"code", "param"} <= error.keys()
