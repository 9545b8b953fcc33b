/// Marks text of a path.
package enum PathSyntax: OutputSyntax {}

/// Where an artifact goes, relative to `out/`: components with `/` between them, never empty, `.`
/// or `..`, never absolute. Values are lower-case ASCII letters, digits, `.`, `_` and `-`;
/// anything else in them is written `_xx` for each byte of UTF-8.
package struct ArtifactPath: ExpressibleByStringInterpolation, Hashable, Comparable, Sendable {
  package let components: [String]

  package init(stringLiteral value: StaticString) { self.init(text: value.description) }

  package init(stringInterpolation: OutputText<PathSyntax>.Interpolation) {
    self.init(text: OutputText(stringInterpolation: stringInterpolation).text)
  }

  private init(text: String) {
    components = text.split(separator: "/").filter { $0 != "." && $0 != ".." }.map(String.init)
  }

  private init(components: [String]) { self.components = components }

  package static func + (folder: Self, rest: Self) -> Self {
    Self(components: folder.components + rest.components)
  }

  /// The path with `/` between its components.
  package var description: String { components.joined(separator: "/") }

  /// The order of the bytes, so that it is the same under any locale.
  package static func < (left: Self, right: Self) -> Bool {
    left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
  }
}

extension OutputText.Interpolation where Syntax == PathSyntax {
  /// A name, such as of a domain, as one component or a part of one.
  package mutating func appendInterpolation(name: String) {
    append(escaped: PathName.escaped(name))
  }

  package mutating func appendInterpolation(_ number: Int) { append(escaped: String(number)) }

  @available(*, unavailable, message: "write \\(name: …), which makes the text safe in a path")
  package mutating func appendInterpolation(_ text: String) {}
}

private enum PathName {
  /// File systems take 255 bytes a name, and a suffix has to fit as well.
  static let longest = 200

  /// Names of devices, which Windows takes for the device whatever follows the first full stop.
  static func isDevice(_ stem: String) -> Bool {
    switch stem {
    case "con", "prn", "aux", "nul": return true
    default:
      let digits = stem.utf8.dropFirst(3)
      return (stem.hasPrefix("com") || stem.hasPrefix("lpt")) && digits.count == 1
        && digits.allSatisfy { (0x30...0x39).contains($0) }
    }
  }

  static func escaped(_ name: String) -> String {
    var result = ""
    for (index, byte) in name.utf8.enumerated() {
      switch byte {
      case 0x41...0x5A: result.unicodeScalars.append(Unicode.Scalar(byte | 0x20))
      case 0x61...0x7A, 0x30...0x39, 0x5F: result.unicodeScalars.append(Unicode.Scalar(byte))
      // A leading full stop hides a file, a leading hyphen looks like an option.
      case 0x2D where index > 0, 0x2E where index > 0:
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        result += byte < 0x10 ? "_0" : "_"
        result += String(byte, radix: 16)
      }
    }
    if result.utf8.count > longest {
      result = String(result.prefix(longest - 17)) + "-" + digest(of: name)
    }
    if result.isEmpty || isDevice(String(result.prefix { $0 != "." })) { result = "_" + result }
    return result
  }

  /// FNV-1a with 64 bits, in 16 digits: tells apart long names that begin alike.
  private static func digest(of name: String) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
