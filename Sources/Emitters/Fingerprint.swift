/// A short name of some bytes that is the same wherever they are: FNV-1a in 64 bits. It tells
/// versions of a text apart and guards nothing against anybody.
struct Fingerprint {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  init() {}

  mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
    // What is added later is not a continuation of this.
    state = (state ^ 0xFF) &* 0x100_0000_01B3
  }

  /// 16 digits.
  var text: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
