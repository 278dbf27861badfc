"""The models and faults that the tests ask for, and the configuration that offers them.

`upstreams.py arguments` prints the arguments of `jackfield emulate`, one a line;
`upstreams.py configuration UPSTREAM BASE_URL KEY_FILE` a providers.yaml for the gateway.
"""

import json
import sys

# What a client calls them, as the emulator does; each with the quirks it shows there.
MODELS = {
    "gpt-5": [],
    "gpt-5-slow": ["pace:200"],
    "gpt-5-background": ["work:60000"],
    "gpt-5-unicode": ["scalar-deltas", "escapes"],
    "gpt-5-late-blob": ["late-blob"],
}

# What goes wrong on demand: through the gateway as the model `fault/NAME`, whose provider sends
# the header that asks the emulator for it; straight at the emulator with the header itself.
FAULTS = [
    "401", "403", "404", "408", "409", "413", "422", "429", "429-busy", "500", "502", "503", "504",
    "overloaded", "quota", "content-filter", "context-length", "deployment-not-found",
    "429-retry-after:7", "429-retry-after-ms:50x1#client",
    "reset", "stall", "stall-mid-stream:6", "cut:8", "reset-mid-stream:8", "end-early:8",
    "done-early:8", "half-terminal", "failed-then-error", "error-then-failed",
    "failed-mid-stream:8", "split-utf8:1", "crlf", "drip", "no-final-blank-line", "odd-fields",
]  # fmt: skip

# A conflict is waited for as stored state is, which takes most of a minute.
SETTINGS = {"409": {"timeouts": {"total": "2s"}}}


def arguments():
    for name, quirks in MODELS.items():
        yield from ["--deployment", name]
        for quirk in quirks:
            yield from ["--quirk", f"{quirk}@{name}"]
    # What the tests here are about is not the lag between storing and reading.
    yield from ["--race-ms", "0"]


def configuration(upstream, base_url, key_file):
    def provider(**more):
        return {"plugin": upstream, "base_url": base_url, "auth": {"key": "emulated"}} | more

    def model(provider, name):
        return {"targets": [{"provider": provider, "model": name}]}

    providers = {"emulated": provider()}
    models = {name: model("emulated", name) for name in MODELS}
    for number, fault in enumerate(FAULTS):
        providers[f"fault-{number}"] = provider(
            headers={"x-emulate-fault": fault}, **SETTINGS.get(fault, {})
        )
        models[f"fault/{fault}"] = model(f"fault-{number}", "gpt-5")
    return {
        "version": 1,
        "credentials": {"emulated": {"file": key_file}},
        "providers": providers,
        "models": models,
        # One attempt a call: what a fault does to it is what its client must see.
        "defaults": {"retry": {"max_retries": 0}},
    }


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["arguments"]:
            print("\n".join(arguments()))
        case ["configuration", upstream, base_url, key_file]:
            # JSON is YAML.
            print(json.dumps(configuration(upstream, base_url, key_file), indent=2))
        case _:
            sys.exit(__doc__)
