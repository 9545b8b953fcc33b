import Foundation
import TestSupport
import Testing

/// A key goes its whole way: made by openssl, given to mgc as its public half, published in a zone
/// as step 2 writes it. What the private half signs must then verify by that zone.
@Suite("Messages verify by the keys that mgc publishes")
struct SignatureTests {
  private struct Case: Encodable {
    let zone: String
    let origin: String
    let selector: String
    let privateKey: String
  }

  private struct Verdict: Decodable {
    let verifies: Bool
    let changedVerifies: Bool
    let bits: Int
  }

  private struct Pair {
    let name: String
    let secret: String
    let half: String
  }

  private static let zone = """
    $ORIGIN kaede.example.
    $TTL 3600
    @ IN SOA ns root 1 7200 900 1209600 300
      IN NS ns
    ns IN A 192.0.2.53
    mail IN A 203.0.113.80
    @ IN MX 10 mail
    @ IN TXT "v=spf1 mx ~all"

    """

  private static func pair(_ name: String, _ arguments: [String]) throws -> Pair {
    let key = try Judge.run("/usr/bin/openssl", ["genpkey"] + arguments)
    try #require(key.status == 0, "\(key.errors)")
    let half = try Judge.run("/usr/bin/openssl", ["pkey", "-pubout"], input: Array(key.output))
    try #require(half.status == 0, "\(half.errors)")
    return Pair(
      name: name, secret: String(decoding: key.output, as: UTF8.self),
      half: String(decoding: half.output, as: UTF8.self))
  }

  private static func pairs() throws -> [Pair] {
    try [1024, 2048, 3072, 4096].map { bits in
      try pair("rsa\(bits)", ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:\(bits)"])
    } + [pair("ed25519", ["-algorithm", "ed25519"])]
  }

  /// The zone of before with what step 2 publishes of these keys, and the way back to it.
  private static func zones(
    _ keys: [(selector: String, half: String)]
  ) throws -> (published: TestZone, takenBack: TestZone) {
    let list = keys.map { "{ selector: \($0.selector), publicKey: keys/\($0.selector).txt }" }
    let example = try ExampleProcedure(
      ExampleProcedure.head(ExampleProcedure.both) + """
        domains:
          - name: kaede.example
            deliveryHost: mail.kaede.example
            zone: { file: zones/kaede.example.zone }
            dkim: [\(list.joined(separator: ", "))]

        """, zones: ["kaede.example": zone],
      files: keys.reduce(into: [:]) { $0["keys/\($1.selector).txt"] = $1.half })
    let path = "2-sender-authentication/kaede.example.zone"
    let published = try TestZone(zone, origin: "kaede.example").applying(example.text(path))
    return (published, try published.applying(try example.text("rollback/" + path)))
  }

  private static func judge(_ zone: TestZone, _ pairs: [Pair]) throws -> [Verdict] {
    let cases = pairs.map {
      Case(
        zone: zone.lines.joined(separator: "\n") + "\n", origin: "kaede.example.",
        selector: $0.name, privateKey: $0.secret)
    }
    return try Judge.read(
      "dkim_verify.py", input: Array(JSONEncoder().encode(cases)), as: [Verdict].self)
  }

  @Test("RSA of 1024 to 4096 bits and Ed25519, given as PEM and as the text of a record")
  func everyKey() throws {
    let pairs = try Self.pairs()
    let (published, takenBack) = try Self.zones(pairs.map { ($0.name, $0.half) })
    let verdicts = try Self.judge(published, pairs)
    #expect(verdicts.map(\.verifies) == pairs.map { _ in true })
    #expect(verdicts.map(\.changedVerifies) == pairs.map { _ in false })
    #expect(verdicts.map(\.bits) == [1024, 2048, 3072, 4096, 256])
    #expect(try Self.judge(takenBack, pairs).map(\.verifies) == pairs.map { _ in false })

    // The same keys once more, as a console may show them: the text of the record.
    let shown = pairs.map { pair in
      let algorithm = pair.name == "ed25519" ? "ed25519" : "rsa"
      let body = pair.half.split(separator: "\n").dropFirst().dropLast().joined()
      // RFC 8463 section 4.2: the last 32 octets alone, without the ASN.1 around them.
      let key =
        algorithm == "rsa"
        ? body : (Data(base64Encoded: body)?.suffix(32)).map { $0.base64EncodedString() } ?? ""
      return (pair.name, "v=DKIM1; k=\(algorithm); p=\(key)\n")
    }
    let again = try Self.judge(Self.zones(shown).published, pairs)
    #expect(again.map(\.verifies) == pairs.map { _ in true })
    print("dkimpy: \(pairs.count) keys, each verified from PEM and from a record's text")
  }

  /// opendkim-testkey compares a private key with what its resolver finds. That is libunbound, which
  /// may be told of a server on loopback. It knows RSA alone, so dkimpy is the judge of Ed25519.
  @Test(
    "opendkim-testkey finds each RSA key on a real server, tells it from another, and from none")
  func testKey() throws {
    let pairs = try Self.pairs().filter { $0.name != "ed25519" }
    let (published, takenBack) = try Self.zones(pairs.map { ($0.name, $0.half) })
    func verdicts(_ zone: TestZone, key: (Int) -> Int) throws -> [Judge.Verdict] {
      let text = zone.lines.joined(separator: "\n") + "\n"
      return try NameServer.run(zones: ["kaede.example": text]) { server in
        try Judge.inFolder { folder in
          func write(_ name: String, _ text: String) throws -> String {
            let file = folder.appending(path: name)
            try Data(text.utf8).write(to: file)
            // It refuses a key that others may read.
            try FileManager.default.setAttributes(
              [.posixPermissions: 0o600], ofItemAtPath: file.path())
            return file.path()
          }
          let resolver = try write(
            "unbound.conf",
            """
            server:
              do-not-query-localhost: no
              module-config: "iterator"
              local-zone: "example." nodefault
            stub-zone:
              name: "kaede.example"
              stub-addr: 127.0.0.1@\(server.port)

            """)
          let settings = try write("opendkim.conf", "ResolverConfiguration \(resolver)\n")
          return try pairs.indices.map { index in
            try Judge.run(
              "/usr/sbin/opendkim-testkey",
              [
                "-x", settings, "-d", "kaede.example", "-s", pairs[index].name, "-vvv",
                "-k", try write("\(index).pem", pairs[key(index)].secret),
              ])
          }
        }
      }
    }
    let own = try verdicts(published) { $0 }
    #expect(own.map(\.status) == pairs.map { _ in 0 })
    #expect(own.allSatisfy { String(decoding: $0.output, as: UTF8.self).contains("key OK") })
    let others = try verdicts(published) { ($0 + 1) % pairs.count }
    #expect(others.allSatisfy { $0.status != 0 })
    let none = try verdicts(takenBack) { $0 }
    #expect(none.allSatisfy { $0.status != 0 && $0.errors.contains("not found") })
    print(
      "opendkim-testkey: \(own.count) keys found and right, \(others.count) refused as another's")
  }

  @Test("During a rotation both keys verify; a key of another selector never does")
  func rotation() throws {
    let pairs = try [
      Self.pair("old", ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]),
      Self.pair("new", ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]),
    ]
    let (zone, _) = try Self.zones(pairs.map { ($0.name, $0.half) })
    #expect(try Self.judge(zone, pairs).map(\.verifies) == [true, true])
    let mixed = [
      Pair(name: "old", secret: pairs[1].secret, half: ""),
      Pair(name: "new", secret: pairs[0].secret, half: ""),
    ]
    #expect(try Self.judge(zone, mixed).map(\.verifies) == [false, false])
  }
}
