import Artifacts
import Foundation
import JSONText
import TestSupport
import Testing

extension HostileWriter {
  static let zone = HostileWriter("Zone data", judge: "named-checkzone") { values in
    var zone = ZoneFile()
    let apex = ZoneName("example.jp")
    zone.origin(apex)
    zone.defaultTTL(60)
    zone.record(
      owner: apex, ttl: 60, type: "SOA",
      data: [.name(apex), .name(apex)] + [1, 60, 60, 60, 60].map { .integer($0) })
    zone.record(owner: apex, ttl: 60, type: "NS", data: [.name(ZoneName("ns.example.com"))])
    for (number, value) in values.enumerated() {
      zone.comment(value)
      zone.record(
        owner: ZoneName("n\(number).example.jp"), ttl: 60, type: "TXT",
        data: [.quotedStrings([value])])
      zone.record(
        owner: ZoneName(labels: [label(number, value), "example".octets, "jp".octets]), ttl: 60,
        type: "TXT", data: [.quotedStrings(["label", value])])
    }
    var texts: [Int: [UInt8]] = [:]
    var labels: [Int: [UInt8]] = [:]
    for (owner, data) in try zoneRecords(zone.bytes) {
      let digits = owner.dropFirst().prefix { (0x30...0x39).contains($0) }
      guard let number = Int(String(decoding: digits, as: UTF8.self)) else { continue }
      if owner.first == UInt8(ascii: "n") {
        texts[number] = data
      } else {
        #expect(data.starts(with: "label".octets))
        labels[number] = owner
      }
    }
    #expect(texts.count == values.count && labels.count == values.count)
    for (number, value) in values.enumerated()
    where texts[number] != value.octets
      || labels[number]?.map(folded)
        != label(number, value).map(folded) + ".example.jp.".octets
    {
      Issue.record("\(value.debugDescription) became another")
    }
    return values.count
  }

  /// A label that begins with the value's number and holds as much of it as fits.
  private static func label(_ number: Int, _ value: String) -> [UInt8] {
    "l\(number)-".octets + Array(value.utf8.prefix(50))
  }

  /// Names have no case.
  private static func folded(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }

  /// Owners and TXT data as BIND reads them; its own print is always on one line a record.
  private static func zoneRecords(_ bytes: [UInt8]) throws -> [(owner: [UInt8], data: [UInt8])] {
    let verdict = try Judge.inFolder { folder in
      let file = folder.appending(path: "zone")
      try Data(bytes).write(to: file)
      return try Judge.run(
        "/usr/bin/named-checkzone",
        [
          "-q", "-i", "none", "-k", "ignore", "-s", "full", "-o", "-", "-D", "example.jp",
          file.path(),
        ])
    }
    let printed = verdict.output.isEmpty ? verdict.errors : ""
    #expect(verdict.status == 0 && verdict.errors.isEmpty, "\(verdict.errors) \(printed)")
    return Array(verdict.output).split(separator: 0x0A).compactMap { line in
      var fields: [[UInt8]] = [[]]
      var quoted = false
      var index = line.startIndex
      while index < line.endIndex {
        let byte = line[index]
        index += 1
        switch byte {
        case 0x5C:
          if (0x30...0x39).contains(line[index]) {
            let code = line[index..<index + 3].reduce(0) { $0 * 10 + Int($1) - 0x30 }
            fields[fields.count - 1].append(UInt8(code))
            index += 3
          } else {
            fields[fields.count - 1].append(line[index])
            index += 1
          }
        case 0x22: quoted.toggle()
        case 0x20 where !quoted, 0x09 where !quoted:
          if fields.count < 5 {
            if fields.last?.isEmpty == false { fields.append([]) }
          }
        default: fields[fields.count - 1].append(byte)
        }
      }
      guard fields.count == 5, fields[3] == "TXT".octets else { return nil }
      return (fields[0], fields[4])
    }
  }

  /// What nsupdate sends, caught on its way: each value as text of a record to add, of one to take
  /// away and of one that must be there, and as a label.
  static let nsupdate = HostileWriter(
    "nsupdate", judge: "nsupdate, what it sent by dnspython"
  ) { values in
    let apex = ZoneName("example.jp")
    var script = NSUpdateScript()
    script.zone(apex)
    var size = 0
    for (number, value) in values.enumerated() {
      let owner = ZoneName(labels: [label(number, value), "example".octets, "jp".octets])
      let data = [ZoneDatum.quotedStrings([value])]
      script.comment(value)
      script.add(owner: owner, ttl: .max, type: "TXT", data: data)
      size += value.utf8.count + 100
      if value.utf8.count < 2_000 {
        script.require(owner: owner, type: "TXT", data: data)
        script.delete(owner: owner, type: "TXT", data: data)
        size += value.utf8.count * 2 + 200
      }
      // A message of the DNS has 64 KB.
      if size > 20_000 {
        script.send()
        script.blank()
        script.zone(apex)
        size = 0
      }
    }
    script.send()
    let read = try Judge.read(
      "nsupdate_reader.py", input: script.bytes, as: [[String: [String]]].self)
    #expect(read.count == values.count)
    for (number, value) in values.enumerated() where number < read.count {
      let text = hexadecimal(value.octets)
      let name = hexadecimal(label(number, value))
      var expected = ["add": [name, "2147483647", text]]
      if value.utf8.count < 2_000 {
        expected["require"] = [name, "0", text]
        expected["delete"] = [name, "0", text]
      }
      if read[number] != expected { Issue.record("\(value.debugDescription) became another") }
    }
    return values.count
  }

  private static func hexadecimal(_ octets: [UInt8]) -> String {
    octets.map { ($0 < 0x10 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  static let hcl = HostileWriter("HCL", judge: "python-hcl2") { values in
    let files = groups(of: 250, values).map { group -> [UInt8] in
      var file = HCLFile()
      for value in group {
        file.comment(value)
        file.block(
          "locals",
          [
            ("text", .text(value)), ("list", .list([value])),
            ("value", .expression("[\(quoted: value), \"a$\(part: value)\(part: value)b\"]")),
          ])
      }
      return file.bytes
    }
    let read = try read("hcl_reader.py", ["values"], documents: files, as: [[String]].self)
    let expected = values.map { [$0, $0, $0, "a$" + $0 + $0 + "b"] }
    #expect(read.flatMap(\.self).differences(from: expected.flatMap(\.self)) == [])
    return values.count
  }

  /// In block and in flow context, as values and, where they are short, as keys.
  static let yaml = HostileWriter("YAML", judge: "PyYAML") { values in
    var expected: [[String]] = []
    let files = groups(of: 500, values).map { group -> [UInt8] in
      var text: YAMLText = ""
      for value in group {
        // Keys have 1,024 characters at most.
        let key = String(String.UnicodeScalarView(value.unicodeScalars.prefix(100)))
        text += """
          \(YAMLText.comment(value))
          - - \(scalar: value)
            - \(quoted: value)
            - [\(scalar: value), \(quoted: value)]
            - { \(scalar: key): \(scalar: value) }
            - \(quoted: key): \(scalar: value)  \(YAMLText.comment(value))\n
          """
        expected.append([value, value, value, value, key, value, key, value])
      }
      return text.text.octets
    }
    let read = try read("yaml_reader.py", documents: files, as: [[String]].self)
    #expect(read.flatMap(\.self).differences(from: expected.flatMap(\.self)) == [])
    return values.count
  }

  static let json = HostileWriter("JSON", judge: "Python's json") { values in
    let value = JSONValue.array(
      values.map { .array([.string($0), .object([JSONValue.Member($0, .string($0))])]) })
    let read = try read(
      "json_reader.py", documents: [JSONDocument(value).bytes, value.compact.octets],
      as: [[String]].self)
    let expected = values.flatMap { [$0, $0, $0] }
    #expect(read.count == 2)
    for document in read { #expect(document.differences(from: expected) == []) }
    return values.count
  }
}
