/// Which addresses a link of a page may have: `https:`, `http:` and `mailto:`, and places within
/// `out/`.
enum LinkTarget {
  /// The address with all but the unreserved and reserved characters of RFC 3986 in percent
  /// encoding, and with them parentheses, `'` and `*`; nil where no link may lead there.
  static func encoded(_ address: String) -> String? {
    let scheme = address.utf8.prefix { $0 != 0x3A && $0 != 0x2F && $0 != 0x23 && $0 != 0x3F }
    let hasScheme = address.utf8.dropFirst(scheme.count).first == 0x3A
    let known = ["https", "http", "mailto"].contains(String(Substring(scheme)).lowercased())
    guard hasScheme ? known : !address.hasPrefix("/"), !address.isEmpty else { return nil }
    var target = ""
    for byte in address.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x21, 0x23...0x26, 0x2B...0x2F, 0x3A, 0x3B, 0x3D,
        0x3F, 0x40, 0x5F:
        target.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        target += byte < 0x10 ? "%0" : "%"
        target += String(byte, radix: 16, uppercase: true)
      }
    }
    return target
  }
}
