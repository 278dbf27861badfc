"""The older API, which the gateway makes of the newer one."""

import json

import openai
import pytest
from openai.types.chat import ChatCompletion, ChatCompletionChunk
from pydantic import BaseModel
from samples import IMAGE, IMAGE_CHARACTERS, TIDES, WEATHER, user

pytestmark = pytest.mark.gateway


def in_chat(tool):
    members = {name: value for name, value in tool.items() if name != "type"}
    return {"type": "function", "function": members}


class Answer(BaseModel):
    place: str
    degrees: int


def test_a_completion_is_created(client, model):
    completion = client.chat.completions.create(model=model, messages=[user("hello")])
    assert isinstance(completion, ChatCompletion)
    assert completion.object == "chat.completion"
    assert completion.model == model
    assert completion.id and completion.created > 0
    (choice,) = completion.choices
    assert choice.index == 0 and choice.finish_reason == "stop"
    assert choice.message.role == "assistant"
    assert choice.message.content == "You said: hello"
    assert choice.message.tool_calls is None and choice.message.refusal is None
    usage = completion.usage
    assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens > 0
    assert completion._request_id


def test_a_completion_is_streamed(client, model):
    chunks = list(
        client.chat.completions.create(
            model=model,
            messages=[user("one two three")],
            stream=True,
            stream_options={"include_usage": True},
        )
    )
    assert all(isinstance(chunk, ChatCompletionChunk) for chunk in chunks)
    assert {chunk.object for chunk in chunks} == {"chat.completion.chunk"}
    assert len({chunk.id for chunk in chunks}) == 1
    *parts, last = chunks
    assert last.choices == [] and last.usage.total_tokens > 0
    assert all(part.usage is None for part in parts)
    assert parts[0].choices[0].delta.role == "assistant"
    text = "".join(part.choices[0].delta.content or "" for part in parts)
    assert text == "You said: one two three"
    reasons = [part.choices[0].finish_reason for part in parts]
    assert reasons[-1] == "stop" and set(reasons[:-1]) == {None}


def test_a_stream_without_usage_ends_with_its_reason(client, model):
    chunks = list(
        client.chat.completions.create(model=model, messages=[user("x")], stream=True)
    )
    assert all(chunk.usage is None for chunk in chunks)
    assert chunks[-1].choices[0].finish_reason == "stop"


@pytest.mark.parametrize("role", ["system", "developer"])
def test_a_prompt_of_the_system_or_the_developer_is_followed(client, model, role):
    completion = client.chat.completions.create(
        model=model, messages=[{"role": role, "content": "Be brief."}, user("hi")]
    )
    assert completion.choices[0].message.content == "You said: hi\nI was told: Be brief."


def test_turns_follow_each_other(client, model):
    messages = []
    for turn in range(1, 5):
        messages.append(user(f"turn number {turn}"))
        completion = client.chat.completions.create(model=model, messages=messages)
        message = completion.choices[0].message
        assert turn == 1 or f"This is turn {turn}" in message.content
        messages.append(message.model_dump(exclude_none=True))


def test_a_tool_is_called_and_its_output_goes_back(client, model):
    messages = [user("Oslo")]
    tools = [in_chat(WEATHER)]
    first = client.chat.completions.create(model=model, messages=messages, tools=tools)
    (choice,) = first.choices
    assert choice.finish_reason == "tool_calls" and choice.message.content is None
    (call,) = choice.message.tool_calls
    assert call.type == "function" and call.function.name == "weather"
    assert json.loads(call.function.arguments) == {"place": "Oslo"}
    messages.append(choice.message.model_dump(exclude_none=True))
    messages.append({"role": "tool", "tool_call_id": call.id, "content": "Rain"})
    second = client.chat.completions.create(model=model, messages=messages, tools=tools)
    assert second.choices[0].message.content == "The tool answered: Rain"
    assert second.choices[0].finish_reason == "stop"


def test_parallel_calls_go_out_and_back(client, model):
    messages = [user("Harlech")]
    tools = [in_chat(WEATHER), in_chat(TIDES)]
    first = client.chat.completions.create(
        model=model, messages=messages, tools=tools, parallel_tool_calls=True
    )
    message = first.choices[0].message
    assert [call.function.name for call in message.tool_calls] == ["weather", "tides"]
    messages.append(message.model_dump(exclude_none=True))
    for call, text in zip(message.tool_calls, ["Bright", "High at noon"]):
        messages.append({"role": "tool", "tool_call_id": call.id, "content": text})
    second = client.chat.completions.create(model=model, messages=messages, tools=tools)
    assert second.choices[0].message.content == "The tool answered: Bright and High at noon"


def test_calls_are_streamed_in_pieces_by_their_index(client, model):
    stream = client.chat.completions.create(
        model=model,
        messages=[user("Harlech")],
        tools=[in_chat(WEATHER), in_chat(TIDES)],
        parallel_tool_calls=True,
        stream=True,
    )
    gathered, reason = {}, None
    for chunk in stream:
        choice = chunk.choices[0]
        reason = choice.finish_reason or reason
        for piece in choice.delta.tool_calls or []:
            if piece.index not in gathered:
                assert piece.id and piece.type == "function" and piece.function.name
                gathered[piece.index] = [piece.function.name, ""]
            gathered[piece.index][1] += piece.function.arguments or ""
    assert reason == "tool_calls"
    assert [name for name, _ in gathered.values()] == ["weather", "tides"]
    assert json.loads(gathered[0][1]) == {"place": "Harlech"}
    assert json.loads(gathered[1][1]) == {"port": "Harlech", "day": 1}


def test_the_tool_that_is_named_is_called(client, model):
    completion = client.chat.completions.create(
        model=model,
        messages=[user("x")],
        tools=[in_chat(WEATHER), in_chat(TIDES)],
        tool_choice={"type": "function", "function": {"name": "tides"}},
    )
    (call,) = completion.choices[0].message.tool_calls
    assert call.function.name == "tides"


def test_an_answer_is_parsed_into_a_model(client, model):
    completion = client.chat.completions.parse(
        model=model, messages=[user("Oslo")], response_format=Answer
    )
    assert completion.choices[0].message.parsed == Answer(place="You said: Oslo", degrees=1)


def test_an_answer_is_parsed_from_a_stream(client, model):
    with client.chat.completions.stream(
        model=model, messages=[user("Oslo")], response_format=Answer
    ) as stream:
        final = stream.get_final_completion()
    assert isinstance(final.choices[0].message.parsed, Answer)


def test_an_answer_is_any_json_object(client, model):
    completion = client.chat.completions.create(
        model=model, messages=[user("json")], response_format={"type": "json_object"}
    )
    assert json.loads(completion.choices[0].message.content) == {"answer": "You said: json"}


def test_an_image_arrives_whole(client, model):
    content = [
        {"type": "text", "text": "what is this?"},
        {"type": "image_url", "image_url": {"url": IMAGE, "detail": "auto"}},
    ]
    completion = client.chat.completions.create(
        model=model, messages=[{"role": "user", "content": content}]
    )
    said = completion.choices[0].message.content
    assert f"[input_image image/png, {IMAGE_CHARACTERS} characters]" in said


def test_an_answer_that_is_cut_by_its_limit_says_so(client, model):
    words = " ".join(str(number) for number in range(40))
    completion = client.chat.completions.create(
        model=model, messages=[user(words)], max_completion_tokens=16
    )
    assert completion.choices[0].finish_reason == "length"


def test_reasoning_is_counted(client, model):
    completion = client.chat.completions.create(
        model=model, messages=[user("think")], reasoning_effort="low"
    )
    assert completion.choices[0].message.content == "You said: think"
    assert completion.usage.completion_tokens_details.reasoning_tokens > 0


@pytest.mark.parametrize(
    "fault, error",
    [
        ("401", openai.AuthenticationError),
        ("429", openai.RateLimitError),
        ("content-filter", openai.BadRequestError),
        ("500", openai.InternalServerError),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_errors_are_those_of_responses(client, target, fault, error, stream):
    with pytest.raises(error) as caught:
        client.chat.completions.create(
            messages=[user("x")], stream=stream, **target.fault(fault)
        )
    assert caught.value.code and caught.value.message and caught.value.request_id


def test_a_stream_that_breaks_raises(client, target):
    with pytest.raises(openai.APIError):
        stream = client.chat.completions.create(
            messages=[user("one two three four five six")], stream=True, **target.fault("cut:8")
        )
        reasons = [chunk.choices[0].finish_reason for chunk in stream]
        assert set(reasons) == {None}, "a cut answer was called finished"


def test_text_beyond_ascii_arrives_as_it_is(client):
    text = "héllo 👩🏽‍🚀 שלום \u0007"
    stream = client.chat.completions.create(
        model="gpt-5-unicode", messages=[user(text)], stream=True
    )
    said = "".join(chunk.choices[0].delta.content or "" for chunk in stream)
    assert said == f"You said: {text}"


def test_fields_that_are_missing_are_named(client, model):
    with pytest.raises(openai.BadRequestError) as refusal:
        client.chat.completions.create(model=model, messages=openai.omit)
    assert "messages" in refusal.value.message
