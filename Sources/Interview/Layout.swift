internal import Artifacts
internal import SourceText
internal import TenantModel
internal import TenantReading
internal import Wording

/// The answers as a tenant.yaml: the keys in the order of the key table, two spaces a level.
struct Layout {
  private var content: YAMLText = ""
  /// Where the answers stand.
  private(set) var places: [(slot: Slot, range: Range<Int>)] = []
  private let language: Language

  /// - Parameters:
  ///   - isFinal: whether people will read it. What is not known is then a comment that says where
  ///     it is to be had; in a candidate something stands in for it.
  ///   - schema: the path of the JSON Schema.
  init(_ interview: Interview, isFinal: Bool, schema: String? = nil) {
    language = interview.language
    if let schema {
      content += "\(YAMLText.comment("yaml-language-server: $schema=\(schema)"))\n"
    }
    content += "version: 1\n"
    for node in Content(interview, isFinal: isFinal).nodes {
      content += "\n"
      write(node, indent: 0, mark: "")
    }
  }

  var text: String { content.text }

  var file: SourceFile { SourceFile(name: "tenant.yaml", text: text) }

  /// The column in which comments begin, from 0, and the longest line of a list, in columns.
  private static let commentColumn = 36
  private static let width = 100

  /// - Parameter mark: `#` in a part that is a comment altogether.
  private mutating func write(_ node: Node, indent: Int, mark: YAMLText, dash: Bool = false) {
    let isComment = mark.isEmpty && !node.isLive
    let mark: YAMLText = isComment ? "# " : mark
    let start: YAMLText = dash ? "\(repeating: " ", indent - 2)- " : "\(repeating: " ", indent)"
    let lead: YAMLText =
      mark.isEmpty || isComment ? "\(start)\(mark)" : "\(repeating: " ", indent)"
    switch node {
    case .value(let key, let fragment, let slot, let comment):
      writeValue(key, fragment, slot, comment, lead: lead, indent: indent)
    case .unknown(let key, let comment): writeLine("\(lead)\(key):", comment)
    case .section(let key, let nodes, let comment):
      writeLine("\(lead)\(key):", comment)
      for node in nodes where !isComment { write(node, indent: indent + 2, mark: mark) }
      for node in nodes where isComment { writeComment(node, indent: indent, depth: 2) }
    case .lines(let key, let lines, let comment):
      writeLine("\(lead)\(key):", comment)
      for (fragment, slot) in lines {
        let start: YAMLText = "\(repeating: " ", indent + 2)- "
        let offset = length + start.text.utf8.count
        writeLine("\(start)\(fragment.text)", nil)
        places.append((slot, offset..<length - 1))
      }
    case .items(let key, let items, let comment):
      writeLine("\(lead)\(key):", comment)
      for item in items {
        for (index, node) in item.enumerated() {
          write(node, indent: indent + 4, mark: mark, dash: index == 0)
        }
      }
    }
  }

  /// What is within a part that is a comment.
  private mutating func writeComment(_ node: Node, indent: Int, depth: Int) {
    let lead: YAMLText = "\(repeating: " ", indent)# \(repeating: " ", depth)"
    switch node {
    case .unknown(let key, let comment): writeLine("\(lead)\(key):", comment)
    case .section(let key, let nodes, let comment):
      writeLine("\(lead)\(key):", comment)
      for node in nodes { writeComment(node, indent: indent, depth: depth + 2) }
    case .value, .items, .lines: break
    }
  }

  private mutating func writeValue(
    _ key: YAMLText, _ fragment: Fragment, _ slot: Slot?, _ comment: LocalizedText?,
    lead: YAMLText, indent: Int
  ) {
    let value = fragment.text
    let head: YAMLText = "\(lead)\(key):"
    let line: YAMLText = "\(head) \(value)"
    if case .list(let items) = fragment, !items.isEmpty,
      line.text.columns > Self.width || items.count > 1 && items.areMaps
    {
      writeLine(head, comment)
      let start = length
      for item in items {
        writeLine("\(repeating: " ", indent + 2)- \(item.text)", nil)
      }
      if let slot { places.append((slot, start..<length - 1)) }
      return
    }
    let start = length + head.text.utf8.count + 1
    if let slot {
      // The kind of a mail server is a key.
      let first = slot.topic == .mailServer ? start - key.text.utf8.count - 2 : start
      places.append((slot, first..<start + value.text.utf8.count))
    }
    writeLine(line, comment)
  }

  /// The length of what is written, in bytes.
  private var length: Int { content.text.utf8.count }

  private mutating func writeLine(_ line: YAMLText, _ comment: LocalizedText?) {
    content += line
    if let comment {
      let gap = max(2, Self.commentColumn - line.text.columns)
      content += "\(repeating: " ", gap)\(YAMLText.comment(comment[language]))"
    }
    content += "\n"
  }
}

/// A part of the file.
indirect enum Node {
  case value(YAMLText, Fragment, Slot?, LocalizedText? = nil)
  case section(YAMLText, [Node], LocalizedText? = nil)
  /// A list of mappings.
  case items(YAMLText, [[Node]], LocalizedText? = nil)
  /// A list with one answer a line.
  case lines(YAMLText, [(fragment: Fragment, slot: Slot)], LocalizedText? = nil)
  /// A key whose value is not known, with where it is to be had.
  case unknown(YAMLText, LocalizedText)

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
