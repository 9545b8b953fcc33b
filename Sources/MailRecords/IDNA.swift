internal import CIDN2

/// Conversion between U-labels and A-labels by IDNA2008 (RFC 5891), strict: NFC is applied, but
/// no other mapping of characters (no TR46), so that what a reviewer sees is what is read.
enum IDNA {
  /// The A-label of a label in lower case; one that is an A-label is checked.
  static func asciiLabel(_ label: String) throws(DomainNameError) -> String {
    var output: UnsafeMutablePointer<UInt8>? = nil
    let flags = CInt(IDN2_NFC_INPUT.rawValue | IDN2_NO_TR46.rawValue)
    let status = unsafe Array(label.utf8CString).withUnsafeBufferPointer { text in
      unsafe text.withMemoryRebound(to: UInt8.self) { bytes in
        unsafe idn2_lookup_u8(bytes.baseAddress, &output, flags)
      }
    }
    defer { unsafe idn2_free(output) }
    guard status == CInt(IDN2_OK.rawValue), let bytes = unsafe output else {
      if status == CInt(IDN2_TOO_BIG_LABEL.rawValue) || status == CInt(IDN2_TOO_BIG_DOMAIN.rawValue)
      {
        throw .labelTooLong(label)
      }
      throw .idna(explanation(of: status))
    }
    return unsafe String(cString: bytes).lowercased()
  }

  /// The U-label of an A-label; the A-label itself where it has none.
  static func unicodeLabel(_ label: String) -> String {
    var output: UnsafeMutablePointer<CChar>? = nil
    let status = unsafe idn2_to_unicode_8z8z(label, &output, 0)
    defer { unsafe idn2_free(output) }
    guard status == CInt(IDN2_OK.rawValue), let bytes = unsafe output else { return label }
    return unsafe String(cString: bytes)
  }

  private static func explanation(of status: CInt) -> String {
    guard let text = unsafe idn2_strerror(status) else { return "error \(status)" }
    return unsafe String(cString: text)
  }
}
