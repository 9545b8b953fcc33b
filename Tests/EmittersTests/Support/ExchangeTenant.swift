import Artifacts
import Emitters
import Procedure
import Testing

/// Tenants with one Microsoft 365, by contract.
struct ExchangeTenant: Sendable, CustomTestStringConvertible {
  var services = ["inbound-security", "leak-prevention"]
  var language = "ja"
  var lockdown: String? = "{ address: {} }"
  var spamBypass = "enhanced-filtering"
  var signIn = "{ oauth: {} }"
  var loopGuard = "{ header: { name: X-Example-Loop, value: kaede } }"
  var relayTLS = "required"
  var egress = "[192.0.2.0/28, 198.51.100.7]"
  var pilot = true
  var shared = "[info@kaede.example]"
  /// Further keys of the server, and of the gateway.
  var more: [String] = []
  var sealer: String?

  var hasInbound: Bool { services.contains("inbound-security") }
  var hasOutbound: Bool { services.contains("leak-prevention") }
  var testDescription: String {
    (services + [language, lockdown ?? "-", spamBypass, loopGuard, signIn] + more)
      .joined(separator: " ")
  }

  /// The three contracts, then the choices that change a script.
  static let all: [ExchangeTenant] = [
    .init(),
    .init(services: ["inbound-security"], language: "en"),
    .init(services: ["leak-prevention"], lockdown: nil),
    .init(
      lockdown: "{ certificate: { name: \"*.gateway.example\" } }", spamBypass: "scl",
      loopGuard: "{ egress: {} }", relayTLS: "certificate", pilot: false),
    .init(
      language: "en", lockdown: nil, signIn: "{ oauth: { secretExpires: 2028-10-31 } }",
      relayTLS: "opportunistic", shared: "[]"),
    .init(signIn: "{ saml: { idp: Entra ID, contact: Sato } }"),
    .init(more: [archive, registration], sealer: "gateway.example"),
    .init(
      services: ["inbound-security"], language: "en",
      more: [archive, registration.replacing("web", with: "spa").replacing("this", with: "any")],
      sealer: "gateway.example"),
  ]

  static let archive =
    "archive: { journalTo: journal@archive.example, undeliverableTo: reports@archive.example }"
  static let registration =
    "registration: { accounts: this-tenant, platform: web, application: [User.Read.All], delegated: [User.Read] }"

  var yaml: String {
    """
    version: 1
    tenant: { id: kaede-trading, name: 楓商事株式会社, language: \(language) }
    contract: { services: [\(services.joined(separator: ", "))] }
    notice:
      accessName: kaede
      oauth: { redirect: https://redirect.gateway.example/ }
    gateway:
      console: mail-security
      mx:
        - { host: mx1.gateway.example, preference: 10 }
        - { host: mx2.gateway.example, preference: 20 }
      relay: { host: relay.gateway.example, port: 25, tls: \(relayTLS) }
      egress: \(egress)
      spf: spf.gateway.example
      loopGuard: \(loopGuard)
    \(sealer.map { "  arcSealer: \($0)" } ?? "")
    mailServers:
      - name: m365
        microsoft365:
          tenant: kaedetrading.onmicrosoft.com
          spamBypass: \(spamBypass)
    \(lockdown.map { "      lockdown: \($0)" } ?? "")
          signIn: \(signIn)
          sharedMailboxes: \(shared)
    \(more.map { "      " + $0 }.joined(separator: "\n"))
    \(pilot ? "pilot: /情報システム部" : "")
    domains:
      - { name: kaede.example, mailServer: m365 }
      - { name: kaede-alias.example, mailServer: m365, role: alias }
      - { name: kaede-shop.example, role: parked }
    groups:
      - { path: /情報システム部, members: [it@kaede.example] }
    """
  }

  /// A script of the step for the mail server, with LF.
  func script(_ name: String) throws -> String {
    let path = name.contains("/") ? name : "3-mail-server/m365/" + name
    return try #require(ExampleProcedure.text(path, in: try documents()))
  }

  func documents() throws -> [Artifact] {
    try Emitter.exchangeScripts.emit(ExampleProcedure.make(yaml))
      + Emitter.exchangeInstructions.emit(ExampleProcedure.make(yaml))
  }

  func scripts() throws -> [Artifact] {
    try documents().filter { $0.path.description.hasSuffix(".ps1") }
  }
}

extension String {
  fileprivate func replacing(_ old: String, with new: String) -> String {
    split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
  }
}
