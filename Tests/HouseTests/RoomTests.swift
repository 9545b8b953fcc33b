import Testing

/// Which room may import which. SwiftPM lets an undeclared import slip through an incremental
/// build, so the imports are compared with the package, and the package with this table.
struct RoomTests {
  /// The rooms that any room above them may import.
  static let foundations: Set = ["SourceText", "Wording", "JSONText", "MailRecords"]

  static let mayImport: [String: Set<String>] = [
    "CLibYAML": [], "CLDNS": [], "CIDN2": [], "CCrypto": [], "CPCRE2": [],
    "SourceText": [],
    "Wording": [],
    "JSONText": ["SourceText"],
    "TableText": ["SourceText"],
    "MailRecords": ["CIDN2", "CCrypto"],
    "Patterns": ["CPCRE2"],
    "Diagnostics": ["SourceText", "Wording", "JSONText"],
    "YAMLTree": foundations.union(["CLibYAML", "Diagnostics"]),
    "TenantModel": foundations,
    "TenantReading": foundations.union(["YAMLTree", "TenantModel", "Diagnostics"]),
    "Layout": foundations.union(["Diagnostics", "YAMLTree", "TenantReading"]),
    "TenantRules": foundations.union([
      "Patterns", "TableText", "TenantModel", "Procedure", "Diagnostics",
    ]),
    "Procedure": foundations.union(["TableText", "TenantModel"]),
    "Ledger": foundations.union(["YAMLTree", "Diagnostics", "Procedure", "CCrypto"]),
    "TenantFiles": foundations.union(["Ledger", "Diagnostics"]),
    "Artifacts": foundations.union(["TableText"]),
    "Emitters": foundations.union(["TableText", "Procedure", "TenantModel", "Artifacts"]),
    "Observation": foundations.union([
      "CLDNS", "YAMLTree", "TenantModel", "Procedure", "Diagnostics",
    ]),
    "Compiler": foundations.union([
      "Diagnostics", "YAMLTree", "TenantModel", "TenantReading", "TenantRules", "Procedure",
      "Ledger", "TableText", "Artifacts", "Emitters",
    ]),
    "Interview": foundations.union([
      "Artifacts", "Compiler", "Diagnostics", "TableText", "TenantModel", "TenantReading",
      "Procedure",
    ]),
    "mgc": foundations.union([
      "Interview", "Compiler", "Observation", "Diagnostics", "TenantModel", "TenantReading",
      "TenantRules", "Procedure", "Ledger", "Artifacts", "YAMLTree", "TenantFiles", "Layout",
      "ArgumentParser",
    ]),
  ]

  /// The C library's names, by platform.
  static let system: Set = ["Glibc", "Musl", "Darwin"]

  /// What comes with Swift or the system. Only the edge, the file layer and what asks the DNS touch
  /// the world.
  static let platform: [String: Set<String>] = [
    "mgc": system.union(["FoundationEssentials", "Dispatch", "Synchronization"]),
    "SourceText": ["Synchronization"],
    "TenantFiles": system,
    "Observation": system,
    // The standard library's own normalization to NFC, which it keeps as SPI.
    "YAMLTree": ["Swift"],
  ]

  @Test func `The package gives each room only what the table allows`() throws {
    let rooms = try House.described()
    #expect(Set(rooms.keys) == Set(Self.mayImport.keys))
    for (room, dependencies) in rooms {
      let allowed = Self.mayImport[room] ?? []
      let extra = dependencies.subtracting(allowed).sorted()
      #expect(extra.isEmpty, "\(room) depends on \(extra.joined(separator: ", "))")
    }
  }

  @Test func `Each import is declared in the package`() throws {
    let rooms = try House.described()
    for file in try House.files("Sources") {
      let declared = (rooms[file.room] ?? []).union(Self.platform[file.room] ?? [])
      for (line, attributes, module) in SwiftCode(file.text).imports {
        #expect(declared.contains(module), "\(file.path):\(line) imports \(module)")
        #expect(
          !attributes.contains("@_exported") && !attributes.contains("@testable"),
          "\(file.path):\(line) passes \(module) on or opens it")
      }
    }
  }

  @Test func `No table entry leads upward`() {
    var below: Set<String> = []
    var rest = Self.mayImport
    rest["ArgumentParser"] = []
    while !rest.isEmpty {
      let free = Set(rest.filter { $0.value.isSubset(of: below) }.keys)
      #expect(!free.isEmpty, "a circle among \(rest.keys.sorted())")
      if free.isEmpty { return }
      below.formUnion(free)
      for room in free { rest[room] = nil }
    }
  }

  @Test(arguments: ["Utils", "Helpers", "Common", "Core", "Manager"])
  func `No room is named for nothing`(name: String) {
    #expect(!Self.mayImport.keys.contains { $0.contains(name) })
  }

  @Test(
    arguments: [
      ("CLibYAML", ["YAMLTree"]), ("CLDNS", ["Observation"]), ("CIDN2", ["MailRecords"]),
      ("CCrypto", ["Ledger", "MailRecords"]), ("CPCRE2", ["Patterns"]), ("ArgumentParser", ["mgc"]),
      ("FoundationEssentials", ["mgc"]), ("Foundation", []),
    ] as [(String, [String])])
  func `A library is imported only where it is at home`(module: String, homes: [String]) throws {
    for file in try House.files("Sources") where !homes.contains(file.room) {
      let imports = SwiftCode(file.text).imports.filter { $0.module == module }
      #expect(imports.isEmpty, "\(file.path) imports \(module)")
    }
  }
}
