import ClientSettings
import Testing

@Suite struct `The settings` {
  private let snippet = ClientSnippet(
    address: GatewayAddress(host: "127.0.0.1", port: 8787), model: "gpt-5",
    models: ["gpt-5", "fast"])

  @Test func `of Codex are a provider, its token's variable, and the model`() {
    #expect(
      snippet.text(for: .codex) == """
        # The first two keys stand before the first [table] of the file.
        model = "gpt-5"
        model_provider = "jackfield"

        [model_providers.jackfield]
        name = "Jackfield"
        base_url = "http://127.0.0.1:8787/v1"
        env_key = "JACKFIELD_TOKEN"
        wire_api = "responses"

        """)
  }

  @Test func `of one run of Codex are arguments`() {
    #expect(
      snippet.codexArguments == [
        "-c", #"model="gpt-5""#, "-c", #"model_provider="jackfield""#,
        "-c", #"model_providers.jackfield.name="Jackfield""#,
        "-c", #"model_providers.jackfield.base_url="http://127.0.0.1:8787/v1""#,
        "-c", #"model_providers.jackfield.env_key="JACKFIELD_TOKEN""#,
        "-c", #"model_providers.jackfield.wire_api="responses""#,
      ])
    let unnamed = ClientSnippet(
      address: GatewayAddress(host: "127.0.0.1", port: 8787), model: "", models: [])
    #expect(unnamed.codexArguments.prefix(2) == ["-c", #"model_provider="jackfield""#])
  }

  @Test func `of the OpenAI libraries are the first lines of a program`() {
    #expect(
      snippet.text(for: .openai) == """
        # Python
        import os
        from openai import OpenAI

        client = OpenAI(
            base_url="http://127.0.0.1:8787/v1",
            api_key=os.environ["JACKFIELD_TOKEN"],
        )
        response = client.responses.create(model="gpt-5", input="Hello")
        print(response.output_text)

        // JavaScript
        import OpenAI from "openai";

        const client = new OpenAI({
          baseURL: "http://127.0.0.1:8787/v1",
          apiKey: process.env.JACKFIELD_TOKEN,
        });
        const response = await client.responses.create({ model: "gpt-5", input: "Hello" });
        console.log(response.output_text);

        """)
  }

  @Test func `of OpenClaw are a provider with its models, and the one to take`() {
    #expect(
      snippet.text(for: .openclaw) == """
        {
          "agents": { "defaults": { "model": { "primary": "jackfield/gpt-5" } } },
          "models": {
            "providers": {
              "jackfield": {
                "baseUrl": "http://127.0.0.1:8787/v1",
                "apiKey": "${JACKFIELD_TOKEN}",
                "api": "openai-responses",
                "models": [
                  { "id": "gpt-5", "name": "gpt-5" },
                  { "id": "fast", "name": "fast" }
                ]
              }
            }
          }
        }

        """)
  }

  @Test func `for a shell are variables, which refer to the token`() {
    #expect(
      snippet.text(for: .env) == """
        # JACKFIELD_TOKEN holds the gateway's token; set it first.
        export OPENAI_BASE_URL=http://127.0.0.1:8787/v1  # the OpenAI libraries
        export OPENAI_API_KEY="$JACKFIELD_TOKEN"  # the OpenAI libraries and most tools
        export OPENAI_API_BASE=http://127.0.0.1:8787/v1  # aider, LiteLLM, LangChain
        export OPENAI_API_BASE_URL=http://127.0.0.1:8787/v1  # Open WebUI
        export OPENAI_HOST=http://127.0.0.1:8787  # goose

        """)
  }

  @Test func `quote what a language would read otherwise`() throws {
    let odd = ClientSnippet(
      address: GatewayAddress(host: "::1", port: 8787), model: "a\"\\\u{7F}\n", models: ["fast"])
    #expect(odd.text(for: .codex).contains(#"model = "a\"\\\u007f\n""# + "\n"))
    #expect(odd.text(for: .openclaw).contains(#""primary": "jackfield/a\"\\"# + "\u{7F}" + #"\n""#))
    #expect(odd.text(for: .openclaw).contains(#"{ "id": "fast", "name": "fast" }"#))
    #expect(odd.text(for: .env).contains("OPENAI_BASE_URL='http://[::1]:8787/v1'"))
    #expect(Quoted.shell("it's $HOME") == #"'it'\''s $HOME'"#)
    #expect(Quoted.shell("") == "''")
  }

  @Test func `list the model that was named among the others once`() {
    #expect(snippet.models == ["gpt-5", "fast"])
    #expect(
      ClientSnippet(
        address: GatewayAddress(host: "127.0.0.1", port: 8787), model: "m", models: ["a"]
      ).models == ["m", "a"])
  }
}
