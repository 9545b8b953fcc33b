/// Marks text of nsupdate's commands.
package enum NSUpdateSyntax: OutputSyntax {}

/// A command of nsupdate, on one line: `"update delete \(owner) IN \(type)"`.
package typealias NSUpdateText = OutputText<NSUpdateSyntax>

extension OutputText.Interpolation where Syntax == NSUpdateSyntax {
  package mutating func appendInterpolation(_ name: ZoneName) { append(escaped: name.text) }

  package mutating func appendInterpolation(_ token: ZoneToken) { append(escaped: token.text) }

  /// The data of a record, without parentheses.
  package mutating func appendInterpolation(_ data: [ZoneDatum]) {
    append(escaped: data.flatMap(\.pieces).joined(separator: " "))
  }

  /// A TTL in seconds; RFC 2181 section 8: it has 31 bits.
  package mutating func appendInterpolation(ttl: UInt32) {
    append(escaped: String(min(ttl, 0x7FFF_FFFF)))
  }

  @available(*, unavailable, message: "make a ZoneName, a ZoneToken or ZoneDatum values")
  package mutating func appendInterpolation(_ text: String) {}
}

/// A script for nsupdate, which makes updates by RFC 2136. ASCII except in comments, LF.
///
/// nsupdate reads data as a zone file has it, but a line at a time: no parentheses. It sends what it
/// has at an empty line, so there is none.
package struct NSUpdateScript: ArtifactDocument {
  private var lines: [NSUpdateText] = []

  package init() {}

  /// An empty comment, to set parts off.
  package mutating func blank() { lines.append(";") }

  package mutating func comment(_ text: String) {
    let line = text.asCommentLine
    lines.append(NSUpdateText(escaped: line.isEmpty ? ";" : "; " + line))
  }

  /// The zone that the update is for.
  package mutating func zone(_ name: ZoneName) { lines.append("zone \(name)") }

  /// The update is refused unless the set has this record; all lines for one set together say what
  /// the whole set must be (RFC 2136 section 2.4.2).
  package mutating func require(owner: ZoneName, type: ZoneToken, data: [ZoneDatum]) {
    lines.append("prereq yxrrset \(owner) IN \(type) \(data)")
  }

  /// The update is refused where there is such a set (RFC 2136 section 2.4.3).
  package mutating func requireNone(owner: ZoneName, type: ZoneToken) {
    lines.append("prereq nxrrset \(owner) IN \(type)")
  }

  /// The update is refused where there is any record of this name (RFC 2136 section 2.4.5).
  package mutating func requireNoName(owner: ZoneName) {
    lines.append("prereq nxdomain \(owner)")
  }

  /// Takes a whole set away.
  package mutating func delete(owner: ZoneName, type: ZoneToken) {
    lines.append("update delete \(owner) IN \(type)")
  }

  /// Takes one record away.
  package mutating func delete(owner: ZoneName, type: ZoneToken, data: [ZoneDatum]) {
    lines.append("update delete \(owner) IN \(type) \(data)")
  }

  /// - Parameter ttl: in seconds.
  package mutating func add(owner: ZoneName, ttl: UInt32, type: ZoneToken, data: [ZoneDatum]) {
    lines.append("update add \(owner) \(ttl: ttl) IN \(type) \(data)")
  }

  /// Asks for all of it at once: either everything is done or nothing.
  package mutating func send() { lines.append("send") }

  package var bytes: [UInt8] { Array((lines.joined(separator: "\n").text + "\n").utf8) }
}
