#if Gateway

import Tracing

extension ServedCall {
  /// Puts all that is known onto the span, and names it after what was asked.
  func describe(on span: any Span) {
    if let operation {
      span.operationName = requestedModel.map { "\(operation) \($0)" } ?? operation
    }
    span.updateAttributes { attributes in
      set(&attributes, GenAI.method, method)
      set(&attributes, GenAI.route, endpoint)
      if status > 0 { attributes[GenAI.status] = status }
      attributes[GenAI.requestSize] = requestBytes
      attributes[GenAI.responseSize] = responseBytes
      set(&attributes, GenAI.gatewayRequestID, requestID)
      set(&attributes, GenAI.gatewayClient, client)
      describeModel(in: &attributes)
      set(&attributes, GenAI.errorType, isFailed ? outcome : nil)
      set(&attributes, GenAI.gatewayFault, fault)
    }
    guard isFailed else { return span.setStatus(SpanStatus(code: .ok)) }
    span.setStatus(SpanStatus(code: .error, message: errorMessage))
  }

  private func describeModel(in attributes: inout SpanAttributes) {
    set(&attributes, GenAI.operation, operation)
    set(&attributes, GenAI.provider, providerKind ?? provider)
    set(&attributes, GenAI.gatewayProvider, provider)
    set(&attributes, GenAI.gatewayTarget, target)
    set(&attributes, GenAI.requestModel, requestedModel)
    set(&attributes, GenAI.responseModel, servedModel)
    set(&attributes, GenAI.responseID, responseID)
    if let finishReason { attributes[GenAI.finishReasons] = [finishReason] }
    if let firstEvent { attributes[GenAI.firstChunk] = Double(firstEvent.nanoseconds) / 1e9 }
    if let inputTokens { attributes[GenAI.inputTokens] = inputTokens }
    if let cachedTokens { attributes[GenAI.cachedTokens] = cachedTokens }
    if let outputTokens { attributes[GenAI.outputTokens] = outputTokens }
    if let reasoningTokens { attributes[GenAI.reasoningTokens] = reasoningTokens }
    guard !attempts.isEmpty else { return }
    attributes[GenAI.gatewayAttempts] = attempts.count
    attributes[GenAI.gatewayRetries] = retries
  }

  private func set(_ attributes: inout SpanAttributes, _ name: String, _ value: String?) {
    if let value { attributes[name] = value }
  }
}

#endif
