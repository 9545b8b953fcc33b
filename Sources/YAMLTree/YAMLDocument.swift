internal import SourceText

/// A document as it was read: the file's bytes and a flat tape of nodes in the order of writing.
///
/// Nothing in it changes, and nodes are only numbers into it. One that is layered over a standard
/// also holds the standard's records and texts (`Layering`).
package final class YAMLDocument: Sendable {
  let file: SourceFile
  let id: SourceFileID
  let tape: [TapeRecord]
  /// The texts that differ from what the file holds, one after the other.
  let decoded: [UInt8]
  /// Where each of them begins, and the end of the last.
  let decodedStarts: [UInt32]
  /// Where the records with the flag `inherited` are written; the file itself where there are none.
  let standard: SourceFile
  let standardID: SourceFileID
  /// The record of the root, and how many records were read from the file itself.
  let rootIndex: Int
  let ownCount: Int

  init(
    file: SourceFile, id: SourceFileID, tape: [TapeRecord], decoded: [UInt8],
    decodedStarts: [UInt32]
  ) {
    self.file = file
    self.id = id
    self.tape = tape
    self.decoded = decoded
    self.decodedStarts = decodedStarts
    standard = file
    standardID = id
    rootIndex = 0
    ownCount = tape.count
  }

  init(
    _ own: YAMLDocument, over standard: YAMLDocument, tape: [TapeRecord], rootIndex: Int,
    decoded: [UInt8], decodedStarts: [UInt32]
  ) {
    file = own.file
    id = own.id
    self.tape = tape
    self.decoded = decoded
    self.decodedStarts = decodedStarts
    self.standard = standard.file
    standardID = standard.id
    self.rootIndex = rootIndex
    ownCount = own.tape.count
  }

  package var root: YAMLNode { YAMLNode(document: self, place: rootIndex) }
}

/// One node, 16 bytes: a scalar, a sequence or mapping followed by its children, or an alias.
struct TapeRecord {
  enum Kind: UInt32 {
    case scalar = 0
    case sequence = 1
    case mapping = 2
    case alias = 3
  }

  /// Where it is written, as offsets into the file.
  var start: UInt32
  var end: UInt32
  /// Sequence and mapping: the record after the last child. Alias: the record it stands for.
  /// Scalar: the number of its decoded text, if it has one.
  var link: UInt32
  /// Kind, flags, and from bit 8 how many elements or members there are.
  var info: UInt32

  static let plain: UInt32 = 1 << 2
  /// The text is in the side buffer.
  static let decoded: UInt32 = 1 << 3
  /// The text is what stands between the quotes.
  static let quoted: UInt32 = 1 << 4
  /// A key that was refused; its member is passed over.
  static let refused: UInt32 = 1 << 5
  /// It is written in the standard's file.
  static let inherited: UInt32 = 1 << 6
  /// An alias that no file holds: it puts a node where layering wants it.
  static let graft: UInt32 = 1 << 7

  init(_ kind: Kind, start: Int, end: Int, link: Int = 0, flags: UInt32 = 0) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
    self.link = UInt32(truncatingIfNeeded: link)
    info = kind.rawValue | flags
  }

  var kind: Kind { Kind(rawValue: info & 3) ?? .scalar }

  func has(_ flag: UInt32) -> Bool { info & flag != 0 }

  var count: Int {
    get { Int(info >> 8) }
    set { info = info & 0xFF | UInt32(truncatingIfNeeded: newValue) << 8 }
  }

  /// The record after this node and all that is in it, where this record is number `index`.
  func next(after index: Int) -> Int {
    switch kind {
    case .sequence, .mapping: Int(link)
    case .scalar, .alias: index + 1
    }
  }
}
