import Testing

@testable import Routing

/// The table of ``FailureCause``, written down a second time.
@Suite struct `What a cause leads to` {
  struct Row: Sendable, CustomTestStringConvertible {
    let cause: FailureCause
    /// Whether another target is asked, by what is blamed: the request, or more.
    let moves: (request: Bool, more: Bool)
    let cools: Bool
    let fallback: FallbackCause?

    var testDescription: String { "\(cause)" }
  }

  static let rows = [
    Row(cause: .connect, moves: (true, true), cools: true, fallback: .any),
    Row(cause: .firstEvent, moves: (true, true), cools: true, fallback: .any),
    Row(cause: .idle, moves: (true, true), cools: true, fallback: .any),
    Row(cause: .attempt, moves: (true, true), cools: true, fallback: .any),
    Row(cause: .stream, moves: (true, true), cools: true, fallback: .any),
    Row(cause: .rateLimit, moves: (true, true), cools: true, fallback: .any),
    Row(cause: .quota, moves: (true, true), cools: true, fallback: .any),
    Row(cause: .overload, moves: (true, true), cools: true, fallback: .any),
    Row(cause: .upstream, moves: (true, true), cools: true, fallback: .any),
    Row(cause: .credential, moves: (true, true), cools: true, fallback: .any),
    Row(cause: .missing, moves: (false, true), cools: true, fallback: .any),
    Row(cause: .unusable, moves: (true, true), cools: false, fallback: .any),
    Row(cause: .request, moves: (false, true), cools: false, fallback: .any),
    Row(cause: .contextWindow, moves: (false, false), cools: false, fallback: .contextWindow),
    Row(cause: .contentFilter, moves: (false, false), cools: false, fallback: .contentFilter),
    Row(cause: .state, moves: (false, false), cools: false, fallback: nil),
    Row(cause: .cancelled, moves: (false, false), cools: false, fallback: nil),
    Row(cause: .deadline, moves: (false, false), cools: false, fallback: nil),
    Row(cause: .defect, moves: (false, false), cools: false, fallback: nil),
  ]

  @Test func `is told of every cause`() {
    #expect(Self.rows.map(\.cause) == FailureCause.allCases)
  }

  @Test(arguments: rows) func `is who is asked next`(row: Row) {
    #expect(row.cause.mayMove(blaming: .request) == row.moves.request)
    for scope in FailureScope.allCases.dropFirst() {
      #expect(row.cause.mayMove(blaming: scope) == row.moves.more)
    }
    #expect(row.cause.fallback == row.fallback)
    #expect(row.cause.cools == row.cools)
  }

  /// One target that fails, another one of the plan, a default fallback, and one for each cause.
  @Test(arguments: rows) func `is what a call does`(row: Row) {
    for scope in FailureScope.allCases {
      let stage = Stage()
      let plan = stage.plan("m", [stage.target("a"), stage.target("b")]) {
        ($0.any, $0.contextWindow, $0.contentFilter) = (["d"], ["c"], ["f"])
      }
      for model in ["c", "d", "f"] { stage.plan(model, [stage.target(model)]) }
      let call = stage.call(to: plan) { $0.maxRetries = 0 }
      #expect(call.start() == .asks("a", .strategy(.priority)))
      let next = call.fails(row.cause, scope)
      let moves = scope == .request ? row.moves.request : row.moves.more
      switch row.fallback {
      case .contextWindow: #expect(next == .asks("c", .fallback(of: "m", .contextWindow)))
      case .contentFilter: #expect(next == .asks("f", .fallback(of: "m", .contentFilter)))
      case .any where moves:
        #expect(next == .asks("b", .next))
        #expect(call.fails(row.cause, scope) == .asks("d", .fallback(of: "m", .any)))
      case .any, nil: #expect(next == .ends(.failed(.asReported)))
      }
    }
  }

  @Test(arguments: rows) func `is what is left alone`(row: Row) {
    for scope in FailureScope.allCases {
      let stage = Stage()
      let plan = stage.plan("m", [stage.target("a", of: "p", cooldown: { $0.failures = 1 })])
      let neighbours = stage.plan("n", [stage.target("a2", of: "p"), stage.target("b", of: "q")])
      let call = stage.call(to: plan) { $0.maxRetries = 0 }
      _ = (call.start(), call.fails(row.cause, scope))
      let isCooled = row.cools && scope != .request
      let standing = Router.Standing.cooling(scope, remaining: .seconds(30), isStated: false)
      #expect(stage.standings(plan)["a"] == (isCooled ? standing : .free))
      let isShared = isCooled && scope > .model
      #expect(stage.standings(neighbours)["a2"] == (isShared ? standing : .free))
      #expect(stage.standings(neighbours)["b"] == .free)
      #expect(stage.router.takeTransitions().count == (isCooled ? 1 : 0))
    }
  }
}
