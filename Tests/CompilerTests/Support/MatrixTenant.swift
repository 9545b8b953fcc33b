import Testing

/// A tenant with one mail server and all that each service may ask for, by contract.
struct MatrixTenant: Sendable, CustomTestStringConvertible {
  enum Contract: String, CaseIterable {
    case inbound = "inbound-security"
    case leak = "leak-prevention"
    case both = "inbound-security, leak-prevention"

    var hasInbound: Bool { self != .leak }
    var hasLeak: Bool { self != .inbound }
    var column: String {
      switch self {
      case .inbound: "inbound"
      case .leak: "leak"
      case .both: "both"
      }
    }
  }

  enum Server: String, CaseIterable {
    case microsoft365
    case googleWorkspace
    case other
    case postfix
  }

  let contract: Contract
  let server: Server

  var testDescription: String { "\(server.rawValue) \(contract.rawValue)" }

  static let all = Server.allCases.flatMap { server in
    Contract.allCases.map { MatrixTenant(contract: $0, server: server) }
  }

  private var lockdown: String { contract.hasInbound ? ", lockdown: { address: {} }" : "" }

  private var mailServer: String {
    switch server {
    case .microsoft365:
      "microsoft365: { tenant: kaede.onmicrosoft.com, spamBypass: scl, signIn: { oauth: {} }"
        + lockdown + " }"
    case .googleWorkspace: "googleWorkspace: { signIn: { oauth: {} }\(lockdown) }"
    case .other: "other: { description: レンタルサーバー, addresses: [203.0.113.80] }"
    case .postfix:
      "postfix: { host: mail.kaede.example, addresses: [203.0.113.25]\(lockdown) }"
    }
  }

  /// - Parameter more: further keys of the tenant.
  func yaml(_ more: String = "") -> String {
    """
    version: 1
    tenant: { id: kaede, name: 楓商事株式会社, language: ja }
    contract: { services: [\(contract.rawValue)] }
    notice:
      accessName: kaede
      oauth: { redirect: https://redirect.gateway.example/, origin: https://origin.gateway.example }
    gateway:
      console: mail-security
      mx: [{ host: mx1.gateway.example, preference: 10 }]
      relay: { host: relay.gateway.example, port: 25, tls: required }
      egress: [192.0.2.0/28]
      spf: spf.gateway.example
      loopGuard: { header: { name: X-Example-Loop, value: kaede } }
    mailServers:
      - name: main
        \(mailServer)
    domains:
      - name: kaede.example
        deliveryHost: mx.kaede.example
        zone: { file: kaede.zone }
        spf: { senders: [ip4:198.51.100.7] }
        dkim: [{ selector: mg, publicKey: mg.txt }]
        dmarc: { policy: quarantine, aggregateReports: [mailto:dmarc@kaede.example] }
        tlsReports: [mailto:tls@kaede.example]
    \(contract.hasInbound ? "    cutover: 2027-02-06T22:00:00+09:00" : "")
    \(more)

    """
  }

  func compiled(_ more: String = "") throws -> Compiled {
    try Compiled(yaml(more), file: MatrixTenant.file)
  }

  static func file(_ path: String) -> String? {
    switch path {
    case "kaede.zone": zone
    case "mg.txt": key
    default: nil
    }
  }

  static let zone = """
    $ORIGIN kaede.example.
    $TTL 3600
    @ IN SOA ns.dns.example. hostmaster.kaede.example. 1 7200 900 604800 900
    @ IN NS ns.dns.example.
    @ IN MX 10 mx.kaede.example.
    mx IN A 203.0.113.80
    @ IN TXT "v=spf1 ip4:203.0.113.80 ~all"

    """

  /// A public key of 2048 bits.
  static let key = """
    -----BEGIN PUBLIC KEY-----
    MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAtt9c00kMP0KWQwRE4zd0
    y/Z9dozZ+QpaJNMOHfL88h25QfPOdlqs7AxBIJoUwvGdwjNFyjEvwNbV1hRt8dGE
    WZl/HzqVrBTzdPOIPpmBfyKFnbafgxbGKAmUjEDLWuKNf3pkXe3zb1UEhmufvQI0
    3K8mZvXfMv0nU9dFaKmd6omgz/eZQJ3eDkYPPP2kfblc8BtJu3DpH/MoOsshvUMi
    v//YvdyItmZe6pHUoE/QJ3E8Wr4MsS/mRMRRv1o3j5iIBy0yLdCIUqHszkq6FWzp
    j1wgvgQ+wvSbTXU1K2F1Ahc80BPFuo9BGfA6Fw2qwSsp5LqenIhwfyVxoC6dd3uC
    EQIDAQAB
    -----END PUBLIC KEY-----
    """
}
