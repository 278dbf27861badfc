import Testing

@testable import Routing

@Suite struct `A call whose model cannot serve it` {
  private let stage = Stage()

  /// A model of one target that has its name.
  @discardableResult
  private func model(
    _ name: String, any: [String] = [], contextWindow: [String] = [],
    contentFilter: [String] = [], isUsable: Bool = true
  ) -> RoutePlan {
    stage.plan(name, [stage.target(name, isUsable: isUsable)]) {
      ($0.any, $0.contextWindow, $0.contentFilter) = (any, contextWindow, contentFilter)
    }
  }

  /// Who is asked when each fails so.
  private func visits(
    _ plan: RoutePlan, _ cause: FailureCause, allowsFallbacks: Bool = true
  ) -> [String] {
    let call = stage.call(to: plan) { ($0.maxRetries, $0.allowsFallbacks) = (0, allowsFallbacks) }
    var names: [String] = []
    var action = call.start()
    while case .asks(let name, _) = action, names.count < 20 {
      names.append(name)
      action = call.fails(cause, .endpoint, status: 400)
    }
    #expect(action == .ends(.failed(.asReported)))
    return names
  }

  @Test(
    arguments: [
      (.upstream, ["m", "d", "e"]), (.quota, ["m", "d", "e"]), (.request, ["m", "d", "e"]),
      (.contextWindow, ["m", "c"]), (.contentFilter, ["m", "f", "g"]), (.state, ["m"]),
    ] as [(FailureCause, [String])])
  func `asks those that are listed for the cause, in their order`(
    cause: FailureCause, names: [String]
  ) {
    for name in ["c", "d", "e", "f", "g"] { model(name) }
    let plan = model("m", any: ["d", "e"], contextWindow: ["c"], contentFilter: ["f", "g"])
    #expect(visits(plan, cause) == names)
  }

  @Test func `asks nobody else where it must not, or nobody is listed or known`() {
    model("d")
    #expect(visits(model("m", any: ["d"]), .upstream, allowsFallbacks: false) == ["m"])
    #expect(visits(model("m", any: ["unknown"]), .upstream) == ["m"])
    #expect(visits(model("m", any: ["unknown", "d"]), .upstream) == ["m", "d"])
    #expect(visits(model("m"), .upstream) == ["m"])
  }

  @Test func `follows a chain, and comes back to what is left`() {
    model("b", any: ["d"])
    model("c")
    model("d")
    #expect(visits(model("m", any: ["b", "c"]), .upstream) == ["m", "b", "d", "c"])
  }

  @Test func `visits each model once, whatever the cycle`() {
    model("a", any: ["b", "m", "a"])
    model("b", any: ["a", "m"], contextWindow: ["m"])
    #expect(visits(model("m", any: ["m", "a"]), .upstream) == ["m", "a", "b"])
    #expect(visits(model("m", contextWindow: ["b"]), .contextWindow) == ["m", "b"])
  }

  @Test func `visits a model once that has several names`() {
    let plan = model("m", any: ["alias", "b"])
    model("b")
    let models = stage.models
    var machine = CallMachine(plan, began: stage.now) { $0 == "alias" ? plan : models[$0] }
    guard case .send = machine.start(router: &stage.router, at: stage.now, random: &stage.random),
      case .send(let step) = machine.failed(
        CallFailure(.missing, blaming: .model), router: &stage.router, at: stage.now,
        random: &stage.random)
    else {
      Issue.record("nobody else was asked")
      return
    }
    #expect(step.plan.model == "b")
  }

  @Test func `says what led to each`() {
    model("b", any: ["d"])
    model("d")
    let call = stage.call(to: model("m", any: ["b"])) { $0.maxRetries = 0 }
    #expect(call.start() == .asks("m", .only))
    #expect(call.fails(.overload) == .asks("b", .fallback(of: "m", .any)))
    #expect(call.fails(.overload) == .asks("d", .fallback(of: "b", .any)))
  }

  @Test func `goes on with the default of a model with a longer window`() {
    model("long", any: ["longer"])
    model("longer")
    model("d")
    let call = stage.call(to: model("m", any: ["d"], contextWindow: ["long"])) { $0.maxRetries = 0 }
    _ = call.start()
    #expect(
      call.fails(.contextWindow, .request) == .asks("long", .fallback(of: "m", .contextWindow)))
    #expect(call.fails(.overload) == .asks("longer", .fallback(of: "long", .any)))
    #expect(call.fails(.overload) == .ends(.failed(.asReported)))
  }

  @Test func `asks no other target of a model whose window is too short`() {
    let plan = stage.plan("m", [stage.target("a"), stage.target("b")]) {
      $0.contextWindow = ["long"]
    }
    model("long")
    let call = stage.call(to: plan)
    _ = call.start()
    #expect(
      call.fails(.contextWindow, .request) == .asks("long", .fallback(of: "m", .contextWindow)))
    #expect(call.fails(.contextWindow, .request) == .ends(.failed(.asReported)))
  }

  @Test(arguments: [FailureCause.contextWindow, .contentFilter])
  func `goes on to what is left of a list where a fallback refuses what the first took`(
    cause: FailureCause
  ) {
    for name in ["e", "f", "own"] { model(name) }
    model("d", any: ["f"], contextWindow: ["own"])
    let call = stage.call(to: model("m", any: ["d", "e"], contentFilter: ["f"])) {
      $0.maxRetries = 0
    }
    _ = call.start()
    #expect(call.fails(.overload) == .asks("d", .fallback(of: "m", .any)))
    let next = call.fails(cause, .request)
    if cause == .contextWindow {
      #expect(next == .asks("own", .fallback(of: "d", .contextWindow)), "its own list comes first")
    } else {
      #expect(next == .asks("f", .fallback(of: "m", .contentFilter)), "then that of who sent it")
    }
    #expect(call.fails(cause, .request) == .asks("e", .fallback(of: "m", .any)))
    #expect(call.fails(cause, .request) == .ends(.failed(.asReported)))
  }

  @Test func `goes back to a target of the first where a fallback refuses it`() {
    let targets = [stage.target("a"), stage.target("b", limits: { $0.requestsPerMinute = 1 })]
    let plan = stage.plan("m", targets) { $0.any = ["d"] }
    model("d")
    #expect(stage.call(to: stage.plan("n", [targets[1]])).run() == "b")
    let call = stage.call(to: plan) { $0.maxRetries = 0 }
    _ = call.start()
    #expect(call.fails(.missing, .model) == .asks("d", .fallback(of: "m", .any)))
    stage.now += .seconds(61)
    #expect(call.fails(.contextWindow, .request) == .asks("b", .next))
  }

  @Test func `asks a fallback at once where all its targets are left alone, full or unusable`() {
    model("d")
    #expect(stage.call(to: model("m", any: ["d"], isUsable: false)).run() == "d")
    let full = stage.plan("full", [stage.target("a", limits: { $0.concurrency = 1 })]) {
      $0.any = ["d"]
    }
    _ = stage.call(to: full).start()
    #expect(stage.call(to: full).run() == "d")
    let cooling = stage.plan("cooling", [stage.target("c", cooldown: { $0.failures = 1 })]) {
      $0.any = ["d"]
    }
    #expect(stage.call(to: cooling).run() == "c")
    _ = visits(cooling, .upstream)
    #expect(stage.call(to: cooling).run() == "d")
  }

  @Test func `ends as unusable where nobody can be asked at all`() {
    #expect(stage.call(to: model("m", isUsable: false)).start() == .ends(.unusable))
    #expect(stage.call(to: stage.plan("none", [])).start() == .ends(.unusable))
  }
}
