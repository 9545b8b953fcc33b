/// A tenant.yaml with one mail server, put together from what a test varies.
struct ServerExample {
  enum Contract: String, CaseIterable {
    case inbound = "inbound-security"
    case outbound = "leak-prevention"
    case both = "inbound-security, leak-prevention"

    var hasInbound: Bool { self != .outbound }
    var hasOutbound: Bool { self != .inbound }
  }

  enum Server: String, CaseIterable {
    case google
    case postfix
    case other
  }

  var language = "ja"
  var contract = Contract.both
  var server = "postfix: { host: mail.kaede.example, addresses: [203.0.113.25] }"
  var domains = ["kaede.example"]
  var egress = ["192.0.2.0/28"]
  var tls = "required"
  var port = 25
  var contacts = "[]"
  var pilot = ""

  init() {}

  init(_ kind: Server, lockdown: String? = nil) {
    let closing = lockdown.map { ", lockdown: \($0)" } ?? ""
    switch kind {
    case .google: server = "googleWorkspace: { signIn: { oauth: {} }\(closing) }"
    case .postfix:
      server = "postfix: { host: mail.kaede.example, addresses: [203.0.113.25]\(closing) }"
    case .other: server = "other: { description: 借りたサーバー, addresses: [203.0.113.80] }"
    }
  }

  var yaml: String {
    """
    version: 1
    tenant: { id: kaede, name: 楓商事, language: \(language) }
    contacts: \(contacts)
    contract: { services: [\(contract.rawValue)] }
    notice:
      accessName: kaede
      oauth: { redirect: "https://redirect.gateway.example/a_b", origin: "https://origin.gateway.example" }
    gateway:
      console: mail-security
      mx: [{ host: mx1.gateway.example, preference: 10 }]
      relay: { host: relay.gateway.example, port: \(port), tls: \(tls) }
      egress: [\(egress.map { "\"\($0)\"" }.joined(separator: ", "))]
      spf: spf.gateway.example
      loopGuard: { egress: {} }
    mailServers:
      - name: main
        \(server)
    domains: [\(domains.map { "{ name: \"\($0)\" }" }.joined(separator: ", "))]
    \(pilot)
    """
  }

  func compiled() throws -> ExampleProcedure { try ExampleProcedure(yaml + "\n") }
}
