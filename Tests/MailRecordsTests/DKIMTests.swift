import MailRecords
import Testing

/// Keys that openssl made for these tests.
private enum Sample {
  static let rsa512 = """
    -----BEGIN PUBLIC KEY-----
    MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKqPXzua1coR05k8Ssd9T/J/ovaH9h5k
    tVnyO/3EWBOs6vX7U1kfQFs/IljCHMYAl7Zgk9g/Kt0l6p+iWKcJCJkCAwEAAQ==
    -----END PUBLIC KEY-----
    """
  static let rsa1024 = """
    -----BEGIN PUBLIC KEY-----
    MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC+dVpLPUD8dTgNUTyLLXXz69IM
    EKstJbOh+sXMrN3dF8oA874pFeweKWvqXJqjXmo7kX4y2px5FFG46UAwr9kZ73b9
    GYRLkyt7eiPwSlScmd4hEvc05xF4HBSby0GAiszFdsUAgFDXiz38fkJ8/054i+zT
    N+M0qFp2gPhgeWzf1wIDAQAB
    -----END PUBLIC KEY-----
    """
  static let rsa2048 = """
    -----BEGIN PUBLIC KEY-----
    MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEArjGUqOwDSBk3EtSxuWYz
    lvMZQZhEJ0RDnMFvis0IT63zi9yuGBhH+dVC5FgGOPVEzrBOwdgxEyT+plaLZb16
    IhlMQ9vA9YN8fPi0QiPm1M67PBL2InM7NXX2url3vUpsm1XtFA4TactS5w1DtyXC
    8KtGqimXWrVqBw6uq8dtwcsxGZ2WzJH/gbfbrGmwOA8AItyZB01I3V67R+06TWPe
    bfAdye1CIds64+QtfI9brCe6SJnehFVwLcEkVUBNAfb7fDmUgiyOnT+mlAeTPdEV
    qy828C9VVa321ixHsRGeBptkStmOUPDD/+LWMekIPFN1mGJV1c1kIgpEkIn1qlAd
    LQIDAQAB
    -----END PUBLIC KEY-----
    """
  static let ed25519 = """
    -----BEGIN PUBLIC KEY-----
    MCowBQYDK2VwAyEAxpNuLPhoEVTmosxcmNyNE4uZpcezI5gsCVzZoBV2v5k=
    -----END PUBLIC KEY-----
    """
  static let ed25519Raw = "xpNuLPhoEVTmosxcmNyNE4uZpcezI5gsCVzZoBV2v5k="
  static let p256 = """
    -----BEGIN PUBLIC KEY-----
    MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAENa8x5RqHJOJIwk3WZR9teBPeV2Y2
    SIqDcAJDLq4caz5azNpnDXWTytTisvX0f2EOHGFIiOzmhAfE7dpe5/Klsw==
    -----END PUBLIC KEY-----
    """

  /// The base64 between the lines of a PEM.
  static func body(_ pem: String) -> String {
    pem.split(separator: "\n").dropFirst().dropLast().joined()
  }
}

struct DKIMTests {
  @Test(arguments: [(Sample.rsa512, 512), (Sample.rsa1024, 1024), (Sample.rsa2048, 2048)])
  func rsa(_ pem: String, _ bits: Int) throws {
    let key = try DKIMKey(parsing: pem)
    #expect(key.algorithm == .rsa)
    #expect(key.bits == bits)
    #expect(key.base64 == Sample.body(pem))
    #expect(key.recordText == "v=DKIM1; k=rsa; p=" + Sample.body(pem))
    #expect(try DKIMKey(parsing: key.recordText) == key)
    let crlf = "\r\n \r\n" + pem.replacing("\n", with: "\r\n") + "\r\n\r\n"
    #expect(try DKIMKey(parsing: crlf) == key)
  }

  @Test func ed25519() throws {
    let key = try DKIMKey(parsing: Sample.ed25519)
    #expect(key.algorithm == .ed25519)
    #expect(key.bits == 256)
    #expect(key.base64 == Sample.ed25519Raw)
    #expect(try DKIMKey(parsing: key.recordText) == key)
  }

  /// As consoles and tools show it.
  @Test func zoneLines() throws {
    let body = Sample.body(Sample.rsa2048)
    let key = try DKIMKey(parsing: Sample.rsa2048)
    let half = body.index(body.startIndex, offsetBy: 200)
    for text in [
      "mg._domainkey IN TXT ( \"v=DKIM1; k=rsa; \" \"p=\(body[..<half])\"\n\t\"\(body[half...])\" ) ; \"x\"",
      "mg._domainkey IN TXT \"v=DKIM1\\; k=rsa\\; p=\(body)\"",
      "mg._domainkey IN TXT v=DKIM1; p=\(body);", "v=DKIM1;k=RSA;t=y;p=\(body)", "k=rsa; p=\(body)",
      "v=DKIM1; p=\(body[..<half])\n  \(body[half...])",
    ] {
      #expect(try DKIMKey(parsing: text) == key)
    }
  }

  static let refusals: [(String, DKIMKeyError)] = [
    (" \n", DKIMKeyError.empty), ("hello", .notAKey), ("v=DKIM1; k=rsa; p=", .revoked),
    ("v=DKIM1; k=rsa", .missingKey), ("v=DKIM2; p=AAAA", .version), ("p=AAAA; v=DKIM1", .version),
    ("v=DKIM1; p=AAAA", .notAKey), ("v=DKIM1; p=A-A", .notBase64),
    ("v=DKIM1; k=dsa; p=AAAA", .unsupportedAlgorithm), (Sample.p256, .unsupportedAlgorithm),
    ("v=DKIM1; k=ed25519; p=\(Sample.body(Sample.rsa1024))", .algorithmMismatch),
    ("v=DKIM1; k=rsa; p=\(Sample.body(Sample.ed25519))", .algorithmMismatch),
    ("v=DKIM1; p=\(Sample.body(Sample.rsa512))AAAA", .notBase64),
    ("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----", .privateKey),
    ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", .privateKey),
    ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", .notAKey),
  ]

  @Test(arguments: refusals)
  func refuses(_ text: String, _ expected: DKIMKeyError) {
    #expect(throws: expected) { try DKIMKey(parsing: text) }
  }

  @Test func selectors() throws {
    let zone = try DomainName(parsing: "kaede.example")
    #expect(DKIMSelector(parsing: "MG")?.owner(in: zone).absolute == "mg._domainkey.kaede.example.")
    #expect(DKIMSelector(parsing: "a.b-1")?.text == "a.b-1")
    for bad in ["", "a..b", "-a", "a_b", "a b", "日本"] { #expect(DKIMSelector(parsing: bad) == nil) }
  }
}
