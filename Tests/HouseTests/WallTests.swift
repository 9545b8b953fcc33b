import Testing

/// What the code of the house does not do.
struct WallTests {
  /// The C libraries. In a room that has one, one file knows it.
  static let libraries: Set = ["CLibYAML", "CLDNS", "CIDN2", "CCrypto", "CPCRE2"]

  /// The longest a file may be, in lines.
  static let longest = 500

  @Test func `One file of a room knows a C library, and only such a file is unsafe`() throws {
    var bridges: [String: String] = [:]
    for file in try House.files("Sources") {
      let code = SwiftCode(file.text)
      let imports = Set(code.imports.map(\.module))
      let foreign = imports.intersection(Self.libraries)
      let isUnsafe = code.lines.contains { Walls.hasWord("unsafe", in: $0) }
      #expect(foreign.count <= 1, "\(file.path) knows \(foreign.sorted())")
      if let name = foreign.first ?? (isUnsafe ? "the system" : nil) {
        let place = "\(file.room) and \(name)"
        #expect(bridges[place] == nil, "\(file.path) and \(bridges[place] ?? "") for \(name)")
        bridges[place] = file.path
      }
      if isUnsafe {
        let allowed = Self.libraries.union(RoomTests.system)
        #expect(!imports.isDisjoint(with: allowed), "\(file.path) is unsafe without need")
      }
    }
    #expect(!bridges.isEmpty)
  }

  @Test func `Nothing forbidden is in the code`() throws {
    let files = try House.files("Sources")
    #expect(!files.isEmpty)
    for file in files {
      for (index, line) in SwiftCode(file.text).lines.enumerated() {
        let broken = Walls.broken(by: line, inEdge: file.room == "mgc")
        #expect(broken == nil, "\(file.path):\(index + 1): \(broken ?? "")")
      }
    }
  }

  /// The README promises it: only `mgc verify` uses the network.
  @Test func `One file opens sockets, and one command reaches it`() throws {
    for file in try House.files("Sources") {
      for (index, line) in SwiftCode(file.text).lines.enumerated() {
        let place = "\(file.path):\(index + 1)"
        for call in ["socket", "getaddrinfo", "sendto", "recvfrom"]
        where Walls.hasWord(call, in: line) && line.contains(call + "(") {
          #expect(file.path.hasSuffix("Observation/DNSSockets.swift"), "\(place) calls \(call)")
        }
        for name in ["DNSClient", "DNSRecorder", "DNSSockets"] where Walls.hasWord(name, in: line) {
          #expect(
            file.room == "Observation" || file.path.hasSuffix("VerifyCommand.swift"),
            "\(place) knows \(name)")
        }
      }
    }
  }

  @Test(arguments: ["Sources", "Tests"])
  func `Files are short and leave nothing for later`(folder: String) throws {
    for file in try House.files(folder) {
      let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count <= Self.longest + 1, "\(file.path) has \(lines.count - 1) lines")
      for mark in ["TO" + "DO", "FIX" + "ME", "XX" + "X"] {
        #expect(!file.text.contains(mark), "\(file.path) has a \(mark)")
      }
    }
  }
}

/// The walls of a single line of code.
enum Walls {
  /// What the line does that it must not, or nil.
  static func broken(by line: String, inEdge: Bool) -> String? {
    for force in ["try!", "as!"] where line.contains(force) { return force }
    for call in ["fatalError", "preconditionFailure", "unsafeBitCast"]
    where calls(call, in: line) { return call }
    if !inEdge {
      for call in ["print", "debugPrint", "dump"] where calls(call, in: line) { return call }
    }
    // What is local to a task is bound for the length of a call, and cannot be assigned.
    if !line.contains("@TaskLocal"), let range = find("static var", in: line) {
      let rest = line[range.upperBound...]
      let brace = rest.firstIndex(of: "{") ?? rest.endIndex
      if brace == rest.endIndex || rest[..<brace].contains("=") { return "a stored static var" }
    }
    return nil
  }

  static func hasWord(_ word: String, in line: String) -> Bool { find(word, in: line) != nil }

  /// Whether a function of that name is called bare, not as a method, nor declared.
  private static func calls(_ name: String, in line: String) -> Bool {
    var rest = line[...]
    while let range = find(name, in: rest) {
      let before = line[..<range.lowerBound]
      let isMethod = before.last == "."
      let isDeclared = before.hasSuffix("func ")
      if line[range.upperBound...].first == "(" && !isMethod && !isDeclared { return true }
      rest = line[range.upperBound...]
    }
    return false
  }

  /// The word with no letter, digit or `_` beside it.
  private static func find(_ word: String, in line: some StringProtocol) -> Range<String.Index>? {
    var start = line.startIndex
    while start < line.endIndex {
      let rest = line[start...]
      if rest.hasPrefix(word) {
        let end = line.index(start, offsetBy: word.count)
        let before = start == line.startIndex ? nil : line[line.index(before: start)]
        let after = end == line.endIndex ? nil : line[end]
        if !isName(before) && !isName(after) { return start..<end }
      }
      start = line.index(after: start)
    }
    return nil
  }

  private static func isName(_ character: Character?) -> Bool {
    guard let character else { return false }
    return character.isLetter || character.isNumber || character == "_"
  }
}
