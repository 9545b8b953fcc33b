/// The number of a file within one compilation, in the order in which the edge read them.
public struct SourceFileID: Hashable, Comparable, Sendable {
  package let index: UInt16

  package init(index: UInt16) { self.index = index }

  /// The tenant.yaml itself, which is always the first file.
  package static let tenant = SourceFileID(index: 0)

  /// In the order of reading.
  public static func < (left: Self, right: Self) -> Bool { left.index < right.index }
}

/// A half-open range of UTF-8 offsets in one file.
public struct SourceSpan: Hashable, Comparable, Sendable {
  package let file: SourceFileID
  private let start: UInt32
  private let end: UInt32

  /// The offset of the first byte.
  package var lowerBound: Int { Int(start) }

  /// The offset after the last byte.
  package var upperBound: Int { Int(end) }

  package var isEmpty: Bool { start == end }

  /// Offsets beyond 4 GiB are clamped; no reader accepts a file of that size.
  package init(file: SourceFileID, _ range: Range<Int>) {
    self.file = file
    start = UInt32(clamping: range.lowerBound)
    end = UInt32(clamping: range.upperBound)
  }

  /// The shortest span that covers both; `other` in another file is ignored.
  package func union(_ other: SourceSpan) -> SourceSpan {
    guard other.file == file else { return self }
    let low = min(lowerBound, other.lowerBound)
    return SourceSpan(file: file, low..<max(upperBound, other.upperBound))
  }

  /// By file, then start, then end: the order in which findings are reported.
  public static func < (left: Self, right: Self) -> Bool {
    (left.file, left.start, left.end) < (right.file, right.start, right.end)
  }
}

/// A value and the place where it was written.
@frozen public struct Located<Value> {
  /// What was written.
  public let value: Value
  /// Where it was written.
  public let span: SourceSpan

  // Made once for each of a list's hundred thousand elements, so callers specialize it, which they
  // can for public code only.
  /// A value with its place.
  @inlinable public init(_ value: Value, at span: SourceSpan) {
    self.value = value
    self.span = span
  }

  /// The same place, with the value changed.
  public func map<Other>(_ transform: (Value) -> Other) -> Located<Other> {
    Located<Other>(transform(value), at: span)
  }
}

extension Located: Sendable where Value: Sendable {}
extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}
