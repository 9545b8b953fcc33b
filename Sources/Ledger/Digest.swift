internal import CCrypto

// The only file that knows libcrypto, and the only one with unsafe code in this room.

/// Digests of bytes, as the lock and the manifest write them.
package enum Digest {
  /// The SHA-256 (FIPS 180-4) in 64 lower-case hexadecimal digits.
  package static func sha256(_ bytes: [UInt8]) -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    let result = unsafe bytes.withUnsafeBytes { input in
      unsafe digest.withUnsafeMutableBufferPointer { output in
        unsafe EVP_Digest(
          input.baseAddress, input.count, output.baseAddress, nil, EVP_sha256(), nil)
      }
    }
    precondition(result == 1, "libcrypto cannot compute SHA-256")
    return String(hexadecimal: digest)
  }

  /// Whether a text is what `sha256` returns.
  package static func isSHA256(_ text: String) -> Bool {
    let utf8 = text.utf8
    return utf8.count == 64
      && utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 || $0 >= 0x61 && $0 <= 0x66 }
  }
}

extension String {
  fileprivate init(hexadecimal bytes: [UInt8]) {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      for digit in [byte >> 4, byte & 15] {
        text.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
      }
    }
    self.init(decoding: text, as: UTF8.self)
  }
}
