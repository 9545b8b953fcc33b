import Foundation
import Testing

/// A zone in a test: lines that name servers can read, to which snippets are applied as a person
/// would apply them.
struct TestZone {
  let origin: String
  /// One record a line, all names absolute, as BIND prints it.
  private(set) var lines: [String]

  /// Reads a whole zone, and fails the test where one of the name servers' own checks does.
  init(_ text: String, origin: String) throws {
    self.origin = origin
    let verdict = try Outside.run(
      "/usr/bin/named-checkzone",
      ["-q", "-i", "local", "-m", "fail", "-M", "fail", "-n", "fail", "-k", "fail"]
        + ["-D", "-s", "full", "-o", "dump", origin, "zone"], files: ["zone": text])
    #expect(verdict.status == 0, "\(verdict.text)\(verdict.errors)\n\(text)")
    let nsd = try Outside.run(
      "/usr/sbin/nsd-checkzone", [origin, "zone"], files: ["zone": text])
    #expect(nsd.status == 0, "\(nsd.text)\(nsd.errors)\n\(text)")
    lines = try Self.dump(text, origin)
  }

  /// The records as BIND reads them.
  private static func dump(_ text: String, _ origin: String) throws -> [String] {
    let verdict = try Outside.run(
      "/usr/bin/named-checkzone",
      ["-q", "-i", "none", "-D", "-s", "full", "-o", "-", origin, "zone"], files: ["zone": text])
    #expect(verdict.status == 0, "\(verdict.errors)\n\(text)")
    return verdict.text.split(separator: "\n").map { line in
      line.split(separator: "\t").joined(separator: " ")
    }
  }

  /// The records without SOA and NS, each `owner ttl type data`, the strings of TXT joined.
  var records: [String] {
    lines.map(Self.key).filter { !$0.contains(" SOA ") && !$0.contains(" NS ") }.sorted()
  }

  /// The zone after the records behind `remove:` have gone and the others have come.
  func applying(_ snippet: String) throws -> TestZone {
    let frame = """
      \(origin). 60 IN SOA ns.\(origin). root.\(origin). 1 60 60 60 60
      \(origin). 60 IN NS ns.\(origin).
      ns.\(origin). 60 IN A 192.0.2.53

      """
    let marker = "; remove: "
    let removed = snippet.split(separator: "\n").filter { $0.hasPrefix(marker) }
      .map { String($0.dropFirst(marker.count)) }
    let added = snippet.split(separator: "\n").filter { !$0.hasPrefix("$ORIGIN") }
    func read(_ lines: [String]) throws -> [String] {
      try Self.dump(frame + lines.joined(separator: "\n") + "\n", origin)
        .filter { !$0.hasPrefix("ns.") && !$0.contains(" IN SOA ") && !$0.contains(" IN NS ") }
    }
    let gone = try Set(read(removed).map(Self.key))
    var all = lines
    for key in gone {
      #expect(all.contains { Self.key($0) == key }, "\(key) is not there to be removed")
    }
    all.removeAll { gone.contains(Self.key($0)) }
    for line in try read(added.map(String.init)) where !all.contains(line) { all.append(line) }
    return try TestZone(all.joined(separator: "\n") + "\n", origin: origin)
  }

  private static func key(_ line: String) -> String {
    line.replacing("\" \"", with: "").split(separator: " ").joined(separator: " ")
      .replacing(" IN ", with: " ")
  }
}
