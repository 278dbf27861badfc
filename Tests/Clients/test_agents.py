"""Agents of the Agents SDK: loops of many turns with tools, over both APIs."""

import openai
import pytest
from agents import (
    Agent,
    ModelSettings,
    OpenAIChatCompletionsModel,
    OpenAIResponsesModel,
    Runner,
    ToolsToFinalOutputResult,
    function_tool,
    set_tracing_disabled,
)
from openai.types.shared import Reasoning
from pydantic import BaseModel

set_tracing_disabled(True)

BOTH = pytest.mark.parametrize(
    "api",
    [
        OpenAIResponsesModel,
        pytest.param(OpenAIChatCompletionsModel, marks=pytest.mark.gateway),
    ],
    ids=["responses", "chat-completions"],
)
STREAMED = pytest.mark.parametrize("streamed", [False, True], ids=["whole", "streamed"])


class Forecast(BaseModel):
    place: str
    degrees: int


class Tools:
    """The tools of one agent, and what they were called with."""

    def __init__(self):
        self.weather_calls = []
        self.tides_calls = []

        @function_tool
        def weather(place: str) -> str:
            """The weather of a place."""
            self.weather_calls.append(place)
            return f"Bright in {place}"

        @function_tool
        async def tides(port: str, day: int) -> str:
            """High and low water."""
            self.tides_calls.append((port, day))
            return f"High in {port}"

        self.weather, self.tides = weather, tides


async def run(agent, given, streamed, **options):
    """The result of a run, and the text that was streamed in it."""
    if not streamed:
        return await Runner.run(agent, given, **options), None
    result = Runner.run_streamed(agent, given, **options)
    text = ""
    async for event in result.stream_events():
        if event.type == "raw_response_event":
            if event.data.type == "response.output_text.delta":
                text += event.data.delta
    return result, text


def agent_of(api, client, model, tools, **options):
    return Agent(
        name="Assistant",
        instructions="You are a careful assistant.",
        model=api(model=model, openai_client=client),
        tools=tools,
        **options,
    )


@BOTH
@STREAMED
def test_ten_turns_with_a_tool_in_each(run_async, model, api, streamed):
    tools = Tools()

    async def converse(client):
        agent = agent_of(api, client, model, [tools.weather])
        history = []
        for turn in range(1, 11):
            history.append({"role": "user", "content": f"place number {turn}"})
            result, text = await run(agent, history, streamed)
            assert result.final_output == f"The tool answered: Bright in place number {turn}"
            assert text in (None, result.final_output)
            history = result.to_input_list()
        return history

    history = run_async(converse)
    assert tools.weather_calls == [f"place number {turn}" for turn in range(1, 11)]
    assert len(history) == 40


@BOTH
@STREAMED
def test_one_run_of_ten_turns(run_async, model, api, streamed):
    tools = Tools()

    def finish(_, results):
        count = len(tools.weather_calls)
        return ToolsToFinalOutputResult(
            is_final_output=count == 10, final_output=f"{count} calls: {results[-1].output}"
        )

    async def loop(client):
        agent = agent_of(
            api,
            client,
            model,
            [tools.weather],
            model_settings=ModelSettings(tool_choice="required", include_usage=True),
            reset_tool_choice=False,
            tool_use_behavior=finish,
        )
        result, _ = await run(agent, "Oslo", streamed, max_turns=10)
        return result

    result = run_async(loop)
    assert result.final_output == "10 calls: Bright in Oslo"
    assert len(result.raw_responses) == 10
    assert all(response.usage.total_tokens > 0 for response in result.raw_responses)


@BOTH
@STREAMED
def test_parallel_calls_in_each_of_five_turns(run_async, model, api, streamed):
    tools = Tools()

    async def converse(client):
        agent = agent_of(
            api,
            client,
            model,
            [tools.weather, tools.tides],
            model_settings=ModelSettings(parallel_tool_calls=True),
        )
        history = []
        for turn in range(1, 6):
            history.append({"role": "user", "content": f"port {turn}"})
            result, _ = await run(agent, history, streamed)
            assert (
                result.final_output
                == f"The tool answered: Bright in port {turn} and High in port {turn}"
            )
            history = result.to_input_list()

    run_async(converse)
    assert len(tools.weather_calls) == len(tools.tides_calls) == 5


@BOTH
def test_an_output_type_is_filled(run_async, model, api):
    async def ask(client):
        agent = agent_of(api, client, model, [], output_type=Forecast)
        result, _ = await run(agent, "Oslo", False)
        return result.final_output

    forecast = run_async(ask)
    assert isinstance(forecast, Forecast) and forecast.place.startswith("You said: Oslo")


@STREAMED
def test_reasoning_is_carried_through_the_turns_without_a_store(run_async, model, streamed):
    tools = Tools()
    settings = ModelSettings(
        store=False,
        reasoning=Reasoning(effort="low", summary="auto"),
        response_include=["reasoning.encrypted_content"],
    )

    async def converse(client):
        agent = agent_of(
            OpenAIResponsesModel, client, model, [tools.weather], model_settings=settings
        )
        history = []
        for turn in range(1, 6):
            history.append({"role": "user", "content": f"place {turn}"})
            result, _ = await run(agent, history, streamed)
            history = result.to_input_list()
        return history

    history = run_async(converse)
    kinds = [item.get("type") for item in history]
    assert kinds.count("reasoning") == 10 and kinds.count("function_call") == 5


@STREAMED
def test_the_turns_hang_together_by_previous_response_ids(run_async, model, streamed):
    tools = Tools()

    async def converse(client):
        agent = agent_of(OpenAIResponsesModel, client, model, [tools.weather])
        last = None
        for turn in range(1, 6):
            result, _ = await run(agent, f"place {turn}", streamed, previous_response_id=last)
            assert result.final_output == f"The tool answered: Bright in place {turn}"
            last = result.last_response_id
            assert last

    run_async(converse)
    assert tools.weather_calls == [f"place {turn}" for turn in range(1, 6)]


def test_a_hand_off_reaches_the_other_agent(run_async, model):
    async def ask(client):
        other = Agent(
            name="Other",
            instructions="You are the other.",
            model=OpenAIResponsesModel(model=model, openai_client=client),
        )
        first = agent_of(OpenAIResponsesModel, client, model, [], handoffs=[other])
        result, _ = await run(first, "hello", False)
        return result

    result = run_async(ask)
    assert result.last_agent.name == "Other"


@BOTH
def test_an_error_ends_the_run(run_async, target, api):
    fault = target.fault("content-filter")

    async def ask(client):
        settings = ModelSettings(extra_headers=fault.get("extra_headers"))
        agent = agent_of(api, client, fault["model"], [], model_settings=settings)
        await run(agent, "x", False)

    with pytest.raises(openai.BadRequestError):
        run_async(ask)
