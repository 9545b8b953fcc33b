/// Finds the key in what people paste: PEM, a record's text, or a line of a zone file.
enum DKIMKeyText {
  /// No key that anybody publishes comes near this many bytes.
  private static let limit = 65_536

  static func read(_ text: String) throws(DKIMKeyError) -> DKIMKey {
    guard text.utf8.count <= limit else { throw .notAKey }
    guard text.unicodeScalars.contains(where: { !isBlank($0) && $0 != "\u{FEFF}" }) else {
      throw .empty
    }
    if let begin = text.firstOffset(of: "-----BEGIN ") { return try pem(text, begin) }
    return try record(text)
  }

  private static func pem(_ text: String, _ begin: Int) throws(DKIMKeyError) -> DKIMKey {
    if text.firstOffset(of: "PRIVATE KEY-----") != nil { throw .privateKey }
    let head: StaticString = "-----BEGIN PUBLIC KEY-----"
    guard let start = text.firstOffset(of: head),
      let end = text.firstOffset(of: "-----END PUBLIC KEY-----"), end > start
    else { throw .notAKey }
    let body = text.utf8.dropFirst(start + head.utf8CodeUnitCount).prefix(
      end - start - head.utf8CodeUnitCount)
    guard let der = Base64.decode(body) else { throw .notBase64 }
    return try key(der)
  }

  private static func record(_ text: String) throws(DKIMKeyError) -> DKIMKey {
    let tags = tags(plainText(text))
    guard !tags.isEmpty else { throw .notAKey }
    if let version = tags.firstIndex(where: { $0.name == "v" }) {
      guard version == 0, tags[0].value == "DKIM1" else { throw .version }
    }
    func value(_ name: String) -> String? { tags.first { $0.name == name }?.value }
    guard let encoded = value("p") else {
      throw value("v") == nil && value("k") == nil ? .notAKey : .missingKey
    }
    guard let algorithm = DKIMKey.Algorithm(rawValue: (value("k") ?? "rsa").lowercased()) else {
      throw .unsupportedAlgorithm
    }
    guard encoded.unicodeScalars.contains(where: { !isBlank($0) }) else { throw .revoked }
    guard let data = Base64.decode(encoded.utf8) else { throw .notBase64 }
    if algorithm == .ed25519 {
      if data.count == 32 {
        return DKIMKey(algorithm: .ed25519, bits: 256, base64: Base64.encode(data))
      }
      guard try key(data).algorithm == .rsa else { throw .notAKey }
      throw .algorithmMismatch
    }
    let key = try key(data)
    guard key.algorithm == algorithm else { throw .algorithmMismatch }
    return key
  }

  private static func key(_ der: [UInt8]) throws(DKIMKeyError) -> DKIMKey {
    switch DKIMPublicKeyDER.read(der) {
    case .rsa(let bits)?: DKIMKey(algorithm: .rsa, bits: bits, base64: Base64.encode(der))
    case .ed25519(let raw)?:
      DKIMKey(algorithm: .ed25519, bits: 256, base64: Base64.encode(raw))
    case .unsupported?: throw .unsupportedAlgorithm
    case nil: throw .notAKey
    }
  }

  /// The record's text: the quoted strings of a zone line joined, or the text from its version on.
  private static func plainText(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard bytes.contains(0x22) else {
      // What stands before the version is the owner and type of a zone line, unless it has tags.
      var start = text.firstOffset(of: "v=DKIM1") ?? 0
      if bytes[..<start].contains(0x3D) { start = 0 }
      return String(decoding: bytes[start...].filter { $0 != 0x5C }, as: UTF8.self)
    }
    var result: [UInt8] = []
    var inQuotes = false
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case 0x22: inQuotes.toggle()
      case 0x5C where inQuotes:
        // An escape: what comes after the backslash stands for itself.
        if index < bytes.count { result.append(bytes[index]) }
        index += 1
      case 0x3B where !inQuotes:
        // A comment of the zone file.
        while index < bytes.count, bytes[index] != 0x0A { index += 1 }
      default:
        if inQuotes { result.append(byte) }
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func tags(_ text: String) -> [DMARCTag] {
    text.unicodeScalars.split(separator: ";").compactMap { part in
      guard let equals = part.firstIndex(of: "=") else { return nil }
      let name = String(part[..<equals].filter { !isBlank($0) && $0 != "\u{FEFF}" })
      guard !name.isEmpty, name.unicodeScalars.allSatisfy(\.isLDH) else { return nil }
      let value = String(part[part.index(after: equals)...].filter { !isBlank($0) })
      return DMARCTag(name: name, value: value)
    }
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || (0x09...0x0D).contains(scalar.value)
  }
}

extension String {
  /// The UTF-8 offset of the first occurrence of a text of ASCII.
  fileprivate func firstOffset(of part: StaticString) -> Int? {
    let wanted = Array(part.description.utf8)
    let bytes = Array(utf8)
    guard bytes.count >= wanted.count else { return nil }
    return (0...(bytes.count - wanted.count)).first { start in
      bytes[start] == wanted[0] && bytes[start..<start + wanted.count].elementsEqual(wanted)
    }
  }
}
