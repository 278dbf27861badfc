import Testing

@testable import ProviderConfiguration

@Suite struct `Names of models lead to targets` {
  private func table() throws -> ModelTable {
    let loaded = Loaded(
      """
      version: 1
      providers: { main: { plugin: p } }
      models:
        "*": { targets: [{ provider: main, model: "{1}" }] }
        acme/*: { targets: [{ provider: main, model: "up-{1}" }] }
        acme/*/*: { targets: [{ provider: main, model: "{2}.{1}" }] }
        "*-mini": { targets: [{ provider: main, model: mini }] }
        "a*": { targets: [{ provider: main }] }
        gpt: { aliases: [default, acme/best], targets: [{ provider: main, model: "gpt{x}{}" }] }
      """)
    #expect(loaded.codes == ["shadowed-name"])
    return try #require(loaded.document).models
  }

  @Test(arguments: [
    ("gpt", "gpt", "gpt{x}{}"), ("default", "gpt", "gpt{x}{}"), ("acme/best", "gpt", "gpt{x}{}"),
    ("acme/large", "acme/*", "up-large"), ("acme/a/b", "acme/*/*", "b.a"),
    ("acme/a/b/c", "acme/*/*", "b/c.a"), ("acme/", "a*", nil), ("acme/-mini", "acme/*", "up--mini"),
    ("x-mini", "*-mini", "mini"), ("-mini", "*", "-mini"), ("a", "*", "a"), ("ab", "a*", nil),
    ("日本", "*", "日本"),
  ]) func `exact beats wildcard and the longer literal beats the shorter`(
    name: String, entry: String, model: String?
  ) throws {
    let resolved = try table().resolve(name)
    #expect(resolved.entry.name == entry)
    #expect(resolved.targets.first?.model == model)
    #expect(resolved.name == name)
  }

  @Test(arguments: [
    ("*", "abc", ["abc"]), ("*", "", nil), ("a*c", "abc", ["b"]), ("a*c", "ac", nil),
    ("a*c", "acc", ["c"]), ("*b*", "abbc", ["a", "bc"]), ("*b*", "bbb", ["b", "b"]),
    ("*b*", "bb", nil), ("**", "abc", ["a", "bc"]), ("a*", "ba", nil), ("*aab", "aaab", ["a"]),
    ("*/*/*", "a/b/c/d", ["a", "b", "c/d"]), ("x", "x", nil),
  ]) func `each star captures one or more characters, from the left as few as fit`(
    pattern: String, name: String, captures: [String]?
  ) {
    #expect(NamePattern(pattern)?.captures(in: name) == captures)
  }

  @Test func `a long name against many stars costs no time`() {
    let pattern = NamePattern(String(repeating: "*a", count: 40) + "*b")
    #expect(pattern?.captures(in: String(repeating: "a", count: 4000)) == nil)
  }

  @Test func `an unknown name is told with the nearest one`() throws {
    let models = try #require(
      Loaded(
        """
        version: 1
        providers: { main: { plugin: p } }
        models:
          gpt-5.6: { aliases: [default], targets: [{ provider: main }] }
          acme/*: { targets: [{ provider: main }] }
        """
      ).document
    ).models
    let near = #expect(throws: ModelNotFound.self) { try models.resolve("gpt-5.5") }
    #expect(near?.description == "unknown model \"gpt-5.5\". Did you mean \"gpt-5.6\"?")
    let far = #expect(throws: ModelNotFound.self) { try models.resolve("llama") }
    #expect(far?.description == "unknown model \"llama\". Known: gpt-5.6, default, acme/*.")
    #expect(models.names == ["gpt-5.6", "default", "acme/*"])
  }

  @Test func `of two patterns with as many fixed characters the earlier wins`() throws {
    let models = try #require(
      Loaded(
        """
        version: 1
        providers: { main: { plugin: p } }
        models:
          "*b": { targets: [{ provider: main }] }
          "a*": { targets: [{ provider: main }] }
        """
      ).document
    ).models
    #expect(try models.resolve("axb").entry.name == "*b")
  }
}
