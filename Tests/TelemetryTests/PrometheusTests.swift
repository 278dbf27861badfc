#if Gateway

import Foundation
import Metrics
import Telemetry
import Testing

@Suite struct `The metrics in Prometheus' text` {
  @Test func `counters end in _total and dots become underscores`() {
    let registry = PrometheusRegistry(descriptions: [
      MetricDescription("jackfield.requests", help: "Answered."),
      MetricDescription("sent", unit: "By"),
    ])
    Counter(label: "jackfield.requests", dimensions: [("http.status", "200")], factory: registry)
      .increment(by: 3)
    Counter(label: "sent", factory: registry).increment(by: 7)
    #expect(
      registry.render() == """
        # HELP jackfield_requests_total Answered.
        # TYPE jackfield_requests_total counter
        jackfield_requests_total{http_status="200"} 3
        # TYPE sent_bytes_total counter
        sent_bytes_total 7

        """)
  }

  @Test func `a timer is a histogram of seconds whose buckets add up`() {
    let registry = PrometheusRegistry(descriptions: [
      MetricDescription("wait", unit: "s", buckets: [1, 0.5, .infinity, 1])
    ])
    let timer = Timer(label: "wait", dimensions: [("a", "b")], factory: registry)
    for seconds in [0.25, 0.5, 0.75, 4] { timer.recordNanoseconds(Int64(seconds * 1e9)) }
    #expect(
      registry.render() == """
        # TYPE wait_seconds histogram
        wait_seconds_bucket{a="b",le="0.5"} 2
        wait_seconds_bucket{a="b",le="1"} 3
        wait_seconds_bucket{a="b",le="+Inf"} 4
        wait_seconds_sum{a="b"} 5.5
        wait_seconds_count{a="b"} 4

        """)
  }

  @Test func `gauges rise, fall and are set, and a recorder without aggregation is one`() throws {
    let registry = PrometheusRegistry()
    let meter = Meter(label: "open", factory: registry)
    meter.increment(by: 5.0)
    meter.decrement(by: 6.5)
    Recorder(label: "last", aggregate: false, factory: registry).record(2)
    Recorder(label: "last", aggregate: false, factory: registry).record(-1)
    let text = try Exposition(registry.render())
    #expect(text.value("open") == -1.5)
    #expect(text.value("last") == -1)
    #expect(text.types == ["open": "gauge", "last": "gauge"])
  }

  @Test func `what a counter or a histogram cannot take changes nothing`() throws {
    let registry = PrometheusRegistry()
    Counter(label: "c", factory: registry).increment(by: -5)
    FloatingPointCounter(label: "c", factory: registry).increment(by: 0.5)
    let recorder = Recorder(label: "r", factory: registry)
    for value in [Double.nan, .infinity, 1] { recorder.record(value) }
    let text = try Exposition(registry.render())
    #expect(text.value("c_total") == 0.5)
    #expect(text.value("r_sum") == 1)
    #expect(text.value("r_count") == 1)
  }

  @Test(arguments: ["<script>", #"a"b\c"#, "line\nbreak", "\u{202E}rtl", "", "π, {x=\"1\"}"])
  func `a label's value comes back as it was`(value: String) throws {
    let registry = PrometheusRegistry()
    Counter(label: "c", dimensions: [("v", value), ("w", "2")], factory: registry).increment()
    let text = try Exposition(registry.render())
    #expect(text.value("c_total", ["v": value, "w": "2"]) == 1)
  }

  @Test func `names that Prometheus does not take are made into such that it does`() throws {
    let registry = PrometheusRegistry(descriptions: [
      MetricDescription("9 lives-é", help: "a\\b\nc")
    ])
    Counter(
      label: "9 lives-é", dimensions: [("__name__", "x"), ("1", "y"), ("", "z"), ("1", "twice")],
      factory: registry
    ).increment()
    Recorder(label: "r", dimensions: [("le", "mine")], factory: registry).record(1)
    let text = try Exposition(registry.render())
    #expect(text.samples[0].name == "_9_lives___total")
    #expect(text.samples[0].labels == ["label__name__": "x", "_1": "y", "_": "z"])
    #expect(text.helps == ["_9_lives___total": #"a\\b\nc"#])
    #expect(text.value("r_count", ["label_le": "mine"]) == 1)
  }

  @Test func `beyond the limit everything is counted in one series more`() throws {
    let registry = PrometheusRegistry(limits: .init(series: 3, valueLength: 10))
    for number in 0..<1000 {
      Counter(
        label: "c", dimensions: [("model", "m\(number)"), ("n", "1")], factory: registry
      ).increment()
      Counter(label: "c", dimensions: [("new\(number)", "x")], factory: registry).increment()
    }
    Counter(
      label: "d", dimensions: [("v", String(repeating: "x", count: 9999))], factory: registry
    ).increment()
    let text = try Exposition(registry.render())
    #expect(text.samples.count == 3 + 1 + 1)
    #expect(text.value("c_total", ["model": "m0", "n": "1"]) == 1)
    #expect(text.samples.filter { $0.labels.values.contains("other") }.map(\.value) == [1997])
    #expect(text.value("d_total", ["v": "xxxxxxxxxx"]) == 1)
  }

  @Test func `a name that stands for two kinds keeps the first and says so`() throws {
    let registry = PrometheusRegistry()
    Meter(label: "a.b", factory: registry).set(1)
    Recorder(label: "a_b", factory: registry).record(5)
    let text = try Exposition(registry.render())
    #expect(text.value("a_b") == 1)
    #expect(text.samples.count == 1)
    #expect(text.comments == ["# a_b is a gauge: recorded nowhere as a histogram."])
  }

  @Test func `what was destroyed is no longer written`() throws {
    let registry = PrometheusRegistry()
    let counter = Counter(label: "c", dimensions: [("a", "1")], factory: registry)
    counter.increment()
    Counter(label: "c", dimensions: [("a", "2")], factory: registry).increment()
    counter.destroy()
    counter.increment()
    let text = try Exposition(registry.render())
    #expect(text.samples.map(\.labels) == [["a": "2"]])
  }

  @Test func `nothing is lost when many record at once`() async throws {
    let registry = PrometheusRegistry()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          let timer = Timer(label: "t", factory: registry)
          for number in 0..<1000 {
            Counter(label: "c", dimensions: [("n", "\(number % 7)")], factory: registry)
              .increment()
            timer.recordNanoseconds(1_000_000)
            if number % 200 == 0 { _ = registry.render() }
          }
        }
      }
    }
    let text = try Exposition(registry.render())
    #expect(text.samples.filter { $0.name == "c_total" }.map(\.value).reduce(0, +) == 8000)
    #expect(text.value("t_seconds_count") == 8000)
  }
}

#endif
