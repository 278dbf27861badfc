extension Row {
  /// What every parser must refuse: the categories of the well-known JSON test suites, in rows of
  /// our own.
  static let invalid: [Row] =
    invalidArrays + invalidNumbers + invalidObjects + invalidStrings
    + invalidStructures + invalidUTF8

  private static let invalidArrays: [Row] = [
    Row("array, no comma", "[1 true]"),
    Row("array, colon for a comma", #"["": 1]"#),
    Row("array, comma behind it", #"[""],"#),
    Row("array, comma and number", "[,1]"),
    Row("array, two commas", "[1,,2]"),
    Row("array, two commas at the end", #"["x",,]"#),
    Row("array, closed twice", #"["x"]]"#),
    Row("array, comma at the end", #"["",]"#),
    Row("array, only a comma", "[,]"),
    Row("array, only a minus", "[-]"),
    Row("array, not closed", #"["x""#),
    Row("array, nested without comma", "[3[4]]"),
    Row("array, star", "[*]"),
    Row("array, not closed behind a comma", "[1,"),
    Row("array, not closed with newlines", "[1,\n1\n,1"),
    Row("array, closed by a brace", "[1}"),
    Row("array, vertical tab", "[\"\u{0B}a\"\\f]"),
    Row("literal, cut nul", "[nul]"),
    Row("literal, cut tru", "[tru]"),
    Row("literal, cut fals", "[fals]"),
    Row("literal, longer", "[nulls]"),
    Row("literal, upper case", "[True]"),
  ]

  private static let invalidNumbers: [Row] = [
    "+1", "++1234", "-", "--1", "-01", "-012", "-2.", "-1x", "- 1", "-foo", "-NaN", "-.123",
    "-1.0.",
    ".-1", ".2e-3", ".5", "0.1.2", "0.3e+", "0.3e", "0.e1", "0E+", "0E", "0e+", "0e", "1.0e+",
    "1.0e-",
    "1.0e", "1 000.0", "1eE2", "2.e+3", "2.e-3", "2.e3", "9.e+", "1+2", "0x1", "0x42", "Inf", "NaN",
    "Infinity", "-Infinity", "012", "00", "1ea", "1_000", "0e+-1", "1e1.5", "1.2a-3", "１",
  ].map { Row("number \($0)", "[\($0)]") }

  private static let invalidObjects: [Row] = [
    Row("object, bad value", #"["x", truth]"#),
    Row("object, brackets for braces", #"{[: "x"}"#),
    Row("object, comma for a colon", #"{"x", null}"#),
    Row("object, two colons", #"{"x"::"b"}"#),
    Row("object, emoji as key", "{🇨🇭}"),
    Row("object, garbage at the end", #"{"a":"a" 123}"#),
    Row("object, single quotes", "{key: 'value'}"),
    Row("object, no colon", #"{"a" b}"#),
    Row("object, no key", #"{:"b"}"#),
    Row("object, no value", #"{"a":"#),
    Row("object, key without quotes", #"{a: "b"}"#),
    Row("object, no brace", #"{"a":"a"#),
    Row("object, number as key", "{1:1}"),
    Row("object, null as key", "{null:null,null:null}"),
    Row("object, several commas at the end", #"{"id":0,,,,,}"#),
    Row("object, comma at the end", #"{"id":0,}"#),
    Row("object, comment at the end", #"{"a":"b"}/**/"#),
    Row("object, line comment at the end", #"{"a":"b"}//"#),
    Row("object, two commas", #"{"a":"b",,"c":"d"}"#),
    Row("object, closed by a bracket", #"{"a":1]"#),
    Row("object, only a comma", "{,}"),
    Row("object, key alone", #"{"foo":"bar", "a"}"#),
    Row("object, hash behind it", #"{"a":"b"}#"#),
  ]

  private static let invalidStrings: [Row] = [
    Row("string, broken surrogate escape", #"["\uD800\"]"#),
    Row("string, three hex digits", #"["\u00A"]"#),
    Row("string, cut escape", #"["\"]"#),
    Row("string, escape u alone", #"["\u"]"#),
    Row("string, escape x", #"["\x00"]"#),
    Row("string, backslash three times", #"["\\\"]"#),
    Row("string, escaped tab", "[\"\\\t\"]"),
    Row("string, escaped emoji", "[\"\\🌀\"]"),
    Row("string, escaped a", #"["\a"]"#),
    Row("string, escaped digit", #"["\0"]"#),
    Row("string, capital U", #"["\U0041"]"#),
    Row("string, hex with a letter too high", #"["\uqqqq"]"#),
    Row("string, second escape cut", #"["\uD834\uDd"]"#),
    Row("string, no quotes", "[asd]"),
    Row("string, single quotes", "['single quote']"),
    Row("string, one quote", "\""),
    Row("string, one quote in an array", "[\""),
    Row("string, ending in a backslash", "\"\\"),
    Row("string, tab", "[\"\t\"]"),
    Row("string, newline", "[\"new\nline\"]"),
    Row("string, NUL", "[\"a\u{0}a\"]"),
    Row("string, U+001F", "[\"a\u{1F}a\"]"),
    Row("string, letter behind it", #""x"x"#),
  ]

  private static let invalidStructures: [Row] = [
    Row("structure, nothing", ""),
    Row("structure, a space", " "),
    Row("structure, angle brackets", "<.>"),
    Row("structure, angle null", "[<null>]"),
    Row("structure, letter behind an array", "[1]x"),
    Row("structure, two arrays", "[][]"),
    Row("structure, closing bracket", "]"),
    Row("structure, two values", "{}{}"),
    Row("structure, asterisk", "*"),
    Row("structure, open object comma", "{,"),
    Row("structure, open array object", #"[{"#),
    Row("structure, open object open array", "{["),
    Row("structure, comment", "[1/* */]"),
    Row("structure, form feed", "[\u{0C}]"),
    Row("structure, NBSP for white space", "[\u{A0}]"),
    Row("structure, word joiner", "[\u{2060}]"),
    Row("structure, NUL behind it", "123\u{0}"),
    Row("structure, byte order mark", "\u{FEFF}{}"),
    Row("structure, byte order mark alone", "\u{FEFF}"),
    Row("structure, UTF-16", bytes: [0xFF, 0xFE, 0x5B, 0x00, 0x5D, 0x00]),
    Row("structure, capital TRUE", "TRUE"),
    Row("structure, undefined", "undefined"),
  ]

  private static let invalidUTF8: [Row] = [
    ("continuation alone", [0x81]), ("byte FF", [0xFF]), ("byte E5 alone", [0xE5]),
    ("latin-1 e acute", [0xE9]), ("two continuations", [0x80, 0x80]),
    ("overlong slash", [0xC0, 0xAF]),
    ("overlong NUL", [0xC0, 0x80]), ("overlong, two bytes", [0xC1, 0xBF]),
    ("overlong, three bytes", [0xE0, 0x80, 0xAF]), ("overlong, highest", [0xE0, 0x9F, 0xBF]),
    ("overlong, four bytes", [0xF0, 0x8F, 0xBF, 0xBF]), ("surrogate D800", [0xED, 0xA0, 0x80]),
    ("surrogate DFFF", [0xED, 0xBF, 0xBF]), ("above U+10FFFF", [0xF4, 0x90, 0x80, 0x80]),
    ("lead F5", [0xF5, 0x80, 0x80, 0x80]), ("five bytes", [0xF8, 0x88, 0x80, 0x80, 0x80]),
    ("cut after one of three", [0xE6]), ("cut after two of three", [0xE6, 0x97]),
    ("cut after three of four", [0xF0, 0x9F, 0xA6]), ("lead twice", [0xE6, 0xE6, 0x97, 0xA5]),
  ].map { name, bytes in
    Row("UTF-8, \(name)", bytes: [0x22] + bytes + [0x22])
  }
}
