import Foundation
import TestSupport
import Testing

/// What hostile tenants compile to, read back by programs that know nothing of mgc.
struct HostileDocumentTests {
  typealias Tenant = HostileDocuments.Tenant

  /// Every place of a kind where a tenant's documents must hold a text, with the text.
  private func places<Found>(
    _ tenant: Tenant, _ find: (HostileTenant.Place) -> Found?
  ) -> [(field: String, text: String, found: Found)] {
    tenant.filled.flatMap { field in
      field.places.compactMap { place in
        find(place).map { (field.description, field.text(tenant.value), $0) }
      }
    }
  }

  private func what(_ tenant: Tenant, _ field: String) -> String {
    "\(tenant.language): \(field) = \(tenant.value.debugDescription.prefix(80))"
  }

  @Test func `What is taken in each field is taken in all at once`() async throws {
    let all = await HostileDocuments.all.value
    #expect(all.faults == [])
    #expect(all.tenants.count > 100)
    print("\(all.tenants.count) tenants, \(all.tenants.map(\.documents.count).reduce(0, +)) files")
  }

  @Test func `The import file holds every value exactly`() async throws {
    let all = await HostileDocuments.all.value
    let read = try all.read(
      "json", ending: "mailgates-settings.json", as: JSONTree.self)
    for tenant in all.tenants {
      let file = try #require(tenant.documents["5-settings/mailgates-settings.json"])
      let tree = try #require(read[file]?[["settings"]])
      for (field, text, path) in places(
        tenant, { if case .setting(let path) = $0 { path } else { nil } })
      {
        guard case .text(let found) = tree[path] else {
          Issue.record("\(what(tenant, field)): nothing at \(path)")
          continue
        }
        #expect(found.octets == text.octets, "\(what(tenant, field))")
      }
      for (field, text, _) in places(tenant, { if case .someSetting = $0 { true } else { nil } }) {
        #expect(tree.holds(text), "\(what(tenant, field))")
      }
    }
    _ = try all.read("json", ending: "manifest.json", as: JSONTree.self)
  }

  @Test func `Lists and tables hold every value exactly`() async throws {
    let all = await HostileDocuments.all.value
    let tables = try all.read("csv", ending: ".csv", as: [[String]].self)
    let lists = try all.read("lines", ending: ".txt", as: [String].self)
    for tenant in all.tenants {
      for (field, text, path) in places(
        tenant, { if case .line(let path) = $0 { path } else { nil } })
      {
        let bytes = try #require(tenant.documents[path], "\(what(tenant, field))")
        #expect(
          lists[bytes]?.contains { $0.octets == text.octets } == true, "\(what(tenant, field))")
      }
      for (field, text, name) in places(
        tenant, { if case .cell(let name) = $0 { name } else { nil } })
      {
        if let bytes = tenant.documents["5-settings/lists/\(name).csv"] {
          let cells = tables[bytes] ?? []
          #expect(Set(cells.map(\.count)).count == 1, "\(what(tenant, field))")
          #expect(
            cells.contains { $0.contains { $0.octets == text.octets } }, "\(what(tenant, field))")
        } else {
          let bytes = try #require(tenant.documents["5-settings/lists/\(name).txt"])
          let suffix = ": \(text)".octets
          #expect(
            lists[bytes]?.contains { $0.octets.suffix(suffix.count) == suffix[...] } == true,
            "\(what(tenant, field))")
        }
      }
    }
  }

  @Test func `Pages show every value as text and keep their shape`() async throws {
    let all = await HostileDocuments.all.value
    let read = try all.read("markdown", ending: ".md", as: [PageBlock].self)
    var shapes: [String: [String]] = [:]
    for tenant in all.tenants {
      for (path, bytes) in tenant.documents.sorted(by: { $0.key < $1.key })
      where path.hasSuffix(".md") {
        let blocks = try #require(read[bytes])
        let outline = blocks.map(\.outline)
        // A value may be the address of somebody else, who is then asked to take reports.
        let asks = tenant.documents["2-sender-authentication/report-authorization.md"] != nil
        let key = "\(tenant.form) \(tenant.language) \(path) \(asks)"
        guard let shape = shapes[key] else {
          shapes[key] = outline
          #expect(tenant.filled.isEmpty || asks)
          continue
        }
        #expect(outline == shape, "\(path) \(what(tenant, ""))")
      }
      for (field, text, path) in places(
        tenant, { if case .page(let path) = $0 { path } else { nil } })
      {
        let bytes = try #require(tenant.documents[path], "\(path)")
        let octets = text.octets
        let isThere = (read[bytes] ?? []).contains { $0.text.octets.contains(octets) }
        #expect(isThere, "\(path) \(what(tenant, field))")
      }
    }
  }

  @Test func `Scripts are sound and hold every value exactly`() async throws {
    let all = await HostileDocuments.all.value
    let read = try all.read("powershell", ending: ".ps1", as: [Int].self)
    var literals: [[UInt8]: [[UInt8]]] = [:]
    for (bytes, errors) in read {
      #expect(errors == [], "\(String(decoding: bytes.prefix(200), as: UTF8.self))")
      var lexer = PowerShellLexer(bytes)
      literals[bytes] = try lexer.literals()
    }
    for tenant in all.tenants {
      for (field, text, path) in places(
        tenant, { if case .literal(let path) = $0 { path } else { nil } })
      {
        let bytes = try #require(tenant.documents[path])
        #expect(literals[bytes]?.contains(text.octets) == true, "\(what(tenant, field))")
      }
    }
  }

  @Test func `Name servers read every zone with the records that were meant`() async throws {
    let all = await HostileDocuments.all.value
    var counts: [String: Int] = [:]
    var seen: [[UInt8]: Int] = [:]
    for tenant in all.tenants {
      for (path, bytes) in tenant.documents.sorted(by: { $0.key < $1.key })
      where path.hasSuffix(".zone") {
        let name = String(path.split(separator: "/").last ?? "").dropLast(5)
        let origin = name.split(separator: "-").first.map(String.init) ?? ""
        if seen[bytes] == nil { seen[bytes] = try Self.records(bytes, origin: origin) }
        let key = "\(tenant.form) \(path)"
        guard let count = counts[key] else {
          counts[key] = seen[bytes]
          continue
        }
        #expect(seen[bytes] == count, "\(path) \(what(tenant, ""))")
      }
    }
    #expect(seen.count > 20)
  }

  /// How many records there are of a snippet in a zone.
  private static func records(_ bytes: [UInt8], origin: String) throws -> Int {
    try Judge.inFolder { folder in
      let frame = """
        $ORIGIN \(origin).
        @ 60 IN SOA ns root 1 60 60 60 60
        @ 60 IN NS ns
        ns 60 IN A 192.0.2.53

        """
      let file = folder.appending(path: "zone")
      try Data(Array(frame.utf8) + bytes).write(to: file)
      let verdict = try Judge.run(
        "/usr/bin/named-checkzone",
        ["-q", "-i", "none", "-k", "fail", "-D", "-s", "full", "-o", "-", origin, file.path()])
      #expect(
        verdict.status == 0 && verdict.errors == "",
        "\(verdict.errors)\(String(decoding: bytes, as: UTF8.self))")
      return verdict.output.count { $0 == 0x0A }
    }
  }

  @Test func `Postfix reads its files without a word`() async throws {
    let all = await HostileDocuments.all.value
    var seen: Set<[UInt8]> = []
    for tenant in all.tenants {
      let folder = "3-mail-server/factory/"
      let files = tenant.documents.filter {
        $0.key.hasPrefix(folder) && !$0.key.hasSuffix(".md") && !$0.key.hasSuffix(".sh")
      }.sorted { $0.key < $1.key }
      #expect(files.count == 5)
      guard seen.insert(files.flatMap(\.value)).inserted else { continue }
      try Judge.inFolder { place in
        for (path, bytes) in files {
          try Data(bytes).write(to: place.appending(path: String(path.dropFirst(folder.count))))
        }
        // As the administrator does in the end: the second part added to the first.
        let parts = ["main.cf", "start-outbound.cf"].compactMap { name in
          files.first { $0.key == folder + name }?.value
        }
        #expect(parts.count == 2)
        try Data(parts.flatMap { $0 }).write(to: place.appending(path: "main.cf"))
        try Data().write(to: place.appending(path: "master.cf"))
        let verdict = try Judge.run("/usr/sbin/postconf", ["-n", "-c", place.path()])
        #expect(verdict.status == 0 && verdict.errors == "", "\(verdict.errors)")
      }
    }
  }
}
