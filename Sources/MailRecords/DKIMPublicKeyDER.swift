internal import CCrypto

/// What libcrypto says about a SubjectPublicKeyInfo.
enum DKIMPublicKeyDER {
  enum Key: Hashable {
    case rsa(bits: Int)
    case ed25519(raw: [UInt8])
    case unsupported
  }

  /// Nil where the bytes are not exactly one public key.
  static func read(_ der: [UInt8]) -> Key? {
    unsafe der.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return nil }
      var position: UnsafePointer<UInt8>? = unsafe start
      guard let key = unsafe d2i_PUBKEY(nil, &position, buffer.count) else { return nil }
      defer { unsafe EVP_PKEY_free(key) }
      guard unsafe position == start + buffer.count else { return nil }
      switch unsafe EVP_PKEY_get_base_id(key) {
      case EVP_PKEY_RSA: return unsafe .rsa(bits: Int(EVP_PKEY_get_bits(key)))
      case EVP_PKEY_ED25519:
        var raw = [UInt8](repeating: 0, count: 32)
        var count = raw.count
        let status = unsafe EVP_PKEY_get_raw_public_key(key, &raw, &count)
        return status == 1 && count == 32 ? .ed25519(raw: raw) : nil
      default: return .unsupported
      }
    }
  }
}
