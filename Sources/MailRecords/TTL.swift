/// A time to live, 0 to 2³¹−1 seconds (RFC 2181 §8).
package struct TTL: Hashable, Sendable {
  package static let maximumSeconds: UInt32 = 0x7FFF_FFFF

  package let seconds: UInt32

  package init?(_ seconds: some BinaryInteger) {
    guard let value = UInt32(exactly: seconds), value <= Self.maximumSeconds else { return nil }
    self.seconds = value
  }

  /// The nearest TTL that can be.
  package init(clamping seconds: some BinaryInteger) {
    self.seconds = min(UInt32(clamping: seconds), Self.maximumSeconds)
  }
}

extension TTL: Comparable {
  package static func < (left: Self, right: Self) -> Bool { left.seconds < right.seconds }
}

extension TTL: CustomStringConvertible {
  package var description: String { String(seconds) }
}
