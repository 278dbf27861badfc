"""What the Open Responses specification requires of the objects it describes.

Source: https://www.openresponses.org/reference, of the schemas in
https://github.com/openresponses/openresponses/tree/main/schema (version 2026-04-24): the members
that are required there, with the kinds that they may have. What is optional stands in OPTIONAL.
"""

STRING, INTEGER, NUMBER, BOOLEAN, OBJECT, LIST, NULL = (
    "string", "integer", "number", "boolean", "object", "list", "null",
)  # fmt: skip

ANYTHING = None

RESPONSE = {
    "id": [STRING],
    "object": [STRING],
    "created_at": [INTEGER],
    "completed_at": [INTEGER, NULL],
    "status": [STRING],
    "incomplete_details": [OBJECT, NULL],
    "model": [STRING],
    "previous_response_id": [STRING, NULL],
    "instructions": [STRING, NULL],
    "output": [LIST],
    "error": [OBJECT, NULL],
    "tools": [LIST],
    "tool_choice": [STRING, OBJECT],
    "truncation": [STRING],
    "parallel_tool_calls": [BOOLEAN],
    "text": [OBJECT],
    "top_p": [NUMBER],
    "presence_penalty": [NUMBER],
    "frequency_penalty": [NUMBER],
    "top_logprobs": [INTEGER],
    "temperature": [NUMBER],
    "reasoning": [OBJECT, NULL],
    "usage": [OBJECT, NULL],
    "max_output_tokens": [INTEGER, NULL],
    "max_tool_calls": [INTEGER, NULL],
    "store": [BOOLEAN],
    "background": [BOOLEAN],
    "service_tier": [STRING],
    "metadata": ANYTHING,
    "safety_identifier": [STRING, NULL],
    "prompt_cache_key": [STRING, NULL],
}

COMPACTION = {
    "id": [STRING],
    "object": [STRING],
    "output": [LIST],
    "created_at": [INTEGER],
    "usage": [OBJECT],
}

USAGE = {
    "input_tokens": [INTEGER],
    "output_tokens": [INTEGER],
    "total_tokens": [INTEGER],
    "input_tokens_details": [OBJECT],
    "output_tokens_details": [OBJECT],
}

# By the type of the item, the part, the tool, the format.
ITEMS = {
    "message": {"id": [STRING], "status": [STRING], "role": [STRING], "content": [LIST]},
    "function_call": {
        "id": [STRING],
        "call_id": [STRING],
        "name": [STRING],
        "arguments": [STRING],
        "status": [STRING],
    },
    "function_call_output": {
        "id": [STRING],
        "call_id": [STRING],
        "output": [STRING, LIST],
        "status": [STRING],
    },
    "reasoning": {"id": [STRING], "summary": [LIST]},
    "compaction": {"id": [STRING], "encrypted_content": [STRING]},
}

PARTS = {
    "input_text": {"text": [STRING]},
    "output_text": {"text": [STRING], "annotations": [LIST]},
    "text": {"text": [STRING]},
    "summary_text": {"text": [STRING]},
    "reasoning_text": {"text": [STRING]},
    "refusal": {"refusal": [STRING]},
    "input_image": {"image_url": [STRING, NULL], "detail": [STRING]},
    "input_file": {},
}

TOOLS = {
    "function": {
        "name": [STRING],
        "description": [STRING, NULL],
        "parameters": [OBJECT, NULL],
        "strict": [BOOLEAN, NULL],
    }
}

FORMATS = {
    "text": {},
    "json_object": {},
    "json_schema": {"name": [STRING], "description": [STRING, NULL], "strict": [BOOLEAN]},
}

_RESPONSE_EVENT = {"response": [OBJECT]}
_ITEM_EVENT = {"output_index": [INTEGER], "item": [OBJECT, NULL]}
_PLACE = {"item_id": [STRING], "output_index": [INTEGER]}
_CONTENT = _PLACE | {"content_index": [INTEGER]}
_SUMMARY = _PLACE | {"summary_index": [INTEGER]}

# Beside `type` and `sequence_number`, which all have.
EVENTS = {
    "response.created": _RESPONSE_EVENT,
    "response.queued": _RESPONSE_EVENT,
    "response.in_progress": _RESPONSE_EVENT,
    "response.completed": _RESPONSE_EVENT,
    "response.failed": _RESPONSE_EVENT,
    "response.incomplete": _RESPONSE_EVENT,
    "response.output_item.added": _ITEM_EVENT,
    "response.output_item.done": _ITEM_EVENT,
    "response.reasoning_summary_part.added": _SUMMARY | {"part": [OBJECT]},
    "response.reasoning_summary_part.done": _SUMMARY | {"part": [OBJECT]},
    "response.content_part.added": _CONTENT | {"part": [OBJECT]},
    "response.content_part.done": _CONTENT | {"part": [OBJECT]},
    "response.output_text.delta": _CONTENT | {"delta": [STRING]},
    "response.output_text.done": _CONTENT | {"text": [STRING]},
    "response.refusal.delta": _CONTENT | {"delta": [STRING]},
    "response.refusal.done": _CONTENT | {"refusal": [STRING]},
    "response.reasoning.delta": _CONTENT | {"delta": [STRING]},
    "response.reasoning.done": _CONTENT | {"text": [STRING]},
    "response.reasoning_summary_text.delta": _SUMMARY | {"delta": [STRING]},
    "response.reasoning_summary_text.done": _SUMMARY | {"text": [STRING]},
    "response.output_text.annotation.added": _CONTENT
    | {"annotation_index": [INTEGER], "annotation": [OBJECT, NULL]},
    "response.function_call_arguments.delta": _PLACE | {"delta": [STRING]},
    "response.function_call_arguments.done": _PLACE | {"arguments": [STRING]},
    "error": {"error": [OBJECT]},
}

# Optional members, where they are there.
OPTIONAL = {
    "encrypted_content": [STRING],
    "phase": [STRING],
    "logprobs": [LIST],
    "obfuscation": [STRING],
    "verbosity": [STRING],
}

STATUSES = {"in_progress", "completed", "incomplete"}
ROLES = {"user", "assistant", "system", "developer"}
TERMINAL = {"response.completed", "response.failed", "response.incomplete", "error"}


def kind(value):
    match value:
        case None:
            return NULL
        case bool():
            return BOOLEAN
        case int():
            return INTEGER
        case float():
            return NUMBER
        case str():
            return STRING
        case list():
            return LIST
        case _:
            return OBJECT


def _fits(value, kinds):
    return (
        kinds is ANYTHING
        or kind(value) in kinds
        or (NUMBER in kinds and kind(value) == INTEGER)
        or (INTEGER in kinds and kind(value) == NUMBER and value == int(value))
    )


def _members(value, required, where):
    if kind(value) != OBJECT:
        yield f"{where} is no object"
        return
    for name, kinds in required.items():
        if name not in value:
            yield f"{where}.{name} is missing"
        elif not _fits(value[name], kinds):
            yield f"{where}.{name} is {kind(value[name])}, not {' or '.join(kinds)}"
    for name, kinds in OPTIONAL.items():
        if name in value and name not in required and not _fits(value[name], kinds):
            yield f"{where}.{name} is {kind(value[name])}, not {' or '.join(kinds)}"


def _tagged(value, table, where):
    type_ = value.get("type") if isinstance(value, dict) else None
    if type_ not in table:
        yield f"{where}.type is {type_!r}, which is not specified"
    else:
        yield from _members(value, table[type_], where)


def errors_of_item(item, where="item"):
    yield from _tagged(item, ITEMS, where)
    if item.get("status", "completed") not in STATUSES:
        yield f"{where}.status is {item['status']!r}"
    if item.get("type") == "message" and item.get("role") not in ROLES:
        yield f"{where}.role is {item.get('role')!r}"
    for name in ("content", "summary"):
        for index, part in enumerate(item.get(name) or []):
            yield from _tagged(part, PARTS, f"{where}.{name}[{index}]")


def errors_of_usage(usage, where):
    yield from _members(usage, USAGE, where)
    details = {"input_tokens_details": "cached_tokens", "output_tokens_details": "reasoning_tokens"}
    for name, member in details.items():
        yield from _members(usage.get(name), {member: [INTEGER]}, f"{where}.{name}")


def errors_of_response(response, where="response"):
    """What a response object lacks or has in another kind, as sentences; none where it is right."""
    yield from _members(response, RESPONSE, where)
    if response.get("object") != "response":
        yield f"{where}.object is {response.get('object')!r}"
    for index, item in enumerate(response.get("output") or []):
        yield from errors_of_item(item, f"{where}.output[{index}]")
    for index, tool in enumerate(response.get("tools") or []):
        yield from _tagged(tool, TOOLS, f"{where}.tools[{index}]")
    yield from _tagged((response.get("text") or {}).get("format"), FORMATS, f"{where}.text.format")
    if response.get("reasoning"):
        members = {"effort": [STRING, NULL], "summary": [STRING, NULL]}
        yield from _members(response["reasoning"], members, f"{where}.reasoning")
    if response.get("usage"):
        yield from errors_of_usage(response["usage"], f"{where}.usage")
    if response.get("error"):
        members = {"code": [STRING], "message": [STRING]}
        yield from _members(response["error"], members, f"{where}.error")
    if response.get("incomplete_details"):
        members = {"reason": [STRING]}
        yield from _members(
            response["incomplete_details"], members, f"{where}.incomplete_details"
        )
    if response.get("truncation") not in ("auto", "disabled"):
        yield f"{where}.truncation is {response.get('truncation')!r}"


def errors_of_compaction(compaction):
    yield from _members(compaction, COMPACTION, "compaction")
    if compaction.get("object") != "response.compaction":
        yield f"compaction.object is {compaction.get('object')!r}"
    for index, item in enumerate(compaction.get("output") or []):
        yield from errors_of_item(item, f"compaction.output[{index}]")
    yield from errors_of_usage(compaction.get("usage") or {}, "compaction.usage")


def errors_of_event(event, where):
    """The same for an event of a stream."""
    yield from _tagged(event, EVENTS, where)
    yield from _members(event, {"sequence_number": [INTEGER]}, where)
    if isinstance(event.get("response"), dict):
        yield from errors_of_response(event["response"], f"{where}.response")
    if isinstance(event.get("item"), dict):
        yield from errors_of_item(event["item"], f"{where}.item")
    if isinstance(event.get("part"), dict):
        yield from _tagged(event["part"], PARTS, f"{where}.part")
