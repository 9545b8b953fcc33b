// swift-tools-version: 6.2

import PackageDescription

/// Every room is built with the same settings; a warning is an error.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// A room of the house. Its dependencies are the only rooms that it may import.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of a room, or of the whole house.
func tests(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

/// A C library that the system provides.
func system(_ name: String, pkgConfig: String, apt: String, brew: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt]), .brew([brew])])
}

/// The rooms that any room above them may import.
let foundations: [Target.Dependency] = ["SourceText", "Wording", "JSONText", "MailRecords"]

/// The fuzzer, which needs a build of its own: `make fuzz`.
let fuzzing: [Target] =
  Context.environment["MGC_FUZZ"] != "1"
  ? []
  : [
    .systemLibrary(name: "CFuzzer", path: "Tests/Fuzz/Library"),
    .executableTarget(
      name: "fuzz", dependencies: ["CFuzzer", "Invariants"], path: "Tests/Fuzz/Target",
      swiftSettings: strict),
  ]

let package = Package(
  name: "mgc",
  products: [.executable(name: "mgc", targets: ["mgc"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    system("CLibYAML", pkgConfig: "yaml-0.1", apt: "libyaml-dev", brew: "libyaml"),
    system("CLDNS", pkgConfig: "ldns", apt: "libldns-dev", brew: "ldns"),
    system("CIDN2", pkgConfig: "libidn2", apt: "libidn2-dev", brew: "libidn2"),
    system("CPCRE2", pkgConfig: "libpcre2-8", apt: "libpcre2-dev", brew: "pcre2"),
    system("CCrypto", pkgConfig: "libcrypto", apt: "libssl-dev", brew: "openssl@3"),

    room("SourceText"),
    room("Wording"),
    room("JSONText", ["SourceText"]),
    room("TableText", ["SourceText"]),
    room("MailRecords", ["CIDN2", "CCrypto"]),
    room("Patterns", ["CPCRE2"]),
    room("Diagnostics", ["SourceText", "Wording", "JSONText"]),
    room("YAMLTree", foundations + ["CLibYAML", "Diagnostics"]),
    room("TenantModel", foundations),
    room("TenantReading", foundations + ["YAMLTree", "TenantModel", "Diagnostics"]),
    room("Layout", foundations + ["Diagnostics", "YAMLTree", "TenantReading"]),
    room("Procedure", foundations + ["TableText", "TenantModel"]),
    room(
      "TenantRules",
      foundations + ["Patterns", "TableText", "TenantModel", "Procedure", "Diagnostics"]),
    room("Ledger", foundations + ["YAMLTree", "Diagnostics", "Procedure", "CCrypto"]),
    room("TenantFiles", foundations + ["Ledger", "Diagnostics"]),
    room("Artifacts", foundations + ["TableText"]),
    room("Emitters", foundations + ["TableText", "Procedure", "TenantModel", "Artifacts"]),
    room(
      "Observation",
      foundations + ["CLDNS", "YAMLTree", "TenantModel", "Procedure", "Diagnostics"]),
    room(
      "Compiler",
      foundations + [
        "Diagnostics", "YAMLTree", "TenantModel", "TenantReading", "TenantRules", "Procedure",
        "Ledger", "TableText", "Artifacts", "Emitters",
      ]),
    room(
      "Interview",
      foundations + [
        "Artifacts", "Compiler", "Diagnostics", "TableText", "TenantModel", "TenantReading",
        "Procedure",
      ]),
    .executableTarget(
      name: "mgc",
      dependencies: foundations + [
        "Compiler", "Observation", "Diagnostics", "TenantModel", "TenantReading", "TenantRules",
        "Procedure", "Ledger", "Artifacts", "YAMLTree", "TenantFiles", "Interview", "Layout",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .target(
      name: "Invariants",
      dependencies: foundations + [
        "Artifacts", "Compiler", "Diagnostics", "Ledger", "Observation", "TenantModel",
        "TenantReading",
      ], path: "Tests/Invariants", swiftSettings: strict),
    tests("HouseTests"),
    tests("MailRecordsTests", ["MailRecords", "TestSupport"]),
    tests("PatternsTests", ["Patterns", "TestSupport"]),
    tests("TableTextTests", ["SourceText", "TableText", "TestSupport"]),
    tests(
      "DiagnosticsTests", ["SourceText", "Wording", "JSONText", "Diagnostics", "TestSupport"]),
    tests(
      "YAMLTreeTests", foundations + ["Diagnostics", "YAMLTree", "TestSupport"],
      exclude: ["Fixtures"]),
    tests("LedgerTests", foundations + ["Procedure", "Diagnostics", "Ledger", "TestSupport"]),
    tests(
      "TenantFilesTests",
      foundations + ["Procedure", "Diagnostics", "Ledger", "TenantFiles", "TestSupport"]),
    tests(
      "ArtifactsTests",
      foundations + ["Artifacts", "Diagnostics", "TableText", "TestSupport"],
      exclude: ["CompileFail"]),
    tests(
      "TenantRulesTests",
      foundations + [
        "Compiler", "Diagnostics", "Observation", "Procedure", "TenantModel", "TenantReading",
        "TenantRules", "TestSupport",
      ],
      exclude: ["Fixtures"]),
    tests(
      "LayoutTests",
      foundations + [
        "Artifacts", "Compiler", "Diagnostics", "Layout", "Observation", "Procedure", "TenantModel",
        "TenantReading", "TestSupport", "YAMLTree",
      ],
      exclude: ["Fixtures"]),
    tests(
      "ObservationTests",
      foundations + ["Observation", "Diagnostics", "Procedure", "TenantModel", "TestSupport"]),
    tests(
      "EmittersTests",
      foundations + [
        "Diagnostics", "YAMLTree", "TenantModel", "TenantReading", "Procedure", "Artifacts",
        "Emitters", "Observation", "TestSupport",
      ]),
    tests(
      "CompilerTests",
      foundations + [
        "Artifacts", "Compiler", "Diagnostics", "Invariants", "Observation", "Procedure",
        "TenantModel", "TenantReading", "TestSupport", "YAMLTree",
      ], exclude: ["Fixtures", "Fixed"]),
    tests(
      "InterviewTests",
      foundations + [
        "Compiler", "Diagnostics", "Interview", "Procedure", "TableText", "TenantModel",
        "TenantReading", "TestSupport",
      ], exclude: ["Goldens"]),
    tests("CommandTests", ["mgc", "TestSupport"], exclude: ["Fixtures", "Goldens"]),
  ] + fuzzing,
  swiftLanguageModes: [.v6]
)
