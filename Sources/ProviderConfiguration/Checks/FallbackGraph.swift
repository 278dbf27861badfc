/// Which models lead to which by their fallbacks.
struct FallbackGraph {
  /// One fallback: whose it is, and the model that its name means.
  struct Edge {
    let from: Int
    let to: Int
    /// The name and its place.
    let name: Sourced<String>
  }

  /// A fallback that leads back to a model on the way to it.
  struct Cycle {
    let closing: Edge
    /// The models from that one on to the one whose fallback it is.
    let way: [Int]
  }

  private let edges: [[Edge]]
  /// Where on the way a model is; nil for one that is not on it.
  private var positions: [Int?]
  private var isDone: [Bool]
  /// The models on the way, each with the fallback that is looked at next.
  private var way: [(model: Int, next: Int)] = []
  private(set) var cycles: [Cycle] = []

  /// Finds the cycles of a table; without the closing fallbacks there is none.
  init(of table: ModelTable) {
    edges = table.models.enumerated().map { index, model in
      model.fallbacks.all.compactMap { name in
        table.index(of: name.value).map { Edge(from: index, to: $0, name: name) }
      }
    }
    positions = edges.map { _ in nil }
    isDone = edges.map { _ in false }
    for index in edges.indices { walk(from: index) }
  }

  /// Walks in the order of the file, so that the fallback that closes a cycle is the last of it; on a
  /// way of its own instead of the stack, which a long chain would exhaust.
  private mutating func walk(from index: Int) {
    enter(index)
    while let (model, next) = way.last {
      guard next < edges[model].count else {
        leave(model)
        continue
      }
      way[way.count - 1].next += 1
      let edge = edges[model][next]
      if let start = positions[edge.to] {
        cycles.append(Cycle(closing: edge, way: way[start...].map(\.model)))
      } else {
        enter(edge.to)
      }
    }
  }

  private mutating func enter(_ model: Int) {
    guard !isDone[model] else { return }
    positions[model] = way.count
    way.append((model, 0))
  }

  private mutating func leave(_ model: Int) {
    way.removeLast()
    positions[model] = nil
    isDone[model] = true
  }
}
