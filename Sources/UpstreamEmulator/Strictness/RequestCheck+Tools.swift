extension RequestCheck {
  func checkTools(_ body: JSON) throws(Refusal) {
    try checkImageTool(body)
    if strictness.has(.refuseEmptyTools), body["tools"] == .array([]) {
      throw .invalid(
        "Invalid 'tools': empty array. Expected an array with minimum length 1, but got an empty "
          + "array instead.", param: "tools", code: "empty_array")
    }
    let names = (body["tools"]?.items ?? []).compactMap { $0["name"]?.text }
    switch body["tool_choice"] {
    case .string("required") where body["tools"]?.items.isEmpty ?? true:
      throw .invalid(
        "Tool choice 'required' must be specified with 'tools' parameter.", param: "tool_choice")
    case .object(let members)?:
      let choice = JSON.object(members)
      guard let name = choice["name"]?.text, choice["type"] != "mcp", !names.contains(name) else {
        return
      }
      throw .invalid(
        "Tool choice '\(name)' not found in 'tools' parameter.", param: "tool_choice")
    default: return
    }
  }

  // Source: the documentation of a resource: images are made by a deployment of their own, and are not
  // streamed in part. The words are ours.
  private func checkImageTool(_ body: JSON) throws(Refusal) {
    let tools = body["tools"]?.items ?? []
    guard strictness.limitsFilesAndImages,
      let index = tools.firstIndex(where: { $0["type"] == "image_generation" })
    else { return }
    guard setting.namesImageDeployment else {
      throw .invalid(
        "The header 'x-ms-oai-image-generation-deployment' is required for image generation.",
        param: "tools[\(index)]")
    }
    if body["stream"]?.truth == true, tools[index]["partial_images"] != nil {
      throw .unsupportedParameter("tools[\(index)].partial_images", of: upstream)
    }
  }
}
