"""Text of all kinds, whole and in pieces, escaped and as it is."""

import pytest
from samples import WEATHER, arguments, calls, output_of, user

TEXTS = {
    "a surrogate pair": "a 😀 b",
    "a character of many scalars": "👨‍👩‍👧‍👦 and 👩🏽‍🚀 and 🇳🇴",
    "combining marks": "Z̧̈a̧lgo e\u0301 and é",
    "right to left": "שלום עולם, مرحبا بالعالم \u202eabc\u202c",
    "control characters": "nul \u0000 bell \u0007 escape \u001b delete \u007f",
    "separators of lines": "a\u2028b\u2029c\u0085d\r\ne\tf",
    "what looks like an escape": r"\u0041 \n \\ \" \ud83d",
    "what looks like an event": "data: [DONE]\n\nevent: error\ndata: {}\n\n",
    "the ends of the planes": "\ufffd \uffff \U0001f9ff \U0010ffff \ue000",
    "a byte order mark": "\ufeffbom\ufeff",
}


@pytest.fixture(params=TEXTS.values(), ids=TEXTS.keys())
def text(request):
    return request.param


@pytest.mark.parametrize("name", ["gpt-5", "gpt-5-unicode"])
def test_a_whole_answer_says_it_again(client, name, text):
    response = client.responses.create(model=name, input=text)
    assert response.output_text == f"You said: {text}"


@pytest.mark.parametrize("name", ["gpt-5", "gpt-5-unicode"])
def test_a_stream_says_it_again_in_pieces(client, name, text):
    events = list(client.responses.create(model=name, input=text, stream=True))
    pieces = [e.delta for e in events if e.type == "response.output_text.delta"]
    assert "".join(pieces) == events[-1].response.output_text == f"You said: {text}"
    if name == "gpt-5-unicode":
        assert pieces == list(f"You said: {text}")


@pytest.mark.parametrize("fault", ["split-utf8:1", "drip", "crlf", "odd-fields"])
def test_bytes_that_are_cut_anywhere_make_the_same_text(client, target, fault, text):
    *_, last = client.responses.create(input=text, stream=True, **target.fault(fault))
    assert last.response.output_text == f"You said: {text}"


def test_instructions_and_the_outputs_of_tools_keep_it(client, model, text):
    first = client.responses.create(model=model, input="x", tools=[WEATHER], store=True)
    told = client.responses.create(
        model=model,
        previous_response_id=first.id,
        input=[output_of(calls(first)[0], text)],
    )
    assert told.output_text == f"The tool answered: {text}"
    response = client.responses.create(model=model, input=[user("x")], instructions=text)
    assert response.output_text == f"You said: x\nI was told: {text}"


def test_the_arguments_of_a_call_keep_it(client, model, text):
    response = client.responses.create(model=model, input=text, tools=[WEATHER])
    assert arguments(calls(response)[0]) == {"place": text}


def test_metadata_keeps_it(client, model):
    value = "".join(TEXTS.values())[:200]
    response = client.responses.create(model=model, input="x", metadata={"clé 😀": value})
    assert response.metadata == {"clé 😀": value}
