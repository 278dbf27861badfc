/// Every member that is translated, and what is around it.
extension `A place of a translated request` {
  static let carried: [PlaceRow] =
    [
      "temperature", "top_p", "user", "safety_identifier", "prompt_cache_key",
      "prompt_cache_retention", "service_tier", "instructions", "previous_response_id", "new",
    ].flatMap {
      PlaceRow.rows(
        #""\#($0)":\#($0.hasPrefix("te") || $0 == "top_p" ? "1" : #""a""#)"#, "\($0) > \($0)")
    }
    + PlaceRow.rows(
      #"""
      "metadata":{"a.b":"c"},"moderation":{"model":"o"},"prompt_cache_options":{"ttl":"1m"},
      "stream":true,"stream_options":{"include_usage":true,"x":{"y":1}}
      """#,
      """
      model > model, metadata > metadata, metadata.a.b > metadata.a.b,
      moderation.model > moderation.model, prompt_cache_options.ttl > prompt_cache_options.ttl,
      stream > stream, stream_options > stream_options, stream_options.x.y > stream_options.x.y,
      stream_options.z > stream_options.z
      """
    )
    + PlaceRow.rows(
      #""store":true,"parallel_tool_calls":true"#,
      "store > store, parallel_tool_calls > parallel_tool_calls")

  static let madeUp: [PlaceRow] =
    PlaceRow.rows(
      #""functions":[{"name":"f"}]"#,
      "store > -, parallel_tool_calls > -, parallel_tool_calls.x > -")

  static let renamed: [PlaceRow] =
    PlaceRow.rows(#""max_tokens":5"#, "max_output_tokens > max_tokens")
    + PlaceRow.rows(#""max_output_tokens":5"#, "max_output_tokens > max_output_tokens")
    + PlaceRow.rows(#""max_completion_tokens":5"#, "max_output_tokens > max_completion_tokens")
    + PlaceRow.rows(
      #""max_output_tokens":5,"max_tokens":5,"max_completion_tokens":5"#,
      "max_output_tokens > max_completion_tokens")
    + PlaceRow.rows(
      #""reasoning_effort":"low""#,
      """
      reasoning.effort > reasoning_effort, reasoning > reasoning_effort,
      reasoning.summary > reasoning_effort
      """
    )
    + PlaceRow.rows(
      #""reasoning":{"summary":"auto"},"reasoning_effort":"low""#,
      """
      reasoning.effort > reasoning_effort, reasoning > reasoning,
      reasoning.summary > reasoning.summary, reasoning.x > reasoning.x
      """
    )
    + PlaceRow.rows(
      #""reasoning":{"summary":"auto"}"#,
      "reasoning.effort > reasoning_effort, reasoning.summary > reasoning.summary")
    + PlaceRow.rows(
      #""logprobs":true,"top_logprobs":30"#,
      "include > logprobs, include[0] > logprobs, top_logprobs > top_logprobs")
    + PlaceRow.rows(
      #""logprobs":true,"include":["message.output_text.logprobs","a"]"#,
      "include > include, include[0] > include[1], include[1] > logprobs, include[2] > include")
    + PlaceRow.rows(#""include":["a"]"#, "include[0] > include[0]")

  static let text: [PlaceRow] =
    PlaceRow.rows(#""verbosity":"low""#, "text.verbosity > verbosity, text > verbosity")
    + PlaceRow.rows(
      #""response_format":{"type":"json_object"}"#,
      """
      text > response_format, text.format > response_format,
      text.format.type > response_format.type, text.format.name > response_format.name
      """
    )
    + PlaceRow.rows(
      #"""
      "response_format":{"json_schema":{"strict":true,"schema":{"a":{"b":[1,2]}}},
      "type":"json_schema"},"verbosity":"low"
      """#,
      """
      text > -, text.x > -, text.format > response_format, text.format.type > response_format.type,
      text.format.name > response_format.json_schema.name,
      text.format.strict > response_format.json_schema.strict,
      text.format.schema > response_format.json_schema.schema,
      text.format.schema.a.b[1] > response_format.json_schema.schema.a.b[1],
      text.format.schema.a.b[2] > response_format.json_schema.schema.a.b,
      text.format.schema.a.c.d > response_format.json_schema.schema.a.c.d,
      text.verbosity > verbosity
      """
    )
    + PlaceRow.rows(
      #""text":{"verbosity":"low","x":1},"response_format":{"type":"text"}"#,
      """
      text > text, text.verbosity > text.verbosity, text.x > text.x, text.y > text.y,
      text.format > response_format
      """
    )

  static let tools: [PlaceRow] =
    PlaceRow.rows(
      #"""
      "tools":[{"type":"mcp","server_url":"u"},{"x":1,"type":"function","function":{"name":"f",
      "description":"d","strict":true,"parameters":{"type":"object","properties":{"a":{}}}}},
      {"type":"custom","custom":{"name":"c","format":{"type":"grammar","grammar":{"syntax":"lark",
      "definition":"x"}}}}],"functions":[{"name":"g"}],
      "web_search_options":{"search_context_size":"low","user_location":{"type":"approximate",
      "approximate":{"city":"Graz"}}}
      """#,
      """
      tools > tools, tools[0] > tools[0], tools[0].server_url > tools[0].server_url,
      tools[0].server_label > tools[0].server_label, tools[1] > tools[1],
      tools[1].type > tools[1].type, tools[1].x > tools[1].x,
      tools[1].name > tools[1].function.name, tools[1].description > tools[1].function.description,
      tools[1].strict > tools[1].function.strict,
      tools[1].parameters > tools[1].function.parameters,
      tools[1].parameters.properties.a > tools[1].function.parameters.properties.a,
      tools[1].parameters.required[0] > tools[1].function.parameters.required[0],
      tools[1].y > tools[1].function.y, tools[2] > tools[2], tools[2].type > tools[2].type,
      tools[2].name > tools[2].custom.name, tools[2].format > tools[2].custom.format,
      tools[2].format.type > tools[2].custom.format.type,
      tools[2].format.definition > tools[2].custom.format.grammar.definition,
      tools[2].format.z > tools[2].custom.format.grammar.z,
      tools[2].description > tools[2].custom.description, tools[3] > functions[0],
      tools[3].type > functions[0], tools[3].name > functions[0].name,
      tools[3].parameters > functions[0], tools[3].parameters.properties > functions[0],
      tools[3].parameters.required > functions[0], tools[3].strict > functions[0],
      tools[3].description > functions[0].description, tools[4] > web_search_options,
      tools[4].type > web_search_options,
      tools[4].search_context_size > web_search_options.search_context_size,
      tools[4].user_location > web_search_options.user_location,
      tools[4].user_location.type > web_search_options.user_location.type,
      tools[4].user_location.city > web_search_options.user_location.approximate.city,
      tools[4].user_location.country > web_search_options.user_location.approximate.country,
      tools[4].filters > web_search_options.filters, tools[5] > tools
      """
    )
    + PlaceRow.rows(
      #""functions":[{"name":"g"}]"#, "tools > functions, tools[0].name > functions[0].name")
    + PlaceRow.rows(
      #""web_search_options":{"user_location":{"country":"AT"}}"#,
      """
      tools > web_search_options,
      tools[0].user_location.country > web_search_options.user_location.country,
      tools[0].user_location.city > web_search_options.user_location.city
      """
    )
    + PlaceRow.rows(
      #""functions":[{"name":"g"}],"web_search_options":{}"#,
      "tools > -, tools[0] > functions[0], tools[1] > web_search_options, tools[2] > -")
    + PlaceRow.rows(
      #""tools":[{"type":"custom","custom":{"name":"c","format":{"type":"text"}}}]"#,
      """
      tools[0].format > tools[0].custom.format, tools[0].format.type > tools[0].custom.format.type
      """)

  static let choices: [PlaceRow] =
    PlaceRow.rows(
      #""tool_choice":"none""#, "tool_choice > tool_choice, tool_choice.name > tool_choice")
    + PlaceRow.rows(
      #""tool_choice":{"type":"function","x":1,"function":{"name":"f"}}"#,
      """
      tool_choice > tool_choice, tool_choice.type > tool_choice.type,
      tool_choice.name > tool_choice.function.name, tool_choice.x > tool_choice.x
      """
    )
    + PlaceRow.rows(
      #""tool_choice":{"type":"custom","custom":{"name":"c"}}"#,
      "tool_choice.name > tool_choice.custom.name, tool_choice.x > tool_choice.custom.x")
    + PlaceRow.rows(
      #""tool_choice":{"type":"mcp","server_label":"s"}"#,
      "tool_choice.server_label > tool_choice.server_label")
    + PlaceRow.rows(
      #"""
      "tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto",
      "tools":[{"type":"function","function":{"name":"f"}},{"type":"mcp"}]}}
      """#,
      """
      tool_choice > tool_choice, tool_choice.type > tool_choice.type,
      tool_choice.mode > tool_choice.allowed_tools.mode,
      tool_choice.tools > tool_choice.allowed_tools.tools,
      tool_choice.tools[0] > tool_choice.allowed_tools.tools[0],
      tool_choice.tools[0].name > tool_choice.allowed_tools.tools[0].function.name,
      tool_choice.tools[0].type > tool_choice.allowed_tools.tools[0].type,
      tool_choice.tools[1].type > tool_choice.allowed_tools.tools[1].type,
      tool_choice.x > tool_choice.allowed_tools.x
      """
    )
    + PlaceRow.rows(
      #""function_call":{"name":"f"}"#,
      """
      tool_choice > function_call, tool_choice.type > function_call,
      tool_choice.name > function_call.name,
      tool_choice.x > function_call.x
      """)
    + PlaceRow.rows(#""function_call":"auto""#, "tool_choice > function_call")

  static let messages: [PlaceRow] =
    PlaceRow.rows(
      #"""
      "messages":[{"role":"system","content":"s"},{"role":"developer","type":"message",
      "content":[{"type":"text","text":"d"}]},{"role":"user","x":1,"content":[{"type":"text",
      "text":"t"},{"type":"image_url","image_url":{"url":"u","detail":"low"}},
      {"image_url":{"url":"u"},"type":"image_url"},{"type":"file","file":{"file_id":"f"}},
      {"type":"video","v":[1]}]}]
      """#,
      """
      input > messages, input[0] > messages[0], input[0].type > messages[0],
      input[0].role > messages[0].role, input[0].content > messages[0].content,
      input[0].content[0] > messages[0].content, input[0].content[0].text > messages[0].content,
      input[1].type > messages[1].type, input[1].content[0].text > messages[1].content[0].text,
      input[2].x > messages[2].x, input[2].y > messages[2].y,
      input[2].content > messages[2].content,
      input[2].content[0].type > messages[2].content[0].type,
      input[2].content[1] > messages[2].content[1],
      input[2].content[1].type > messages[2].content[1].type,
      input[2].content[1].image_url > messages[2].content[1].image_url.url,
      input[2].content[1].detail > messages[2].content[1].image_url.detail,
      input[2].content[2].detail > messages[2].content[2],
      input[2].content[2].file_id > messages[2].content[2].image_url.file_id,
      input[2].content[3].type > messages[2].content[3].type,
      input[2].content[3].file_id > messages[2].content[3].file.file_id,
      input[2].content[3].filename > messages[2].content[3].file.filename,
      input[2].content[4].v[0] > messages[2].content[4].v[0],
      input[2].content[5] > messages[2].content, input[3] > messages, input[3].type > messages
      """
    )
    + PlaceRow.rows(
      #"""
      "messages":[{"role":"assistant","content":"a","refusal":"r","tool_calls":[{"id":"1",
      "type":"function","function":{"name":"f","arguments":"{}"}},{"custom":{"name":"c",
      "input":"i"},"type":"custom","id":"2"}]},{"role":"assistant","content":null,
      "tool_calls":[{"id":"3","function":{"name":"f","arguments":"{}"}}]},{"role":"tool",
      "tool_call_id":"1","content":"o"},{"role":"tool","tool_call_id":"2",
      "content":[{"type":"text","text":"p"}]},{"role":"user","content":"u"}]
      """#,
      """
      input[0] > messages[0], input[0].role > messages[0].role,
      input[0].content > messages[0].content, input[0].content[0] > messages[0].content,
      input[0].content[0].type > messages[0].content,
      input[0].content[0].text > messages[0].content, input[0].content[1] > messages[0].refusal,
      input[0].content[1].refusal > messages[0].refusal, input[1] > messages[0].tool_calls[0],
      input[1].type > messages[0].tool_calls[0].type,
      input[1].call_id > messages[0].tool_calls[0].id,
      input[1].name > messages[0].tool_calls[0].function.name,
      input[1].arguments > messages[0].tool_calls[0].function.arguments,
      input[1].x > messages[0].tool_calls[0].function.x,
      input[2].input > messages[0].tool_calls[1].custom.input,
      input[2].name > messages[0].tool_calls[1].custom.name,
      input[2].type > messages[0].tool_calls[1].type, input[3] > messages[1].tool_calls[0],
      input[3].type > messages[1].tool_calls[0], input[3].call_id > messages[1].tool_calls[0].id,
      input[4] > messages[2], input[4].type > messages[2],
      input[4].call_id > messages[2].tool_call_id, input[4].output > messages[2].content,
      input[5].output[0] > messages[3].content[0],
      input[5].output[0].text > messages[3].content[0].text,
      input[6].content > messages[4].content
      """
    )
    + PlaceRow.rows(
      #"""
      "messages":[{"role":"assistant","refusal":"r"},{"role":"assistant","content":[{"type":"text",
      "text":"t"},{"type":"refusal","refusal":"q"}],"refusal":"r"}]
      """#,
      """
      input[0] > messages[0], input[0].content > messages[0].refusal,
      input[0].content[0] > messages[0].refusal, input[1].content > messages[1].content,
      input[1].content[0].text > messages[1].content[0].text,
      input[1].content[1].refusal > messages[1].content[1].refusal,
      input[1].content[1].type > messages[1].content[1].type,
      input[1].content[2] > messages[1].refusal
      """
    )
    + PlaceRow.rows(
      #"""
      "messages":[{"role":"user","content":"u"},{"role":"assistant","content":"a",
      "function_call":{"name":"f","arguments":"{}"}},{"role":"function","name":"f","content":"o"}]
      """#,
      """
      input[2] > messages[1].function_call, input[2].type > messages[1].function_call,
      input[2].call_id > messages[1].function_call, input[2].name > messages[1].function_call.name,
      input[2].arguments > messages[1].function_call.arguments, input[3] > messages[2],
      input[3].call_id > messages[2].name, input[3].x > messages[2].x,
      input[2].x > messages[1].function_call.x, input[3].output > messages[2].content
      """
    )

  /// What is in neither request.
  static let absent: [PlaceRow] =
    PlaceRow.rows(
      #""verbosity":"low""#,
      """
      max_output_tokens > max_completion_tokens, text.format > response_format,
      text.format.schema.a > response_format, reasoning.effort > reasoning_effort,
      reasoning.summary > reasoning.summary, text.formats > verbosity, temperature > temperature,
      prompt > prompt, tools[0].name > tools[0].name, messages[0] > messages[0],
      Not a place. > Not a place.
      """
    )
    + PlaceRow.rows(#""user":"u""#, "text.verbosity > verbosity, text > text")
}
