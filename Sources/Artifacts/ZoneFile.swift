/// Zone data in columns: comments, directives and records. ASCII except in comments, LF.
package struct ZoneFile: ArtifactDocument {
  private enum Line {
    case text(String)
    case record(owner: String, ttl: String, type: String, data: [[String]])
  }

  /// Owners longer than this do not widen the column of the others.
  private static let widestOwner = 48

  private var lines: [Line] = []

  package init() {}

  package mutating func blank() { lines.append(.text("")) }

  package mutating func comment(_ text: String) {
    let line = text.asCommentLine
    lines.append(.text(line.isEmpty ? ";" : "; " + line))
  }

  package mutating func origin(_ name: ZoneName) { lines.append(.text("$ORIGIN " + name.text)) }

  /// The TTL in seconds of records that state none.
  package mutating func defaultTTL(_ seconds: UInt32) {
    lines.append(.text("$TTL " + Self.text(ttl: seconds)))
  }

  /// A record of class IN; `ttl` in seconds.
  package mutating func record(
    owner: ZoneName, ttl: UInt32, type: ZoneToken, data: [ZoneDatum]
  ) {
    lines.append(
      .record(
        owner: owner.text, ttl: Self.text(ttl: ttl), type: type.text, data: data.map(\.pieces)))
  }

  /// RFC 2181 section 8: a TTL has 31 bits.
  private static func text(ttl: UInt32) -> String { String(min(ttl, 0x7FFF_FFFF)) }

  package var bytes: [UInt8] {
    var widths = (owner: 0, ttl: 0, type: 0)
    for case .record(let owner, let ttl, let type, _) in lines {
      if owner.utf8.count <= Self.widestOwner { widths.owner = max(widths.owner, owner.utf8.count) }
      widths.ttl = max(widths.ttl, ttl.utf8.count)
      widths.type = max(widths.type, type.utf8.count)
    }
    var result = ""
    for line in lines {
      switch line {
      case .text(let text): result += text
      case .record(let owner, let ttl, let type, let data):
        result += owner.padded(to: widths.owner) + " " + ttl.padded(to: widths.ttl) + " IN "
        result += type.padded(to: widths.type)
        for pieces in data {
          if pieces.count == 1 {
            result += " " + pieces[0]
          } else {
            result += " ("
            for piece in pieces { result += "\n    " + piece }
            result += " )"
          }
        }
      }
      result += "\n"
    }
    return Array(result.utf8)
  }
}
