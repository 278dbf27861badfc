"""Much at once, much in one, and clients that do not stay."""

import asyncio

import openai
import pytest
from samples import user


def test_two_hundred_calls_at_once_are_all_answered(run_async, model):
    async def call(client, number):
        response = await client.responses.create(model=model, input=f"number {number}")
        return response.id, response.output_text

    async def all_of_them(client):
        return await asyncio.gather(*(call(client, number) for number in range(200)))

    answers = run_async(all_of_them)
    assert [text for _, text in answers] == [f"You said: number {n}" for n in range(200)]
    assert len({id for id, _ in answers}) == 200


def test_a_hundred_streams_at_once_do_not_mix(run_async, model):
    async def call(client, number):
        stream = await client.responses.create(
            model=model, input=f"stream {number} of many", stream=True
        )
        events = [event async for event in stream]
        assert [event.sequence_number for event in events] == list(range(len(events)))
        return "".join(e.delta for e in events if e.type == "response.output_text.delta")

    async def all_of_them(client):
        return await asyncio.gather(*(call(client, number) for number in range(100)))

    texts = run_async(all_of_them)
    assert texts == [f"You said: stream {n} of many" for n in range(100)]


@pytest.mark.parametrize("stream", [False, True])
def test_an_input_of_five_megabytes_arrives_whole(client, model, stream):
    text = "x" * (5 << 20)
    answer = client.responses.create(model=model, input=[user(text)], stream=stream)
    response = list(answer)[-1].response if stream else answer
    assert response.output_text.endswith(f"({5 << 20} bytes)")


def test_the_upstream_sees_that_a_client_left_a_stream(client, marker, ended_reply):
    """Without the break it would go on for more than twenty seconds, and end as a whole."""
    words = " ".join(["word"] * 100)
    stream = client.responses.create(
        model="gpt-5-slow", input=f"{marker} {words}", stream=True, store=False
    )
    for event in stream:
        if event.type == "response.output_text.delta":
            break
    stream.close()
    reply = ended_reply(marker)
    assert reply["client_left"] is True
    assert reply["events"] < 60


def test_the_upstream_sees_that_a_client_left_a_whole_answer(client, target, marker, ended_reply):
    with pytest.raises(openai.APITimeoutError):
        client.responses.create(input=marker, timeout=3.0, **target.fault("stall"))
    assert ended_reply(marker)["client_left"] is True


def test_the_upstream_sees_that_a_task_was_cancelled(run_async, marker, ended_reply):
    async def leave(client):
        async def read():
            stream = await client.responses.create(
                model="gpt-5-slow", input=marker + " word" * 100, stream=True
            )
            async for event in stream:
                if event.type == "response.output_text.delta":
                    began.set()

        began = asyncio.Event()
        reading = asyncio.create_task(read())
        await asyncio.wait_for(began.wait(), 60)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading

    run_async(leave)
    assert ended_reply(marker)["client_left"] is True


def test_a_client_that_stays_is_not_taken_for_gone(client, model, marker, ended_reply):
    list(client.responses.create(model=model, input=marker, stream=True))
    reply = ended_reply(marker)
    assert reply["client_left"] is False and reply["status"] == 200


def test_a_connection_is_used_for_many_calls(client, model):
    for number in range(50):
        response = client.responses.create(model=model, input=str(number))
        assert response.output_text == f"You said: {number}"
