import Foundation
import TestSupport
import Testing

/// What must not compile: text that is known only at run time, as text of an output language.
@Suite struct CompileFailTests {
  private static let files = [
    "PowerShell", "Zone", "Postfix", "Markdown", "Path", "Cells", "HCL", "Shell", "Mermaid", "SVG",
    "NSUpdate", "YAML", "JSON", "GitHubCommands", "Terminal",
    "HTML", "ICalendar", "Prose",
  ]

  @Test(arguments: files)
  func isRefused(file: String) throws {
    let manifest = try String(
      contentsOf: Self.products.deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: Self.products.lastPathComponent + ".yaml"),
      encoding: .utf8)
    // The name that SwiftPM gives the package follows the folder that it stands in.
    let marker = "\"-package-name\",\""
    let names = Set(
      manifest.components(separatedBy: marker).dropFirst().compactMap {
        $0.components(separatedBy: "\"").first
      })
    var refusals: [String] = []
    for name in names.sorted() {
      let verdict = try Judge.run(
        "/usr/bin/env",
        [
          "swiftc", "-frontend", "-typecheck", "-verify", "-verify-ignore-unrelated",
          "-swift-version", "6", "-package-name", name, "-module-name", "Refused",
          "-I", Self.products.appending(path: "Modules").path(),
          "-I", Judge.root.appending(path: "Sources/CIDN2").path(),
          "-I", Judge.root.appending(path: "Sources/CCrypto").path(),
          Judge.root.appending(path: "Tests/ArtifactsTests/CompileFail/\(file).swift").path(),
        ])
      if verdict.status == 0 { return }
      refusals.append(verdict.errors)
    }
    Issue.record("\(refusals.joined(separator: "\n"))")
  }

  /// The folder that this test was built into.
  private static let products: URL = {
    let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    let modules = own.appending(path: "Modules/Artifacts.swiftmodule").path()
    return FileManager.default.fileExists(atPath: modules)
      ? own : Judge.root.appending(path: ".build/debug").resolvingSymlinksInPath()
  }()
}
