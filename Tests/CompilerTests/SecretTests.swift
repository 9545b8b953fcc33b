import Compiler
import Diagnostics
import Foundation
import Invariants
import JSONText
import SourceText
import Testing
import Wording

/// A secret is shown by no finding in any format, wherever it stands.
struct SecretTests {
  /// Every secret here holds this word.
  static let mark = "hunter2"
  static let key = """
    -----BEGIN PRIVATE KEY-----
    MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQhunter2hunter2
    -----END PRIVATE KEY-----
    """
  static let entra = "Abc8Q~hunter2hunter2hunter2hunter2hunter2hu"
  static let google = "GOCSPX-hunter2hunter2hunter2hun"

  static let tenants = [
    "# \(google)\n", "note: \(entra)\n", "\(entra): x\n", "\"\(google)\": x\n",
    "- &a { password: hunter2 }\n- *a\n", "- &a hunter2\n- { secret: *a }\n",
    "clientSecret: >-\n  hunter2\n  hunter2\n", "password: \"hun\\\n  ter2 hunter2\"\n",
    "unknown: \"GOCSPX-\\\n  hunter2hunter2hunter2hun\"\n",
    "unknown: \"\\x47OCSPX-hunter2hunter2hunter2hun\"\n",
    "password: hunter2\nversion: [\n", "version: 1\npassword: hunter2: x\n",
    "tenant: { id: \(google), name: \(entra), language: \(entra) }\n",
    "- &\(google) x\n- *\(google)\n", "- !\(google) x\n",
    key.split(separator: "\n").map { "# " + $0 + "\n" }.joined(),
    "key: |\n" + key.split(separator: "\n").map { "  " + $0 + "\n" }.joined(),
    "version: 1\nversion: 1\ntenant: { passwd: hunter2 } # \(google)\n",
    "domains: [{ name: \(google).example, zone: { file: \(entra) } }]\n",
  ]

  @Test(arguments: tenants)
  func `Not of tenant.yaml`(_ text: String) throws {
    let compiled = try Compiled(text)
    #expect(compiled.findings.contains { $0.code.number == 1018 })
    #expect(Self.shown(compiled) == [])
  }

  /// The same beside keys that are well, so that the rules judge too.
  @Test(arguments: tenants.filter { !$0.hasPrefix("-") })
  func `Not in the midst of others`(_ text: String) throws {
    let compiled = try Compiled(FuzzInput.tenant + text)
    #expect(Self.shown(compiled) == [])
  }

  static let files: [(String, String)] = [
    ("sales.csv", "mail,name\n\(key)\nsato@kaede.example,\(google)\n"),
    ("sales.csv", "sato@kaede.example,x\n\(google),\(entra)\n"),
    ("sales.csv", "\(entra)\n\"\(google)\n"),
    ("kaede.zone", FuzzInput.zone + "note IN TXT \"\(entra)\"\n"),
    ("kaede.zone", FuzzInput.zone + "; \(google)\n\(key)\n"),
    ("kaede.zone", FuzzInput.zone + "@ IN TXT (\"v=spf1\"\n \"\(google)\")\n"),
    ("mg.txt", key), ("mg.txt", google), ("mg.txt", "v=DKIM1; p=\(google)"),
    ("mg.txt", "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQhunter2hunter2"),
    ("mg.txt", "password = hunter2"), ("mg.txt", "v=DKIM1; k=rsa; hunter2"),
  ]

  @Test(arguments: files)
  func `Not of a file that tenant.yaml names`(_ name: String, _ text: String) throws {
    let compiled = try Compiled(FuzzInput.tenant) { path in
      if path == name { return text }
      return switch path {
      case "sales.csv": FuzzInput.members
      case "kaede.zone": FuzzInput.zone
      case "mg.txt": FuzzInput.key
      default: nil
      }
    }
    #expect(compiled.compilation.hasErrors)
    #expect(Self.shown(compiled) == [])
  }

  /// The formats that show a part of the secret.
  private static func shown(_ compiled: Compiled) -> [String] {
    let sources = compiled.sources
    let findings = compiled.findings
    var formats = ["json": JSONRenderer(sources: sources).render(findings).pretty]
    for language in [Language.ja, .en] {
      let human = HumanRenderer(
        sources: sources, language: language, colors: false, findings: findings)
      formats["human \(language)"] = findings.map(human.render).joined()
      let gitHub = GitHubRenderer(sources: sources, language: language)
      formats["GitHub \(language)"] = findings.map(gitHub.render).joined()
    }
    return formats.filter { format in
      [mark, "GOCSPX", "8Q~", "ter2"].contains { format.value.contains($0) }
    }.map(\.key).sorted()
  }
}
