/// A script for nsupdate, which makes updates by RFC 2136. ASCII except in comments, LF.
///
/// nsupdate reads data as a zone file has it, but a line at a time: no parentheses. It sends what it
/// has at an empty line, so there is none.
package struct NSUpdateScript: ArtifactDocument {
  private var lines: [String] = []

  package init() {}

  /// An empty comment, to set parts off.
  package mutating func blank() { lines.append(";") }

  package mutating func comment(_ text: String) {
    let line = text.asCommentLine
    lines.append(line.isEmpty ? ";" : "; " + line)
  }

  /// The zone that the update is for.
  package mutating func zone(_ name: ZoneName) { lines.append("zone " + name.text) }

  /// The update is refused unless the set has this record; all lines for one set together say what
  /// the whole set must be (RFC 2136 section 2.4.2).
  package mutating func require(owner: ZoneName, type: ZoneToken, data: [ZoneDatum]) {
    lines.append("prereq yxrrset \(owner.text) IN \(type.text) \(data.onOneLine)")
  }

  /// The update is refused where there is such a set (RFC 2136 section 2.4.3).
  package mutating func requireNone(owner: ZoneName, type: ZoneToken) {
    lines.append("prereq nxrrset \(owner.text) IN \(type.text)")
  }

  /// The update is refused where there is any record of this name (RFC 2136 section 2.4.5).
  package mutating func requireNoName(owner: ZoneName) {
    lines.append("prereq nxdomain \(owner.text)")
  }

  /// Takes a whole set away.
  package mutating func delete(owner: ZoneName, type: ZoneToken) {
    lines.append("update delete \(owner.text) IN \(type.text)")
  }

  /// Takes one record away.
  package mutating func delete(owner: ZoneName, type: ZoneToken, data: [ZoneDatum]) {
    lines.append("update delete \(owner.text) IN \(type.text) \(data.onOneLine)")
  }

  /// - Parameter ttl: in seconds.
  package mutating func add(owner: ZoneName, ttl: UInt32, type: ZoneToken, data: [ZoneDatum]) {
    lines.append("update add \(owner.text) \(ttl) IN \(type.text) \(data.onOneLine)")
  }

  /// Asks for all of it at once: either everything is done or nothing.
  package mutating func send() { lines.append("send") }

  package var bytes: [UInt8] { Array((lines.joined(separator: "\n") + "\n").utf8) }
}

extension [ZoneDatum] {
  fileprivate var onOneLine: String { flatMap(\.pieces).joined(separator: " ") }
}
