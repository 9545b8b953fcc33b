/// Swift source with comments and the text of literals blanked, so that what is left is code.
/// Code inside an interpolation stays.
struct SwiftCode {
  let lines: [String]

  init(_ source: String) {
    var blanker = Blanker(Array(source.unicodeScalars))
    blanker.code(untilParenthesis: false)
    var text = String.UnicodeScalarView()
    text.append(contentsOf: blanker.output)
    lines = String(text).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The modules that are imported, with the line and what stands before `import`.
  var imports: [(line: Int, attributes: [String], module: String)] {
    lines.enumerated().compactMap { index, line in
      let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
      guard let place = words.firstIndex(of: "import"), place + 1 < words.count else { return nil }
      let kinds = ["struct", "enum", "class", "func", "var", "let", "typealias", "protocol"]
      let named = kinds.contains(words[place + 1]) ? place + 2 : place + 1
      guard named < words.count else { return nil }
      let module = words[named].prefix { $0 != "." && $0 != ";" }
      return (index + 1, Array(words[..<place]), String(module))
    }
  }
}

private struct Blanker {
  private let input: [Unicode.Scalar]
  private var index = 0
  private(set) var output: [Unicode.Scalar] = []

  init(_ input: [Unicode.Scalar]) { self.input = input }

  private func starts(with text: String, at place: Int) -> Bool {
    let scalars = Array(text.unicodeScalars)
    return place + scalars.count <= input.count
      && input[place..<(place + scalars.count)].elementsEqual(scalars)
  }

  private mutating func keep() {
    output.append(input[index])
    index += 1
  }

  private mutating func blank() {
    output.append(input[index] == "\n" ? "\n" : " ")
    index += 1
  }

  /// Copies code up to the end or up to the parenthesis that closes an interpolation.
  mutating func code(untilParenthesis: Bool) {
    var depth = 0
    while index < input.count {
      if starts(with: "//", at: index) {
        while index < input.count, input[index] != "\n" { blank() }
      } else if starts(with: "/*", at: index) {
        comment()
      } else if input[index] == "\"" || input[index] == "#" {
        var hashes = 0
        while index + hashes < input.count, input[index + hashes] == "#" { hashes += 1 }
        if index + hashes < input.count, input[index + hashes] == "\"" {
          literal(hashes: hashes)
        } else {
          keep()
        }
      } else {
        if input[index] == "(" { depth += 1 }
        if input[index] == ")" {
          if untilParenthesis, depth == 0 { return }
          depth -= 1
        }
        keep()
      }
    }
  }

  private mutating func comment() {
    var depth = 0
    repeat {
      if starts(with: "/*", at: index) {
        depth += 1
        blank()
      } else if starts(with: "*/", at: index) {
        depth -= 1
        blank()
      }
      if index < input.count { blank() }
    } while depth > 0 && index < input.count
  }

  private mutating func literal(hashes: Int) {
    let pounds = String(repeating: "#", count: hashes)
    let quote = starts(with: "\"\"\"", at: index + hashes) ? "\"\"\"" : "\""
    for _ in 0..<(hashes + quote.count) { keep() }
    while index < input.count {
      if starts(with: quote + pounds, at: index) {
        for _ in 0..<(hashes + quote.count) { keep() }
        return
      }
      if starts(with: "\\" + pounds + "(", at: index) {
        for _ in 0..<(hashes + 1) { blank() }
        keep()
        code(untilParenthesis: true)
        if index < input.count { keep() }
      } else if starts(with: "\\" + pounds, at: index) {
        for _ in 0..<min(hashes + 2, input.count - index) { blank() }
      } else {
        blank()
      }
    }
  }
}
