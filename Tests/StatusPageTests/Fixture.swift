import StatusPage

/// A half hour at a gateway, always the same.
enum Fixture {
  static let noon: Int64 = 1_780_315_200_000
  static let gateway = GatewayFacts(
    version: "0.4.0", started: noon - 187_440_000, generation: 7,
    configuration: "/etc/jackfield/providers.yaml", listening: ["127.0.0.1:8080", "[::1]:8080"])

  static let targets = [
    TargetStatus(
      provider: "east", target: "first", model: "gpt-5", state: .open, share: 0.7,
      source: "providers.yaml:11:9"),
    TargetStatus(
      provider: "west", target: "gpt-5-west", model: "gpt-5-west",
      state: .cooling(until: noon + 37_200),
      note: "3 failures in a row: overloaded (529)", share: 0.3, source: "providers.yaml:12:9"),
    TargetStatus(
      provider: "open", target: "gpt-5", model: "gpt-5", state: .busy,
      note: "600 requests a minute are used up for 12 s", source: "providers.yaml:13:9"),
    TargetStatus(
      provider: "local", target: "qwen3", model: "qwen3-32b-instruct-q6", state: .unusable,
      note: "the variable LOCAL_KEY is not set", source: "providers.yaml:15:24"),
  ]

  /// The board at noon, or that much later.
  static func board(seconds: Int64 = 0) -> StatusBoard {
    let begin = noon - 1_790_000
    let end = noon + seconds * 1000
    var board = StatusBoard(at: begin)
    var random = Numbers()
    var events: [Event] = []
    var time = begin
    while time < end {
      let minute = Double(time - begin) / 60_000
      // Load swells over the half hour, and upstreams fail for two minutes.
      let load = 0.35 + 0.5 * wave((minute + 5) / 21) + 0.25 * wave(minute / 3.7)
      let isOutage = minute > 20.5 && minute < 22.5
      time += Int64(80 + 900 * random.next() / load)
      let call = call(&random, isOutage: isOutage)
      let length = Int64(call.duration / .milliseconds(1))
      events.append(Event(time: time, call: nil))
      events.append(Event(time: time + length, call: call))
    }
    for event in events.sorted(by: { $0.time < $1.time }) where event.time <= end {
      guard let call = event.call else {
        board.began(at: event.time)
        board.streamOpened(at: event.time)
        continue
      }
      board.ended(call, hadStream: true, at: event.time)
    }
    addErrors(to: &board)
    return board
  }

  /// A page with values that are written otherwise: parts, minutes, days and millions.
  static func odd() -> StatusSnapshot {
    var board = StatusBoard(at: noon - 90_000_000)
    addErrors(to: &board, at: noon - 90_000_000)
    for number in 0..<57 as Range<Int64> {
      board.ended(
        EndedCall(
          provider: "slow", target: "t", outcome: "ok", duration: .seconds(number * 12),
          firstEvent: .seconds(number * 2), inputTokens: 345_678 * number,
          outputTokens: number % 7), hadStream: false, at: noon - 250_000 + number * 4300)
    }
    return board.snapshot(
      gateway: GatewayFacts(
        version: "", started: noon - 15_120_000, generation: 1, configuration: "c", listening: []),
      targets: [
        TargetStatus(
          provider: "slow", target: "t", model: "m", state: .cooling(until: noon + 200_001),
          share: 0.0004),
        TargetStatus(provider: "slow", target: "u", model: "m", state: .open, share: 0.0123),
      ], at: noon)
  }

  private struct Event {
    let time: Int64
    let call: EndedCall?
  }

  private static func call(_ random: inout Numbers, isOutage: Bool) -> EndedCall {
    let isFailed = random.next() < (isOutage ? 0.4 : 0.006)
    let isEast = random.next() < 0.68
    let length = (0.7 + 2.2 * random.next() + 9 * power(random.next(), 12)) * (isOutage ? 2 : 1)
    return EndedCall(
      provider: isEast ? "east" : "west", target: isEast ? "first" : "gpt-5-west",
      model: "gpt-5", outcome: isFailed ? "overloaded" : "ok",
      duration: .milliseconds(Int64((isFailed ? 0.2 : length) * 1000)),
      firstEvent: .milliseconds(Int64(180 + 700 * random.next() * random.next())),
      inputTokens: Int64(300 + 9000 * random.next() * random.next()),
      outputTokens: isFailed ? 0 : Int64(40 + 700 * random.next()),
      message: "The upstream has more load than it can take and says so with HTTP 529.",
      advice: "Nothing has to be done: the target is left alone for a while.",
      source: isEast ? "providers.yaml:11:9" : "providers.yaml:12:9", requestID: "req_7f3a91c0")
  }

  private static func addErrors(to board: inout StatusBoard, at noon: Int64 = noon) {
    board.began(at: noon)
    board.ended(
      EndedCall(
        provider: "local", target: "qwen3", model: "qwen3", outcome: "config_invalid",
        duration: .milliseconds(2), message: "The variable LOCAL_KEY is not set.",
        advice: "Set it where the gateway is started, or name another credential.",
        source: "providers.yaml:15:24", requestID: "req_81d02b44"), hadStream: false, at: noon)
    board.began(at: noon)
    board.ended(
      EndedCall(
        model: "gpt-55", outcome: "model_not_found", duration: .milliseconds(1),
        message: "No model \"gpt-55\" is configured. Did you mean \"gpt-5\"?",
        advice: "Write a model that /v1/models lists.", requestID: "req_81d02b51"),
      hadStream: false, at: noon)
  }

  /// Between 0 and 1, once up and down in each whole number.
  private static func wave(_ phase: Double) -> Double {
    let part = phase - phase.rounded(.down)
    let triangle = part < 0.5 ? part * 2 : 2 - part * 2
    return triangle * triangle * (3 - 2 * triangle)
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}

/// The same numbers from 0 up to 1 in every run.
private struct Numbers {
  private var state: UInt64 = 42

  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double((state >> 11) & 0xFFFF_FFFF) / 4_294_967_296
  }
}
