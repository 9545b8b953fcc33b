import Testing

/// The house test's own eyes: it must see what it looks for, and only that.
struct CheckerTests {
  @Test(arguments: [
    ("let a = 1 // try! b", "let a = 1          "),
    ("/* a /* b */ c */d", "                 d"),
    (#"f("print(1)")"#, #"f("        ")"#),
    (#"f("a\(try! g("x"))b")"#, #"f("  (try! g(" ")) ")"#),
    (##"f(#"a\(b) "c" \#(d)"#)"##, ##"f(#"            (d)"#)"##),
    (#"f("\\", "\"")"#, #"f("  ", "  ")"#),
    ("\"\"\"\n a \"b\" \\(c)\n\"\"\"", "\"\"\"\n        (c)\n\"\"\""),
    ("#if os(Linux)", "#if os(Linux)"),
  ])
  func `Comments and literals are blanked, interpolations stay`(source: String, code: String) {
    #expect(SwiftCode(source).lines.joined(separator: "\n") == code)
  }

  @Test func `Imports are found in every form`() {
    let code = SwiftCode(
      """
      internal import A
      @_exported public import B
      import struct C.D
      // import E
      let text = "import F"
      package import G;
      """)
    #expect(code.imports.map(\.module) == ["A", "B", "C", "G"])
    #expect(code.imports.map(\.line) == [1, 2, 3, 6])
    #expect(code.imports.map(\.attributes)[1] == ["@_exported", "public"])
  }

  @Test(arguments: [
    ("let a = try! f()", true), ("let a = b as! C", true), ("fatalError()", true),
    ("static var a = 1", true), ("static var a: Int = { 1 }()", true), ("static var a: A?", true),
    ("static var a: Int { 1 }", false), ("static let a = 1", false), ("print(a)", true),
    ("record.print(a)", false), ("func print(_ a: A) {", false), ("footprint(a)", false),
    ("try f()", false), ("a as? B", false),
  ])
  func `Walls are seen where they are broken`(line: String, isBroken: Bool) {
    #expect((Walls.broken(by: line, inEdge: false) != nil) == isBroken)
  }

  @Test func `The edge may print`() {
    #expect(Walls.broken(by: "print(a)", inEdge: true) == nil)
    #expect(Walls.broken(by: "fatalError()", inEdge: true) == "fatalError")
  }

  @Test(arguments: [("unsafe f()", true), ("isUnsafe()", false), ("unsafely()", false)])
  func `Words are whole`(line: String, found: Bool) {
    #expect(Walls.hasWord("unsafe", in: line) == found)
  }
}
