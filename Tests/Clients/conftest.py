"""What every test here may ask for: where to call, with what key, and what the upstream saw."""

import asyncio
import json
import os
import time
import uuid
from dataclasses import dataclass

import openai
import pytest
from upstreams import FAULTS


@dataclass(frozen=True)
class Target:
    """What is called: a gateway in front of an emulated upstream, or that upstream itself."""

    base_url: str
    key: str
    upstream: str
    is_direct: bool
    reply_log: str

    def fault(self, name):
        """What makes a call meet this fault, as keyword arguments of a method of the client."""
        assert name in FAULTS, f"{name} is missing in FAULTS of upstreams.py"
        if self.is_direct:
            return {"model": "gpt-5", "extra_headers": {"x-emulate-fault": name}}
        return {"model": f"fault/{name}"}


def _setting(name):
    value = os.environ.get(f"JACKFIELD_CLIENTS_{name}")
    if not value:
        pytest.exit(f"JACKFIELD_CLIENTS_{name} is not set: run these with Scripts/test-clients", 2)
    return value


def pytest_collection_modifyitems(items):
    is_direct = os.environ.get("JACKFIELD_CLIENTS_DIRECT") == "1"
    for item in items:
        if is_direct and item.get_closest_marker("gateway"):
            item.add_marker(pytest.mark.skip(reason="an emulator does not do this"))
        if not is_direct and item.get_closest_marker("direct"):
            item.add_marker(pytest.mark.skip(reason="the gateway does not do this"))


def pytest_report_header():
    target = os.environ.get("JACKFIELD_CLIENTS_UPSTREAM")
    way = "direct" if os.environ.get("JACKFIELD_CLIENTS_DIRECT") == "1" else "gateway"
    return f"upstream: {target}, {way}; openai {openai.__version__}"


@pytest.fixture(scope="session")
def target():
    return Target(
        base_url=_setting("BASE_URL"),
        key=_setting("KEY"),
        upstream=_setting("UPSTREAM"),
        is_direct=os.environ.get("JACKFIELD_CLIENTS_DIRECT") == "1",
        reply_log=_setting("REPLY_LOG"),
    )


@pytest.fixture(scope="session")
def base_url(target):
    return target.base_url


@pytest.fixture(scope="session")
def key(target):
    return target.key


@pytest.fixture(scope="session")
def model():
    return "gpt-5"


@pytest.fixture
def client(target):
    """A client that does not retry: a test sees what came of its one call."""
    with openai.OpenAI(
        base_url=target.base_url, api_key=target.key, max_retries=0, timeout=60
    ) as client:
        yield client


@pytest.fixture
def run_async(target):
    """Runs a coroutine function with a client of its own and returns what it returned."""

    def run(function):
        async def main():
            async with openai.AsyncOpenAI(
                base_url=target.base_url, api_key=target.key, max_retries=0, timeout=120
            ) as client:
                return await function(client)

        return asyncio.run(main())

    return run


@pytest.fixture
def marker():
    """A word that no other call says, to find this one in the log of the emulator."""
    return f"marker-{uuid.uuid4().hex}"


@pytest.fixture
def ended_reply(target):
    """Waits for the emulator's reply to the request that holds a marker to end, however it does."""

    def wait(marker, seconds=60):
        deadline = time.monotonic() + seconds
        line = ""
        with open(target.reply_log, encoding="utf-8") as log:
            while time.monotonic() < deadline:
                read = log.readline()
                line += read
                if not read:
                    os.sched_yield()
                if not line.endswith("\n"):
                    continue
                if marker in line:
                    return json.loads(line)
                line = ""
        pytest.fail(f"no reply to {marker} ended within {seconds} seconds")

    return wait
