/// A zone as octoDNS's YamlProvider reads it, with `escaped_semicolons: true`. ASCII except in
/// comments, LF.
package struct OctoDNSFile: ArtifactDocument {
  /// The data of a record set.
  package enum Values: Sendable {
    case exchangers([(preference: UInt16, host: ZoneName)])
    case texts([Text])
    case target(ZoneName)
  }

  /// The text of a TXT record that octoDNS keeps as it is.
  package struct Text: Sendable {
    fileprivate let value: String

    /// Nil for text that octoDNS would read as another: it takes a quote at the beginning and a
    /// quote, blank, quote as its own, and a backslash as the beginning of an escape.
    package init?(_ text: String) {
      guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) && $0 != 0x5C }),
        text.utf8.first != 0x22, !Array(text.utf8).contains([0x22, 0x20, 0x22])
      else { return nil }
      value = text.split(separator: ";", omittingEmptySubsequences: false).joined(separator: "\\;")
    }
  }

  private var head: [YAMLText] = []
  private var owners: [(name: String, lines: [YAMLText])] = []
  private var places: [String: Int] = [:]

  package init() {}

  package mutating func comment(_ text: String) {
    head.append(.comment(text))
  }

  /// - Parameters:
  ///   - owner: relative to the zone; nil for the zone itself.
  ///   - ttl: in seconds.
  package mutating func set(owner: ZoneName?, ttl: UInt32, type: ZoneToken, values: Values) {
    var lines: [YAMLText] = ["  - ttl: \(Int(ttl))", "    type: \(scalar: type.text)"]
    switch values {
    case .target(let target): lines.append("    value: \(scalar: target.text)")
    case .texts(let texts):
      lines.append("    values:")
      lines += texts.map { "      - \(quoted: $0.value)" }
    case .exchangers(let exchangers):
      lines.append("    values:")
      for exchanger in exchangers {
        lines.append("      - exchange: \(scalar: exchanger.host.text)")
        lines.append("        preference: \(Int(exchanger.preference))")
      }
    }
    let name = owner.map { String($0.text.dropLast()) } ?? ""
    if let place = places[name] {
      owners[place].lines += lines
    } else {
      places[name] = owners.count
      owners.append((name, lines))
    }
  }

  package var bytes: [UInt8] {
    var lines = head + ["---"]
    // octoDNS wants the names in its order.
    for owner in owners.sorted(by: { $0.name.isNaturallyBefore($1.name) }) {
      lines.append("\(quoted: owner.name):")
      lines += owner.lines
    }
    if owners.isEmpty { lines.append("{}") }
    return Array((lines.joined(separator: "\n").text + "\n").utf8)
  }
}

extension String {
  /// The order of people: runs of digits count as numbers.
  fileprivate func isNaturallyBefore(_ other: String) -> Bool {
    for (left, right) in zip(naturalParts, other.naturalParts) where left != right {
      // Text and digits alternate and text is first, so that both are of one kind.
      if left.utf8.first.map({ (0x30...0x39).contains($0) }) == true, left.count != right.count {
        return left.count < right.count
      }
      return left.utf8.lexicographicallyPrecedes(right.utf8)
    }
    return naturalParts.count < other.naturalParts.count
  }

  private var naturalParts: [String] {
    var parts = [""]
    var isDigits = false
    for scalar in unicodeScalars {
      let isDigit = ("0"..."9").contains(scalar)
      if isDigit != isDigits {
        parts.append("")
        isDigits = isDigit
      }
      // Zeros in front have no weight.
      if isDigit, parts[parts.count - 1] == "0" { parts[parts.count - 1] = "" }
      parts[parts.count - 1].unicodeScalars.append(scalar)
    }
    return parts
  }
}
