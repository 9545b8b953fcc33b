/// Why a text is not a DKIM public key. No case carries any of the text: it could be a secret.
package enum DKIMKeyError: Error, Hashable, Sendable {
  case empty
  /// A PEM of a private key, which must never be in a file here.
  case privateKey
  /// `p=` is empty: the key was revoked (RFC 6376 §3.6.1).
  case revoked
  /// A record without `p=`.
  case missingKey
  /// The version is not `DKIM1`, or does not come first.
  case version
  /// Neither a PEM public key nor the text of a DKIM record.
  case notAKey
  /// The data is not base64.
  case notBase64
  /// Neither RSA nor Ed25519.
  case unsupportedAlgorithm
  /// `k=` names another algorithm than the key's.
  case algorithmMismatch
}

/// A DKIM public key, for publishing.
package struct DKIMKey: Hashable, Sendable {
  package enum Algorithm: String, CaseIterable, Sendable {
    case rsa
    case ed25519
  }

  package let algorithm: Algorithm
  /// The length of the modulus of an RSA key; 256 for Ed25519.
  package let bits: Int
  /// The value of `p=`: the SubjectPublicKeyInfo of an RSA key (RFC 6376 §3.6.1), the 32 bytes of
  /// an Ed25519 key (RFC 8463 §4).
  package let base64: String

  /// Reads a public key in PEM, or the text of a DKIM record, bare or as a line of a zone file.
  package init(parsing text: String) throws(DKIMKeyError) {
    self = try DKIMKeyText.read(text)
  }

  init(algorithm: Algorithm, bits: Int, base64: String) {
    self.algorithm = algorithm
    self.bits = bits
    self.base64 = base64
  }

  package var recordText: String { "v=DKIM1; k=\(algorithm.rawValue); p=\(base64)" }
}

/// A DKIM selector: LDH labels with dots between them (RFC 6376 §3.1), in lower case.
package struct DKIMSelector: Hashable, Sendable {
  package let text: String

  /// Nil where a label is empty, longer than 63 or not LDH.
  package init?(parsing text: String) {
    let lower = text.lowercased()
    let labels = lower.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
    for label in labels {
      guard (1...DomainName.maximumLabelLength).contains(label.count), label.first != 0x2D,
        label.last != 0x2D, label.allSatisfy({ Unicode.Scalar($0).isLDH })
      else { return nil }
    }
    guard lower.utf8.count <= 200 else { return nil }
    self.text = lower
  }

  /// The name where the key stands.
  package func owner(in zone: DomainName) -> OwnerName {
    OwnerName(zone: zone, relative: text + "._domainkey")
  }
}

extension DKIMSelector: Comparable {
  package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

extension DKIMSelector: CustomStringConvertible {
  package var description: String { text }
}
