/// Names in wire form (RFC 1035 §3.1) as text in lower case.
enum WireName {
  /// The absolute name with a trailing dot; `.` for the root.
  static func text(_ wire: [UInt8]) -> String {
    let name = presentation(wire, upTo: wire.count - 1)
    return name.isEmpty ? "." : name + "."
  }

  /// The name relative to the zone, `@` for the zone itself; nil where it lies outside.
  static func relative(_ wire: [UInt8], to zone: [UInt8]) -> String? {
    let start = wire.count - zone.count
    guard start >= 0 else { return nil }
    var index = 0
    while index < start { index += Int(wire[index]) + 1 }
    guard index == start, wire[start...].elementsEqual(zone, by: { lower($0) == lower($1) }) else {
      return nil
    }
    return start == 0 ? "@" : presentation(wire, upTo: start)
  }

  private static func presentation(_ wire: [UInt8], upTo end: Int) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(end + 1)
    var index = 0
    while index < end {
      let length = Int(wire[index])
      if index > 0 { result.append(0x2E) }
      for byte in wire[(index + 1)..<min(index + 1 + length, wire.count)] {
        switch lower(byte) {
        case 0x61...0x7A, 0x30...0x39, 0x2D, 0x5F, 0x2A: result.append(lower(byte))
        default:
          result += [0x5C, 0x30 + byte / 100, 0x30 + byte / 10 % 10, 0x30 + byte % 10]
        }
      }
      index += length + 1
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }
}
