"""Requests that occur again and again, and what is read from answers."""

import json

WEATHER = {
    "type": "function",
    "name": "weather",
    "description": "The weather of a place",
    "parameters": {
        "type": "object",
        "properties": {"place": {"type": "string"}},
        "required": ["place"],
        "additionalProperties": False,
    },
    "strict": True,
}

TIDES = {
    "type": "function",
    "name": "tides",
    "description": "High and low water",
    "parameters": {
        "type": "object",
        "properties": {"port": {"type": "string"}, "day": {"type": "integer"}},
        "required": ["port", "day"],
        "additionalProperties": False,
    },
    "strict": True,
}

# A red square of eight by eight pixels.
IMAGE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mP4z8CAFTEM"
    "LQkAKP8/wc53yE8AAAAASUVORK5CYII="
)
IMAGE_CHARACTERS = len(IMAGE.partition(",")[2])


def user(text):
    return {"role": "user", "content": text}


def output_of(call, text):
    """The output of a tool for a call, as the next request carries it."""
    return {"type": "function_call_output", "call_id": call.call_id, "output": text}


def calls(response):
    """The function calls in the output of a response."""
    return [item for item in response.output if item.type == "function_call"]


def as_input(response):
    """The output of a response as the next request replays it: every member, ids included."""
    return [item.model_dump(exclude_none=True) for item in response.output]


def arguments(call):
    return json.loads(call.arguments)
