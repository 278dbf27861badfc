internal import Routing

/// A call that has arrived and not ended.
struct LiveCall: Sendable {
  /// The attempt under way.
  struct Attempt: Sendable {
    let target: Int
    let began: Duration
    let course: SimulatedUpstream.Course
    let isProbe: Bool
  }

  /// A time that it lets pass.
  struct Pause: Sendable {
    let purpose: CallPause.Purpose
    let began: Duration
    /// Tells the event that ends it from those of earlier pauses.
    var number: Int
  }

  let deadline: Duration?
  var machine: CallMachine
  var story: CallStory
  var attempt: Attempt?
  var pause: Pause?
  /// When its answer began.
  var answered: Duration?

  init(_ story: CallStory, machine: CallMachine, deadline: Duration?) {
    self.story = story
    self.machine = machine
    self.deadline = deadline
  }

  /// An instant, or the deadline where that comes first.
  func bounded(_ instant: Duration) -> Duration { min(instant, deadline ?? instant) }

  /// Whether it waits until a target can take more.
  var isQueued: Bool { pause?.purpose == .capacity }
}
