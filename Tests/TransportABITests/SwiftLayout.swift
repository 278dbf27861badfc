import CTransportABI

/// A struct of the contract as Swift imports it.
struct SwiftLayout: Equatable {
  /// A field and where it lies.
  struct Field: Equatable {
    let name: String
    let offset: Int
  }

  let tag: String
  let size: Int
  let alignment: Int
  let fields: [Field]

  init(tag: String, size: Int, alignment: Int, fields: [Field]) {
    self.tag = tag
    self.size = size
    self.alignment = alignment
    self.fields = fields
  }

  private init<T>(_ tag: String, _ type: T.Type, _ fields: KeyValuePairs<String, PartialKeyPath<T>>)
  {
    self.init(
      tag: tag, size: MemoryLayout<T>.size, alignment: MemoryLayout<T>.alignment,
      fields: fields.map { Field(name: $0.key, offset: MemoryLayout<T>.offset(of: $0.value) ?? -1) }
    )
  }

  /// Every struct, in the order of the recorded layout.
  static let all: [SwiftLayout] = [
    unsafe SwiftLayout(
      "jf_effect_result_1", jf_effect_result_1.self,
      [
        "struct_size": \.struct_size,
        "status": \.status,
        "headers": \.headers,
        "header_count": \.header_count,
        "body": \.body,
        "credential": \.credential,
        "problem": \.problem,
      ]),
    unsafe SwiftLayout(
      "jf_auth_facts_sink_1", jf_auth_facts_sink_1.self,
      [
        "struct_size": \.struct_size,
        "reserved": \.reserved,
        "context": \.context,
        "scope": \.scope,
        "refresh_before": \.refresh_before,
        "fail": \.fail,
      ]),
    unsafe SwiftLayout(
      "jf_auth_sink_1", jf_auth_sink_1.self,
      [
        "struct_size": \.struct_size,
        "reserved": \.reserved,
        "context": \.context,
        "effect": \.effect,
        "exchange": \.exchange,
        "body_credential": \.body_credential,
        "source": \.source,
        "token": \.token,
        "fail": \.fail,
      ]),
    unsafe SwiftLayout(
      "jf_auth_1", jf_auth_1.self,
      [
        "struct_size": \.struct_size,
        "reserved": \.reserved,
        "describe": \.describe,
        "begin": \.begin,
        "step": \.step,
        "end": \.end,
      ]),
    unsafe SwiftLayout(
      "jf_entry_1", jf_entry_1.self,
      [
        "magic": \.magic,
        "struct_size": \.struct_size,
        "minor": \.minor,
        "flags": \.flags,
        "id": \.id,
        "version": \.version,
        "toolchain": \.toolchain,
        "manifest_json": \.manifest_json,
        "get_interface": \.get_interface,
      ]),
    unsafe SwiftLayout(
      "jf_param_set_1", jf_param_set_1.self,
      [
        "name": \.name,
        "value": \.value,
      ]),
    unsafe SwiftLayout(
      "jf_param_clamp_1", jf_param_clamp_1.self,
      [
        "name": \.name,
        "minimum": \.minimum,
        "maximum": \.maximum,
      ]),
    unsafe SwiftLayout(
      "jf_request_1", jf_request_1.self,
      [
        "struct_size": \.struct_size,
        "attempt": \.attempt,
        "operation": \.operation,
        "model": \.model,
        "response_id": \.response_id,
        "query": \.query,
        "query_count": \.query_count,
        "body": \.body,
        "members": \.members,
        "member_count": \.member_count,
        "stream": \.stream,
        "reserved": \.reserved,
        "credential": \.credential,
        "sets": \.sets,
        "set_count": \.set_count,
        "removes": \.removes,
        "remove_count": \.remove_count,
        "clamps": \.clamps,
        "clamp_count": \.clamp_count,
        "capabilities": \.capabilities,
        "target": \.target,
        "amendments": \.amendments,
        "amendment_count": \.amendment_count,
      ]),
    unsafe SwiftLayout(
      "jf_exchange_sink_1", jf_exchange_sink_1.self,
      [
        "struct_size": \.struct_size,
        "reserved": \.reserved,
        "context": \.context,
        "method": \.method,
        "url": \.url,
        "header": \.header,
        "header_credential": \.header_credential,
        "body_literal": \.body_literal,
        "body_input": \.body_input,
        "edit": \.edit,
        "warn": \.warn,
        "fail": \.fail,
      ]),
    unsafe SwiftLayout(
      "jf_response_1", jf_response_1.self,
      [
        "struct_size": \.struct_size,
        "status": \.status,
        "headers": \.headers,
        "header_count": \.header_count,
        "body": \.body,
        "operation": \.operation,
        "model": \.model,
        "response_id": \.response_id,
      ]),
    unsafe SwiftLayout(
      "jf_head_sink_1", jf_head_sink_1.self,
      [
        "struct_size": \.struct_size,
        "reserved": \.reserved,
        "context": \.context,
        "framing": \.framing,
        "served_model": \.served_model,
        "rate_limit": \.rate_limit,
        "fail": \.fail,
      ]),
    unsafe SwiftLayout(
      "jf_event_sink_1", jf_event_sink_1.self,
      [
        "struct_size": \.struct_size,
        "reserved": \.reserved,
        "context": \.context,
        "forward": \.forward,
        "emit": \.emit,
        "fail": \.fail,
      ]),
    unsafe SwiftLayout(
      "jf_failure_1", jf_failure_1.self,
      [
        "struct_size": \.struct_size,
        "code": \.code,
        "scope": \.scope,
        "retry": \.retry,
        "message": \.message,
        "pointer": \.pointer,
        "upstream_code": \.upstream_code,
        "retry_after_ms": \.retry_after_ms,
        "amendment": \.amendment,
        "setting": \.setting,
        "suggestion": \.suggestion,
        "token_scope": \.token_scope,
        "state_id": \.state_id,
        "lasting": \.lasting,
        "reserved": \.reserved,
      ]),
    unsafe SwiftLayout(
      "jf_failure_sink_1", jf_failure_sink_1.self,
      [
        "struct_size": \.struct_size,
        "reserved": \.reserved,
        "context": \.context,
        "fail": \.fail,
      ]),
    unsafe SwiftLayout(
      "jf_host_1", jf_host_1.self,
      [
        "struct_size": \.struct_size,
        "reserved": \.reserved,
        "context": \.context,
        "log": \.log,
        "unix_time_ms": \.unix_time_ms,
        "random": \.random,
        "get_extension": \.get_extension,
      ]),
    unsafe SwiftLayout(
      "jf_json_1", jf_json_1.self,
      [
        "struct_size": \.struct_size,
        "reserved": \.reserved,
        "find": \.find,
        "next": \.next,
        "unescape": \.unescape,
      ]),
    unsafe SwiftLayout(
      "jf_probe_sink_1", jf_probe_sink_1.self,
      [
        "struct_size": \.struct_size,
        "reserved": \.reserved,
        "context": \.context,
        "alternative": \.alternative,
      ]),
    unsafe SwiftLayout(
      "jf_probe_1", jf_probe_1.self,
      [
        "struct_size": \.struct_size,
        "reserved": \.reserved,
        "alternatives": \.alternatives,
      ]),
    unsafe SwiftLayout(
      "jf_sample_1", jf_sample_1.self,
      [
        "struct_size": \.struct_size,
        "bearer": \.bearer,
        "method": \.method,
        "url": \.url,
        "header_names": \.header_names,
        "header_count": \.header_count,
        "body": \.body,
      ]),
    unsafe SwiftLayout(
      "jf_recognize_sink_1", jf_recognize_sink_1.self,
      [
        "struct_size": \.struct_size,
        "reserved": \.reserved,
        "context": \.context,
        "confidence": \.confidence,
        "base_url": \.base_url,
        "option": \.option,
        "auth": \.auth,
        "model": \.model,
        "variable": \.variable,
        "operation": \.operation,
      ]),
    unsafe SwiftLayout(
      "jf_settings_1", jf_settings_1.self,
      [
        "struct_size": \.struct_size,
        "allow_http": \.allow_http,
        "provider": \.provider,
        "base_url": \.base_url,
        "options": \.options,
        "auth": \.auth,
        "auth_header": \.auth_header,
        "state": \.state,
        "unsupported": \.unsupported,
      ]),
    unsafe SwiftLayout(
      "jf_settings_sink_1", jf_settings_sink_1.self,
      [
        "struct_size": \.struct_size,
        "reserved": \.reserved,
        "context": \.context,
        "fail": \.fail,
        "warn": \.warn,
      ]),
    unsafe SwiftLayout(
      "jf_describe_sink_1", jf_describe_sink_1.self,
      [
        "struct_size": \.struct_size,
        "reserved": \.reserved,
        "context": \.context,
        "endpoint": \.endpoint,
        "allowed_host": \.allowed_host,
        "credential_header": \.credential_header,
        "request_id_header": \.request_id_header,
        "state_boundary": \.state_boundary,
        "state_lag": \.state_lag,
      ]),
    unsafe SwiftLayout(
      "jf_rule_1", jf_rule_1.self,
      [
        "id": \.id,
        "reason": \.reason,
        "link": \.link,
      ]),
    unsafe SwiftLayout(
      "jf_transport_1", jf_transport_1.self,
      [
        "struct_size": \.struct_size,
        "rule_count": \.rule_count,
        "rules": \.rules,
        "create": \.create,
        "destroy": \.destroy,
        "describe": \.describe,
        "recognize": \.recognize,
        "prepare": \.prepare,
        "on_head": \.on_head,
        "on_frame": \.on_frame,
        "on_end": \.on_end,
        "classify": \.classify,
        "exchange_destroy": \.exchange_destroy,
      ]),
    unsafe SwiftLayout(
      "jf_borrowed_text_1", jf_borrowed_text_1.self,
      [
        "ptr": \.ptr,
        "len": \.len,
      ]),
    unsafe SwiftLayout(
      "jf_borrowed_bytes_1", jf_borrowed_bytes_1.self,
      [
        "ptr": \.ptr,
        "len": \.len,
      ]),
    unsafe SwiftLayout(
      "jf_borrowed_pair_1", jf_borrowed_pair_1.self,
      [
        "name": \.name,
        "value": \.value,
      ]),
    SwiftLayout(
      "jf_range_1", jf_range_1.self,
      [
        "offset": \.offset,
        "length": \.length,
      ]),
    SwiftLayout(
      "jf_member_1", jf_member_1.self,
      [
        "key": \.key,
        "value": \.value,
      ]),
  ]
}
