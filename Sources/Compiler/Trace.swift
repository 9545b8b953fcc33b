internal import Artifacts
internal import Diagnostics
internal import Emitters
internal import Procedure
package import SourceText
package import TenantModel
package import TenantReading

/// What an artifact's text comes from, and what a line of tenant.yaml touches.
///
/// Nothing is kept beside the artifacts and no emitter keeps a record. A trace changes values, one
/// or many at once, compiles again in memory and compares: a line comes from exactly those values
/// with which it changes. Of many values those that matter are found by halving.
package struct Trace {
  private let subject: TraceSubject
  private let values: [WrittenValue]
  /// By value, which of its alternatives is tried; nil where mgc reads none of them.
  private var choices: [Int?]
  private let original: Compilation.Result

  /// - Parameter original: of the same files, without a change.
  package init(_ subject: TraceSubject, _ compilation: Compilation, _ original: Compilation.Result)
  {
    self.subject = subject
    self.original = original
    var spans: Set<SourceSpan> = []
    // An alias brings one place into the model twice.
    values = compilation.writtenValues().filter { spans.insert($0.span).inserted }
    choices = values.map { $0.alternatives.isEmpty ? nil : 0 }
    readableChoices()
  }

  /// Chooses for each value the first alternative that mgc reads. All are tried at once.
  private mutating func readableChoices() {
    let places = values.indices.sorted { values[$0].span < values[$1].span }
    // No value has more alternatives than this.
    for _ in 0..<12 {
      let all = edits(values.indices.map { $0 })
      guard let refused = subject.variation(all)?.refused, !refused.isEmpty else { return }
      var isMoved = false
      for span in refused {
        guard let index = Self.last(places, before: span, values),
          span.lowerBound <= values[index].span.upperBound, let choice = choices[index]
        else { continue }
        choices[index] = choice + 1 < values[index].alternatives.count ? choice + 1 : nil
        isMoved = true
      }
      if !isMoved { return }
    }
  }

  /// The value of the span's file that begins last of those that begin no later than it.
  private static func last(
    _ places: [Int], before span: SourceSpan, _ values: [WrittenValue]
  ) -> Int? {
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      let other = values[places[middle]].span
      if (other.file, other.lowerBound) > (span.file, span.lowerBound) {
        high = middle
      } else {
        low = middle + 1
      }
    }
    guard low > 0, values[places[low - 1]].span.file == span.file else { return nil }
    return places[low - 1]
  }

  private func edits(_ indices: some Sequence<Int>) -> [TextEdit] {
    indices.compactMap { index in
      choices[index].map {
        TextEdit(values[index].span, replacement: values[index].alternatives[$0])
      }
    }
  }

  private func result(changing indices: some Sequence<Int>) -> Compilation.Result? {
    subject.variation(edits(indices)).flatMap(subject.result)
  }

  // MARK: From an artifact

  /// Why a line reads as it does.
  package struct Origin {
    /// The line's text.
    package let text: String
    /// What the line itself comes from, in the order of tenant.yaml's keys.
    package fileprivate(set) var line: [Cause] = []
    /// What the file's being there comes from.
    package fileprivate(set) var file: [WrittenValue] = []
    /// The facts that the line states or follows.
    package fileprivate(set) var facts: [FactSource] = []
  }

  /// A value, and which bytes of the line change with it; nil where all of the line does.
  package struct Cause {
    package let value: WrittenValue
    package let bytes: Range<Int>?
  }

  /// - Parameter line: from 1.
  /// - Returns: nil where the artifact is not written or has no such line.
  package func origin(of path: String, line: Int) -> Origin? {
    guard let emission = Emission(path, of: original) else { return nil }
    let text = ComparedText(emission.bytes)
    guard line >= 1, line <= text.lines.count else { return nil }
    let target = Target(emission: emission, text: text, line: line - 1)
    var origin = Origin(text: String(decoding: text.lines[line - 1], as: UTF8.self))
    for side in apart(values.indices.filter { choices[$0] != nil }) {
      search(side[...], target, &origin)
    }
    origin.line.sort { $0.value.span < $1.value.span }
    origin.file.sort { $0.span < $1.span }
    origin.facts = Catalogue.sources.filter { fact in
      FactTrial.$changedSource.withValue(fact.source) {
        target.effect(of: result(changing: [])).change != nil
      }
    }
    return origin
  }

  /// The values in two parts that part neighbors: two words of a list that change places would
  /// change nothing together.
  private func apart(_ indices: [Int]) -> [[Int]] {
    var sides: [[Int]] = [[], []]
    for index in indices {
      let path = values[index].path
      let isOdd =
        path.hasSuffix("]") && path.dropLast().last?.wholeNumberValue.map { $0 % 2 == 1 } == true
      sides[isOdd ? 1 : 0].append(index)
    }
    return sides
  }

  /// Adds those of the values with which the line changes.
  private func search(_ indices: ArraySlice<Int>, _ target: Target, _ origin: inout Origin) {
    guard !indices.isEmpty else { return }
    let effect = target.effect(of: result(changing: indices))
    if effect.isNone { return }
    if indices.count > 1 {
      let middle = indices.startIndex + indices.count / 2
      search(indices[..<middle], target, &origin)
      search(indices[middle...], target, &origin)
      return
    }
    let value = values[indices[indices.startIndex]]
    if effect.isFileGone { origin.file.append(value) }
    switch effect.change {
    case nil: break
    case .gone: origin.line.append(Cause(value: value, bytes: nil))
    case .differs(let range):
      origin.line.append(Cause(value: value, bytes: target.whole(range, of: value.value)))
    }
  }

  // MARK: From tenant.yaml

  /// What changes with a line of tenant.yaml.
  package struct Touched {
    /// The values on the line, or those beneath the key that it opens.
    package let values: [WrittenValue]
    /// Those of them for which mgc knows no other value that it reads.
    package let fixed: [WrittenValue]
    package let places: [Place]

    /// Lines of an artifact.
    package struct Place {
      package let path: String
      /// From 1, those next to each other in one range; empty where the whole file is not written.
      package let lines: [ClosedRange<Int>]
    }
  }

  /// - Parameter line: from 1, of tenant.yaml or of its standard.
  /// - Returns: nil where the line sets nothing.
  package func touched(by file: SourceFileID, line: Int) -> Touched? {
    let source = subject.sources[file]
    guard line >= 1, line <= source.lineCount else { return nil }
    var wanted = line...line
    var found = values(on: wanted, of: file, source)
    if found.isEmpty {
      wanted = line...source.endOfBlock(openedBy: line)
      found = values(on: wanted, of: file, source)
    }
    guard !found.isEmpty else { return nil }
    let movable = found.filter { choices[$0] != nil }
    // One by one, for together they may undo each other; but not thousands of them.
    var results = movable.prefix(64).compactMap { result(changing: [$0]) }
    if movable.count > 64 { results += [result(changing: movable)].compactMap { $0 } }
    return Touched(
      values: found.map { values[$0] },
      fixed: found.filter { choices[$0] == nil }.map { values[$0] },
      places: places(results))
  }

  private func values(
    on lines: ClosedRange<Int>, of file: SourceFileID, _ source: SourceFile
  ) -> [Int] {
    values.indices.filter { index in
      let span = values[index].span
      guard span.file == file else { return false }
      let first = source.position(of: span.lowerBound).line
      let last = source.position(of: max(span.lowerBound, span.upperBound - 1)).line
      return lines.overlaps(first...last)
    }
  }

  /// Where any of the results differs from what is written.
  private func places(_ results: [Compilation.Result]) -> [Touched.Place] {
    let others = results.map { result in
      Dictionary(
        uniqueKeysWithValues: result.output().artifacts.map { ($0.path.description, $0.bytes) })
    }
    return original.output().artifacts.compactMap { artifact in
      let path = artifact.path.description
      let text = ComparedText(artifact.bytes)
      var lines: Set<Int> = []
      var isGone = false
      for other in others {
        guard let bytes = other[path] else {
          isGone = true
          continue
        }
        if bytes != artifact.bytes {
          lines.formUnion(text.changes(in: ComparedText(bytes)).map(\.line))
        }
      }
      if isGone { return Touched.Place(path: path, lines: []) }
      return lines.isEmpty ? nil : Touched.Place(path: path, lines: ranges(lines.sorted()))
    }
  }

  private func ranges(_ lines: [Int]) -> [ClosedRange<Int>] {
    var ranges: [ClosedRange<Int>] = []
    for line in lines {
      if let last = ranges.last, last.upperBound == line {
        ranges[ranges.count - 1] = last.lowerBound...(line + 1)
      } else {
        ranges.append((line + 1)...(line + 1))
      }
    }
    return ranges
  }
}

extension SourceFile {
  /// The last line that is indented deeper than this one and follows it without one that is not.
  fileprivate func endOfBlock(openedBy line: Int) -> Int {
    func indentation(_ line: Int) -> Int? {
      let text = bytes[lineRange(line)]
      return text.firstIndex { $0 != 0x20 }.map { $0 - text.startIndex }
    }
    guard let own = indentation(line) else { return line }
    var end = line
    var next = line + 1
    while next <= lineCount {
      if let other = indentation(next) {
        if other <= own { break }
        end = next
      }
      next += 1
    }
    return end
  }
}

/// A line that is traced.
private struct Target {
  let emission: Emission
  let text: ComparedText
  /// From 0.
  let line: Int

  /// What becomes of the line.
  struct Effect {
    /// Whether nobody can say what would be written.
    var isUnknown = false
    /// Whether nothing is written under the file's name.
    var isFileGone = false
    /// What stands for the line, in the file or in the one that has its place under another name.
    var change: ComparedText.Change?

    var isNone: Bool { !isUnknown && !isFileGone && change == nil }
  }

  func effect(of result: Compilation.Result?) -> Effect {
    guard let result else { return Effect(isUnknown: true) }
    let found = emission.bytes(of: result)
    var effect = Effect(isFileGone: !found.isNamed)
    if let bytes = found.bytes, bytes != text.bytes {
      let changes = text.changes(in: ComparedText(bytes))
      effect.change = changes.first { $0.line == line }?.change
    }
    return effect
  }

  /// The range, grown to the value or the word that it is in.
  func whole(_ range: Range<Int>, of value: String) -> Range<Int> {
    let bytes = Array(text.lines[line])
    let wanted = Array(value.utf8)
    if !wanted.isEmpty, wanted.count <= bytes.count {
      for start in max(
        0, range.lowerBound - wanted.count)...max(
          0, min(range.upperBound, bytes.count - wanted.count))
      where start + wanted.count <= bytes.count
        && (start..<(start + wanted.count)).overlaps(range)
        && bytes[start..<(start + wanted.count)].elementsEqual(wanted)
      {
        return min(start, range.lowerBound)..<max(start + wanted.count, range.upperBound)
      }
    }
    func isWord(_ byte: UInt8) -> Bool {
      byte >= 0x80 || Character(UnicodeScalar(byte)).isLetter
        || Character(UnicodeScalar(byte)).isNumber || "._-@/:+".utf8.contains(byte)
    }
    var low = range.lowerBound
    var high = range.upperBound
    while low > 0, isWord(bytes[low - 1]) { low -= 1 }
    while high < bytes.count, isWord(bytes[high]) { high += 1 }
    return low..<high
  }
}

/// How one artifact is made, so that no other is made for it.
private struct Emission {
  /// What the unchanged tenant writes there.
  let bytes: [UInt8]
  private let path: String
  /// The emitter of it; nil for what is made of all the others.
  private let emitter: Emitter?
  /// The paths of what is made with it, of which its own is the `place`th.
  private let paths: [String]
  private let place: Int

  init?(_ path: String, of result: Compilation.Result) {
    self.path = path
    emitter = Emitter.all.first { emitter in
      emitter.emit(result.procedure).contains { $0.path.description == path }
    }
    let artifacts = emitter?.emit(result.procedure) ?? result.output().artifacts
    paths = artifacts.map(\.path.description)
    guard let place = paths.firstIndex(of: path) else { return nil }
    self.place = place
    bytes = artifacts[place].bytes
  }

  /// What another result writes there, or under another name in its place: where a value names the
  /// file, its text is compared all the same.
  func bytes(of result: Compilation.Result) -> (bytes: [UInt8]?, isNamed: Bool) {
    let artifacts = emitter?.emit(result.procedure) ?? result.output().artifacts
    if let own = artifacts.first(where: { $0.path.description == path }) {
      return (own.bytes, true)
    }
    guard artifacts.count == paths.count, !paths.contains(artifacts[place].path.description) else {
      return (nil, false)
    }
    return (artifacts[place].bytes, false)
  }
}
