"""Answers that follow a schema."""

import json
from enum import Enum
from typing import Optional

import openai
import pytest
from pydantic import BaseModel


class Sky(Enum):
    clear = "clear"
    cloudy = "cloudy"


class Wind(BaseModel):
    speed: float
    direction: Optional[str]


class Forecast(BaseModel):
    place: str
    degrees: int
    sky: Sky
    wind: Wind
    warnings: list[str]


def test_an_answer_is_parsed_into_a_model(client, model):
    response = client.responses.parse(model=model, input="Oslo", text_format=Forecast)
    forecast = response.output_parsed
    assert isinstance(forecast, Forecast)
    assert forecast.place == "You said: Oslo"
    assert forecast.sky in Sky
    assert isinstance(forecast.wind, Wind)
    assert json.loads(response.output_text) == forecast.model_dump(mode="json")
    assert response.text.format.type == "json_schema"
    assert response.text.format.strict is True


def test_an_answer_is_parsed_from_a_stream(client, model):
    with client.responses.stream(model=model, input="Oslo", text_format=Forecast) as stream:
        text = "".join(e.delta for e in stream if e.type == "response.output_text.delta")
        final = stream.get_final_response()
    assert final.output_parsed == Forecast.model_validate_json(text)


def test_a_schema_is_followed_as_it_was_written(client, model):
    schema = {
        "type": "object",
        "properties": {"count": {"type": "integer", "minimum": 7}, "kind": {"enum": ["red"]}},
        "required": ["count", "kind"],
        "additionalProperties": False,
    }
    format = {"type": "json_schema", "name": "answer", "schema": schema, "strict": True}
    response = client.responses.create(model=model, input="x", text={"format": format})
    assert json.loads(response.output_text) == {"count": 7, "kind": "red"}
    assert response.text.format.schema_ == schema
    assert response.text.format.name == "answer"


def test_an_answer_is_any_json_object(client, model):
    response = client.responses.create(
        model=model, input="json please", text={"format": {"type": "json_object"}}
    )
    assert json.loads(response.output_text) == {"answer": "You said: json please"}


def test_the_arguments_of_a_tool_are_parsed_into_a_model(client, model):
    response = client.responses.parse(
        model=model, input="Oslo", tools=[openai.pydantic_function_tool(Wind)]
    )
    (call,) = response.output
    assert isinstance(call.parsed_arguments, Wind)


@pytest.mark.parametrize("verbosity", ["low", "high"])
def test_verbosity_comes_back_in_the_response(client, model, verbosity):
    response = client.responses.create(model=model, input="x", text={"verbosity": verbosity})
    assert response.text.verbosity == verbosity
