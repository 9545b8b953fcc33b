/// Reads the tags of a DMARC record; the first of two tags of one name stands.
struct DMARCReader {
  private var tags: [DMARCTag] = []
  private var problems: [DMARCProblem] = []
  private let text: String

  init(_ text: String) { self.text = text }

  /// Nil where the text does not begin with `v=DMARC1`, which is case-sensitive.
  mutating func record() -> DMARCRecord? {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false).map(Self.trimmed)
    guard let first = parts.first, let version = Self.tag(first), version.name == "v",
      version.value == "DMARC1"
    else { return nil }
    readTags(parts.dropFirst())
    let options = (value("fo") ?? "").split(separator: ":").compactMap {
      choice(DMARCFailureOption.self, "fo", Self.trimmed($0))
    }
    return DMARCRecord(
      policy: choice("p") ?? .none, subdomainPolicy: choice("sp"), nonexistentPolicy: choice("np"),
      dkimAlignment: choice("adkim"), spfAlignment: choice("aspf"), aggregateReports: uris("rua"),
      failureReports: uris("ruf"), failureOptions: options, isTesting: isTesting(),
      publicSuffix: choice("psd"), tags: tags, problems: problems)
  }

  private mutating func readTags(_ parts: ArraySlice<Substring>) {
    var names: Set<String> = ["v"]
    for part in parts where !part.isEmpty {
      guard let tag = Self.tag(part) else {
        problems.append(.notATag(String(part)))
        continue
      }
      tags.append(tag)
      if !names.insert(tag.name).inserted {
        problems.append(.duplicateTag(tag.name))
      } else if ["pct", "rf", "ri"].contains(tag.name) {
        problems.append(.removedTag(tag.name))
      } else if !Self.known.contains(tag.name) {
        problems.append(.unknownTag(tag.name))
      }
    }
    if !names.contains("p") {
      problems.append(.missingPolicy)
    } else if tags.first?.name != "p" {
      problems.append(.policyNotFirst)
    }
  }

  private static let known = [
    "v", "p", "sp", "np", "adkim", "aspf", "rua", "ruf", "fo", "t", "psd",
  ]

  private func value(_ name: String) -> String? { tags.first { $0.name == name }?.value }

  private mutating func choice<Choice: RawRepresentable<String>>(_ name: String) -> Choice? {
    value(name).flatMap { choice(Choice.self, name, $0[...]) }
  }

  private mutating func choice<Choice: RawRepresentable<String>>(
    _ type: Choice.Type, _ name: String, _ value: Substring
  ) -> Choice? {
    if let choice = Choice(rawValue: value.lowercased()) { return choice }
    problems.append(.badValue(tag: name, value: String(value)))
    return nil
  }

  private mutating func isTesting() -> Bool {
    guard let value = value("t") else { return false }
    switch value.lowercased() {
    case "y": return true
    case "n": return false
    default:
      problems.append(.badValue(tag: "t", value: value))
      return false
    }
  }

  private mutating func uris(_ name: String) -> [ReportURI] {
    guard let value = value(name) else { return [] }
    var result: [ReportURI] = []
    for part in value.split(separator: ",", omittingEmptySubsequences: false) {
      let uri = String(Self.trimmed(part))
      do {
        result.append(try ReportURI(parsing: uri))
      } catch {
        problems.append(.badURI(tag: name, uri: uri, error))
      }
    }
    return result
  }

  private static func tag(_ part: Substring) -> DMARCTag? {
    guard let equals = part.firstIndex(of: "=") else { return nil }
    let name = trimmed(part[..<equals]).lowercased()
    guard !name.isEmpty, name.unicodeScalars.allSatisfy({ $0.isLDH || $0 == "_" }) else {
      return nil
    }
    return DMARCTag(name: name, value: String(trimmed(part[part.index(after: equals)...])))
  }

  /// Without blanks and tabs at the edges.
  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0 == " " || $0 == "\t" }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return text
  }
}
