extension StatusPage {
  /// The page's script.
  ///
  /// It draws what `StatusFields`, `Plot` and the lists draw, of the same numbers; a test in a browser
  /// compares both.
  static let script = """
    "use strict";
    (() => {
    const byId = id => document.getElementById(id);
    const pad = (n, c) => String(n).padStart(c, "0");
    const decimal = v => String(Math.round(Math.min(Math.max(0, v), 1e12) * 10) / 10);
    const amount = v => {
      if (v >= 9999.5) return v >= 999950 ? decimal(v / 1e6) + "M" : decimal(v / 1e3) + "k";
      if (v < 9.95) return decimal(v);
      const n = Math.round(v);
      return n < 1000 ? String(n) : Math.floor(n / 1000) + "," + pad(n % 1000, 3);
    };
    const duration = ms => {
      if (ms === null) return "–";
      if (ms < 1000) return ms + " ms";
      const s = ms / 1000;
      if (s < 99.95) return decimal(s) + " s";
      return s < 600 ? Math.round(s) + " s" : Math.round(s / 60) + " min";
    };
    const share = v => {
      if (v === null) return "–";
      const p = v * 100;
      if (p > 0 && p < 0.1) return "<0.1 %";
      return (p < 9.95 ? decimal(p) : Math.round(p)) + " %";
    };
    const span = ms => {
      const s = Math.floor(Math.max(0, ms) / 1000), m = Math.floor(s / 60), h = Math.floor(s / 3600);
      if (s < 60) return s + " s";
      if (h < 1) return m + " min";
      return h < 24 ? h + " h " + m % 60 + " min" : Math.floor(h / 24) + " d " + h % 24 + " h";
    };
    const clock = ms => {
      const s = Math.floor(Math.max(0, ms) / 1000) % 86400;
      return [s / 3600, s / 60 % 60, s % 60].map(n => pad(Math.floor(n), 2)).join(":");
    };
    const moment = (ms, now) => {
      const days = Math.floor(now / 864e5) - Math.floor(ms / 864e5);
      return days <= 0 ? clock(ms) : clock(ms) + ", " + days + " d ago";
    };

    const top = (values, least) => {
      const highest = Math.max(least, ...values);
      let scale = 1;
      while (scale * 10 < highest) scale *= 10;
      return [1, 2, 4, 6, 8, 10].map(m => m * scale).find(v => v >= highest);
    };
    const height = (v, t) => decimal(100 - Math.min(v / t, 1) * 100);
    const bars = (values, t) => values.map((v, i) =>
      v > 0 ? `M${i * 4} 100V${height(v, t)}H${i * 4 + 3}V100Z` : "").join("");
    const line = (values, t) => values.map((v, i) => {
      if (v === null) return "";
      const at = `${i * 4 + 2} ${height(v, t)}`;
      return i > 0 && values[i - 1] !== null ? "L" + at : "M" + at + "h0";
    }).join("");
    const steps = (values, t) => "M0 100" + values.map((v, i) =>
      `V${height(v, t)}H${(i + 1) * 4}`).join("") + "V100Z";

    const put = texts => {
      for (const node of document.querySelectorAll("[data-f]")) {
        const text = texts[node.dataset.f];
        if (text !== undefined && node.textContent !== text) node.textContent = text;
      }
    };
    const roles = {tr: "row", th: "rowheader", td: "cell"};
    const element = (tag, name, ...inside) => {
      const node = document.createElement(tag);
      if (roles[tag]) node.setAttribute("role", roles[tag]);
      if (name) node.className = name;
      node.append(...inside.filter(part => part !== ""));
      return node;
    };
    const text = (name, value) => value === "" ? "" : element("bdi", name, value);
    const vector = tag => document.createElementNS("http://www.w3.org/2000/svg", tag);
    const drawing = (name, path) => {
      const node = vector("path");
      node.setAttribute("class", name);
      node.setAttribute("d", path);
      return node;
    };

    const atRow = (s, i) => {
      const r = s.rows;
      return {
        "at": clock(r.start + i * r.step_ms), "calls-at": amount(r.calls[i]),
        "failures-at": amount(r.failures[i]), "p50-at": duration(r.p50_ms[i]),
        "p99-at": duration(r.p99_ms[i]), "streams-at": amount(r.streams[i]),
        "input-at": amount(r.input_tokens[i]), "output-at": amount(r.output_tokens[i])
      };
    };
    const header = s => {
      const g = s.gateway, sum = s.summary;
      const open = s.targets.filter(t => t.state === "open").length;
      byId("verdict").dataset.state = open === 0 ? "bad" : open === s.targets.length ? "good" : "fair";
      put({
        "version": g.version, "generation": String(g.generation), "configuration": g.configuration,
        "listening": g.listening.join(", "), "uptime": span(s.now - g.started),
        "updated": clock(s.now),
        "verdict": s.targets.length ? `${open} of ${s.targets.length} targets open` : "No targets",
        "streams": amount(s.streams), "in-flight": amount(s.in_flight) + " in flight",
        "calls": amount(sum.calls_per_minute), "calls-half-hour": amount(sum.calls) + " in 30 min",
        "failure-share": share(sum.failure_share),
        "failures-half-hour": amount(sum.failures) + " in 30 min",
        "p50": duration(sum.p50_ms), "p99": "p99 " + duration(sum.p99_ms),
        "first-p50": duration(sum.first_event_p50_ms),
        "first-p99": "p99 " + duration(sum.first_event_p99_ms),
        "output": amount(sum.output_tokens_per_minute),
        "input": amount(sum.input_tokens_per_minute) + " /min read"
      });
    };
    const plots = s => {
      const r = s.rows;
      const draw = (name, path) => byId("plot-" + name).setAttribute("d", path);
      const scale = (name, values, least, words) => {
        const t = top(values, least);
        put({[name + "-top"]: words(t), [name + "-middle"]: words(t / 2)});
        return t;
      };
      const calls = scale("calls", r.calls, 2, amount);
      draw("calls", bars(r.calls, calls));
      draw("failures", bars(r.failures, calls));
      const latency = scale("latency", r.p99_ms, 100, duration);
      draw("p50", line(r.p50_ms, latency));
      draw("p99", line(r.p99_ms, latency));
      draw("streams", steps(r.streams, scale("streams", r.streams, 2, amount)));
      draw("input", bars(r.input_tokens, scale("input", r.input_tokens, 100, amount)));
      draw("output", bars(r.output_tokens, scale("output", r.output_tokens, 100, amount)));
    };
    const stateText = (t, now) => {
      if (t.state !== "cooling") return t.state;
      const s = Math.floor(Math.max(0, t.until - now + 999) / 1000);
      return "cooling, " + (s < 120 ? s + " s" : span(s * 1000)) + " left";
    };
    const targets = s => {
      const total = s.targets.reduce((sum, t) => sum + t.calls, 0);
      byId("target-rows").replaceChildren(...s.targets.map(t => {
        const part = t.share ?? (total > 0 ? t.calls / total : 0);
        const bar = vector("svg");
        bar.setAttribute("viewBox", "0 0 100 4");
        bar.setAttribute("preserveAspectRatio", "none");
        bar.setAttribute("aria-hidden", "true");
        bar.append(drawing("track", "M0 0H100V4H0Z"),
          drawing("part", `M0 0H${decimal(part * 100)}V4H0Z`));
        const name = element("th", "", text("", t.provider + " / " + t.target),
          text("model", t.model));
        name.scope = "row";
        return element("tr", "", name,
          element("td", "how", element("span", "state " + t.state, stateText(t, s.now)),
            text("note", t.note), text("place", t.note ? t.source : "")),
          element("td", "share", bar, " ", share(part)),
          element("td", "number calls", amount(t.calls)),
          element("td", t.failures > 0 ? "number failures some" : "number failures", amount(t.failures)));
      }));
      byId("no-targets").hidden = s.targets.length > 0;
    };
    const errors = s => {
      byId("error-rows").replaceChildren(...s.errors.map(e => element("li", "",
        element("p", "head", element("time", "", moment(e.time, s.now)),
          e.count > 1 ? element("span", "count", e.count + " times") : "", text("code", e.code),
          text("where", e.target), text("where", e.model)),
        element("div", "what", text("message", e.message), text("advice", e.advice),
          text("place", e.source), text("place", e.request_id)))));
      byId("no-errors").hidden = s.errors.length > 0;
    };

    let shown = null, pointed = null;
    const point = () => {
      if (!shown) return;
      const row = pointed ?? shown.rows.calls.length - 2;
      put(atRow(shown, row));
      for (const node of document.querySelectorAll(".cursor"))
        node.setAttribute("d", pointed === null ? "" : `M${pointed * 4 + 1.5} 0V100`);
    };
    for (const plot of document.querySelectorAll(".frame svg")) {
      plot.addEventListener("pointermove", event => {
        const box = plot.getBoundingClientRect();
        const row = Math.floor((event.clientX - box.left) / box.width * 180);
        pointed = Math.min(Math.max(row, 0), 179);
        point();
      });
      plot.addEventListener("pointerleave", () => { pointed = null; point(); });
    }

    const show = s => {
      shown = s;
      for (const part of [header, plots, targets, errors]) part(s);
      point();
    };
    const update = async () => {
      try {
        if (!document.hidden) {
          const answer = await fetch("/status.json",
            {cache: "no-store", signal: AbortSignal.timeout(5000)});
          if (!answer.ok) throw new Error(String(answer.status));
          show(await answer.json());
          byId("link").textContent = "";
        }
      } catch {
        byId("link").textContent = "no answer since";
      }
      setTimeout(update, 2000);
    };
    setTimeout(update, 2000);
    })();
    """
}
