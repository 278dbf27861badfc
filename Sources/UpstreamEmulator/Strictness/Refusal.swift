/// A request that the upstream does not take, with its status and body.
struct Refusal: Error, Hashable {
  let status: Int
  let body: JSON
  /// The error code for the header that repeats it, where the gateway and not the model refuses.
  var gatewayCode: String?
}

extension Refusal {
  /// The shape of the model layer, the same behind all three.
  static func invalid(
    _ message: String, param: String? = nil, code: String? = nil, status: Int = 400,
    type: String = "invalid_request_error"
  ) -> Refusal {
    Refusal(
      status: status,
      body: [
        "error": [
          "message": .string(message), "type": .string(type), "param": .optional(param),
          "code": .optional(code),
        ]
      ])
  }

  /// The shape of Azure's gateway: a code and a message, and the code may be a number as text.
  static func gateway(_ status: Int, code: String, _ message: String) -> Refusal {
    Refusal(
      status: status, body: ["error": ["code": .string(code), "message": .string(message)]],
      gatewayCode: code)
  }

  /// The shape of the gateway's answer to a token: no wrapper at all.
  static func token(audience: String) -> Refusal {
    Refusal(
      status: 401,
      body: [
        "statusCode": 401,
        "message": .string(
          "Unauthorized. Access token is missing, invalid, audience is incorrect "
            + "(\(audience)), or have expired."),
      ])
  }

  /// The same without its code, as the model layer behind Azure often leaves it out.
  var withoutCode: Refusal {
    guard let error = body["error"], error["type"] != nil, error["code"] != nil else { return self }
    return Refusal(
      status: status, body: body.with("error", error.with("code", .null)), gatewayCode: gatewayCode)
  }

  /// The shape of the schema layer of a Foundry project, which names no place.
  static let schemaMismatch = Refusal(
    status: 400,
    body: [
      "error": [
        "message": "The provided data does not match the expected schema",
        "type": "invalid_request_error", "param": "/", "code": "invalid_payload",
        "details": [], "additionalInfo": [:],
      ]
    ])
}

extension Refusal {
  static func unknownParameter(_ path: String) -> Refusal {
    invalid("Unknown parameter: '\(path)'.", param: path, code: "unknown_parameter")
  }

  static func missingParameter(_ path: String) -> Refusal {
    invalid(
      "Missing required parameter: '\(path)'.", param: path, code: "missing_required_parameter")
  }

  static func wrongType(_ path: String, expected: String, got: String) -> Refusal {
    invalid(
      "Invalid type for '\(path)': expected \(expected), but got \(got) instead.",
      param: path, code: "invalid_type")
  }

  static func unsupportedValue(_ value: String, supported: [String], param: String) -> Refusal {
    invalid(
      "Invalid value: '\(value)'. Supported values are: \(enumeration(supported)).",
      param: param, code: "invalid_value")
  }

  /// The two behind Azure's gateway leave the code out.
  static func unsupportedParameter(_ path: String, of upstream: EmulatedUpstream) -> Refusal {
    invalid(
      "Unsupported parameter: '\(path)' is not supported with this model.",
      param: path, code: upstream.isAzure ? nil : "unsupported_parameter")
  }

  /// A value that is known, and that this model does not take.
  static func refusedValue(_ value: String, param: String, model: String) -> Refusal {
    invalid(
      "Unsupported value: '\(value)' is not supported with the '\(model)' model.",
      param: param, code: "unsupported_value")
  }

  static func chatOnly(_ model: String, of upstream: EmulatedUpstream) -> Refusal {
    guard upstream.isAzure else {
      return invalid(
        "The model '\(model)' cannot be used with the Responses API.", param: "model",
        code: "unsupported_model")
    }
    return gateway(
      400, code: "OperationNotSupported",
      "The responses operation does not work with the specified model, \(model). Please choose "
        + "different model and try again. You can learn more about which models can be used with "
        + "each operation here: https://go.microsoft.com/fwlink/?linkid=2197993.")
  }

  /// Source: the reports name the words; the rest of the body is that of the schema layer.
  static func notWithAgent(_ param: String) -> Refusal {
    invalid("Not allowed when agent is specified.", param: param, code: "invalid_payload")
  }

  static func enumeration(_ values: [String]) -> String {
    let quoted = values.map { "'\($0)'" }
    guard quoted.count > 2, let last = quoted.last else {
      return quoted.joined(separator: " and ")
    }
    return quoted.dropLast().joined(separator: ", ") + ", and " + last
  }
}

extension Refusal {
  static func itemNotFound(_ id: String, isNotPersisted: Bool) -> Refusal {
    let hint =
      isNotPersisted
      ? " Items are not persisted when `store` is set to false."
        + " Try again with `store` set to true, or remove this item from your input."
      : ""
    return invalid("Item with id '\(id)' not found.\(hint)", param: "input")
  }

  static func previousResponseNotFound(_ id: String, status: Int = 400) -> Refusal {
    invalid(
      "Previous response with id '\(id)' not found.", param: "previous_response_id",
      code: "previous_response_not_found", status: status)
  }

  static func responseNotFound(_ id: String) -> Refusal {
    invalid("Response with id '\(id)' not found.", status: 404)
  }

  static func noCall(forOutputOf call: String, callID: String) -> Refusal {
    invalid("No tool call found for \(call) output with call_id \(callID).", param: "input")
  }

  static func noOutput(forCall call: String, callID: String) -> Refusal {
    invalid("No tool output found for \(call) \(callID).", param: "input")
  }

  static func duplicateItem(_ id: String) -> Refusal {
    invalid(
      "Duplicate item found with id \(id). Remove duplicate items from your input and try again.",
      param: "input")
  }

  static func withoutFollowingItem(_ id: String) -> Refusal {
    invalid(
      "Item '\(id)' of type 'reasoning' was provided without its required following item.",
      param: "input")
  }

  static func withoutReasoning(_ id: String, type: String, reasoning: String) -> Refusal {
    invalid(
      "Item '\(id)' of type '\(type)' was provided without its required 'reasoning' item: "
        + "'\(reasoning)'.", param: "input")
  }

  static func foreignCiphertext(_ blob: String) -> Refusal {
    invalid(
      "The encrypted content \(blob.prefix(4))...\(blob.suffix(4)) could not be verified. "
        + "Reason: Encrypted content could not be decrypted or parsed.",
      code: "invalid_encrypted_content")
  }

  /// Source: the words that reports quote for a blob of another resource; they come without a code.
  static let blobOfAnotherResource = invalid(
    "The encrypted content could not be decrypted. It may have been created under a different Azure "
      + "OpenAI resource.", param: "input")

  static let conflictingReasoning = invalid(
    "Conflicting authenticated continuation identities.", param: "input", code: "invalid_value")
}
