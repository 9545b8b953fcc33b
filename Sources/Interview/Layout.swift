internal import SourceText
internal import TenantModel
internal import TenantReading
internal import Wording

/// The answers as a tenant.yaml: the keys in the order of the key table, two spaces a level.
struct Layout {
  private(set) var text = ""
  /// Where the answers stand.
  private(set) var places: [(slot: Slot, range: Range<Int>)] = []
  private let language: Language

  /// - Parameters:
  ///   - isFinal: whether people will read it. What is not known is then a comment that says where
  ///     it is to be had; in a candidate something stands in for it.
  ///   - schema: the path of the JSON Schema.
  init(_ interview: Interview, isFinal: Bool, schema: String? = nil) {
    language = interview.language
    if let schema { text += "# yaml-language-server: $schema=\(schema)\n" }
    text += "version: 1\n"
    let content = Content(interview, isFinal: isFinal)
    for node in content.nodes {
      text += "\n"
      write(node, indent: 0, mark: "")
    }
  }

  var file: SourceFile { SourceFile(name: "tenant.yaml", text: text) }

  /// The column in which comments begin, from 0, and the longest line of a list, in columns.
  private static let commentColumn = 36
  private static let width = 100

  /// - Parameter mark: `#` in a part that is a comment altogether.
  private mutating func write(_ node: Node, indent: Int, mark: String, dash: Bool = false) {
    let isComment = mark.isEmpty && !node.isLive
    let mark = isComment ? "# " : mark
    let lead =
      mark.isEmpty || isComment
      ? String(repeating: " ", count: dash ? indent - 2 : indent) + (dash ? "- " : "") + mark
      : String(repeating: " ", count: indent)
    switch node {
    case .value(let key, let fragment, let slot, let comment):
      writeValue(key, fragment, slot, comment, lead: lead, indent: indent)
    case .unknown(let key, let comment): writeLine(lead + key + ":", comment)
    case .section(let key, let nodes, let comment):
      writeLine(lead + key + ":", comment)
      for node in nodes where !isComment { write(node, indent: indent + 2, mark: mark) }
      for node in nodes where isComment { writeComment(node, indent: indent, depth: 2) }
    case .lines(let key, let lines, let comment):
      writeLine(lead + key + ":", comment)
      for (fragment, slot) in lines {
        let start = String(repeating: " ", count: indent + 2) + "- "
        let offset = text.utf8.count + start.utf8.count
        writeLine(start + fragment.text, nil)
        places.append((slot, offset..<text.utf8.count - 1))
      }
    case .items(let key, let items, let comment):
      writeLine(lead + key + ":", comment)
      for item in items {
        for (index, node) in item.enumerated() {
          write(node, indent: indent + 4, mark: mark, dash: index == 0)
        }
      }
    }
  }

  /// What is within a part that is a comment.
  private mutating func writeComment(_ node: Node, indent: Int, depth: Int) {
    let lead =
      String(repeating: " ", count: indent) + "# " + String(repeating: " ", count: depth)
    switch node {
    case .unknown(let key, let comment): writeLine(lead + key + ":", comment)
    case .section(let key, let nodes, let comment):
      writeLine(lead + key + ":", comment)
      for node in nodes { writeComment(node, indent: indent, depth: depth + 2) }
    case .value, .items, .lines: break
    }
  }

  private mutating func writeValue(
    _ key: String, _ fragment: Fragment, _ slot: Slot?, _ comment: LocalizedText?, lead: String,
    indent: Int
  ) {
    let value = fragment.text
    let head = lead + key + ":"
    if case .list(let items) = fragment, !items.isEmpty,
      (head + " " + value).columns > Self.width || items.count > 1 && items.areMaps
    {
      writeLine(head, comment)
      let start = text.utf8.count
      for item in items {
        writeLine(String(repeating: " ", count: indent + 2) + "- " + item.text, nil)
      }
      if let slot { places.append((slot, start..<text.utf8.count - 1)) }
      return
    }
    let start = text.utf8.count + head.utf8.count + 1
    if let slot {
      // The kind of a mail server is a key.
      let first = slot.topic == .mailServer ? start - key.utf8.count - 2 : start
      places.append((slot, first..<start + value.utf8.count))
    }
    writeLine(head + " " + value, comment)
  }

  private mutating func writeLine(_ line: String, _ comment: LocalizedText?) {
    text += line
    if let comment {
      let gap = max(2, Self.commentColumn - line.columns)
      text += String(repeating: " ", count: gap) + "# " + comment[language]
    }
    text += "\n"
  }
}

/// A part of the file.
indirect enum Node {
  case value(String, Fragment, Slot?, LocalizedText? = nil)
  case section(String, [Node], LocalizedText? = nil)
  /// A list of mappings.
  case items(String, [[Node]], LocalizedText? = nil)
  /// A list with one answer a line.
  case lines(String, [(fragment: Fragment, slot: Slot)], LocalizedText? = nil)
  /// A key whose value is not known, with where it is to be had.
  case unknown(String, LocalizedText)

  var isLive: Bool {
    switch self {
    case .value, .items, .lines: true
    case .section(_, let nodes, _): nodes.contains(where: \.isLive)
    case .unknown: false
    }
  }
}

extension [Fragment] {
  fileprivate var areMaps: Bool {
    allSatisfy { item in
      if case .map = item { true } else { false }
    }
  }
}

extension String {
  /// How wide it is on most screens.
  fileprivate var columns: Int { unicodeScalars.reduce(0) { $0 + ($1.value < 0x1100 ? 1 : 2) } }
}
